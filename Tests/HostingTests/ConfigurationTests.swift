import Foundation
import Hosting
import Testing

struct ConfigurationTests {
  private let temporary = TemporaryFolder()
  private let seats = Setting.number("seats", default: 4, in: 1...100, Wording("座位", "seats"))
  private let house = Setting<String>.text("house", default: "北戴河", Wording("名称", "the house's name"))
  private let open = Setting.flag("open", default: false, Wording("开放", "open"))
  private let push = Setting<String?>.secret("push_key", Wording("推送密钥", "key of the push"))
  private var table: [any AnySetting] { [seats, house, open, push] + HostSettings.all }

  private func read(_ text: String? = nil, _ environment: [String: String] = [:]) throws -> Configuration {
    let file = try text.map { try temporary.write("sanatoriumd.conf", $0) }
    return try Configuration(table, file: file, environment: environment, prefix: "SANATORIUMD")
  }

  private func faults(_ text: String? = nil, _ environment: [String: String] = [:]) -> [Substring] {
    let fault = #expect(throws: HostFault.self) { try read(text, environment) }
    #expect(fault?.status == .configuration)
    #expect(fault?.wording.chinese.split(separator: "\n").count == fault?.wording.english.split(separator: "\n").count)
    return fault?.wording.english.split(separator: "\n") ?? []
  }

  @Test("Without a file every setting has its default")
  func defaults() throws {
    let configuration = try read()
    #expect(configuration[seats] == 4 && configuration[house] == "北戴河" && !configuration[open])
    #expect(configuration[push] == nil && configuration[HostSettings.certificate] == nil)
    #expect(configuration[HostSettings.listen].map(\.description) == ["[::]:8443"])
    #expect(configuration[HostSettings.logLevel] == .info)
  }

  @Test("The environment goes before the file, the file before the default")
  func precedence() throws {
    let text = "# 注释\n\n  house =  青岛 疗养院 \nseats=7\r\nopen = yes\nlisten = 0.0.0.0:443, [::1]:8443\n"
    let configuration = try read(text, ["SANATORIUMD_SEATS": "9", "HOME": "/root", "SANATORIUMDX": "1"])
    #expect(configuration[seats] == 9 && configuration[house] == "青岛 疗养院" && configuration[open])
    #expect(configuration[HostSettings.listen].map(\.description) == ["0.0.0.0:443", "[::1]:8443"])
  }

  @Test("Every fault is told at once with file, line, key and reason")
  func allFaults() throws {
    let text = """
      seats = many
      sits = 3
      nonsense
      open = maybe
      house = a
      house = b
      push_key = whsec_x
      listen = localhost:443
      loopback = 0.0.0.0:80
      tls_key = key.pem
      log_level = loud
      names = a b
      """
    let lines = faults(text, ["SANATORIUMD_SEATZ": "1"])
    let file = temporary.file("sanatoriumd.conf")
    let expected: [(Int, String)] = [
      (1, "seats: a whole number from 1 to 100"), (2, "sits: no such setting"), (3, "'key = value'"),
      (4, "open: yes or no"), (6, "house: given twice"), (7, "push_key: a secret can't stand here"),
      (8, "listen: 'localhost:443' is not"), (9, "loopback: without TLS"), (10, "tls_key: a path must"),
      (11, "log_level: error, warning"), (12, "names: 'a b' is neither"),
    ]
    for (line, words) in expected {
      #expect(lines.contains { $0.hasPrefix("\(file):\(line): \(words)") }, "\(line) \(words)")
    }
    #expect(lines.contains("environment variable SANATORIUMD_SEATZ: no such setting"))
    #expect(lines.count == expected.count + 1)
  }

  @Test("A number outside its range names the range", arguments: ["0", "101", "-1", "1.5", "", " "])
  func range(text: String) throws {
    #expect(faults("seats = \(text)").first?.hasSuffix("from 1 to 100 is needed") == true)
    #expect(try read("seats = 1")[seats] == 1)
    #expect(try read("seats = 100")[seats] == 100)
  }

  @Test("Secrets come from a file of their own or from the service manager's credentials")
  func secrets() throws {
    let path = try temporary.write("elsewhere", "from file\n")
    #expect(try read("push_key_file = \(path)")[push] == "from file")
    #expect(try read(nil, ["SANATORIUMD_PUSH_KEY_FILE": path])[push] == "from file")
    _ = try temporary.write("push_key", "credential\n")
    let environment = ["CREDENTIALS_DIRECTORY": temporary.path]
    #expect(try read(nil, environment)[push] == "credential")
    #expect(try read("push_key_file = \(path)", environment)[push] == "from file")
    #expect(faults(nil, ["SANATORIUMD_PUSH_KEY": "open"]).count == 1)
    #expect(faults("push_key_file = \(temporary.file("none"))").first?.contains("push_key: ") == true)
  }

  @Test("The own certificate may come as credentials, and a path in the file goes before them")
  func certificateCredentials() throws {
    _ = try temporary.write("tls_key", "PEM")
    let environment = ["CREDENTIALS_DIRECTORY": temporary.path]
    #expect(try read(nil, environment)[HostSettings.key] == temporary.file("tls_key"))
    #expect(try read(nil, environment)[HostSettings.certificate] == nil)
    #expect(try read("tls_key = /etc/ssl/own.key", environment)[HostSettings.key] == "/etc/ssl/own.key")
  }

  @Test(
    "The configuration that is installed explains every common setting",
    arguments: ["sanatoriumd", "sanatorium-organizer"])
  func installed(name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("deploy/\(name).conf"), encoding: .utf8)
    #expect(text.contains(Configuration.template(HostSettings.all)))
  }

  @Test("Bytes that are no text, hidden characters and a missing file are refused")
  func damaged() throws {
    let bytes = temporary.file("bytes")
    try Data([0xff, 0xfe, 0x3d]).write(to: URL(fileURLWithPath: bytes))
    for file in [bytes, temporary.file("none")] {
      let fault = #expect(throws: HostFault.self) {
        try Configuration(table, file: file, environment: [:], prefix: "SANATORIUMD")
      }
      #expect(fault?.status == .configuration)
    }
    #expect(faults("house = a\u{202e}b").count == 1)
    #expect(faults("house = a\u{0}b").count == 1)
  }

  @Test("The template names every setting and is itself a valid file of defaults")
  func template() throws {
    let text = Configuration.template(table)
    #expect(try read(text)[seats] == 4)
    let live = text.split(separator: "\n").map { $0.hasPrefix("#") && !$0.hasPrefix("# ") ? $0.dropFirst() : $0 }
      .filter { !$0.hasSuffix("=") }.joined(separator: "\n")
    #expect(try read(live)[HostSettings.listen] == read()[HostSettings.listen])
    #expect(text.contains("#push_key_file ="))
  }
}

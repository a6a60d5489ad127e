import Foundation
import MicroHTTP
import Testing

/// Runs a program to its end; call it on a thread that may wait.
@discardableResult
func run(_ path: String, _ arguments: [String], input: [UInt8] = []) throws -> (status: Int32, output: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  let (stdin, stdout) = (Pipe(), Pipe())
  process.standardInput = stdin
  process.standardOutput = stdout
  process.standardError = FileHandle.nullDevice
  try process.run()
  try stdin.fileHandleForWriting.write(contentsOf: input)
  try stdin.fileHandleForWriting.close()
  let output = stdout.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

@Suite struct TLSTests {
  private static func identity(_ name: String = "localhost") throws -> TLSIdentity {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (key, certificate) = (folder.appendingPathComponent("k").path, folder.appendingPathComponent("c").path)
    let made = try run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=\(name)", "-keyout", key, "-out", certificate,
      ])
    #expect(made.status == 0)
    return TLSIdentity(
      certificatePEM: try String(contentsOfFile: certificate, encoding: .utf8),
      keyPEM: try String(contentsOfFile: key, encoding: .utf8))
  }

  @Test("TLS 1.2 and 1.3 are spoken, older ones are not")
  func versions() async throws {
    let identity = try await onThread { try Self.identity() }
    let handler: @Sendable (Request) -> Reply = { request in
      request.method == .post
        ? .later { $0.answer(.text("\(request.body.count)")) } : .response(.text("secure \(request.isTLS)"))
    }
    try await serving({ $0.tls = identity }, handler) { server throws in
      let url = "https://127.0.0.1:\(server.port)/"
      for version in [["--tls-max", "1.2"], ["--tlsv1.3"]] {
        #expect(try run("/usr/bin/curl", ["-sk", "-m", "20"] + version + [url]).output == "secure true")
      }
      let body = [UInt8](repeating: 0x61, count: 500_000)
      #expect(
        try run("/usr/bin/curl", ["-sk", "-m", "20", "--data-binary", "@-", url], input: body).output == "500000")
      func handshake(_ version: String) throws -> Int32 {
        try run(
          "/usr/bin/openssl",
          ["s_client", "-connect", "127.0.0.1:\(server.port)", version, "-cipher", "DEFAULT@SECLEVEL=0"]
        ).status
      }
      #expect(try handshake("-tls1_2") == 0)
      #expect(try handshake("-tls1_1") != 0)
      #expect(try handshake("-tls1") != 0)
      // plain HTTP on this port gets nothing
      let plain = try RawClient(port: server.port)
      plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(!String(decoding: plain.readToEnd(), as: UTF8.self).contains("secure"))
    }
  }

  @Test("an early refusal is heard over TLS although the body was on its way")
  func refusal() async throws {
    let identity = try await onThread { try Self.identity() }
    try await serving(
      {
        $0.tls = identity; $0.maximumBodyBytes = 1000
      }, hello
    ) { server throws in
      let answer = try run(
        "/usr/bin/curl",
        [
          "-sk", "-m", "20", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Expect:", "--data-binary", "@-",
          "https://127.0.0.1:\(server.port)/",
        ],
        input: [UInt8](repeating: 0x61, count: 3_000_000))
      #expect(answer.output == "413")
    }
  }

  @Test("another certificate is shown to whoever comes next; an open connection and a stream go on with theirs")
  func replaced() async throws {
    let (first, second) = try await onThread { (try Self.identity("first"), try Self.identity("second")) }
    let stream = EventStream(retry: 1_000)
    let handler: @Sendable (Request) -> Reply = { request in
      request.path == ["events"] ? .events(stream) : .response(.text("hello"))
    }
    try await serving(
      {
        $0.tls = first; $0.heartbeat = 0.2
      }, handler
    ) { server throws in
      func subject() throws -> String {
        try run("/usr/bin/openssl", ["s_client", "-connect", "127.0.0.1:\(server.port)"]).output
      }
      let old = Talk(server.port)
      try old.ask("/")
      let listening = Talk(server.port)
      try listening.send("/events")
      #expect(try subject().contains("CN = first"))
      try server.show(second)
      #expect(try subject().contains("CN = second"))
      try old.ask("/")
      #expect(stream.send(ServerEvent(id: "1", data: "still here")))
      try listening.wait(for: "still here")
      #expect(throws: ListenError.self) { try server.show(TLSIdentity(certificatePEM: "x", keyPEM: "y")) }
      #expect(throws: ListenError.self) {
        try server.show(TLSIdentity(certificatePEM: first.certificatePEM, keyPEM: second.keyPEM))
      }
      #expect(try subject().contains("CN = second"))
      try old.ask("/")
      old.end()
      listening.end()
    }
  }

  /// One TLS connection that stays open.
  private final class Talk {
    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())
    private var heard = ""

    init(_ port: UInt16) {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
      process.arguments = ["s_client", "-quiet", "-connect", "127.0.0.1:\(port)"]
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
    }

    func send(_ target: String) throws {
      if !process.isRunning { try process.run() }
      try input.fileHandleForWriting.write(contentsOf: Array("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
    }

    func wait(for words: String) throws {
      while !heard.contains(words) {
        let more = output.fileHandleForReading.availableData
        if more.isEmpty { throw Ended() }
        heard += String(decoding: more, as: UTF8.self)
      }
      heard = ""
    }

    func ask(_ target: String) throws {
      try send(target)
      try wait(for: "hello")
    }

    func end() { process.terminate() }

    struct Ended: Error {}
  }

  @Test("a certificate that is none is refused at the start")
  func broken() throws {
    var configuration = ServerConfiguration(
      addresses: [try ListenAddress("127.0.0.1:0")], tls: TLSIdentity(certificatePEM: "x", keyPEM: "y"))
    configuration.log = { _, _ in }
    #expect(throws: ListenError.self) { try Server(configuration: configuration, handler: hello) }
  }
}

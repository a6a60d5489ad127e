import Foundation
import Hosting
import Testing

struct AtomicFileTests {
  private let temporary = TemporaryFolder()

  @Test("A file is replaced whole, with the mode asked for, and nothing is left beside it")
  func replaces() throws {
    try AtomicFile.write("a long first content", to: temporary.file("x"), mode: 0o600)
    try AtomicFile.write("second", to: temporary.file("x"), mode: 0o644)
    #expect(try temporary.text("x") == "second")
    #expect(try temporary.mode("x") == 0o644)
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == ["x"])
  }

  @Test("A leftover of a broken write is no obstacle")
  func leftover() throws {
    _ = try temporary.write("x.new", "half", mode: 0o400)
    try AtomicFile.write("whole", to: temporary.file("x"))
    #expect(try temporary.text("x") == "whole")
  }

  @Test("A target that can't be replaced keeps what it holds")
  func failing() throws {
    try FileManager.default.createDirectory(atPath: temporary.file("x/y"), withIntermediateDirectories: true)
    let busy = #expect(throws: HostFault.self) { try AtomicFile.write("text", to: temporary.file("x")) }
    #expect(busy?.status == .inputOutput)
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == ["x"])
    let missing = #expect(throws: HostFault.self) { try AtomicFile.write("text", to: temporary.file("none/x")) }
    #expect(missing?.status == .cannotCreate)
  }

  @Test("Reading tells a missing file from one that is too long")
  func reading() throws {
    let path = try temporary.write("x", String(repeating: "a", count: 40_000))
    #expect(try AtomicFile.read(path).count == 40_000)
    #expect(#expect(throws: HostFault.self) { try AtomicFile.read(path, limit: 39_999) }?.status == .data)
    #expect(#expect(throws: HostFault.self) { try AtomicFile.read(temporary.file("y")) }?.status == .noInput)
  }

  @Test("A secret is one line, read only from a file closed to others")
  func secrets() throws {
    let path = temporary.file("key")
    try SecretFile.write("whsec_abc", to: path)
    #expect(try temporary.mode("key") == 0o600)
    #expect(try SecretFile.read(path) == "whsec_abc")
    let dos = try temporary.write("dos", "secret\r\n")
    #expect(try SecretFile.read(dos) == "secret")
    for (name, text, mode) in [("open", "secret", 0o644), ("empty", "\n", 0o600), ("two", "a\nb\n", 0o600)] {
      let refused = try temporary.write(name, text, mode: mode)
      let fault = #expect(throws: HostFault.self) { try SecretFile.read(refused) }
      #expect(fault?.status == .configuration)
      #expect(fault?.wording.english.contains(refused) == true)
    }
  }

  @Test("Random secrets have their form and never repeat")
  func random() throws {
    let key = Secrets.webhookKey()
    #expect(key.hasPrefix("whsec_"))
    #expect(Data(base64Encoded: String(key.dropFirst(6)))?.count == 32)
    let passwords = Set((0..<200).map { _ in Secrets.readablePassword() })
    #expect(passwords.count == 200)
    #expect(passwords.allSatisfy { $0.wholeMatch(of: /[a-z346789]{4}(-[a-z346789]{4}){3}/) != nil })
    #expect(passwords.allSatisfy { $0.allSatisfy { !"01oil25szuv".contains($0) } })
  }
}

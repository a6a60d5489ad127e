import Foundation
import Hosting
import Testing

struct DataFolderTests {
  private let temporary = TemporaryFolder()

  @Test("A new data folder is the daemon's user's alone")
  func makes() throws {
    let folder = try DataFolder(temporary.file("data"), create: true, command: "sanatoriumd serve")
    #expect(try temporary.mode("data") == 0o700)
    #expect(folder.file("house.sqlite").hasSuffix("/data/house.sqlite"))
    #expect(folder.path.hasPrefix("/"))
  }

  @Test("A second daemon is refused and told which process holds the folder")
  func refusesSecond() throws {
    let path = temporary.file("data")
    let first = try DataFolder(path, create: true, command: "sanatoriumd serve --data x")
    let fault = #expect(throws: HostFault.self) { try DataFolder(path, create: true, command: "another") }
    #expect(fault?.status == .temporary)
    #expect(fault?.wording.english.contains("process \(getpid()) (sanatoriumd serve --data x)") == true)
    #expect(fault?.wording.chinese.contains("\(getpid())") == true)
    let holder = try #require(try DataFolder.holder(of: path))
    #expect(holder.process == getpid() && holder.command == "sanatoriumd serve --data x")
    withExtendedLifetime(first) {}
  }

  @Test("The lock ends with its holder, and the note in the file binds nobody")
  func releases() throws {
    let path = temporary.file("data")
    do { _ = try DataFolder(path, create: true, command: "one") }
    #expect(try DataFolder.holder(of: path) == nil)
    let next = try DataFolder(path, create: false, command: "a much shorter or longer one")
    #expect(try DataFolder.holder(of: path)?.command == "a much shorter or longer one")
    withExtendedLifetime(next) {}
  }

  @Test("A missing folder is made only when asked")
  func missing() throws {
    let fault = #expect(throws: HostFault.self) {
      try DataFolder(temporary.file("none"), create: false, command: "serve")
    }
    #expect(fault?.status == .noInput)
    let deep = #expect(throws: HostFault.self) {
      try DataFolder(temporary.file("none/data"), create: true, command: "serve")
    }
    #expect(deep?.status == .cannotCreate)
  }

  @Test("A folder with other people's files is not taken over")
  func foreign() throws {
    _ = try temporary.write("letter.txt", "hello")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: temporary.path)
    let fault = #expect(throws: HostFault.self) { try DataFolder(temporary.path, create: true, command: "serve") }
    #expect(fault?.status == .cannotCreate)
    let attributes = try FileManager.default.attributesOfItem(atPath: temporary.path)
    #expect(attributes[.posixPermissions] as? Int == 0o755)
  }

  @Test("An empty folder that others could read is closed to them")
  func closes() throws {
    try FileManager.default.createDirectory(
      atPath: temporary.file("data"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    _ = try DataFolder(temporary.file("data"), create: true, command: "serve")
    #expect(try temporary.mode("data") == 0o700)
  }

  @Test("A file in place of the folder is refused")
  func file() throws {
    let path = try temporary.write("data", "")
    let fault = #expect(throws: HostFault.self) { try DataFolder(path, create: true, command: "serve") }
    #expect(fault?.status == .cannotCreate)
  }
}

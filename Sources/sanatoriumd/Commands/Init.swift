internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import Hosting
internal import SanatoriumStore

/// `sanatoriumd init`: the data folder with an empty file, the local authority, and the code for the first administrator.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the data folder, the local certificate authority and the first administrator's one-time code.")

  @OptionGroup var place: Place
  @Flag(help: "Print one JSON object instead of text.")
  var json = false
  @Flag(help: "Succeed without a word when the folder holds data already.")
  var keep = false

  func run() throws {
    try reporting {
      let configuration = try place.configuration()
      let folder = try DataFolder(place.dataPath, create: true, command: "sanatoriumd init")
      guard !FileManager.default.fileExists(atPath: folder.file(House.storeName)) else {
        if keep { return }
        throw HostFault(
          .cannotCreate, "\(folder.path) 里已经有数据，不会覆盖", "\(folder.path) holds data already; nothing was changed")
      }
      let authority = try LocalAuthority(
        folder: try folder.subfolder("tls"), name: configuration[HouseSettings.facility],
        now: Int64(Date().timeIntervalSince1970))
      let store = try Store(path: folder.file(House.storeName))
      store.close()
      let code = try FirstAdministrator.makeCode(in: folder)
      if json {
        let answer = JSON.object([
          "data": .string(folder.path), "ca": .string(authority.certificateFile), "code": .string(code),
        ])
        Console.line(String(decoding: JSONWriter.wire(answer), as: UTF8.self))
      } else {
        Console.line("数据文件夹 data folder: \(folder.path)")
        Console.line("根证书 authority: \(authority.certificateFile)")
        Console.line("SHA-256 \(authority.fingerprint)")
        Console.line("第一个管理员的一次性口令 one-time code of the first administrator: \(code)")
        Console.line("启动后打开 /first 填这个口令。 Start the daemon and enter it at /first.")
      }
    }
  }
}

/// The one-time code by which the first administrator's account is made; the folder keeps its hash alone.
enum FirstAdministrator {
  static let fileName = "first-administrator"

  static func makeCode(in folder: DataFolder) throws -> String {
    let code = Secrets.readablePassword()
    try SecretFile.write(Digest.of(Array(code.utf8)).description, to: folder.file(fileName))
    return code
  }

  /// The hash that the folder keeps; nil when there is none.
  static func digest(in folder: DataFolder) throws -> Digest? {
    guard FileManager.default.fileExists(atPath: folder.file(fileName)) else { return nil }
    return Digest(hex: try SecretFile.read(folder.file(fileName)))
  }
}

extension DataFolder {
  /// A folder inside, made with 0700 when it is missing.
  func subfolder(_ name: String) throws -> String {
    let path = file(name)
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw HostFault(.cannotCreate, "建不了文件夹 \(path)", "can't make the folder \(path): \(error)")
    }
    return path
  }
}

internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import Hosting
internal import Sanatorium

/// `sanatorium-organizer init`: data folder, receipt key, local authority, the first administrator.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the data folder, the key for receipts, the local certificate authority and the first account.")

  @OptionGroup var place: Place
  @Option(help: "The organizer's name, as it stands on receipts.") var name = "组织单位"
  @Option(help: "Username of the first administrator.") var admin = "admin"
  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func run() throws {
    try reporting {
      let folder = try DataFolder(place.dataPath, create: true, command: "sanatorium-organizer init")
      guard !FileManager.default.fileExists(atPath: place.storePath) else {
        throw HostFault(
          .cannotCreate, "\(folder.path) 里已经有数据，不会覆盖", "\(folder.path) holds data already; nothing was changed")
      }
      let (store, authority) = try place.make(in: folder, name: name)
      let password = try NewAccount(username: admin, name: "管理员", role: .admin).add(to: store)
      if json {
        Console.line(
          String(
            decoding: JSONWriter.wire(
              .object([
                "data": .string(folder.path), "ca": .string(authority.certificateFile),
                "publicKey": .string(store.publicKey.description),
                "accounts": .array([
                  .object(["role": "admin", "username": .string(admin), "password": .string(password)])
                ]),
              ])), as: UTF8.self))
      } else {
        Console.line("数据文件夹 data folder: \(folder.path)")
        Console.line("根证书 authority: \(authority.certificateFile)")
        Console.line("SHA-256 \(authority.fingerprint)")
        Console.line("回执公钥 public key of receipts: \(store.publicKey)")
        Console.line("管理员 administrator: \(admin)  \(password)")
      }
    }
  }
}

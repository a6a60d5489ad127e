internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import Hosting
internal import OrganizerStore
internal import Sanatorium

/// Where a command finds its data and its configuration.
struct Place: ParsableArguments {
  @Option(help: "Folder that holds everything (STATE_DIRECTORY of the service manager otherwise).")
  var data: String?

  @Option(help: "Configuration file, key = value.")
  var config: String?

  var dataPath: String {
    data ?? ProcessInfo.processInfo.environment["STATE_DIRECTORY"] ?? "/var/lib/sanatorium-organizer"
  }

  func configuration() throws -> Hosting.Configuration {
    try Hosting.Configuration(
      HostSettings.all, file: config, environment: ProcessInfo.processInfo.environment, prefix: "SANATORIUM_ORGANIZER")
  }

  static let storeName = "organizer.sqlite"
  static let keyName = "receipt-signing-key"

  var storePath: String { dataPath + "/" + Place.storeName }

  /// Opens what `init` made. SQLite itself keeps apart the commands that change something while the service runs.
  func store() throws -> OrganizerStore {
    guard FileManager.default.fileExists(atPath: storePath) else {
      throw HostFault(
        .noInput, "\(dataPath) 里还没有数据，先运行 sanatorium-organizer init",
        "\(dataPath) holds no data yet; run sanatorium-organizer init first")
    }
    return try OrganizerStore(path: storePath, key: try key(), name: nil)
  }

  private func key() throws -> SigningKey {
    let path = dataPath + "/" + Place.keyName
    guard let key = SigningKey(try SecretFile.read(path)) else {
      throw HostFault(.data, "签名密钥文件坏了：\(path)", "the signing key's file is damaged: \(path)")
    }
    return key
  }

  /// Makes key, authority and an empty file in a folder that this process holds.
  func make(in folder: DataFolder, name: String) throws -> (store: OrganizerStore, authority: LocalAuthority) {
    let keyFile = folder.file(Place.keyName)
    if !FileManager.default.fileExists(atPath: keyFile) {
      try SecretFile.write(SigningKey.generate().secretText, to: keyFile)
    }
    let authority = try authority(in: folder, name: name)
    return (try OrganizerStore(path: storePath, key: try key(), name: name), authority)
  }

  func authority(in folder: DataFolder, name: String) throws -> LocalAuthority {
    let path = folder.file("tls")
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw HostFault(.cannotCreate, "建不了文件夹 \(path)", "can't make the folder \(path): \(error)")
    }
    return try LocalAuthority(folder: path, name: name, now: Int64(Date().timeIntervalSince1970))
  }
}

extension Instant {
  /// The wall clock.
  static var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

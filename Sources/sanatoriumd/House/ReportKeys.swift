internal import Evidence
internal import Foundation
internal import Hosting
internal import SanatoriumJobs

/// The keys and the address of the reports, from the data folder and the configuration.
enum ReportKeys {
  static let fileName = "report-signing-key"

  /// The public half of the key in a data folder, without holding the folder.
  static func publicKey(inFolder path: String) throws -> PublicKey {
    let file = path + "/" + fileName
    guard FileManager.default.fileExists(atPath: file), let key = SigningKey(try SecretFile.read(file)) else {
      throw HostFault(
        .noInput, "\(path) 里还没有签名密钥，先启动一次", "\(path) holds no signing key yet; start the daemon once")
    }
    return key.publicKey
  }

  /// The public half of the key that a folder holds already.
  static func existing(in folder: DataFolder) -> PublicKey? { try? publicKey(inFolder: folder.path) }

  /// The facility's key, made at the first start and kept with mode 0600.
  static func signing(in folder: DataFolder) throws -> SigningKey {
    let path = folder.file(fileName)
    if !FileManager.default.fileExists(atPath: path) {
      try SecretFile.write(SigningKey.generate().secretText, to: path)
    }
    guard let key = SigningKey(try SecretFile.read(path)) else {
      throw HostFault(.data, "签名密钥文件坏了：\(path)", "the signing key's file is damaged: \(path)")
    }
    return key
  }

  /// The organizer's key for receipts; nil when none is configured.
  static func receipt(_ configuration: Hosting.Configuration) throws -> PublicKey? {
    let text = configuration[HouseSettings.organizerKey]
    guard !text.isEmpty else { return nil }
    guard let key = PublicKey(text) else {
      throw HostFault(.configuration, "organizer_key 不是公钥（sanpk_…）", "organizer_key is no public key (sanpk_…)")
    }
    return key
  }

  /// Where reports go; nil when no organizer is configured, and a fault when it is configured by halves.
  static func endpoint(_ configuration: Hosting.Configuration) throws -> OrganizerEndpoint? {
    guard let url = configuration[HouseSettings.organizerURL] else { return nil }
    guard let secret = configuration[HouseSettings.organizerSecret].flatMap({ WebhookSecret($0) }) else {
      throw HostFault(
        .configuration, "有 organizer_url，但 organizer_secret 没有或者不是 whsec_…",
        "organizer_url is given, but organizer_secret is missing or not whsec_…")
    }
    guard let key = try receipt(configuration) else {
      throw HostFault(.configuration, "有 organizer_url，但没有 organizer_key", "organizer_url is given, but organizer_key is missing")
    }
    return OrganizerEndpoint(
      url: url, authorityFile: configuration[HouseSettings.organizerCA], secret: secret, receiptKey: key)
  }
}

internal import ArgumentParser
internal import Dispatch
internal import Evidence
internal import Foundation
internal import Hosting
internal import OrganizerStore
internal import Sanatorium

/// `sanatorium-organizer demo`: an organizer beside a facility's demonstration, with that facility enrolled.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run an organizer for a demonstration, with one facility enrolled and one account.")

  @OptionGroup var place: Place
  @Option(help: "Address to listen on; port 0 lets the system choose.") var listen = "127.0.0.1:0"
  @Option(help: "The organizer's name, as it stands on receipts.") var name = "演示组织单位"
  @Option(help: "The facility's public key, sanpk_…") var facilityKey: String
  @Option(help: "The facility's name.") var facilityName: String
  @Option(help: "File with the webhook secret; made when it is missing.") var secretFile: String
  @Flag(help: "Print one JSON line once ready.") var json = false
  @Flag(help: "Stop when standard input ends, that is with the program that started this one.") var followStdin = false

  func run() throws {
    try reporting {
      let configuration = try place.configuration()
      guard let key = PublicKey(facilityKey) else {
        throw HostFault(.usage, "不是公钥（sanpk_…）", "not a public key (sanpk_…)")
      }
      let folder = try DataFolder(place.dataPath, create: true, command: "sanatorium-organizer demo")
      let ended = DispatchSemaphore(value: 0)
      try Signals.handle(stop: { _ in ended.signal() }, reload: {})
      let isNew = !FileManager.default.fileExists(atPath: place.storePath)
      let store = isNew ? try place.make(in: folder, name: name).store : try place.store()
      try enrol(key, store)
      let account = try account(folder, store)
      let office = try Office(
        place: place, folder: folder, configuration: configuration, store: store, listen: [listen])
      announce(office, account)
      if followStdin { waitForEnd(ended) }
      ended.wait()
      office.stop()
    }
  }

  private func enrol(_ key: PublicKey, _ store: OrganizerStore) throws {
    if try store.facilities().contains(where: { $0.id == key.facility }) { return }
    if !FileManager.default.fileExists(atPath: secretFile) {
      try SecretFile.write(WebhookSecret.generate().secretText, to: secretFile)
    }
    guard let secret = WebhookSecret(try SecretFile.read(secretFile)) else {
      throw HostFault(.data, "不是 whsec_ 开头的密钥：\(secretFile)", "not a secret beginning with whsec_: \(secretFile)")
    }
    _ = try store.enrol(name: facilityName, publicKey: key, secret: secret, by: "demo", now: .now)
  }

  /// Made at random at the first start and kept in the demonstration's own folder for the next.
  private func account(
    _ folder: DataFolder, _ store: OrganizerStore
  ) throws -> (username: String, password: String) {
    let file = folder.file("demo-password")
    let username = "organizer"
    if try store.account(username: username) != nil, FileManager.default.fileExists(atPath: file) {
      return (username, try SecretFile.read(file))
    }
    let password = try NewAccount(username: username, name: "组织单位", role: .organizer).add(to: store)
    try SecretFile.write(password, to: file)
    return (username, password)
  }

  private func announce(_ office: Office, _ account: (username: String, password: String)) {
    let host = listen.hasPrefix("127.") || listen.hasPrefix("[::1]") ? String(listen.prefix { $0 != "]" }) : "localhost"
    let name = host.hasPrefix("[") ? host + "]" : String(host.prefix { $0 != ":" })
    let url = "https://\(name):\(office.port)"
    guard json else {
      Console.line("组织单位 organizer: \(url)  \(account.username)  \(account.password)")
      return
    }
    Console.line(
      String(
        decoding: JSONWriter.wire(
          .object([
            "url": .string(url), "ca": .string(office.authority.certificateFile),
            "publicKey": .string(office.store.publicKey.description),
            "accounts": .array([
              .object([
                "role": "organizer", "username": .string(account.username), "password": .string(account.password),
              ])
            ]),
          ])), as: UTF8.self))
  }

  private func waitForEnd(_ ended: DispatchSemaphore) {
    Thread.detachNewThread {
      while readLine() != nil {}
      ended.signal()
    }
  }
}

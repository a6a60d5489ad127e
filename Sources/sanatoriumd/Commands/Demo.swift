internal import ArgumentParser
internal import Dispatch
internal import Evidence
internal import Foundation
internal import Hosting
internal import Sanatorium
internal import SanatoriumStore

/// `sanatoriumd demo`: a real daemon on real data in a folder of its own, with a batch in the middle of its stay and an
/// organizer beside it.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a demonstration: a batch in the middle of its stay, accounts, and an organizer beside it.")

  @Option(help: "Address to listen on.") var listen = "127.0.0.1:8443"
  @Option(help: "Folder of the demonstration; made and filled at the first start.")
  var data = FileManager.default.currentDirectoryPath + "/.build/demo"
  @Flag(help: "Print one JSON line when ready, for scripts.") var json = false

  private static let castName = "demo-accounts.json"

  func run() throws {
    try reporting {
      Log.threshold = .warning
      try? FileManager.default.createDirectory(
        atPath: (data as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      let folder = try DataFolder(data, create: true, command: "sanatoriumd demo")
      let ended = DispatchSemaphore(value: 0)
      try Signals.handle(stop: { _ in ended.signal() }, reload: {})
      let cast = try prepare(folder)
      let organizer = try organizer(beside: folder)
      defer { organizer.stop() }
      let house = try House(folder: folder, configuration: configuration(folder, organizer), listen: [listen])
      announce(house, organizer, cast)
      ended.wait()
      house.stop()
    }
  }

  /// Fills an empty folder; a folder that was filled before goes on where it stands.
  private func prepare(_ folder: DataFolder) throws -> DemoCast {
    let castFile = folder.file(Demo.castName)
    let storePath = folder.file(House.storeName)
    if FileManager.default.fileExists(atPath: castFile) {
      return try JSONDecoder().decode(DemoCast.self, from: Data(SecretFile.read(castFile).utf8))
    }
    // A first start that was cut off leaves half a batch: begin again.
    for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: storePath + ending) }
    _ = try folder.subfolder("tls")
    let store: Store
    do { store = try Store(path: storePath) } catch {
      throw HostFault(.inputOutput, "建不了数据文件：\(error)", "the data file can't be made: \(error)")
    }
    defer { store.close() }
    if !json { Console.line("正在准备演示数据…… preparing the demonstration …") }
    let cast = DemoCast.fresh()
    let now = store.now
    try cast.add(to: store, at: now - .days(10))
    var stay = try DemoStay(store: store, now: now)
    try stay.play()
    try SecretFile.write(String(decoding: JSONEncoder().encode(cast), as: UTF8.self), to: castFile)
    return cast
  }

  private func organizer(beside folder: DataFolder) throws -> DemoOrganizer {
    let secretFile = folder.file("organizer-secret")
    if !FileManager.default.fileExists(atPath: secretFile) {
      try SecretFile.write(WebhookSecret.generate().secretText, to: secretFile)
    }
    return try DemoOrganizer(
      folder: folder, facilityKey: try ReportKeys.signing(in: folder).publicKey, facilityName: "白桦湖疗养中心",
      secretFile: secretFile)
  }

  private func configuration(_ folder: DataFolder, _ organizer: DemoOrganizer) throws -> Hosting.Configuration {
    try Hosting.Configuration(
      HouseSettings.all, file: nil,
      environment: [
        "SANATORIUMD_FACILITY": "白桦湖疗养中心", "SANATORIUMD_ORGANIZER_URL": organizer.url + "/api/v1/reports",
        "SANATORIUMD_ORGANIZER_CA": organizer.authority, "SANATORIUMD_ORGANIZER_KEY": organizer.receiptKey,
        "SANATORIUMD_ORGANIZER_SECRET_FILE": folder.file("organizer-secret"),
      ], prefix: "SANATORIUMD")
  }

  private func announce(_ house: House, _ organizer: DemoOrganizer, _ cast: DemoCast) {
    let host = listen.hasSuffix(":0") ? String(listen.dropLast(2)) : String(listen[..<(listen.lastIndex(of: ":") ?? listen.endIndex)])
    let url = "https://\(host):\(house.port)"
    if json {
      let accounts = cast.members.map { member in
        JSON.object([
          "role": .string(member.role.rawValue), "username": .string(member.username), "password": .string(member.password),
          "name": .string(member.name), "medical": .bool(member.isMedical),
        ])
      }
      let line = JSON.object([
        "url": .string(url), "ca": .string(house.authority.certificateFile), "accounts": .array(accounts),
        "organizer": .object([
          "url": .string(organizer.url), "ca": .string(organizer.authority), "accounts": organizer.accounts,
        ]),
      ])
      return Console.line(String(decoding: JSONWriter.wire(line), as: UTF8.self))
    }
    Console.line("\n打开 open: \(url)   组织单位 organizer: \(organizer.url)")
    Console.line("根证书 authority: \(house.authority.certificateFile)\n")
    for member in cast.members {
      let role = "\(member.role.name.chinese) \(member.role.rawValue)\(member.isMedical ? " (medical)" : "")"
      Console.line("  \(member.username)\t\(member.password)\t\(role)\t\(member.name)")
    }
    for account in organizer.accounts.array ?? [] {
      Console.line("  \(account["username"]?.string ?? "")\t\(account["password"]?.string ?? "")\t组织单位一侧 organizer's side")
    }
    Console.line("\nCtrl-C 停止 to stop. 数据在 data in \(house.folder.path)")
  }
}

internal import Foundation
internal import Hosting
internal import MicroHTTP
internal import Packs
internal import Pages
internal import Sanatorium
internal import SanatoriumJobs
internal import SanatoriumStore
internal import SanatoriumWeb
internal import Synchronization

/// The running daemon: data folder, file, site, listeners, clock. `main` and the demo start the same object.
final class House: Sendable {
  let folder: DataFolder
  let store: Store
  let site: Site
  let authority: LocalAuthority
  let clockwork: Clockwork
  private let server: Mutex<Server?>
  private let loopback: Mutex<Server?>
  private let certificate: CertificateWatch
  let configuration: Configuration

  static let storeName = "sanatorium.sqlite"

  /// Opens everything and listens. Throws `HostFault` with the exit code that fits.
  init(folder: DataFolder, configuration: Configuration, listen: [String]? = nil) throws {
    self.folder = folder
    self.configuration = configuration
    guard FileManager.default.fileExists(atPath: folder.file(House.storeName)) else {
      throw HostFault(
        .noInput, "\(folder.path) 里还没有数据，先运行 sanatoriumd init", "\(folder.path) holds no data yet; run sanatoriumd init first")
    }
    let store = try House.openStore(folder)
    self.store = store
    let now = Int64(Date().timeIntervalSince1970)
    let authority = try LocalAuthority(
      folder: folder.file("tls"), name: configuration[HouseSettings.facility], now: now)
    self.authority = authority
    let shown = try House.certificate(authority, configuration, now: now)
    site = try Site(
      store: store,
      configuration: SiteConfiguration(
        facility: configuration[HouseSettings.facility], build: Build.mark, authorityPEM: authority.certificatePEM,
        organizer: configuration[HouseSettings.organizerURL],
        firstAdministrator: try FirstAdministrator.digest(in: folder),
        reporting: Reporting(signingKey: try ReportKeys.signing(in: folder), receiptKey: try ReportKeys.receipt(configuration)),
        regulations: House.regulations(configuration),
        log: { Log.error("site", ["what": $0]) }))
    let outbox = try ReportKeys.endpoint(configuration).map {
      Outbox(store: store, endpoint: $0, log: { Log.warning("delivery", ["what": $0]) })
    }
    let emergency = configuration[HouseSettings.emergencyFolder].map {
      EmergencyFile(
        store: store, folder: $0, facility: configuration[HouseSettings.facility],
        log: { Log.error("emergency", ["what": $0]) })
    }
    let everySecond = site.everySecond
    let watch = Later<CertificateWatch>()
    clockwork = try Clockwork(
      store: store,
      site: {
        everySecond()
        outbox?.poll()
        emergency?.poll()
        watch.value?.poll(now: Int64(Date().timeIntervalSince1970))
      }, log: { Log.error("clock", ["what": $0]) })
    let addresses = listen ?? configuration[HostSettings.listen].map(\.description)
    let running = try House.listen(addresses, identity: shown, site: site)
    certificate = CertificateWatch(shown: shown) {
      try House.certificate(authority, configuration, now: Int64(Date().timeIntervalSince1970))
    } show: {
      try running.show(TLSIdentity(certificatePEM: $0.chainPEM, keyPEM: $0.keyPEM))
    }
    watch.value = certificate
    server = Mutex(running)
    let plain = configuration[HostSettings.loopback].map(\.description)
    loopback = Mutex(plain.isEmpty ? nil : try House.listen(plain, identity: nil, site: site))
    site.showMetrics { running.metrics }
    if let emergency {
      site.showEmergencyFiles {
        let condition = emergency.condition
        return EmergencyFiles(
          folder: condition.folder, writtenAt: condition.writtenAt, failure: condition.failure)
      }
    }
    let path = folder.path
    site.showUpkeep { Upkeep(backup: UpkeepFile.backup.read(in: path), verification: UpkeepFile.verification.read(in: path)) }
    clockwork.start()
  }

  /// The built-in regulations and the facility's own; what is wrong with those is told and does no harm to the rest.
  private static func regulations(_ configuration: Configuration) -> RegulationShelf {
    let shelf = RegulationShelf(folder: configuration[HouseSettings.packsFolder])
    for fault in shelf.content.faults { Log.error("regulation pack", ["what": fault.sentence(.english)]) }
    return shelf
  }

  private static func openStore(_ folder: DataFolder) throws -> Store {
    do {
      return try Store(
        path: folder.file(storeName),
        report: { Log.error("the disk failed", ["what": $0]) },
        reopen: { path in
          Log.error("an fsync failed and the disk takes writes again: ending, to open the data file anew", ["file": path])
          Store.end(path)
        })
    } catch {
      throw HostFault(.inputOutput, "打不开数据文件：\(error)", "the data file can't be opened: \(error)")
    }
  }

  private static func certificate(
    _ authority: LocalAuthority, _ configuration: Configuration, now: Int64
  ) throws -> ServerCertificate {
    switch (configuration[HostSettings.certificate], configuration[HostSettings.key]) {
    case (let file?, let key?): return try ServerCertificate(certificateFile: file, keyFile: key)
    case (nil, nil): break
    default:
      throw HostFault(
        .configuration, "tls_certificate 和 tls_key 要一起给", "tls_certificate and tls_key must be given together")
    }
    return try authority.serverCertificate(
      for: HostNames.current(adding: configuration[HostSettings.names]), now: now
    ).certificate
  }

  private static func listen(_ addresses: [String], identity: ServerCertificate?, site: Site) throws -> Server {
    do {
      var settings = ServerConfiguration(
        addresses: try addresses.map { try MicroHTTP.ListenAddress($0) },
        tls: identity.map { TLSIdentity(certificatePEM: $0.chainPEM, keyPEM: $0.keyPEM) })
      settings.defaultHeaders = SecurityHeaders.all(isTLS: identity != nil)
      settings.documentHeaders = SecurityHeaders.documents
      settings.bodyRule = { [unowned site] in site.bodyRule($0) }
      settings.problem = { [unowned site] in site.refused($0, $1, $2) }
      settings.log = { level, line in
        switch level {
        case .error: Log.error("http", ["what": line])
        default: Log.debug("http", ["what": line])
        }
      }
      return try Server(configuration: settings) { [unowned site] in site.handle($0) }
    } catch let error as ListenError {
      throw HostFault(.cannotCreate, "不能监听：\(error)", "can't listen: \(error)")
    }
  }

  /// Shows the certificate as it is on file now, or a fresh one where it has to be renewed.
  func reloadCertificate() { certificate.reload() }

  var port: UInt16 { server.withLock { $0?.port ?? 0 } }

  /// Stops in good order: no new requests, those under way finish, what waits is committed.
  func stop() {
    let servers = [server.withLock { $0.take() }, loopback.withLock { $0.take() }]
    for running in servers { _ = running?.stop(within: 10) }
    clockwork.stop()
    site.flushAccessLog()
    store.close()
  }
}

extension Optional {
  /// The value, leaving nil behind.
  fileprivate mutating func take() -> Wrapped? {
    defer { self = nil }
    return self
  }
}

/// What the clock finds once the listener is there.
private final class Later<Value: Sendable>: Sendable {
  private let content = Mutex<Value?>(nil)

  var value: Value? {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }
}

internal import Dispatch
internal import Foundation
internal import Hosting
internal import MicroHTTP
internal import OrganizerStore
internal import OrganizerWeb
internal import Pages
internal import Sanatorium

/// The running service: file, site, listeners. `serve` and `demo` start the same object.
final class Office: Sendable {
  let store: OrganizerStore
  let authority: LocalAuthority
  private let site: OrganizerSite
  private let servers: [Server]
  private let certificate: CertificateWatch
  /// Unsafe only by its type: Dispatch sources may be used from any thread.
  private nonisolated(unsafe) let hourly: any DispatchSourceTimer

  /// Opens everything and listens.
  ///
  /// - Throws: `HostFault` with the exit code that fits.
  init(
    place: Place, folder: DataFolder, configuration: Hosting.Configuration, store: OrganizerStore, listen: [String]?
  ) throws {
    self.store = store
    authority = try place.authority(in: folder, name: store.name)
    let site = OrganizerSite(
      store: store,
      configuration: OrganizerConfiguration(
        build: Build.mark, now: { .now }, log: { Log.warning("site", ["what": $0]) }))
    self.site = site
    let authority = authority
    let shown = try Office.certificate(authority, configuration)
    let addresses = listen ?? configuration[HostSettings.listen].map(\.description)
    let tls = TLSIdentity(certificatePEM: shown.chainPEM, keyPEM: shown.keyPEM)
    let secure = try Office.listen(addresses, tls: tls, site: site)
    let plain = configuration[HostSettings.loopback].map(\.description)
    servers = plain.isEmpty ? [secure] : [secure, try Office.listen(plain, tls: nil, site: site)]
    let watch = CertificateWatch(shown: shown) {
      try Office.certificate(authority, configuration)
    } show: {
      try secure.show(TLSIdentity(certificatePEM: $0.chainPEM, keyPEM: $0.keyPEM))
    }
    certificate = watch
    hourly = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "certificate"))
    hourly.schedule(deadline: .now() + .seconds(3_600), repeating: .seconds(3_600), leeway: .seconds(60))
    hourly.setEventHandler { watch.reload() }
    hourly.activate()
    site.showMetrics { secure.metrics }
  }

  private static func certificate(
    _ authority: LocalAuthority, _ configuration: Hosting.Configuration
  ) throws -> ServerCertificate {
    if let file = configuration[HostSettings.certificate], let key = configuration[HostSettings.key] {
      return try ServerCertificate(certificateFile: file, keyFile: key)
    }
    return try authority.serverCertificate(
      for: HostNames.current(adding: configuration[HostSettings.names]), now: Int64(Date().timeIntervalSince1970)
    ).certificate
  }

  private static func listen(_ addresses: [String], tls: TLSIdentity?, site: OrganizerSite) throws -> Server {
    do {
      var settings = ServerConfiguration(addresses: try addresses.map { try MicroHTTP.ListenAddress($0) }, tls: tls)
      settings.defaultHeaders = SecurityHeaders.all(isTLS: tls != nil)
      settings.documentHeaders = SecurityHeaders.documents
      settings.bodyRule = { [unowned site] in site.bodyRule($0) }
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

  var port: UInt16 { servers[0].port }

  /// Stops in good order: no new requests, those under way finish.
  func stop() {
    hourly.cancel()
    for server in servers { server.stop(within: 10) }
  }
}

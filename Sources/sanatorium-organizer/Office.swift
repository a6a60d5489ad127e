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
    let certificate = try Office.certificate(authority, configuration)
    let addresses = listen ?? configuration[HostSettings.listen].map(\.description)
    let tls = TLSIdentity(certificatePEM: certificate.chainPEM, keyPEM: certificate.keyPEM)
    let secure = try Office.listen(addresses, tls: tls, site: site)
    let plain = configuration[HostSettings.loopback].map(\.description)
    servers = plain.isEmpty ? [secure] : [secure, try Office.listen(plain, tls: nil, site: site)]
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

  var port: UInt16 { servers[0].port }

  /// Stops in good order: no new requests, those under way finish.
  func stop() {
    for server in servers { server.stop(within: 10) }
  }
}

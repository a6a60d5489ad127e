import CMicrohttpd
import Glibc

/// The library's daemon.
///
/// Unchecked: adding and counting connections and stopping are calls the library takes from any thread; it is stopped
/// once, by the doorkeeper, after everybody who might call it is through.
final class Daemon: @unchecked Sendable {
  private let pointer: OpaquePointer
  private let logger: UnsafeMutablePointer<CMicrohttpd_Logger>
  private let lines: Lines

  private final class Lines: Sendable {
    let log: @Sendable (LogLevel, String) -> Void

    init(log: @escaping @Sendable (LogLevel, String) -> Void) {
      self.log = log
    }
  }

  /// - Throws: `ListenError` naming the certificate, where that is the likely reason, or the library.
  init(
    _ configuration: ServerConfiguration, tls: TLSIdentity?, context: UnsafeMutableRawPointer,
    fill: (inout CMicrohttpd_Options) -> Void
  ) throws(ListenError) {
    lines = Lines(log: configuration.log)
    logger = .allocate(capacity: 1)
    logger.initialize(
      to: CMicrohttpd_Logger(
        log: { context, line in
          let text = String(cString: line!)
          Unmanaged<Lines>.fromOpaque(context!).takeUnretainedValue()
            .log(.notice, String(text.reversed().drop { $0 == "\n" }.reversed()))
        }, context: Unmanaged.passUnretained(lines).toOpaque()))
    var options = CMicrohttpd_Options()
    options.tls = tls != nil
    options.threads = UInt32(max(1, configuration.threads))
    // ours is the limit; the library's own, divided over its threads, must not be reached before
    options.connections = UInt32((configuration.connectionLimit + 64) * max(1, configuration.threads))
    options.connections_per_address = UInt32(max(0, configuration.connectionLimitPerAddress))
    options.idle_seconds = UInt32(max(1, configuration.idleTimeout.rounded(.up)))
    options.memory_per_connection = configuration.memoryPerConnection
    options.context = context
    options.logger = logger
    fill(&options)
    let started: OpaquePointer?
    if let tls {
      started = tls.keyPEM.withCString { key in
        tls.certificatePEM.withCString { certificate in
          "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2".withCString { priorities in
            options.key_pem = key
            options.certificate_pem = certificate
            options.priorities = priorities
            return CMicrohttpd_start(&options)
          }
        }
      }
    } else {
      started = CMicrohttpd_start(&options)
    }
    guard let started else {
      let code = errno
      logger.deallocate()
      throw ListenError(
        address: configuration.addresses.map(\.description).joined(separator: ", "),
        reason: tls == nil
          ? "the HTTP library did not start: \(SystemError.text(code))"
          : "certificate and key are not a pair in PEM, or the HTTP library did not start",
        code: code)
    }
    pointer = started
  }

  deinit {
    logger.deallocate()
  }

  /// Hands over an accepted socket, which the library closes. False where the library refused it, and closed it: one
  /// address has too many.
  func add(socket: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Bool {
    MHD_add_connection(pointer, socket, address, size) == .YES
  }

  /// Connections that have not ended.
  var connectionCount: Int { Int(CMicrohttpd_connections(pointer)) }

  /// Ends the library's threads. Aborts the process if a connection is suspended.
  func stop() { MHD_stop_daemon(pointer) }
}

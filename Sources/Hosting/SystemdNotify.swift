internal import Glibc

/// Tells systemd how the service is (sd_notify(3)), one datagram each. Does nothing where nobody listens.
public struct SystemdNotify: Sendable {
  private let address: String?
  /// How long systemd waits for a sign of life before it restarts the service; nil when it doesn't watch.
  public let watchdog: Duration?

  /// - Parameter environment: of the process: `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID`.
  public init(environment: [String: String]) {
    address = environment["NOTIFY_SOCKET"].flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
    let meant = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
    watchdog = environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap { meant && $0 > 0 ? .microseconds($0) : nil }
  }

  public var isListening: Bool { address != nil }

  /// Listening, and all checks at the start are done.
  public func ready(_ status: String) throws(HostFault) { try send("READY=1\nSTATUS=\(Log.escaped(status))") }
  /// Ending in good order; that nobody hears of it must not keep anybody from ending so, and is only logged.
  public func stopping() {
    do throws(HostFault) { try send("STOPPING=1") } catch {
      Log.warning("the service manager does not know of the stop", ["reason": error])
    }
  }
  /// One line for `systemctl status`.
  public func status(_ text: String) throws(HostFault) { try send("STATUS=\(Log.escaped(text))") }
  /// A sign of life.
  public func beat() throws(HostFault) { try send("WATCHDOG=1") }

  private func send(_ message: String) throws(HostFault) {
    guard let address else { return }
    let attempt = Wording("通知不了 systemd", "can't tell systemd")
    let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { throw .system(.failure, attempt, address) }
    defer { close(file) }
    var target = sockaddr_un()
    target.sun_family = sa_family_t(AF_UNIX)
    var path = Array(address.utf8)
    // The first byte of an abstract name is NUL, written as @.
    if path[0] == UInt8(ascii: "@") { path[0] = 0 }
    guard path.count < MemoryLayout.size(ofValue: target.sun_path) else {
      throw .system(.failure, attempt, address, ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: path) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let bytes = Array(message.utf8)
    let sent = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(file, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
      }
    }
    guard sent == bytes.count else { throw .system(.failure, attempt, address) }
  }
}

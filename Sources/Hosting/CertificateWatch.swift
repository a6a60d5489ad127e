internal import Synchronization

/// Keeps the certificate that a listener shows up to date, without a restart: loads it when asked to (SIGHUP), and looks
/// once an hour whether it has to be renewed or the machine has got another address.
public final class CertificateWatch: Sendable {
  private struct State {
    var fingerprint: String
    var nextAt: Int64 = 0
  }

  private let state: Mutex<State>
  private let load: @Sendable () throws -> ServerCertificate
  private let show: @Sendable (ServerCertificate) throws -> Void

  /// - Parameters:
  ///   - shown: what the listener shows now.
  ///   - load: the certificate as it should be now; makes a fresh one where it has to.
  ///   - show: gives it to the listener.
  public init(
    shown: ServerCertificate, load: @escaping @Sendable () throws -> ServerCertificate,
    show: @escaping @Sendable (ServerCertificate) throws -> Void
  ) {
    state = Mutex(State(fingerprint: shown.fingerprint))
    self.load = load
    self.show = show
  }

  /// Loads it now. What can't be loaded or shown is logged, and the listener goes on with what it has.
  /// - Returns: whether another certificate is shown from here on.
  @discardableResult
  public func reload() -> Bool {
    state.withLock { state in
      do {
        let loaded = try load()
        guard loaded.fingerprint != state.fingerprint else { return false }
        try show(loaded)
        state.fingerprint = loaded.fingerprint
        Log.notice("another certificate is shown", ["fingerprint": loaded.fingerprint, "expires": loaded.expires])
        return true
      } catch {
        Log.error("the certificate can't be loaded anew, the old one stays", ["reason": "\(error)"])
        return false
      }
    }
  }

  /// The same, once an hour however often it is called.
  /// - Parameter now: seconds since 1970.
  public func poll(now: Int64) {
    let isDue = state.withLock { state in
      // A clock that was set back must not put it off.
      guard now >= state.nextAt || state.nextAt - now > 3_600 else { return false }
      let isFirst = state.nextAt == 0
      state.nextAt = now + 3_600
      return !isFirst
    }
    if isDue { reload() }
  }
}

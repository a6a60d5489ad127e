public import Synchronization

/// How long a session lasts, in milliseconds.
public struct SessionLimits: Sendable, Hashable {
  /// Without a request.
  public var idle: Int64
  /// In all, whatever happens.
  public var absolute: Int64

  /// One shift: twelve hours of either, so that nobody is asked for a password in the middle of a round.
  public static let shift = SessionLimits(idle: 12 * 3_600_000, absolute: 12 * 3_600_000)

  public init(idle: Int64, absolute: Int64) {
    self.idle = idle
    self.absolute = absolute
  }
}

/// Somebody who is logged in on one device. `Payload` is what the caller needs on each request: the actor, the language.
public struct Session<Payload: Sendable>: Sendable {
  /// Names the session to people who look at their own; it opens nothing.
  public let id: UInt64
  /// SHA-256 of the token.
  public let digest: [UInt8]
  public let account: String
  public var payload: Payload
  /// Milliseconds since 1970.
  public let beganAt: Int64
  public var lastSeenAt: Int64

  /// As it was exported.
  public init(id: UInt64, digest: [UInt8], account: String, payload: Payload, beganAt: Int64, lastSeenAt: Int64) {
    self.id = id
    self.digest = digest
    self.account = account
    self.payload = payload
    self.beganAt = beganAt
    self.lastSeenAt = lastSeenAt
  }

  /// When it ends if nothing more is asked.
  public func endsAt(_ limits: SessionLimits) -> Int64 { min(lastSeenAt + limits.idle, beganAt + limits.absolute) }
}

/// Who is logged in, in memory, by the digests of their tokens. The caller keeps it over a restart with `sessions` and
/// `restore`. Times are given by the caller, in milliseconds since 1970.
public final class SessionTable<Payload: Sendable>: Sendable {
  @usableFromInline struct State {
    @usableFromInline var sessions: [SessionKey: Session<Payload>] = [:]
    var lastID: UInt64 = 0
  }

  /// The limits of every session.
  public let limits: SessionLimits
  @usableFromInline let state = Mutex(State())

  /// An empty table.
  public init(limits: SessionLimits = .shift) { self.limits = limits }

  /// Begins a session with a token of its own (ASVS 7.2.4: a new one at each login). The token is told here and never
  /// again.
  public func begin(account: String, payload: Payload, now: Int64) -> SessionToken {
    let token = SessionToken()
    let digest = token.digest
    state.withLock { state in
      state.lastID += 1
      state.sessions[token.key] = Session(
        id: state.lastID, digest: digest, account: account, payload: payload, beganAt: now, lastSeenAt: now)
    }
    return token
  }

  /// The session of a token, seen now; nil where there is none or it has run out.
  ///
  /// Asked on every request: inlinable, so that the caller's payload is known when it is compiled.
  @inlinable public func session(_ token: SessionToken, now: Int64) -> Session<Payload>? {
    let key = token.key
    return state.withLock { state in
      guard let index = state.sessions.index(forKey: key) else { return nil }
      let session = state.sessions.values[index]
      guard now < session.endsAt(limits) else {
        state.sessions.remove(at: index)
        return nil
      }
      if session.lastSeenAt < now { state.sessions.values[index].lastSeenAt = now }
      return session
    }
  }

  /// Changes what a session carries (the language). False where it is over.
  @discardableResult
  public func update(_ token: SessionToken, _ change: (inout Payload) -> Void) -> Bool {
    state.withLock { state in
      guard let index = state.sessions.index(forKey: token.key) else { return false }
      change(&state.sessions.values[index].payload)
      return true
    }
  }

  /// Ends the session of a token. False where it was over already.
  @discardableResult
  public func end(_ token: SessionToken) -> Bool {
    state.withLock { $0.sessions.removeValue(forKey: token.key) != nil }
  }

  /// Ends one session of an account by its number. False where the account has none of that number.
  @discardableResult
  public func end(id: UInt64, of account: String) -> Bool {
    state.withLock { state in
      guard let found = state.sessions.first(where: { $0.value.id == id && $0.value.account == account }) else {
        return false
      }
      state.sessions[found.key] = nil
      return true
    }
  }

  /// Ends all sessions of an account: it was disabled, its password or its role changed. Returns how many there were.
  @discardableResult
  public func endAll(of account: String, except kept: SessionToken? = nil) -> Int {
    let key = kept?.key
    return state.withLock { state in
      let before = state.sessions.count
      state.sessions = state.sessions.filter { $0.value.account != account || $0.key == key }
      return before - state.sessions.count
    }
  }

  /// Ends every session that carries something of this kind: those on a device that was revoked.
  public func endAll(where isOver: (Payload) -> Bool) {
    state.withLock { state in state.sessions = state.sessions.filter { !isOver($0.value.payload) } }
  }

  /// An account's sessions that are not over, the newest first.
  public func sessions(of account: String, now: Int64) -> [Session<Payload>] {
    sessions(now: now).filter { $0.account == account }.sorted { $0.id > $1.id }
  }

  /// All sessions that are not over, to keep them over a restart; those that are over are forgotten.
  public func sessions(now: Int64) -> [Session<Payload>] {
    state.withLock { state in
      state.sessions = state.sessions.filter { now < $0.value.endsAt(limits) }
      return state.sessions.values.sorted { $0.id < $1.id }
    }
  }

  /// Takes sessions back that were kept over a restart.
  public func restore(_ sessions: [Session<Payload>]) {
    state.withLock { state in
      for session in sessions {
        guard let key = session.digest.withUnsafeBytes({ SessionKey($0) }) else { continue }
        state.sessions[key] = session
        state.lastID = max(state.lastID, session.id)
      }
    }
  }
}

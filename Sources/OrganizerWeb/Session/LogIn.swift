internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

/// What came of a try to log in.
enum LogInOutcome: Sendable {
  case begun(SessionToken, OrganizerAccount)
  /// Wrong name or password; which of the two is not told.
  case wrong
  /// Too many tries; seconds to wait.
  case wait(Int)
  case busy
  case failed(any Error)

  var status: Status {
    switch self {
    case .wait: .tooManyRequests
    case .busy: .serviceUnavailable
    default: .unauthorized
    }
  }

  var fault: Fault {
    switch self {
    case .wait(let seconds):
      Fault(
        "username", "too-many-tries",
        Text("试得太多了，\(seconds) 秒后再试。", "Too many tries; try again in \(seconds) seconds."))
    case .busy: Fault("username", "busy", Text("现在登录的人太多，马上再试一次。", "Many people log in now; try again at once."))
    default: Fault("username", "wrong-credentials", Text("用户名或密码不对。", "The username or the password is wrong."))
    }
  }
}

extension OrganizerSite {
  /// Tries a name and a password. Call it where it may wait; the answer comes on the password's thread.
  func logIn(
    username: String, password: String, from address: String, language: Language,
    done: @escaping @Sendable (LogInOutcome) -> Void
  ) {
    let now = configuration.now()
    let wait = lockout.withLock { $0.wait(account: username, source: address, now: now.milliseconds) }
    guard wait == 0 else { return done(.wait(Int((wait + 999) / 1_000))) }
    let account: OrganizerAccount?
    do { account = try store.account(username: username) } catch { return done(.failed(error)) }
    passwords.verify(password, against: account.flatMap { PasswordHash(kept: $0.password) }) { [self] verdict in
      switch verdict {
      case .busy: done(.busy)
      case .wrong:
        lockout.withLock { $0.fail(account: username, source: address, now: now.milliseconds) }
        configuration.log("a refused login from \(address)")
        done(.wrong)
      case .right(let renewed):
        guard let account else { return done(.wrong) }
        lockout.withLock { $0.succeed(account: username, source: address, now: now.milliseconds) }
        done(begin(account, renewed, language, now))
      }
    }
  }

  private func begin(
    _ account: OrganizerAccount, _ renewed: PasswordHash?, _ language: Language, _ now: Instant
  ) -> LogInOutcome {
    var account = account
    do {
      if let renewed {
        try store.setPassword(renewed.phc, of: account.username, endsSessions: false)
        account = try store.account(account.id) ?? account
      }
      try store.note("login", by: account.id, now: now)
    } catch {
      // A full disk must not keep people from reading.
      configuration.log("a login is not noted: \(error)")
    }
    let session = OrganizerSession(account: account, language: language)
    let token = sessions.begin(account: account.id.description, payload: session, now: now.milliseconds)
    keep(token, session, beganAt: now)
    return .begun(token, account)
  }

  /// A disk that can't keep a session lets people work until the restart.
  private func keep(_ token: SessionToken, _ session: OrganizerSession, beganAt: Instant) {
    let endsAt = beganAt + Span(milliseconds: sessions.limits.absolute)
    do {
      try store.keep(
        KeptSession(
          token: token.digest, account: session.account.id, language: session.language, beganAt: beganAt,
          endsAt: endsAt), now: configuration.now())
    } catch { configuration.log("a session is not kept over a restart: \(error)") }
  }

  /// Changes the language of a session, here and over a restart.
  func speak(_ language: Language, _ token: SessionToken) {
    guard sessions.update(token, { $0.language = language }),
      let session = sessions.session(token, now: configuration.now().milliseconds)
    else { return }
    keep(token, session.payload, beganAt: Instant(milliseconds: session.beganAt))
  }

  /// Ends a session, here and over a restart.
  func end(_ token: SessionToken) {
    sessions.end(token)
    do { try store.endSession(token: token.digest) } catch {
      configuration.log("an ended session stays in the file: \(error)")
    }
  }

  /// Takes back the sessions that were kept; without them everybody logs in again.
  func restoreSessions() {
    let now = configuration.now()
    do {
      let kept = try store.sessions(at: now)
      sessions.restore(
        kept.enumerated().map { index, kept in
          Session(
            id: UInt64(index + 1), digest: kept.session.token, account: kept.account.id.description,
            payload: OrganizerSession(account: kept.account, language: kept.session.language),
            beganAt: kept.session.beganAt.milliseconds, lastSeenAt: now.milliseconds)
        })
    } catch { configuration.log("the sessions can't be read, everybody logs in again: \(error)") }
  }
}

extension Context {
  /// The command line disables accounts and sets passwords while the service runs: whose account is not what it was at
  /// the login is logged out. Nil for everybody else.
  func loggedOut() throws -> Response? {
    guard let session, let credential = Credential.of(request) else { return nil }
    if try store.account(session.account.id)?.password == session.account.password { return nil }
    site.end(credential.token)
    return site.unauthenticated(self)
  }
}

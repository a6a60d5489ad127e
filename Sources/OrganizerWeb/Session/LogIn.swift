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
    do {
      if let renewed { try store.setPassword(renewed.phc, of: account.username) }
      try store.note("login", by: account.id, now: now)
    } catch {
      // A full disk must not keep people from reading.
      configuration.log("a login is not noted: \(error)")
    }
    let session = OrganizerSession(account: account, language: language)
    return .begun(sessions.begin(account: account.id.description, payload: session, now: now.milliseconds), account)
  }
}

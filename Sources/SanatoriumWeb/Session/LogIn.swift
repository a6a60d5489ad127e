internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What came of a try to log in.
enum LogInOutcome: Sendable {
  case begun(SessionToken, Account, until: Instant)
  /// Wrong name or password; which of the two is not told.
  case wrong
  /// Too many tries; seconds to wait.
  case wait(Int)
  case busy
  case failed(any Error)
}

extension Site {
  /// Tries a name and a password. Answers on the password's thread or the store's, never on the caller's while it waits.
  func logIn(
    username: String, password: String, from address: String, device: ID = .none,
    done: @escaping @Sendable (LogInOutcome) -> Void
  ) {
    let now = store.now
    let wait = lockout.withLock { $0.wait(account: username, source: address, now: now.milliseconds) }
    guard wait == 0 else {
      note(username, address, "locked")
      return done(.wait(Int((wait + 999) / 1_000)))
    }
    let account: Account?
    do { account = try store.read { try $0.account(username: username) } } catch { return done(.failed(error)) }
    let usable = account.flatMap { $0.isDisabled ? nil : $0 }
    passwords.verify(password, against: usable.flatMap { PasswordHash(kept: $0.passwordHash) }) { [self] verdict in
      switch verdict {
      case .busy: done(.busy)
      case .wrong:
        lockout.withLock { $0.fail(account: username, source: address, now: now.milliseconds) }
        note(username, address, "failed")
        done(.wrong)
      case .right:
        guard let usable else { return done(.wrong) }
        lockout.withLock { $0.succeed(account: username, source: address, now: now.milliseconds) }
        begin(usable, device: device, address: address, done: done)
      }
    }
  }

  private func begin(
    _ account: Account, device: ID, address: String, done: @escaping @Sendable (LogInOutcome) -> Void
  ) {
    let now = store.now
    let token = sessions.begin(
      account: account.id.description, payload: SessionAccount(account: account, device: device),
      now: now.milliseconds)
    let until = now + Span(milliseconds: sessions.limits.absolute)
    let stored = StoredSession(
      token: token.digest, account: account.id, device: device, startedAt: now, expiresAt: until)
    store.write({ ledger in
      try ledger.keepSession(stored, checkedAgainst: account.passwordHash)
      try ledger.logSignIn(username: account.username, address: address, outcome: "ok")
    }) { [self] result in
      switch result {
      case .success: break
      case .failure(Refusal.forbidden):
        // Disabled while the password was checked.
        sessions.end(token)
        return done(.wrong)
      case .failure(let error):
        // A full disk must not keep people from reading: the session then lives until the restart.
        configuration.log("a session is not kept over a restart: \(error)")
      }
      done(.begun(token, account, until: until))
    }
  }

  private func note(_ username: String, _ address: String, _ outcome: String) {
    store.write({ try $0.logSignIn(username: username, address: address, outcome: outcome) }) { [configuration] result in
      if case .failure(let error) = result { configuration.log("a refused login is not in the log of sign-ins: \(error)") }
    }
  }

  /// Ends the session of a device that was left while this house could not be reached.
  func endLeft(_ request: Request) {
    guard let token = Credential.left(request), sessions.end(token) else { return }
    store.write({ try $0.endSession(token: token.digest) }) { [configuration] result in
      if case .failure(let error) = result { configuration.log("an ended session stays in the file: \(error)") }
    }
  }

  /// Ends the session that a request came with.
  func logOut(_ request: Request, _ viewer: Viewer) {
    if let credential = Credential.of(request) { sessions.end(credential.token) }
    let token = viewer.session
    store.write({ try $0.endSession(token: token) }) { [configuration] result in
      if case .failure(let error) = result { configuration.log("an ended session stays in the file: \(error)") }
    }
  }
}

internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func meRoutes(_ table: inout RouteTable) {
    table.page("/me", for: .accounts, reads: .none) { .response(try $0.mePage()) }
    table.form("/me/language", for: .accounts, reads: .none) { context in
      var fields = try context.fields()
      let language = fields.code("language", Language.self)
      let submission = try context.submission()
      try fields.finish()
      return context.changeLanguage(language ?? .chinese, submission)
    }
    table.formReply("/me/password", for: .accounts, reads: .none) { try $0.changePassword() }
  }
}

extension Context {
  /// At once and without a new login: the session takes the language along.
  fileprivate func changeLanguage(_ language: Language, _ submission: Submission) -> Act {
    let id = actor.account
    return Act({ try $0.changeAccount(id, AccountChange(language: language), submission) }) { recorded in
      if let credential = Credential.of(request), let account = try site.store.read({ try $0.account(id) }) {
        site.sessions.update(credential.token) { $0 = $0.replacing(account) }
      }
      return .redirect(to: "/me?saved=\(recorded.sequence)")
    }
  }

  /// The old password is asked for, so that an open screen is not enough to take an account over. All other sessions
  /// of the account end; this one stays.
  fileprivate func changePassword() throws -> Reply {
    guard let viewer else { return .response(site.unauthenticated(request)) }
    var fields = try fields()
    let old = fields.value("old")?.string ?? ""
    let new = AccountForm.password(&fields, "new")
    let submission = try submission()
    let now = site.store.now.milliseconds
    let key = "password \(viewer.account.username)"
    let source = request.sender
    let wait = site.lockout.withLock { $0.wait(account: key, source: source, now: now) }
    if wait > 0 {
      let seconds = wait / 1_000 + 1
      fields.refuse("old", "wait", Text("试得太多了，\(seconds) 秒后再试。", "Too many tries; wait \(seconds) seconds."))
    }
    do { try fields.finish() } catch Refusal.invalid(let faults) { return .response(try mePage(faults)) }
    guard let account = try site.store.read({ try $0.account(viewer.account.id) }) else {
      return .response(site.unauthenticated(request))
    }
    return .later { responder in
      site.passwords.verify(old, against: PasswordHash(kept: account.passwordHash)) { verdict in
        switch verdict {
        case .busy: responder.answer(problem(Refusal.storageUnavailable))
        case .wrong:
          site.lockout.withLock { $0.fail(account: key, source: source, now: now) }
          let fault = Fault("old", "wrong", Text("现在的密码不对。", "The present password is wrong."))
          do { responder.answer(try mePage([fault])) } catch { responder.answer(problem(error)) }
        case .right:
          site.lockout.withLock { $0.succeed(account: key, source: source, now: now) }
          store(new, of: viewer, submission, responder)
        }
      }
    }
  }

  private func store(_ password: String, of viewer: Viewer, _ submission: Submission, _ responder: Responder) {
    let id = viewer.account.id
    let token = Credential.of(request)?.token
    let session = token.flatMap { site.sessions.session($0, now: site.store.now.milliseconds) }
    let kept = session.map { session in
      StoredSession(
        token: session.digest, account: id, device: session.payload.actor.device,
        startedAt: Instant(milliseconds: session.beganAt),
        expiresAt: Instant(milliseconds: session.beganAt + site.sessions.limits.absolute))
    }
    site.passwords.hash(password) { hash in
      guard let hash else { return responder.answer(problem(Refusal.storageUnavailable)) }
      let change = AccountChange(passwordHash: hash.phc)
      Act({ ledger in
        let recorded = try ledger.changeAccount(id, change, submission)
        try ledger.endSessions(of: id)
        if let kept { try ledger.keepSession(kept) }
        return recorded
      }) { recorded in
        site.sessions.endAll(of: id.description, except: token)
        return .redirect(to: "/me?saved=\(recorded.sequence)")
      }.start(self, responder)
    }
  }
}

internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  private var code: String { parameters["code"] }

  /// What the new device opens. Looking uses the code up for nobody; pressing does.
  func enrolPage() -> Response {
    if let refusal = waitForGuesses() { return refusal }
    guard let invitation = site.invitations.invitation(code: code, now: site.store.now) else { return noInvitation() }
    let known = site.devices.device(of: request)
    return html { h in
      h.page(page(Text("登记这台设备", "Enrol this device"), nil)) {
      } top: {
        notices(h)
      } main: {
        h.form("/enrol/\(percentEncoded(code))", key: formKey, "sheet stack") {
          h.p("l", site.configuration.facility)
          h.facts([
            (say("这台设备叫", "This device's name"), invitation.device.name),
            (say("用途", "For"), invitation.device.kind.name(language)),
            (say("登记码到", "The code is good until"), clock(invitation.expiresAt)),
          ])
          if let known {
            h.note(.due, say("这台设备已经登记过，叫“\(known.name)”", "This device is enrolled already, as “\(known.name)”")) {
              h.p(say("再登记一次，以后就用新名字。旧的要在“设备”里停用。", "Enrolled again it goes by the new name; revoke the old one under “Devices”."))
            }
          }
          h.p(
            say(
              "登记以后，在这台设备上记的每一条都写着是它。丢了可以马上停用。",
              "Once enrolled, everything recorded here carries its name. If it is lost, it can be revoked at once."))
          h.button(say("登记这台设备", "Enrol this device"), large: true, full: true)
        }
      }
    }
  }

  /// Takes the invitation and gives the device its token; only its hash is kept. The journal knows the same press again.
  func enrol() -> Reply {
    if let refusal = waitForGuesses() { return .response(refusal) }
    let site = site
    let now = site.store.now
    let key = formValues.filled(Form.keyField).flatMap { ID($0) } ?? .random()
    guard let (invitation, token) = site.invitations.take(code: code, key: key, now: now) else {
      return .response(noInvitation())
    }
    guard let digest = Digest(bytes: token.digest) else { preconditionFailure("a token's hash is SHA-256") }
    let submission = Submission(key: key, actor: invitation.actor, request: Digest.of(Array(invitation.id.description.utf8)))
    return .later { responder in
      site.store.write({ try $0.enrolDevice(invitation.device, token: digest, submission) }) { result in
        switch result {
        case .failure(let error):
          site.invitations.giveBack(invitation)
          responder.answer(problem(error))
        case .success:
          site.invitations.settle(invitation, token, key: key, now: now)
          do { try site.readDevices() } catch { return responder.answer(problem(error)) }
          let next = invitation.device.kind == .wall ? "/board" : "/login"
          var response = Response.redirect(
            to: site.configuration.authorityPEM == nil ? next : "/trust?enrolled=\(invitation.device.kind.rawValue)")
          response.headers["Set-Cookie"] =
            SetCookie(KnownDevices.cookieName, token.text, maxAge: KnownDevices.cookieSeconds).headerValue
          responder.answer(response)
        }
      }
    }
  }

  /// Wrong codes count for the address they come from, and for it alone: nobody keeps the house from enrolling.
  private var guesser: String { "/enrol \(request.sender)" }

  private func waitForGuesses() -> Response? {
    let wait = site.lockout.withLock {
      $0.wait(account: guesser, source: request.sender, now: site.store.now.milliseconds)
    }
    guard wait > 0 else { return nil }
    let seconds = Int((wait + 999) / 1_000)
    var response = problem(
      .tooManyRequests, type: "too-many-tries", Text("试得太多了", "Too many tries"),
      Text("\(seconds) 秒后再打开。", "Open it again in \(seconds) seconds."))
    response.headers["Retry-After"] = String(seconds)
    return response
  }

  /// Wrong, used and over are one answer: who guesses learns nothing.
  private func noInvitation() -> Response {
    site.lockout.withLock {
      $0.fail(account: guesser, source: request.sender, now: site.store.now.milliseconds)
    }
    return problem(
      .notFound, type: "no-invitation", Text("这个登记码不能用", "This code can't be used"),
      Text(
        "登记码只能用一次，十分钟内有效。请管理员或值班负责人再发一个。",
        "A code is good once and for ten minutes. Ask the administrator or the duty lead for another one."))
  }
}

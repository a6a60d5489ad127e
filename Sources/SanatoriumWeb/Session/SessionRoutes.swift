internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func sessionRoutes(_ table: inout RouteTable) {
    table.page("/login", for: .everyone, reads: .none) { context in
      .response(context.logInPage(next: context.next))
    }
    table.formReply("/login", for: .everyone, reads: .none) { try $0.logInByForm() }
    table.formReply("/logout", for: .accounts, reads: .none) { context in
      context.endSession()
      var response = Response.redirect(to: "/login")
      response.endSession()
      return .response(response)
    }
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/session", summary: "Log in: a cookie, or with bearer true a token",
        audience: .everyone, reads: .none,
        takes: .object(
          ["username": .text(80), "password": .text(512), "bearer": .boolean], required: ["username", "password"]),
        gives: .anyObject)
    ) { try $0.logInByAPI() }
    table.operation(
      Operation(
        method: .get, pattern: "/api/v1/session", summary: "Who is logged in", audience: .accounts, reads: .none, gives: .anyObject)
    ) { context in
      .response(.json(JSONWriter.wire(context.viewer?.account.json ?? .null)))
    }
    table.operation(
      Operation(method: .delete, pattern: "/api/v1/session", summary: "Log out", audience: .accounts, reads: .none)
    ) { context in
      context.endSession()
      var response = Response.noContent
      response.endSession()
      return .response(response)
    }
  }
}

extension Account {
  /// What may be told of an account; never the hash.
  var json: JSON {
    .object([
      "id": .string(id.description), "username": .string(username), "name": .string(name),
      "role": .string(role.rawValue), "medical": .bool(isMedical), "language": .string(language.rawValue),
      "disabled": .bool(isDisabled),
    ])
  }
}

extension Context {
  /// Where to go after the login: a path of this site, never another site's address.
  fileprivate var next: String {
    let asked = (request.method == .get ? request.query.first("next") : formValues.filled("next")) ?? "/"
    let isOwn = asked.hasPrefix("/") && !asked.hasPrefix("//") && !asked.contains("\\")
    return isOwn && !asked.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F }) ? asked : "/"
  }

  fileprivate func endSession() {
    if let viewer { site.logOut(request, viewer) }
  }

  func logInPage(next: String, _ form: Form = Form(), status: Status = .ok) -> Response {
    html(status) { h in
      h.page(page(Text("登录", "Log in"), nil)) {
      } top: {
        notices(h)
      } main: {
        h.form("/login", form, key: nil, "sheet stack") {
          h.hiddenField("next", next)
          h.field(Text("用户名", "Username")(language), "username", .username, maxLength: 80)
          h.field(Text("密码", "Password")(language), "password", .password, maxLength: 512)
          h.button(Text("登录", "Log in")(language), large: true, full: true)
        }
      }
    }
  }

  fileprivate func logInByForm() throws -> Reply {
    let values = formValues
    let next = next
    let username = values.filled("username") ?? ""
    let password = values.exactly("password") ?? ""
    let address = request.sender
    let device = site.devices.device(of: request)
    return .later { responder in
      site.logIn(username: username, password: password, from: address, device: device?.id ?? .none) { outcome in
        if case .begun = outcome, let device { site.see(device) }
        switch outcome {
        case .begun(let token, let account, _):
          var response = Response.redirect(to: next)
          response.begin(token, of: account, seconds: seconds)
          responder.answer(response)
        case .failed(let error): responder.answer(problem(error))
        case .wrong, .wait, .busy:
          let fault = outcome.fault.shown(language)
          responder.answer(logInPage(next: next, Form(values, faults: [fault]), status: outcome.status))
        }
      }
    }
  }

  fileprivate func logInByAPI() throws -> Reply {
    var fields = try fields()
    let username = fields.text("username", limit: 80)
    // A password is taken as it is: a space at its end counts.
    let password = fields.value("password")?.string
    let bearer = fields.bool("bearer", required: false) ?? false
    if password == nil { fields.refuse("password", "missing", Text("要填密码。", "The password is missing.")) }
    try fields.finish()
    guard let username, let password else { return .response(problem(Refusal.invalid([]))) }
    let address = request.sender
    let device = site.devices.device(of: request)
    return .later { responder in
      site.logIn(username: username, password: password, from: address, device: device?.id ?? .none) { outcome in
        if case .begun = outcome, let device { site.see(device) }
        guard case .begun(let token, let account, let until) = outcome else {
          return responder.answer(apiRefusal(outcome))
        }
        let body = JSON.object([
          "account": account.json, "until": .int(until.milliseconds), "token": bearer ? .string(token.text) : nil,
        ])
        var response = Response.json(JSONWriter.wire(body), status: .created)
        if !bearer { response.begin(token, of: account, seconds: seconds) }
        responder.answer(response)
      }
    }
  }

  private var seconds: Int { Int(site.sessions.limits.absolute / 1_000) }

  private func apiRefusal(_ outcome: LogInOutcome) -> Response {
    if case .failed(let error) = outcome { return problem(error) }
    var response = problem(
      outcome.status, type: outcome.fault.code, Text("没有登录", "Not logged in"), outcome.fault.message)
    if case .wait(let seconds) = outcome { response.headers["Retry-After"] = String(seconds) }
    return response
  }
}

extension Response {
  /// Sets the session's cookie, and the one that tells the pages' script whose it is.
  mutating func begin(_ token: SessionToken, of account: Account, seconds: Int) {
    headers.add("Set-Cookie", Credential.cookie(for: token, seconds: seconds).headerValue)
    headers.add("Set-Cookie", Credential.accountCookie(for: account.id.description, seconds: seconds).headerValue)
    headers.add("Set-Cookie", Credential.stayingCookie.headerValue)
  }

  mutating func endSession() {
    headers.add("Set-Cookie", Credential.endingCookie.headerValue)
    headers.add("Set-Cookie", Credential.accountCookie(for: "", seconds: 0).headerValue)
    headers["Clear-Site-Data"] = Credential.clearSiteData
  }
}

extension LogInOutcome {
  fileprivate var status: Status {
    switch self {
    case .wait: .tooManyRequests
    case .busy: .serviceUnavailable
    default: .unauthorized
    }
  }

  fileprivate var fault: Fault {
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

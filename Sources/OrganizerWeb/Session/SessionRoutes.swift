internal import Dispatch
internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension OrganizerSite {
  func sessionRoutes(_ table: inout RouteTable) {
    table.page(.get, "/login", for: .everyone) { $0.logInPage(next: $0.next) }
    table.reply(.post, "/login", for: .everyone) { $0.logInByForm() }
    table.page(.get, "/me") { $0.ownPage() }
    table.page(.post, "/me/language") { context in
      let language = Language(rawValue: context.formValues.filled("language") ?? "") ?? .chinese
      if let credential = Credential.of(context.request) {
        context.site.speak(language, credential.token)
      }
      return .redirect(to: "/me")
    }
    table.page(.post, "/logout") { context in
      context.ended(.redirect(to: "/login"))
    }
    table.reply(
      Operation(
        method: .post, pattern: "/api/v1/session", summary: "Log in; with bearer true a token instead of a cookie",
        audience: .everyone,
        takes: Schemas.object(
          ["username": Schemas.text, "password": Schemas.text, "bearer": Schemas.boolean], ["username", "password"]))
    ) { $0.logInByAPI() }
    table.api(
      Operation(method: .get, pattern: "/api/v1/session", summary: "Who is logged in", audience: .accounts)
    ) { $0.json($0.account.json) }
    table.api(
      Operation(method: .delete, pattern: "/api/v1/session", summary: "Log out", audience: .accounts)
    ) { $0.ended(.noContent) }
  }
}

extension OrganizerAccount {
  /// What may be told of an account; never the hash.
  var json: JSON {
    .object([
      "id": .string(id.description), "username": .string(username), "name": .string(name),
      "role": .string(role.rawValue),
    ])
  }
}

extension Context {
  /// Where to go after the login: a path of this site, never another site's address.
  fileprivate var next: String {
    let asked = (request.method == .get ? request.query.first("next") : formValues.filled("next")) ?? "/reports"
    let isOwn = asked.hasPrefix("/") && !asked.hasPrefix("//") && !asked.contains("\\")
    return isOwn && !asked.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F }) ? asked : "/reports"
  }

  private var seconds: Int { Int(site.sessions.limits.absolute / 1_000) }

  fileprivate func ended(_ response: Response) -> Response {
    var response = response
    if let credential = Credential.of(request) { site.end(credential.token) }
    response.headers["Set-Cookie"] = Credential.endingCookie.headerValue
    response.headers["Clear-Site-Data"] = Credential.clearSiteData
    return response
  }

  fileprivate func logInPage(next: String, _ form: Form = Form(), status: Status = .ok) -> Response {
    html(status) { h in
      h.page(page(Text("登录", "Log in"), nil, detail: store.name)) {
        h.form("/login", form, key: nil, "sheet stack", summary: self(Text("没有登录", "Not logged in"))) {
          h.hiddenField("next", next)
          h.field(self(Text("用户名", "Username")), "username", .username, maxLength: 80)
          h.field(self(Text("密码", "Password")), "password", .password, maxLength: 512)
          h.button(self(Text("登录", "Log in")), large: true, full: true)
        }
      }
    }
  }

  fileprivate func logInByForm() -> Reply {
    let values = formValues
    let next = next
    return logIn(values.filled("username") ?? "", values.exactly("password") ?? "") { outcome in
      switch outcome {
      case .begun(let token, _):
        var response = Response.redirect(to: next)
        response.headers["Set-Cookie"] = Credential.cookie(for: token, seconds: seconds).headerValue
        return response
      case .failed(let error): return problem(error)
      case .wrong, .wait, .busy:
        return logInPage(
          next: next, Form(values, faults: [outcome.fault.shown(language)]), status: outcome.status)
      }
    }
  }

  fileprivate func logInByAPI() -> Reply {
    let username: String
    let password: String
    let bearer: Bool
    do {
      var fields = try fields()
      username = fields.text("username", limit: 80) ?? ""
      // A password is taken as it is: a space at its end counts.
      password = fields.value("password")?.string ?? ""
      if password.isEmpty { fields.refuse("password", "missing", Text("要填密码。", "The password is missing.")) }
      bearer = fields.bool("bearer", required: false) ?? false
      try fields.finish()
    } catch {
      return .response(problem(error))
    }
    return logIn(username, password) { outcome in
      switch outcome {
      case .begun(let token, let account):
        var response = json(
          .object(["account": account.json, "token": bearer ? .string(token.text) : nil]), status: .created)
        if !bearer { response.headers["Set-Cookie"] = Credential.cookie(for: token, seconds: seconds).headerValue }
        return response
      case .failed(let error): return problem(error)
      case .wrong, .wait, .busy:
        var response = problem(
          outcome.status, outcome.fault.code, Text("没有登录", "Not logged in"), outcome.fault.message)
        if case .wait(let seconds) = outcome { response.headers["Retry-After"] = String(seconds) }
        return response
      }
    }
  }

  private func logIn(
    _ username: String, _ password: String, _ answer: @escaping @Sendable (LogInOutcome) -> Response
  ) -> Reply {
    let address = request.sender
    return .later { responder in
      DispatchQueue.global().async {
        site.logIn(username: username, password: password, from: address, language: language) { outcome in
          responder.answer(answer(outcome))
        }
      }
    }
  }

  fileprivate func ownPage() -> Response {
    html { h in
      h.page(page(Text("我的", "Me"), .me)) {
        h.section(account.name) {
          h.facts([
            (self(Text("用户名", "Username")), account.username), (self(Text("角色", "Role")), self(account.role.name)),
          ])
          h.form("/me/language", key: nil, "row") {
            h.hiddenField("language", english ? "zh" : "en")
            h.button(english ? "中文" : "English", .other)
          }
          h.form("/logout", key: nil, "row") {
            h.button(self(Text("退出登录", "Log out")), .other, icon: .logout)
          }
        }
      }
    }
  }
}

internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func accountRoutes(_ table: inout RouteTable) {
    let admin = Audience.roles([.admin])
    table.get("/api/v1/accounts", "Every account", for: admin, reads: .none, gives: .anyObject) { context in
      let accounts = try context.site.store.read { try $0.accounts() }
      return .json(JSONWriter.wire(.object(["accounts": .array(accounts.map(\.json))])))
    }
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/accounts", summary: "Add an account", audience: admin, reads: .none,
        takes: AccountForm.schema, gives: .recorded)
    ) { context in
      var fields = try context.fields()
      let form = AccountForm(&fields)
      let submission = try context.submission(&fields)
      try fields.finish()
      return context.addAccount(form, submission, refused: nil) { .json(JSONWriter.wire($0.json), status: .created) }
    }
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/accounts/:account",
        summary: "Change an account; whatever is left out stays. Ends its sessions, unless only the language changes",
        audience: admin, reads: .none, takes: AccountChangeForm.schema, gives: .recorded)
    ) { context in
      let id = try context.id("account")
      var fields = try context.fields()
      let form = AccountChangeForm(&fields)
      let submission = try context.submission(&fields)
      try fields.finish()
      return context.changeAccount(id, form, submission) {
        .json(JSONWriter.wire($0.json), status: $0.repeated ? .ok : .created)
      }
    }
    table.page("/accounts", for: admin, reads: .none) { .response(try $0.accountsPage()) }
    table.formReply("/accounts", for: admin, reads: .none) { context in
      var fields = try context.fields()
      let form = AccountForm(&fields)
      let submission = try context.submission()
      do { try fields.finish() } catch Refusal.invalid(let faults) {
        return .response(try context.accountsPage(faults))
      }
      return context.addAccount(form, submission, refused: { try context.accountsPage($0) }) { recorded in
        .redirect(to: "/accounts?saved=\(recorded.sequence)")
      }
    }
    table.form("/accounts/:account/disabled", for: admin, reads: .none) { context in
      let id = try context.id("account")
      var fields = try context.fields()
      let disabled = fields.bool("disabled")
      let submission = try context.submission()
      try fields.finish()
      let site = context.site
      return Act({ try $0.changeAccount(id, AccountChange(isDisabled: disabled), submission) }) { recorded in
        site.endSessions(of: id)
        return .redirect(to: "/accounts?saved=\(recorded.sequence)")
      }
    }
    table.formReply("/accounts/:account/password", for: admin, reads: .none) { context in
      let id = try context.id("account")
      var fields = try context.fields()
      let form = AccountChangeForm(passwordIn: &fields)
      let submission = try context.submission()
      do { try fields.finish() } catch Refusal.invalid(let faults) {
        return .response(try context.accountsPage(faults, of: id))
      }
      return context.changeAccount(id, form, submission, refused: { try context.accountsPage($0, of: id) }) {
        .redirect(to: "/accounts?saved=\($0.sequence)")
      }
    }
    table.page("/first", for: .everyone, reads: .none) { .response(try $0.firstPage()) }
    table.formReply("/first", for: .everyone, reads: .none) { try $0.makeFirstAdministrator() }
  }
}

/// A new account as it is typed; the password is checked for its length alone (ASVS 6.2).
struct AccountForm: Sendable {
  let username: String
  let name: String
  let role: Role
  let isMedical: Bool
  let language: Language
  let password: String

  static let schema = Schema.object(
    [
      "username": .text(40), "name": .text(40), "role": .code(Role.self), "medical": .boolean,
      "language": .code(Language.self), "password": .text(128), "occurredAt": .instant, "sentAt": .instant,
    ], required: ["username", "name", "role", "password"])

  init(_ fields: inout JSONFields) {
    username = fields.text("username", limit: 40) ?? ""
    name = fields.text("name", limit: 40) ?? ""
    role = fields.code("role", Role.self) ?? .staff
    isMedical = fields.bool("medical", required: false) ?? false
    language = fields.code("language", Language.self, required: false) ?? .chinese
    password = AccountForm.password(&fields, "password")
  }

  static func password(_ fields: inout JSONFields, _ name: String) -> String {
    let password = fields.value(name)?.string ?? ""
    if !PasswordHash.lengths.contains(password.count) {
      let (least, most) = (PasswordHash.lengths.lowerBound, PasswordHash.lengths.upperBound)
      fields.refuse(name, "length", Text("密码要 \(least) 到 \(most) 个字。", "A password has \(least) to \(most) characters."))
    }
    return password
  }
}

extension Context {
  /// Hashes the password on its own thread, then writes. `isOwn`: it is the person's own whose account this is.
  func addAccount(
    _ form: AccountForm, _ submission: Submission, isOwn: Bool = false, refused: (@Sendable ([Fault]) throws -> Response)?,
    answer: @escaping @Sendable (Recorded) -> Response
  ) -> Reply {
    .later { responder in
      site.passwords.hash(form.password) { hash in
        guard let hash else { return responder.answer(problem(Refusal.storageUnavailable)) }
        let draft = AccountDraft(
          username: form.username, name: form.name, role: form.role, isMedical: form.isMedical,
          language: form.language, passwordHash: hash.phc, isOwnPassword: isOwn)
        Act({ try $0.addAccount(draft, submission) }, refused: refused) { answer($0) }.start(self, responder)
      }
    }
  }

  /// `changed`: the account whose form was refused; nil for the form of a new one.
  fileprivate func accountsPage(_ faults: [Fault] = [], of changed: ID? = nil) throws -> Response {
    let accounts = try site.store.read { try $0.accounts() }
    let form = faults.isEmpty ? Form() : Form(formValues, faults: faults.map { $0.shown(language) })
    return html(faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("账号", "Accounts"), .accounts, back: (Text("系统", "System"), "/system"))) {
      } top: {
        notices(h)
      } main: {
        h.list {
          for account in accounts {
            h.item {
              h.div("row") {
                h.b(account.name)
                h.span("m", "\(account.username)·\(account.role.name(language))")
                if account.isMedical { h.tag(Text("执业医护", "Licensed")(language)) }
                if account.isDisabled { h.tag(Text("已停用", "Disabled")(language), .bad) }
              }
              if account.id != actor.account { changes(h, account, account.id == changed ? form : nil) }
            }
          }
        }
        h.section(Text("新账号", "New account")(language)) {
          h.form("/accounts", changed == nil ? form : Form(), key: formKey) { accountFields(h, roles: Role.allCases) }
        }
      }
    }
  }

  /// What an administrator changes of somebody else's account; `refused` is what was typed there and why it was refused.
  private func changes(_ h: HTML, _ account: Account, _ refused: Form?) {
    h.fold(say("改密码、停用", "Password, disabling"), open: refused != nil, id: "of-\(account.id)") {
      h.form("/accounts/\(account.id)/password", refused ?? Form(), key: formKey) {
        h.field(
          say("给 \(account.name) 的新密码", "New password for \(account.name)"), "password", .newPassword,
          hint: say("忘了密码时用。本人登录以后自己再换；别处的登录马上退出。", "For a forgotten one. They choose their own after logging in; their sessions end at once."), maxLength: 128)
        h.button(say("换成这个密码", "Set this password"), .other, full: true)
      }
      h.form("/accounts/\(account.id)/disabled", key: formKey) {
        h.hiddenField("disabled", account.isDisabled ? "false" : "true")
        if account.isDisabled {
          h.button(say("重新启用", "Enable"), .other, full: true)
        } else {
          h.p("m s", say("停用的人马上退出登录，以后登不进来；记下的都留着。", "Whoever is disabled is logged out at once and can't log in; what they recorded stays."))
          h.button(say("停用 \(account.name) 的账号", "Disable \(account.name)’s account"), .warning, full: true)
        }
      }
    }
  }

  fileprivate func accountFields(_ h: HTML, roles: [Role]) {
    h.field(Text("用户名", "Username")(language), "username", .username, maxLength: 40)
    h.field(Text("姓名", "Name")(language), "name", maxLength: 40)
    if roles.count > 1 {
      h.radios(
        Text("角色", "Role")(language), "role", roles.map { Choice($0.rawValue, $0.name(language)) }, value: "staff")
      h.checkbox(Text("有执业资格的医护", "Holds a medical licence")(language), "medical")
    }
    h.field(Text("密码", "Password")(language), "password", .newPassword, maxLength: 128)
    h.button(Text("建立账号", "Add the account")(language), full: true)
  }

  private func hasAdministrator() throws -> Bool {
    try site.store.read { try $0.accounts().contains { $0.role == .admin } }
  }

  fileprivate func firstPage(_ faults: [Fault] = []) throws -> Response {
    guard site.configuration.firstAdministrator != nil, try !hasAdministrator() else {
      throw Refusal.notFound(Text("已经有管理员了。", "There is an administrator already."))
    }
    let form = faults.isEmpty ? Form() : Form(formValues, faults: faults.map { $0.shown(language) })
    return html(faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("第一个管理员", "First administrator"), nil)) {
      } top: {
        notices(h)
      } main: {
        h.form("/first", form, key: formKey, "sheet stack") {
          h.field(
            Text("一次性口令", "One-time code")(language), "code", .code,
            hint: Text("sanatoriumd init 打印的那一串。", "What sanatoriumd init has printed.")(language))
          accountFields(h, roles: [.admin])
        }
      }
    }
  }

  fileprivate func makeFirstAdministrator() throws -> Reply {
    let now = site.store.now.milliseconds
    let source = request.sender
    let wait = site.lockout.withLock { $0.wait(account: "/first", source: source, now: now) }
    guard wait == 0 else {
      return .response(
        try firstPage([Fault("code", "wait", Text("试得太多了，\(wait / 1_000 + 1) 秒后再试。", "Too many tries; wait \(wait / 1_000 + 1) seconds."))]))
    }
    var fields = try fields()
    let code = fields.text("code", limit: 80) ?? ""
    let name = fields.text("name", limit: 40) ?? ""
    let username = fields.text("username", limit: 40) ?? ""
    let password = AccountForm.password(&fields, "password")
    if Digest.of(Array(code.utf8)) != site.configuration.firstAdministrator {
      site.lockout.withLock { $0.fail(account: "/first", source: source, now: now) }
      fields.refuse("code", "wrong-code", Text("口令不对。", "The code is wrong."))
    }
    do { try fields.finish() } catch Refusal.invalid(let faults) { return .response(try firstPage(faults)) }
    guard try !hasAdministrator() else { throw Refusal.notFound(Text("已经有管理员了。", "There is an administrator already.")) }
    let form = AccountForm(username: username, name: name, role: .admin, password: password, language: language)
    let key = formValues.filled(Form.keyField).flatMap { ID($0) } ?? .random()
    let submission = Submission(key: key, actor: .daemon, request: Digest.of(request.body))
    return addAccount(form, submission, isOwn: true, refused: { try firstPage($0) }) { _ in .redirect(to: "/login") }
  }
}

extension AccountForm {
  fileprivate init(username: String, name: String, role: Role, password: String, language: Language) {
    self.username = username
    self.name = name
    self.role = role
    isMedical = false
    self.language = language
    self.password = password
  }
}

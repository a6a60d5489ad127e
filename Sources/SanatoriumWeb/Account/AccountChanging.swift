internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What an administrator changes of an account; nil leaves a part as it is.
struct AccountChangeForm: Sendable {
  let change: AccountChange
  let password: String?

  static let schema = Schema.object([
    "name": .text(40), "role": .code(Role.self), "medical": .boolean, "language": .code(Language.self),
    "password": .text(128), "disabled": .boolean, "occurredAt": .instant, "sentAt": .instant,
  ])

  /// A new password alone, as an administrator gives it to somebody who has forgotten theirs.
  init(passwordIn fields: inout JSONFields) {
    change = AccountChange()
    password = AccountForm.password(&fields, "password")
  }

  init(_ fields: inout JSONFields) {
    let name = fields.text("name", required: false, limit: 40)
    let role = fields.code("role", Role.self, required: false)
    let medical = fields.bool("medical", required: false)
    let language = fields.code("language", Language.self, required: false)
    let disabled = fields.bool("disabled", required: false)
    password = fields.value("password") == nil ? nil : AccountForm.password(&fields, "password")
    change = AccountChange(name: name, role: role, isMedical: medical, language: language, isDisabled: disabled)
    if name == nil, role == nil, medical == nil, language == nil, disabled == nil, password == nil {
      fields.refuse("", "nothing", Text("没有写要改什么。", "Nothing to change was given."))
    }
  }

  /// Sessions carry the account as it was at the login, except for its language.
  var endsSessions: Bool {
    change.name != nil || change.role != nil || change.isMedical != nil || change.isDisabled != nil || password != nil
  }
}

extension Context {
  /// Hashes a new password on its own thread, then writes; the account's sessions end once it is on the disk.
  func changeAccount(
    _ id: ID, _ form: AccountChangeForm, _ submission: Submission, refused: (@Sendable ([Fault]) throws -> Response)? = nil,
    answer: @escaping @Sendable (Recorded) -> Response
  ) -> Reply {
    .later { responder in
      let write: @Sendable (AccountChange) -> Void = { change in
        Act({ try $0.changeAccount(id, change, submission) }, refused: refused) { recorded in
          if form.endsSessions { site.endSessions(of: id) }
          return answer(recorded)
        }.start(self, responder)
      }
      guard let password = form.password else { return write(form.change) }
      site.passwords.hash(password) { hash in
        guard let hash else { return responder.answer(problem(Refusal.storageUnavailable)) }
        var change = form.change
        change.passwordHash = hash.phc
        write(change)
      }
    }
  }
}

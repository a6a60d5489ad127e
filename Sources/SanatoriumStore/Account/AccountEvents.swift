internal import Evidence
public import Sanatorium

/// A new account as it is asked for; the password is hashed already.
public struct AccountDraft: Sendable {
  public var username: String
  public var name: String
  public var role: Role
  public var isMedical: Bool
  public var language: Language
  public var passwordHash: String
  /// Whoever logs in with it has chosen the password: the first administrator.
  public var isOwnPassword: Bool

  public init(
    username: String, name: String, role: Role, isMedical: Bool = false, language: Language = .chinese,
    passwordHash: String, isOwnPassword: Bool = false
  ) {
    self.username = username
    self.name = name
    self.role = role
    self.isMedical = isMedical
    self.language = language
    self.passwordHash = passwordHash
    self.isOwnPassword = isOwnPassword
  }
}

/// What changes of an account; nil leaves a part as it is.
public struct AccountChange: Sendable {
  public var name: String?
  public var role: Role?
  public var isMedical: Bool?
  public var language: Language?
  public var passwordHash: String?
  public var isDisabled: Bool?
  /// The steps for somebody new are put away, or shown again.
  public var hasPutStepsAway: Bool?

  public init(
    name: String? = nil, role: Role? = nil, isMedical: Bool? = nil, language: Language? = nil,
    passwordHash: String? = nil, isDisabled: Bool? = nil, hasPutStepsAway: Bool? = nil
  ) {
    self.name = name
    self.role = role
    self.isMedical = isMedical
    self.language = language
    self.passwordHash = passwordHash
    self.isDisabled = isDisabled
    self.hasPutStepsAway = hasPutStepsAway
  }
}

extension Ledger {
  /// Adds an account under a fresh id. Refuses a username that is taken or can be mistaken, and a licence of somebody
  /// who is no escort.
  public func addAccount(_ account: AccountDraft, _ submission: Submission) throws -> Recorded {
    let draft = submission.draftOfNow(subject: .random(), now: now)
    if let earlier = try earlier(AccountAdded.self, draft) { return Recorded(earlier.entry, repeated: true) }
    var faults = [Username.fault(in: account.username), Username.fault(inName: account.name)].compactMap { $0 }
    if account.isMedical, account.role != .escort { faults.append(.notAnEscort) }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    if try tables.exists(AccountTable.byUsername, account.username) {
      throw Refusal.conflict(
        Fault(
          "username", "taken",
          Text("用户名“\(account.username)”已经有人用了。", "The username “\(account.username)” is taken.")))
    }
    let payload = AccountAdded(
      openPart: .init(role: account.role),
      personalPart: .init(
        username: account.username, name: account.name, medical: account.isMedical, language: account.language,
        password: account.passwordHash, own: account.isOwnPassword ? true : nil))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Changes an account. Refuses to leave the house without an administrator, and a licence of somebody who is no
  /// escort; who gets another role loses it.
  public func changeAccount(_ id: ID, _ change: AccountChange, _ submission: Submission) throws -> Recorded {
    let draft = submission.draftOfNow(subject: id, now: now)
    if let earlier = try earlier(AccountChanged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let accounts = try tables.all(AccountTable.all, read: Account.init)
    guard let account = accounts.first(where: { $0.id == id }) else {
      throw Refusal.notFound(Text("没有这个账号。", "There is no such account."))
    }
    let role = change.role ?? account.role
    if let name = change.name, let fault = Username.fault(inName: name) { throw Refusal.invalid([fault]) }
    if change.isMedical == true, role != .escort { throw Refusal.invalid([.notAnEscort]) }
    let isMedical = account.isMedical && role != .escort ? false : change.isMedical
    let loses = change.isDisabled == true || (change.role != nil && change.role != .admin)
    let others = accounts.contains { $0.role == .admin && !$0.isDisabled && $0.id != id }
    if account.role == .admin, loses, !others {
      throw Refusal.conflict(
        Fault(
          "role", "last-administrator",
          Text("这是最后一个管理员，不能停用或改角色。", "This is the last administrator; it can't be disabled or changed.")))
    }
    let payload = AccountChanged(
      openPart: .init(role: change.role),
      personalPart: .init(
        name: change.name, medical: isMedical, language: change.language, password: change.passwordHash,
        disabled: change.isDisabled, stepsAway: change.hasPutStepsAway))
    return Recorded(try record(payload, draft), repeated: false)
  }
}

extension Fault {
  fileprivate static let notAnEscort = Fault(
    "medical", "not-an-escort",
    Text("只有随行医护的账号才填执业资格。", "Only an escort's account holds a medical licence."))
}

internal import Evidence
internal import Sanatorium

struct AccountAdded: CodedPayload {
  static let kind = EntryKind.accountAdded
  struct Open: Codable, Sendable { var role: Role }
  struct Personal: Codable, Sendable {
    var username: String
    var name: String
    var medical: Bool
    var language: Language
    var password: String
    /// They have typed it themselves; absent where somebody else has set it.
    var own: Bool?
  }
  let openPart: Open
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      AccountTable.insert, entry.sequence, entry.subject, personalPart.username, personalPart.name,
      openPart.role.rawValue, personalPart.medical, personalPart.language.rawValue, personalPart.password,
      personalPart.own ?? false)
  }
}

struct AccountChanged: CodedPayload {
  static let kind = EntryKind.accountChanged
  struct Open: Codable, Sendable { var role: Role? }
  struct Personal: Codable, Sendable {
    var name: String?
    var medical: Bool?
    var language: Language?
    var password: String?
    var disabled: Bool?
    var stepsAway: Bool?
  }
  let openPart: Open
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      AccountTable.update, personalPart.name, openPart.role?.rawValue, personalPart.medical,
      personalPart.language?.rawValue, personalPart.password, personalPart.disabled, personalPart.stepsAway,
      entry.actor, entry.subject)
  }
}

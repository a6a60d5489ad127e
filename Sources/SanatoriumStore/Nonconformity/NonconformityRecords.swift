internal import Evidence
internal import Sanatorium

struct NonconformityOpened: CodedPayload {
  static let kind = EntryKind.nonconformityOpened
  struct Personal: Codable, Sendable {
    var participant: Int64
    var article: String
    var quote: String
    var message: Text
  }
  let openPart: Open.Nonconformity
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(
      NonconformityTable.insert, entry.sequence, entry.id, entry.batch, openPart.rule, part.participant, entry.subject,
      openPart.cause, part.article, part.quote, part.message.chinese, part.message.english, entry.occurredAt)
  }
}

struct NonconformityClosed: CodedPayload {
  static let kind = EntryKind.nonconformityClosed
  struct Personal: Codable, Sendable { var nonconformity: Int64 }
  let openPart: Open.Nonconformity
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(NonconformityTable.close, entry.occurredAt, personalPart.nonconformity)
  }
}

struct NonconformityExplained: CodedPayload {
  static let kind = EntryKind.nonconformityExplained
  struct Personal: Codable, Sendable {
    var nonconformity: Int64
    var explanation: String
    var person: String
  }
  let openPart: Open.Nonconformity
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      NonconformityTable.explain, personalPart.explanation, personalPart.person, entry.occurredAt,
      personalPart.nonconformity)
  }
}

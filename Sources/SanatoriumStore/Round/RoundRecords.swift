internal import Evidence
internal import Sanatorium

/// A round has opened: everyone here is due, one each.
struct RoundOpened: CodedPayload {
  static let kind = EntryKind.roundOpened
  struct Personal: Codable, Sendable {
    var chinese: String
    var english: String
    var dueAt: Instant
    var overdueAt: Instant
    /// The people due, by the entries that listed them.
    var participants: [Int64]
    /// When the round after this one opens.
    var nextAt: Instant?
  }
  let openPart: Open.RoundOpened
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let round = personalPart
    try tables.run(
      RoundTable.insert, entry.sequence, entry.id, entry.batch, openPart.day, openPart.round, round.chinese,
      round.english, entry.occurredAt, round.dueAt, round.overdueAt)
    for participant in round.participants {
      try tables.run(RoundTable.insertDue, entry.batch, entry.sequence, participant)
      try tables.run(RoundTable.dueParticipant, entry.sequence, round.dueAt, participant)
    }
    try tables.setDeadline(.roundOverdue, entry.sequence, batch: entry.batch, at: round.overdueAt)
    try tables.setDeadline(.roundOpens, entry.batch, batch: entry.batch, at: round.nextAt)
  }
}

/// A round's limit has passed.
struct RoundPassed: CodedPayload {
  static let kind = EntryKind.roundOverdue
  struct Personal: Codable, Sendable { var round: Int64 }
  let openPart: Open.RoundOverdue
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(RoundTable.markOverdue, personalPart.round)
    try tables.run(RoundTable.overdueParticipants, entry.batch, personalPart.round)
    try tables.setDeadline(.roundOverdue, personalPart.round, batch: entry.batch, at: nil)
  }
}

/// A check between rounds was not made in time.
struct FollowUpPassed: CodedPayload {
  static let kind = EntryKind.followUpOverdue
  struct Personal: Codable, Sendable { var participant: Int64 }
  let openPart: Open.Movement
  let personalPart: Personal

  private static let mark = SQL("UPDATE participant SET overdue = 1 WHERE id = ?")

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(FollowUpPassed.mark, personalPart.participant)
    try tables.setDeadline(.followUp, personalPart.participant, batch: entry.batch, at: nil)
  }
}

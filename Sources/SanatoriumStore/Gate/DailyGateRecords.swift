internal import Evidence
internal import Sanatorium

/// A day began and the daily gate was asked; what its rules said is the report's answer for this gate.
struct DailyGateAsked: CodedPayload {
  static let kind = EntryKind.dailyGate
  struct Personal: Codable, Sendable {
    /// When it is asked next.
    var nextAt: Instant
    /// Of several persons' the worst.
    var answers: [RecordedAnswer]?
  }
  let openPart: Open.GateDecided
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.setDeadline(.day, entry.batch, batch: entry.batch, at: personalPart.nextAt)
    try tables.keep(personalPart.answers, of: .daily, by: entry)
  }
}

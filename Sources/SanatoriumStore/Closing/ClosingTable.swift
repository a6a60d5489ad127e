internal import Evidence
internal import Sanatorium

/// What is counted at the end and nobody can compute: satisfaction from paper, and indicators.
enum ClosingTable: Projection {
  static let tables = ["satisfaction", "indicator"]
  static let ddl = """
    CREATE TABLE satisfaction(
      batch INTEGER PRIMARY KEY, distributed INTEGER NOT NULL, returned INTEGER NOT NULL, valid INTEGER NOT NULL,
      grade1 INTEGER NOT NULL, grade2 INTEGER NOT NULL, grade3 INTEGER NOT NULL, grade4 INTEGER NOT NULL,
      grade5 INTEGER NOT NULL, counted_at INTEGER NOT NULL, person TEXT NOT NULL) STRICT;
    CREATE TABLE indicator(
      batch INTEGER NOT NULL, indicator TEXT NOT NULL, score INTEGER NOT NULL, whole INTEGER NOT NULL CHECK(whole > 0),
      basis TEXT NOT NULL, recorded_at INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY(batch, indicator))
      STRICT, WITHOUT ROWID;
    """
  static let satisfaction = SQL(
    """
    SELECT distributed, returned, valid, grade1, grade2, grade3, grade4, grade5, counted_at, person
    FROM satisfaction WHERE batch = ?
    """)
  static let upsertSatisfaction = SQL(
    "INSERT OR REPLACE INTO satisfaction VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
  static let indicators = SQL(
    "SELECT indicator, score, whole, basis, recorded_at, person FROM indicator WHERE batch = ?")
  static let upsertIndicator = SQL("INSERT OR REPLACE INTO indicator VALUES(?, ?, ?, ?, ?, ?, ?)")
}

struct SatisfactionCounted: CodedPayload {
  static let kind = EntryKind.satisfactionCounted
  struct Personal: Codable, Sendable { var person: String }
  let openPart: Open.Satisfaction
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let counts = openPart
    guard counts.grades.count == 5 else { throw CorruptRow(column: 3, value: "grades") }
    try tables.run(
      ClosingTable.upsertSatisfaction, entry.batch, counts.distributed, counts.returned, counts.valid, counts.grades[0],
      counts.grades[1], counts.grades[2], counts.grades[3], counts.grades[4], entry.occurredAt, personalPart.person)
  }
}

struct IndicatorRecorded: CodedPayload {
  static let kind = EntryKind.indicatorRecorded
  struct Personal: Codable, Sendable {
    var basis: String
    var person: String
  }
  let openPart: Open.Indicator
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      ClosingTable.upsertIndicator, entry.batch, openPart.indicator, openPart.score, openPart.of, personalPart.basis,
      entry.occurredAt, personalPart.person)
  }
}

struct BatchClosed: CodedPayload {
  static let kind = EntryKind.batchClosed
  struct Personal: Codable, Sendable {
    var person: String
    /// Why before the last day; empty otherwise.
    var reason: String
    /// Of several persons' the worst.
    var answers: [RecordedAnswer]?
    /// The same of the daily gate as it stood at the end: what was recorded on the last day counts.
    var daily: [RecordedAnswer]?
  }
  let openPart: Open.GateDecided
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(BatchTable.close, entry.occurredAt, entry.batch)
    try tables.run(DeadlineTable.clearBatch, entry.batch)
    try tables.keep(personalPart.answers, of: .close, by: entry)
    try tables.keep(personalPart.daily, of: .daily, by: entry)
  }
}

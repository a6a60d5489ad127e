internal import Evidence
internal import Sanatorium

/// What each rule said the last time its gate was decided, with the facts that it looked at then.
enum GateTable: Projection {
  static let tables = ["gate_answer"]
  static let ddl = """
    CREATE TABLE gate_answer(
      batch INTEGER NOT NULL, gate TEXT NOT NULL CHECK(gate IN ('open', 'arrival', 'daily', 'close', 'report')),
      participant INTEGER NOT NULL, rule TEXT NOT NULL, entry INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY(batch, gate, participant, rule)) STRICT, WITHOUT ROWID;
    """
  static let clear = SQL("DELETE FROM gate_answer WHERE batch = ? AND gate = ? AND participant = ?")
  static let insert = SQL(
    """
    INSERT INTO gate_answer(batch, gate, participant, rule, entry, at, body) VALUES(?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(batch, gate, participant, rule) DO UPDATE SET entry = excluded.entry, at = excluded.at, body = excluded.body
    """)
  static let ofBatch = SQL(
    "SELECT gate, participant, at, body FROM gate_answer WHERE batch = ? ORDER BY gate, participant, rule")
}

/// One rule's answer as it is kept with the decision that it led to.
struct RecordedAnswer: Codable, Sendable {
  var rule: String
  /// Whom it speaks of; nil for the batch.
  var participant: ID?
  var outcome: Outcome
  var force: Force
  var message: Text
  var warning: Text?
  var facts: [FactUse]
  var missing: [FactKey]
  var by: [Responsible]
  /// What had let it pass by then.
  var departure: Departure?

  init(_ result: RuleResult, _ departures: [Departure]) {
    rule = result.rule
    participant = result.participant
    outcome = result.outcome
    force = result.force
    message = result.message
    warning = result.warning
    facts = result.facts
    missing = result.missing
    by = result.by
    departure = departures.letting(result)
  }
}

extension Connection {
  /// Keeps the answers of a decision in place of those of the decision before. Entries made before answers were kept
  /// carry none.
  func keep(_ answers: [RecordedAnswer]?, of gate: Gate, participant: Int64 = 0, by entry: AppliedEntry) throws {
    guard let answers else { return }
    try run(GateTable.clear, entry.batch, gate.rawValue, participant)
    for answer in answers {
      let body = TextBytes(JSONWriter.canonical(JSON.encoded(answer)))
      try run(
        GateTable.insert, entry.batch, gate.rawValue, participant, answer.rule, entry.sequence, entry.occurredAt, body)
    }
  }

  /// By gate and participant (0 for the batch), with the time of the decision.
  func recordedAnswers(batch: Int64) throws -> [Gate: [Int64: [(answer: RecordedAnswer, at: Instant)]]] {
    var answers: [Gate: [Int64: [(answer: RecordedAnswer, at: Instant)]]] = [:]
    let rows = try all(GateTable.ofBatch, batch) { row in
      (try row.code(0, as: Gate.self), row.int64(1), row.instant(2), row.bytes(3))
    }
    for (gate, participant, at, body) in rows {
      let answer = try JSON.parse(body).decoded(as: RecordedAnswer.self)
      answers[gate, default: [:]][participant, default: []].append((answer, at))
    }
    return answers
  }
}

/// The report's gate was asked, just before the report that encloses the answer is made.
struct ReportGateAsked: CodedPayload {
  static let kind = EntryKind.reportGateAsked
  struct Personal: Codable, Sendable { var answers: [RecordedAnswer] }
  let openPart: Open.GateDecided
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.keep(personalPart.answers, of: .report, by: entry)
  }
}

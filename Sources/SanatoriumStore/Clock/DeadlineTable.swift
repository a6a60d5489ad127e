public import Sanatorium

/// What happens by itself when a moment passes. Every absence is one of these: the row says when something becomes late,
/// so that finding what is late is one indexed query, also after the daemon was stopped.
enum DeadlineKind: String, Sendable, CaseIterable {
  /// An alert goes to its next tier; the subject is the alert.
  case alert
  /// The next planned round opens; the subject is the batch.
  case roundOpens
  /// A round's limit passes; the subject is the round.
  case roundOverdue
  /// A check between rounds becomes late; the subject is the participant.
  case followUp
  /// Someone on leave should be back; the subject is the participant.
  case leave
  /// An outing should be back; the subject is the outing.
  case outing
  /// A proposed plan goes up or starts by itself; the subject is the activation.
  case proposal
  /// A step of a plan becomes late; the subject is the activation.
  case step
  /// An external report should have been made; the subject is the incident.
  case report
}

enum DeadlineTable: Projection {
  static let tables = ["deadline"]
  static let ddl = """
    CREATE TABLE deadline(
      kind TEXT NOT NULL, subject INTEGER NOT NULL, batch INTEGER NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY(kind, subject)) STRICT, WITHOUT ROWID;
    CREATE INDEX deadline_at ON deadline(at);
    """
  static let set = SQL(
    """
    INSERT INTO deadline(kind, subject, batch, at) VALUES(?, ?, ?, ?)
    ON CONFLICT(kind, subject) DO UPDATE SET batch = excluded.batch, at = excluded.at
    """)
  static let clear = SQL("DELETE FROM deadline WHERE kind = ? AND subject = ?")
  static let clearBatch = SQL("DELETE FROM deadline WHERE batch = ? AND kind <> 'report'")
  static let first = SQL("SELECT kind, subject, batch, at FROM deadline ORDER BY at, kind, subject LIMIT 1")
  static let next = SQL("SELECT min(at) FROM deadline")
}

struct Deadline {
  let kind: DeadlineKind
  let subject: Int64
  let batch: Int64
  let at: Instant
}

extension Connection {
  /// Called from `apply` only: a deadline is a consequence of an entry.
  func setDeadline(_ kind: DeadlineKind, _ subject: Int64, batch: Int64, at: Instant?) throws {
    if let at {
      try run(DeadlineTable.set, kind.rawValue, subject, batch, at)
    } else {
      try run(DeadlineTable.clear, kind.rawValue, subject)
    }
  }
}

extension Reader {
  /// When the clock has to act next; nil when nothing is pending.
  public func nextDeadline() throws -> Instant? {
    try tables.first(DeadlineTable.next) { $0.optionalInstant(0) } ?? nil
  }
}

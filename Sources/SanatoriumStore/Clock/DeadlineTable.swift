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
  /// A day begins and the daily gate is asked; the subject is the batch.
  case day
  /// A hand-over note should have been signed by both; the subject is the note.
  case handOver

  /// What was to happen, for an alert that it did not.
  var name: Text {
    switch self {
    case .alert: Text("警报上报", "An alert's next tier")
    case .roundOpens: Text("开始巡查", "A round's opening")
    case .roundOverdue: Text("巡查时限", "A round's limit")
    case .followUp: Text("复查时限", "A re-check's limit")
    case .leave: Text("请假归院时限", "A return from leave")
    case .outing: Text("外出归院时限", "An outing's return")
    case .proposal: Text("预案建议时限", "A proposed plan's limit")
    case .step: Text("预案步骤时限", "A plan step's limit")
    case .report: Text("对外报告时限", "An external report's limit")
    case .day: Text("每日规定检查", "The daily gate")
    case .handOver: Text("交接班签字时限", "A hand-over's signatures")
    }
  }
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
  static let of = SQL("SELECT at FROM deadline WHERE kind = ? AND subject = ?")
  static let firsts = SQL("SELECT kind, subject, batch, at FROM deadline ORDER BY at, kind, subject LIMIT ?")
  static let next = SQL("SELECT min(at) FROM deadline")
}

struct Deadline {
  struct Key: Hashable {
    let kind: String
    let subject: Int64
  }

  /// As stored: a kind that this program does not know must not keep the others from being read.
  let kind: String
  let subject: Int64
  let batch: Int64
  let at: Instant

  var key: Key { Key(kind: kind, subject: subject) }

  init(_ row: Row) {
    kind = row.text(0)
    subject = row.int64(1)
    batch = row.int64(2)
    at = row.instant(3)
  }
}

extension Instant {
  static let distantFuture = Instant(milliseconds: .max)
  static let distantPast = Instant(milliseconds: .min)
}

extension Connection {
  /// Called from `apply` only: a deadline is a consequence of an entry.
  func setDeadline(_ kind: DeadlineKind, _ subject: Int64, batch: Int64, at: Instant?) throws {
    if let at {
      nextDue = min(nextDue, at)
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

internal import Sanatorium

/// Planned rounds of a day and what is due in each.
enum RoundTable: Projection {
  static let tables = ["round", "round_due"]
  static let ddl = """
    CREATE TABLE round(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, day INTEGER NOT NULL,
      code TEXT NOT NULL, chinese TEXT NOT NULL, english TEXT NOT NULL, opens_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL, overdue_at INTEGER NOT NULL, overdue INTEGER NOT NULL DEFAULT 0 CHECK(overdue IN (0, 1)))
      STRICT;
    CREATE UNIQUE INDEX round_batch ON round(batch, opens_at);
    CREATE TABLE round_due(
      batch INTEGER NOT NULL, round INTEGER NOT NULL, participant INTEGER NOT NULL,
      outcome TEXT NOT NULL DEFAULT 'open' CHECK(outcome IN
        ('open', 'done', 'incomplete', 'not-done', 'suspended', 'missed')), entry INTEGER,
      PRIMARY KEY(batch, round, participant)) STRICT, WITHOUT ROWID;
    """
  static let columns = "id, uuid, batch, day, code, chinese, english, opens_at, due_at, overdue_at, overdue"
  static let insert = SQL(
    """
    INSERT INTO round(id, uuid, batch, day, code, chinese, english, opens_at, due_at, overdue_at)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let byKey = SQL("SELECT \(columns) FROM round WHERE id = ?")
  static let byID = SQL("SELECT \(columns) FROM round WHERE uuid = ?")
  /// The round in whose time a moment falls: the last that had opened by then.
  static let at = SQL("SELECT \(columns) FROM round WHERE batch = ? AND opens_at <= ? ORDER BY opens_at DESC LIMIT 1")
  /// The same with what is due of one person in it; NULL when the person was not due.
  static let atWithDue = SQL(
    """
    SELECT r.id, d.outcome FROM round r
      LEFT JOIN round_due d ON d.batch = r.batch AND d.round = r.id AND d.participant = ?1
    WHERE r.batch = ?2 AND r.opens_at <= ?3 ORDER BY r.opens_at DESC LIMIT 1
    """)
  static let between = SQL(
    "SELECT \(columns) FROM round WHERE batch = ? AND opens_at >= ? AND opens_at < ? ORDER BY opens_at")
  static let markOverdue = SQL("UPDATE round SET overdue = 1 WHERE id = ?")
  static let insertDue = SQL(
    "INSERT INTO round_due(batch, round, participant) VALUES(?, ?, ?) ON CONFLICT DO NOTHING")
  static let dueOf = SQL("SELECT outcome FROM round_due WHERE batch = ? AND round = ? AND participant = ?")
  /// A check answers; a whole one also takes the place of one that left a reading out.
  static let answer = SQL(
    """
    UPDATE round_due SET outcome = ?, entry = ?
    WHERE batch = ? AND round = ? AND participant = ? AND outcome <> 'done' AND outcome <> 'suspended'
    """)
  static let excuse = SQL(
    """
    UPDATE round_due SET outcome = 'not-done', entry = ?
    WHERE batch = ? AND round = ? AND participant = ? AND outcome <> 'done' AND outcome <> 'suspended'
      AND outcome <> 'incomplete'
    """)
  static let leave = SQL(
    """
    UPDATE round_due SET outcome = ? WHERE batch = ? AND round = ? AND participant = ? AND outcome = 'open'
    """)
  static let resume = SQL(
    """
    UPDATE round_due SET outcome = 'open'
    WHERE batch = ? AND round = ? AND participant = ? AND outcome IN ('suspended', 'missed')
    """)
  static let counts = SQL(
    """
    SELECT coalesce(sum(outcome <> 'suspended'), 0), coalesce(sum(outcome IN ('done', 'incomplete')), 0),
      coalesce(sum(outcome = 'incomplete'), 0), coalesce(sum(outcome = 'not-done'), 0),
      coalesce(sum(outcome = 'open'), 0), coalesce(sum(outcome = 'missed'), 0)
    FROM round_due WHERE batch = ? AND round = ?
    """)
  static let outcomes = SQL(
    """
    SELECT p.uuid, d.outcome FROM round_due d JOIN participant p ON p.id = d.participant
    WHERE d.batch = ? AND d.round = ?
    """)
  static let dueParticipant = SQL(
    """
    UPDATE participant SET due_round = ?1, due_at = CASE WHEN due_at IS NULL OR due_at > ?2 THEN ?2 ELSE due_at END
    WHERE id = ?3
    """)
  static let overdueParticipants = SQL(
    """
    UPDATE participant SET overdue = 1 WHERE id IN
      (SELECT participant FROM round_due WHERE batch = ? AND round = ? AND outcome = 'open')
    """)
  static let clearParticipant = SQL(
    "UPDATE participant SET due_round = NULL, due_at = NULL, overdue = 0 WHERE id = ?")
  static let presentKeys = SQL(
    "SELECT id FROM participant WHERE batch = ? AND place IN ('present', 'outing') ORDER BY number")
}

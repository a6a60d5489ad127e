internal import Sanatorium

enum AlertTable: Projection {
  static let tables = ["alert"]
  static let ddl = """
    CREATE TABLE alert(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, code TEXT NOT NULL,
      severity TEXT NOT NULL CHECK(severity IN ('notice', 'attention', 'urgent', 'critical')),
      participant INTEGER NOT NULL, subject BLOB NOT NULL, chinese TEXT NOT NULL, english TEXT NOT NULL,
      drill INTEGER NOT NULL CHECK(drill IN (0, 1)), opened_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK(state IN ('open', 'acknowledged', 'resolved')), tier TEXT, tier_at INTEGER,
      people TEXT NOT NULL, next_tier TEXT, next_at INTEGER, acknowledged_by TEXT, acknowledged_at INTEGER,
      resolved_at INTEGER, from_tier TEXT, resolution TEXT NOT NULL DEFAULT '') STRICT;
    CREATE UNIQUE INDEX alert_unresolved ON alert(batch, code, participant, subject) WHERE state <> 'resolved';
    CREATE INDEX alert_batch ON alert(batch, state, opened_at);
    """
  static let columns = """
    id, uuid, batch, code, severity, participant, subject, chinese, english, drill, opened_at, state, tier, tier_at, people,
    next_tier, next_at, acknowledged_by, acknowledged_at, resolved_at, from_tier, resolution
    """
  static let byID = SQL("SELECT \(columns) FROM alert WHERE uuid = ?")
  static let byKey = SQL("SELECT \(columns) FROM alert WHERE id = ?")
  static let unresolvedLike = SQL(
    """
    SELECT \(columns) FROM alert
    WHERE batch = ? AND code = ? AND participant = ? AND subject = ? AND state <> 'resolved'
    """)
  static let unresolvedOf = SQL(
    "SELECT \(columns) FROM alert WHERE batch = ? AND code = ? AND state <> 'resolved' ORDER BY id")
  static let unresolvedAbout = SQL(
    "SELECT \(columns) FROM alert WHERE batch = ? AND subject = ? AND state <> 'resolved' ORDER BY id")
  static let ofParticipant = SQL(
    """
    SELECT \(columns) FROM alert WHERE batch = ? AND state = ? AND participant = ? ORDER BY opened_at DESC LIMIT ?
    """)
  static let resolvedPage = SQL(
    """
    SELECT \(columns) FROM alert WHERE batch = ? AND state = 'resolved' AND opened_at < ?
    ORDER BY opened_at DESC, id DESC LIMIT ?
    """)
  static let ofState = SQL("SELECT \(columns) FROM alert WHERE batch = ? AND state = ? ORDER BY opened_at, id")
  /// By the index of unresolved ones, which are few however many batches there were.
  static let elsewhere = SQL(
    """
    SELECT \(columns) FROM alert WHERE state <> 'resolved' AND state = ? AND batch <> ? ORDER BY opened_at, id
    """)
  static let insert = SQL(
    """
    INSERT INTO alert(id, uuid, batch, code, severity, participant, subject, chinese, english, drill, opened_at, state,
      tier, tier_at, people, next_tier, next_at, from_tier)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?)
    """)
  static let escalate = SQL(
    "UPDATE alert SET tier = ?, tier_at = ?, people = ?, next_tier = ?, next_at = ? WHERE id = ? AND state = 'open'")
  static let acknowledge = SQL(
    """
    UPDATE alert SET state = 'acknowledged', acknowledged_by = ?, acknowledged_at = ?, next_tier = NULL, next_at = NULL
    WHERE id = ?
    """)
  static let resolve = SQL(
    "UPDATE alert SET state = 'resolved', resolved_at = ?, resolution = ?, next_tier = NULL, next_at = NULL WHERE id = ?")
}

internal import Sanatorium

/// 不符合项: a rule that stopped holding between gates, from when to when, why, and who explained it.
enum NonconformityTable: Projection {
  static let tables = ["nonconformity"]
  static let ddl = """
    CREATE TABLE nonconformity(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, rule TEXT NOT NULL,
      participant INTEGER NOT NULL, subject BLOB NOT NULL, cause TEXT NOT NULL, article TEXT NOT NULL,
      quote TEXT NOT NULL, chinese TEXT NOT NULL, english TEXT NOT NULL, opened_at INTEGER NOT NULL,
      closed_at INTEGER, explanation TEXT, explained_by TEXT, explained_at INTEGER) STRICT;
    CREATE INDEX nonconformity_batch ON nonconformity(batch, opened_at);
    CREATE UNIQUE INDEX nonconformity_open ON nonconformity(batch, rule, participant, subject) WHERE closed_at IS NULL;
    """
  static let columns = """
    id, uuid, batch, rule, participant, subject, cause, article, quote, chinese, english, opened_at, closed_at,
    explanation, explained_by, explained_at
    """
  static let byID = SQL("SELECT \(columns) FROM nonconformity WHERE uuid = ?")
  static let ofBatch = SQL("SELECT \(columns) FROM nonconformity WHERE batch = ? ORDER BY opened_at, id")
  static let openLike = SQL(
    """
    SELECT \(columns) FROM nonconformity
    WHERE batch = ? AND rule = ? AND participant = ? AND subject = ? AND closed_at IS NULL
    """)
  /// Of a rule, those that concern no single person: the batch's, and each outing's.
  static let openOfBatch = SQL(
    "SELECT \(columns) FROM nonconformity WHERE batch = ? AND rule = ? AND participant = 0 AND closed_at IS NULL")
  static let insert = SQL(
    """
    INSERT INTO nonconformity(id, uuid, batch, rule, participant, subject, cause, article, quote, chinese, english,
      opened_at)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let close = SQL("UPDATE nonconformity SET closed_at = max(opened_at, ?) WHERE id = ?")
  static let explain = SQL(
    "UPDATE nonconformity SET explanation = ?, explained_by = ?, explained_at = ? WHERE id = ?")
}

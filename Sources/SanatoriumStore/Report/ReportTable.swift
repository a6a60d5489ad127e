internal import Sanatorium

/// Issued reports and their way to the organizer.
enum ReportTable: Projection {
  static let tables = ["report"]
  static let ddl = """
    CREATE TABLE report(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, revision INTEGER NOT NULL,
      digest TEXT NOT NULL, issued_at INTEGER NOT NULL, issued_by TEXT NOT NULL,
      delivery TEXT NOT NULL CHECK(delivery IN ('waiting', 'accepted', 'refused', 'stopped')),
      attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER, last_at INTEGER, last_status INTEGER, last_error TEXT,
      receipt TEXT, UNIQUE(batch, revision)) STRICT;
    CREATE INDEX report_waiting ON report(next_at) WHERE delivery = 'waiting';
    """
  static let columns = """
    id, uuid, batch, revision, digest, issued_at, issued_by, delivery, attempts, next_at, last_at, last_status, last_error,
    receipt
    """
  static let insert = SQL(
    """
    INSERT INTO report(id, uuid, batch, revision, digest, issued_at, issued_by, delivery, next_at)
    VALUES(?, ?, ?, ?, ?, ?, ?, 'waiting', ?)
    """)
  static let ofBatch = SQL("SELECT \(columns) FROM report WHERE batch = ? ORDER BY revision DESC")
  static let byID = SQL("SELECT \(columns) FROM report WHERE uuid = ?")
  static let newest = SQL("SELECT \(columns) FROM report ORDER BY id DESC LIMIT 1")
  static let waiting = SQL(
    "SELECT \(columns) FROM report WHERE delivery = 'waiting' AND next_at <= ? ORDER BY next_at LIMIT 1")
  static let attempted = SQL(
    """
    UPDATE report SET attempts = attempts + 1, last_at = ?, last_status = ?, last_error = ?, next_at = ?,
      delivery = CASE WHEN ?4 IS NULL THEN 'stopped' ELSE 'waiting' END
    WHERE id = ?5 AND delivery <> 'accepted'
    """)
  static let receipted = SQL(
    "UPDATE report SET delivery = ?, receipt = ?, last_at = ?, last_error = NULL, next_at = NULL WHERE id = ? AND delivery <> 'accepted'")
}

/// The signed bytes by their digest. Beside the journal, which holds the digest: rebuilding needs no megabytes twice, and
/// a changed byte is found by comparing.
enum ReportFile {
  static let ddl = """
    CREATE TABLE report_file(digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER report_file_unchanged BEFORE UPDATE ON report_file
      BEGIN SELECT RAISE(ABORT, 'an issued report never changes'); END;
    CREATE TRIGGER report_file_kept BEFORE DELETE ON report_file
      BEGIN SELECT RAISE(ABORT, 'an issued report never goes'); END;
    """
  static let insert = SQL("INSERT INTO report_file(digest, bytes) VALUES(?, ?) ON CONFLICT DO NOTHING")
  static let bytes = SQL("SELECT bytes FROM report_file WHERE digest = ?")
  static let issued = SQL("SELECT r.digest, f.bytes FROM report r LEFT JOIN report_file f ON f.digest = r.digest")
  static let headers = SQL(
    """
    SELECT j.seq, j.id, b.uuid, j.kind, j.subject, j.actor, j.device, j.occurred_at, j.recorded_at, j.open_digest,
      j.personal_digest, j.chain, CASE WHEN j.batch = ?3 THEN j.open_salt END, CASE WHEN j.batch = ?3 THEN j.open_body END
    FROM journal j LEFT JOIN batch b ON b.id = j.batch WHERE j.seq BETWEEN ?1 AND ?2 ORDER BY j.seq
    """)
  static let lastOfBatch = SQL("SELECT max(seq) FROM journal WHERE batch = ?")
  static let chainAt = SQL("SELECT chain FROM journal WHERE seq = ?")
  static let departures = SQL(
    "SELECT rule, gate, reason, person, accepted_at FROM rule_departure WHERE batch = ? ORDER BY entry")
}

/// 扫描件: which scanned papers belong to which fact. A removed one stays with who took it off and why.
enum ScanTable: Projection {
  static let tables = ["scan"]
  static let ddl = """
    CREATE TABLE scan(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, participant INTEGER NOT NULL,
      key TEXT NOT NULL, digest TEXT NOT NULL, type TEXT NOT NULL CHECK(type IN ('pdf', 'jpeg', 'png')),
      size INTEGER NOT NULL, name TEXT NOT NULL, attached_at INTEGER NOT NULL, attached_by BLOB NOT NULL,
      removed_at INTEGER, removed_by BLOB, removed_reason TEXT) STRICT;
    CREATE INDEX scan_owner ON scan(batch, participant, key);
    CREATE INDEX scan_digest ON scan(digest);
    """
  static let columns = """
    id, uuid, batch, participant, key, digest, type, size, name, attached_at, attached_by, removed_at, removed_by,
    removed_reason
    """
  static let insert = SQL(
    """
    INSERT INTO scan(id, uuid, batch, participant, key, digest, type, size, name, attached_at, attached_by)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let remove = SQL("UPDATE scan SET removed_at = ?, removed_by = ?, removed_reason = ? WHERE uuid = ?")
  static let ofFact = SQL(
    "SELECT \(columns) FROM scan WHERE batch = ? AND participant = ? AND key = ? ORDER BY id")
  static let byID = SQL("SELECT \(columns) FROM scan WHERE uuid = ?")
  static let counts = SQL(
    "SELECT key, count(*) FROM scan WHERE batch = ? AND participant = ? AND removed_at IS NULL GROUP BY key")
  static let ofBatch = SQL(
    "SELECT count(*) FILTER (WHERE removed_at IS NULL), coalesce(sum(size), 0) FROM scan WHERE batch = ?")
}

/// The bytes of scans by their digest, beside the journal, which holds the digest: rebuilding needs no gigabytes twice,
/// and a changed byte is found by comparing. They go with the purge that the law asks for, and never before.
enum ScanFile {
  static let ddl = """
    CREATE TABLE scan_file(digest TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT;
    CREATE TRIGGER scan_file_unchanged BEFORE UPDATE ON scan_file
      BEGIN SELECT RAISE(ABORT, 'an attached scan never changes'); END;
    """
  static let insert = SQL("INSERT INTO scan_file(digest, bytes) VALUES(?, ?) ON CONFLICT DO NOTHING")
  static let bytes = SQL("SELECT bytes FROM scan_file WHERE digest = ?")
  /// One row for each digest, with its bytes where they are.
  static let attached = SQL(
    """
    SELECT s.digest, s.size, f.bytes FROM (SELECT digest, min(size) AS size FROM scan GROUP BY digest) s
    LEFT JOIN scan_file f ON f.digest = s.digest
    """)
  static let strays = SQL(
    "SELECT digest FROM scan_file f WHERE NOT EXISTS (SELECT 1 FROM scan s WHERE s.digest = f.digest)")
}

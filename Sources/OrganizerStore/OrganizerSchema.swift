internal import GRDB

enum OrganizerSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: first) }
    migrator.registerMigration("2") { try $0.execute(sql: sessions) }
    return migrator
  }

  /// Who is logged in, over a restart, by the hash of the session's token.
  private static let sessions = """
    CREATE TABLE session(
      token BLOB PRIMARY KEY CHECK(length(token) = 32), account BLOB NOT NULL REFERENCES account(id),
      language TEXT NOT NULL CHECK(language IN ('zh', 'en')), began_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX session_account ON session(account);
    """

  private static let first = """
    CREATE TABLE facility(
      id BLOB PRIMARY KEY CHECK(length(id) = 16), name TEXT NOT NULL, public_key BLOB NOT NULL UNIQUE,
      secret TEXT NOT NULL, previous_secret TEXT, enrolled_at INTEGER NOT NULL, enrolled_by TEXT NOT NULL,
      removed_at INTEGER) STRICT, WITHOUT ROWID;
    -- A code is kept as its hash and works once.
    CREATE TABLE pairing(
      code BLOB PRIMARY KEY, name TEXT NOT NULL, made_at INTEGER NOT NULL, made_by TEXT NOT NULL,
      expires_at INTEGER NOT NULL, used_at INTEGER) STRICT, WITHOUT ROWID;
    CREATE TABLE report(
      id BLOB PRIMARY KEY, digest BLOB NOT NULL UNIQUE, facility BLOB NOT NULL REFERENCES facility(id),
      batch BLOB NOT NULL, revision INTEGER NOT NULL, number TEXT NOT NULL, regulation TEXT NOT NULL,
      first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, issued_at INTEGER NOT NULL, received_at INTEGER NOT NULL,
      channel TEXT NOT NULL CHECK(channel IN ('webhook', 'file')), webhook_id TEXT,
      first_sequence INTEGER NOT NULL, last_sequence INTEGER NOT NULL, entries INTEGER NOT NULL,
      figures INTEGER NOT NULL, is_latest INTEGER NOT NULL CHECK(is_latest IN (0, 1)),
      report TEXT NOT NULL, receipt BLOB NOT NULL,
      UNIQUE(facility, batch, revision)) STRICT;
    CREATE INDEX report_received ON report(received_at);
    CREATE UNIQUE INDEX report_webhook ON report(facility, webhook_id) WHERE webhook_id IS NOT NULL;
    -- The bytes as they came, apart from what lists read.
    CREATE TABLE document(report BLOB PRIMARY KEY REFERENCES report(id), bytes BLOB NOT NULL) STRICT;
    -- Values of a facility's chain as reports told them; a later report that goes through the same sequence must agree.
    CREATE TABLE chain_point(
      facility BLOB NOT NULL REFERENCES facility(id), sequence INTEGER NOT NULL, chain BLOB NOT NULL,
      PRIMARY KEY(facility, sequence)) STRICT, WITHOUT ROWID;
    CREATE TABLE rejection(
      id INTEGER PRIMARY KEY, at INTEGER NOT NULL, channel TEXT NOT NULL, remote TEXT NOT NULL, facility BLOB,
      digest BLOB NOT NULL, size INTEGER NOT NULL, webhook_id TEXT, faults TEXT NOT NULL) STRICT;
    CREATE INDEX rejection_at ON rejection(at);
    CREATE TABLE account(
      id BLOB PRIMARY KEY, username TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL, password TEXT NOT NULL,
      role TEXT NOT NULL CHECK(role IN ('organizer', 'admin')), made_at INTEGER NOT NULL, disabled_at INTEGER) STRICT;
    CREATE TABLE access(
      id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account BLOB NOT NULL, action TEXT NOT NULL, subject BLOB) STRICT;
    CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    """
}

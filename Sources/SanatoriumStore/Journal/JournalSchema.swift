/// The journal itself. Entries are appended and never changed; the triggers allow one exception, the deletion that the
/// law asks for: a personal payload may become NULL, together with its salt and the salted digest of the request; header
/// and digests stay.
enum JournalSchema {
  static let ddl = """
    CREATE TABLE journal(
      seq INTEGER PRIMARY KEY, id BLOB NOT NULL CHECK(length(id) = 16), batch INTEGER NOT NULL, kind INTEGER NOT NULL,
      subject BLOB NOT NULL, actor BLOB NOT NULL, device BLOB NOT NULL,
      occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
      open_digest BLOB NOT NULL, personal_digest BLOB NOT NULL, chain BLOB NOT NULL CHECK(length(chain) = 32),
      open_salt BLOB NOT NULL, open_body TEXT NOT NULL, personal_salt BLOB, personal_body TEXT,
      request BLOB, UNIQUE(batch, id)) STRICT;
    CREATE TRIGGER journal_kept BEFORE DELETE ON journal
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal
      WHEN NEW.personal_body IS NOT NULL OR NEW.personal_salt IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.id <> OLD.id
        OR NEW.batch <> OLD.batch OR NEW.kind <> OLD.kind OR NEW.subject <> OLD.subject OR NEW.actor <> OLD.actor
        OR NEW.device <> OLD.device OR NEW.occurred_at <> OLD.occurred_at OR NEW.recorded_at <> OLD.recorded_at
        OR NEW.open_digest <> OLD.open_digest OR NEW.personal_digest <> OLD.personal_digest OR NEW.chain <> OLD.chain
        OR NEW.open_salt <> OLD.open_salt OR NEW.open_body <> OLD.open_body OR NEW.request IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
    \(roster)
    """
  /// The few entries that change a roster. It holds no others, so that a check-in writes no more pages for it.
  static let roster = "CREATE INDEX journal_roster ON journal(batch, seq) WHERE kind IN (41, 42, 43, 46);"

  static let insert = SQL(
    """
    INSERT INTO journal(seq, id, batch, kind, subject, actor, device, occurred_at, recorded_at, open_digest,
      personal_digest, chain, open_salt, open_body, personal_salt, personal_body, request)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(batch, id) DO NOTHING
    """)
  static let last = SQL("SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1")
  static let hasID = SQL("SELECT 1 FROM journal WHERE id = ? AND batch IN (SELECT id FROM batch UNION ALL SELECT 0)")
  static let byID = SQL(
    """
    SELECT seq, id, batch, kind, subject, actor, device, occurred_at, recorded_at, open_body, personal_body, request,
      personal_salt
    FROM journal WHERE batch = ? AND id = ?
    """)
}

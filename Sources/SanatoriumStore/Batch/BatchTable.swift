internal import Sanatorium

enum BatchTable: Projection {
  static let tables = ["batch", "batch_pack", "fact", "fact_history", "rule_departure"]
  static let ddl = """
    CREATE TABLE batch(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, number TEXT NOT NULL, regulation TEXT NOT NULL,
      organizer TEXT NOT NULL, host TEXT NOT NULL, venue TEXT NOT NULL, first_day INTEGER NOT NULL,
      last_day INTEGER NOT NULL CHECK(last_day >= first_day), planned INTEGER NOT NULL CHECK(planned > 0),
      state TEXT NOT NULL CHECK(state IN ('planned', 'open', 'closed', 'reported', 'acknowledged')),
      first_entry INTEGER NOT NULL, opened_at INTEGER, closed_at INTEGER, reported_at INTEGER,
      acknowledged_at INTEGER) STRICT;
    CREATE INDEX batch_state ON batch(state);
    CREATE TABLE batch_pack(
      batch INTEGER NOT NULL, kind TEXT NOT NULL CHECK(kind IN ('regulation', 'health', 'plan')), code TEXT NOT NULL,
      body TEXT NOT NULL, PRIMARY KEY(batch, kind, code)) STRICT, WITHOUT ROWID;
    CREATE TABLE fact(
      batch INTEGER NOT NULL, participant INTEGER NOT NULL, key TEXT NOT NULL, value TEXT, number TEXT, date INTEGER,
      until INTEGER, person TEXT, paper TEXT, entry INTEGER NOT NULL, recorded_at INTEGER NOT NULL, actor BLOB NOT NULL,
      PRIMARY KEY(batch, participant, key)) STRICT, WITHOUT ROWID;
    CREATE TABLE fact_history(
      batch INTEGER NOT NULL, participant INTEGER NOT NULL, key TEXT NOT NULL, entry INTEGER NOT NULL, value TEXT,
      number TEXT, date INTEGER, until INTEGER, person TEXT, paper TEXT, recorded_at INTEGER NOT NULL,
      actor BLOB NOT NULL, PRIMARY KEY(batch, participant, key, entry)) STRICT, WITHOUT ROWID;
    CREATE TABLE rule_departure(
      entry INTEGER PRIMARY KEY, batch INTEGER NOT NULL, participant INTEGER NOT NULL, gate TEXT NOT NULL,
      rule TEXT NOT NULL, reason TEXT NOT NULL, person TEXT NOT NULL, accepted_at INTEGER NOT NULL) STRICT;
    CREATE INDEX rule_departure_batch ON rule_departure(batch, participant, gate, rule);
    """

  static let columns = """
    id, uuid, number, regulation, organizer, host, venue, first_day, last_day, planned, state, first_entry, opened_at,
    closed_at, reported_at, acknowledged_at
    """
  static let idOfKey = SQL("SELECT uuid FROM batch WHERE id = ?")
  static let byID = SQL("SELECT \(columns) FROM batch WHERE uuid = ?")
  static let byKey = SQL("SELECT \(columns) FROM batch WHERE id = ?")
  static let active = SQL("SELECT \(columns) FROM batch WHERE state = 'open' ORDER BY id DESC LIMIT 1")
  static let page = SQL("SELECT \(columns) FROM batch WHERE id < ? ORDER BY id DESC LIMIT ?")
  static let insert = SQL(
    """
    INSERT INTO batch(id, uuid, number, regulation, organizer, host, venue, first_day, last_day, planned, state,
      first_entry)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?)
    """)
  static let change = SQL(
    """
    UPDATE batch SET number = ?, regulation = ?, organizer = ?, host = ?, venue = ?, first_day = ?, last_day = ?,
      planned = ?
    WHERE id = ?
    """)
  static let open = SQL("UPDATE batch SET state = 'open', opened_at = ? WHERE id = ?")
  static let close = SQL("UPDATE batch SET state = 'closed', closed_at = ? WHERE id = ?")
  static let report = SQL("UPDATE batch SET state = 'reported', reported_at = ? WHERE id = ?")
  /// By the receipt of the newest revision alone: an older one may arrive late.
  static let acknowledge = SQL(
    """
    UPDATE batch SET state = 'acknowledged', acknowledged_at = ?1
    WHERE id = ?2 AND ?3 = (SELECT id FROM report WHERE batch = ?2 ORDER BY revision DESC LIMIT 1)
    """)
  static let insertPack = SQL("INSERT INTO batch_pack(batch, kind, code, body) VALUES(?, ?, ?, ?)")
  static let packs = SQL("SELECT kind, code, body FROM batch_pack WHERE batch = ? ORDER BY kind, code")
  static let upsertFact = SQL(
    """
    INSERT INTO fact(batch, participant, key, value, number, date, until, person, paper, entry, recorded_at, actor)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(batch, participant, key) DO UPDATE SET value = excluded.value, number = excluded.number,
      date = excluded.date, until = excluded.until, person = excluded.person, paper = excluded.paper,
      entry = excluded.entry, recorded_at = excluded.recorded_at, actor = excluded.actor
    """)
  static let keepFact = SQL(
    """
    INSERT INTO fact_history(batch, participant, key, value, number, date, until, person, paper, entry, recorded_at, actor)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let facts = SQL(
    "SELECT key, value, number, date, until, person, paper FROM fact WHERE batch = ? AND participant = ?")
  static let insertDeparture = SQL(
    """
    INSERT INTO rule_departure(entry, batch, participant, gate, rule, reason, person, accepted_at)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?)
    """)
}

internal import Sanatorium

/// Plans that were proposed, started, ended; their steps and what happened.
enum ActivationTable: Projection {
  static let tables = ["activation", "activation_step", "activation_event"]
  static let ddl = """
    CREATE TABLE activation(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, plan TEXT NOT NULL,
      participant INTEGER NOT NULL, incident INTEGER NOT NULL,
      state TEXT NOT NULL CHECK(state IN ('proposed', 'active', 'declined', 'terminated', 'reviewed')),
      level INTEGER NOT NULL CHECK(level BETWEEN 1 AND 4), raise_level INTEGER,
      origin TEXT NOT NULL CHECK(origin IN ('automatic', 'manual', 'drill', 'proposal')),
      drill INTEGER NOT NULL CHECK(drill IN (0, 1)), chinese TEXT NOT NULL, english TEXT NOT NULL,
      proposed_at INTEGER, activates_at INTEGER, t0 INTEGER, started_by TEXT NOT NULL DEFAULT '', ended_at INTEGER,
      reviewed_at INTEGER) STRICT;
    CREATE INDEX activation_batch ON activation(batch, state, id);
    CREATE INDEX activation_incident ON activation(incident);
    CREATE TABLE activation_step(
      activation INTEGER NOT NULL, number INTEGER NOT NULL, done_at INTEGER, person TEXT NOT NULL DEFAULT '',
      role TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', times INTEGER NOT NULL DEFAULT 0, overdue_at INTEGER,
      PRIMARY KEY(activation, number)) STRICT, WITHOUT ROWID;
    CREATE TABLE activation_event(
      entry INTEGER PRIMARY KEY, activation INTEGER NOT NULL, kind TEXT NOT NULL, level INTEGER, step INTEGER,
      text TEXT NOT NULL, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, person TEXT NOT NULL) STRICT;
    CREATE INDEX activation_event_activation ON activation_event(activation, entry);
    """
  static let columns = """
    id, uuid, batch, plan, participant, incident, state, level, raise_level, origin, drill, chinese, english, proposed_at,
    activates_at, t0, started_by, ended_at, reviewed_at
    """
  static let byID = SQL("SELECT \(columns) FROM activation WHERE uuid = ?")
  static let byKey = SQL("SELECT \(columns) FROM activation WHERE id = ?")
  static let open = SQL(
    "SELECT \(columns) FROM activation WHERE batch = ? AND state IN ('proposed', 'active') ORDER BY id")
  static let ended = SQL(
    """
    SELECT \(columns) FROM activation WHERE batch = ? AND state IN ('declined', 'terminated', 'reviewed') AND id < ?
    ORDER BY id DESC LIMIT ?
    """)
  static let ofIncident = SQL("SELECT \(columns) FROM activation WHERE incident = ? ORDER BY id")
  static let insert = SQL(
    """
    INSERT INTO activation(id, uuid, batch, plan, participant, incident, state, level, raise_level, origin, drill,
      chinese, english, proposed_at, activates_at, t0, started_by)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let start = SQL(
    """
    UPDATE activation SET state = 'active', level = ?, raise_level = coalesce(?, raise_level), origin = ?,
      activates_at = NULL, t0 = ?, started_by = ?
    WHERE id = ?
    """)
  static let waitForPerson = SQL("UPDATE activation SET activates_at = NULL WHERE id = ?")
  static let link = SQL("UPDATE activation SET incident = ? WHERE id = ? AND incident = 0")
  static let setLevel = SQL("UPDATE activation SET level = ?, raise_level = NULL WHERE id = ?")
  static let decline = SQL("UPDATE activation SET state = 'declined', activates_at = NULL, ended_at = ? WHERE id = ?")
  static let terminate = SQL("UPDATE activation SET state = 'terminated', ended_at = ? WHERE id = ?")
  static let review = SQL("UPDATE activation SET state = 'reviewed', reviewed_at = ? WHERE id = ?")
  static let stepDone = SQL(
    """
    INSERT INTO activation_step(activation, number, done_at, person, role, note, times) VALUES(?, ?, ?, ?, ?, ?, 1)
    ON CONFLICT(activation, number) DO UPDATE SET done_at = excluded.done_at, person = excluded.person,
      role = excluded.role, note = excluded.note, times = times + 1, overdue_at = NULL
    """)
  static let stepOverdue = SQL(
    """
    INSERT INTO activation_step(activation, number, overdue_at) VALUES(?, ?, ?)
    ON CONFLICT(activation, number) DO UPDATE SET overdue_at = excluded.overdue_at
    """)
  static let steps = SQL(
    """
    SELECT number, done_at, person, role, note, times, overdue_at FROM activation_step WHERE activation = ?
    ORDER BY number
    """)
  static let insertEvent = SQL(
    """
    INSERT INTO activation_event(entry, activation, kind, level, step, text, at, recorded_at, person)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let events = SQL(
    """
    SELECT entry, kind, level, step, text, at, recorded_at, person FROM activation_event WHERE activation = ?
    ORDER BY entry
    """)
}

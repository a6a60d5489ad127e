internal import Sanatorium

/// Incidents with the people involved, their timeline, and what has to be reported to whom by when.
enum IncidentTable: Projection {
  static let tables = ["incident", "incident_participant", "incident_note", "incident_duty"]
  static let ddl = """
    CREATE TABLE incident(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, kind TEXT NOT NULL,
      harm TEXT NOT NULL CHECK(harm IN ('none', 'mild', 'moderate', 'severe', 'death')),
      grade TEXT NOT NULL CHECK(grade IN ('I', 'II', 'III', 'IV')), place TEXT NOT NULL, text TEXT NOT NULL,
      happened_at INTEGER NOT NULL, reported_at INTEGER NOT NULL, reporter TEXT NOT NULL,
      commander BLOB NOT NULL, commander_name TEXT NOT NULL, offered BLOB, offered_name TEXT,
      closed_at INTEGER, closed_by TEXT, conclusion TEXT NOT NULL DEFAULT '') STRICT;
    CREATE INDEX incident_batch ON incident(batch, closed_at, id);
    CREATE TABLE incident_participant(
      incident INTEGER NOT NULL, participant INTEGER NOT NULL, PRIMARY KEY(incident, participant)) STRICT, WITHOUT ROWID;
    CREATE TABLE incident_note(
      entry INTEGER PRIMARY KEY, incident INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
      authority TEXT NOT NULL, phase TEXT, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, person TEXT NOT NULL,
      harm TEXT, grade TEXT) STRICT;
    CREATE INDEX incident_note_incident ON incident_note(incident, entry);
    CREATE TABLE incident_duty(
      incident INTEGER NOT NULL, code TEXT NOT NULL, recipient TEXT NOT NULL, chinese TEXT NOT NULL,
      english TEXT NOT NULL, source TEXT NOT NULL, due_at INTEGER NOT NULL, made_at INTEGER, made_by TEXT,
      overdue INTEGER NOT NULL DEFAULT 0 CHECK(overdue IN (0, 1)),
      PRIMARY KEY(incident, code, recipient)) STRICT, WITHOUT ROWID;
    """
  static let columns = """
    id, uuid, batch, kind, harm, grade, place, text, happened_at, reported_at, reporter, commander, commander_name,
    offered, offered_name, closed_at, closed_by, conclusion
    """
  static let byID = SQL("SELECT \(columns) FROM incident WHERE uuid = ?")
  static let byKey = SQL("SELECT \(columns) FROM incident WHERE id = ?")
  static let open = SQL("SELECT \(columns) FROM incident WHERE batch = ? AND closed_at IS NULL ORDER BY id DESC")
  static let closed = SQL(
    """
    SELECT \(columns) FROM incident WHERE batch = ? AND closed_at < ? ORDER BY closed_at DESC, id DESC LIMIT ?
    """)
  static let insert = SQL(
    """
    INSERT INTO incident(id, uuid, batch, kind, harm, grade, place, text, happened_at, reported_at, reporter, commander,
      commander_name)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let insertParticipant = SQL("INSERT INTO incident_participant(incident, participant) VALUES(?, ?)")
  static let participants = SQL(
    "SELECT participant FROM incident_participant WHERE incident = ? ORDER BY participant")
  static let insertNote = SQL(
    """
    INSERT INTO incident_note(entry, incident, kind, text, authority, phase, at, recorded_at, person, harm, grade)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let notes = SQL(
    """
    SELECT entry, kind, text, authority, phase, at, recorded_at, person, harm, grade FROM incident_note
    WHERE incident = ? ORDER BY entry
    """)
  static let regrade = SQL(
    "UPDATE incident SET harm = coalesce(?, harm), grade = coalesce(?, grade) WHERE id = ?")
  static let offer = SQL("UPDATE incident SET offered = ?, offered_name = ? WHERE id = ?")
  static let command = SQL(
    "UPDATE incident SET commander = ?, commander_name = ?, offered = NULL, offered_name = NULL WHERE id = ?")
  static let close = SQL("UPDATE incident SET closed_at = ?, closed_by = ?, conclusion = ? WHERE id = ?")
  static let upsertDuty = SQL(
    """
    INSERT INTO incident_duty(incident, code, recipient, chinese, english, source, due_at) VALUES(?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(incident, code, recipient) DO UPDATE SET due_at = excluded.due_at,
      overdue = CASE WHEN excluded.due_at = due_at THEN overdue ELSE 0 END
    """)
  static let dropDuty = SQL(
    "DELETE FROM incident_duty WHERE incident = ? AND code = ? AND recipient = ? AND made_at IS NULL")
  static let meetDuty = SQL(
    "UPDATE incident_duty SET made_at = ?, made_by = ? WHERE incident = ? AND recipient = ? AND made_at IS NULL")
  static let passDuties = SQL(
    "UPDATE incident_duty SET overdue = 1 WHERE incident = ? AND made_at IS NULL AND due_at <= ?")
  static let nextDuty = SQL(
    "SELECT min(due_at) FROM incident_duty WHERE incident = ? AND made_at IS NULL AND overdue = 0")
  static let duties = SQL(
    """
    SELECT code, recipient, chinese, english, source, due_at, made_at, made_by, overdue FROM incident_duty
    WHERE incident = ? ORDER BY due_at, code, recipient
    """)
  static let owedLate = SQL(
    """
    SELECT i.uuid, d.chinese, d.english FROM incident_duty d JOIN incident i ON i.id = d.incident
    WHERE i.batch = ? AND d.made_at IS NULL AND d.overdue = 1 ORDER BY d.due_at, d.code, d.recipient
    """)
}

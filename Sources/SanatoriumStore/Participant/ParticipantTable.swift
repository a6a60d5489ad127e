internal import Sanatorium

/// One row per person of a batch: who they are, where they are, and what the board shows of their health.
enum ParticipantTable: Projection {
  static let tables = ["participant"]
  static let ddl = """
    CREATE TABLE participant(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, number INTEGER NOT NULL,
      badge TEXT NOT NULL, name TEXT NOT NULL, sex TEXT NOT NULL CHECK(sex IN ('male', 'female', 'unknown')),
      birth INTEGER, identity TEXT, category TEXT NOT NULL, unit TEXT NOT NULL, telephone TEXT NOT NULL,
      family_name TEXT NOT NULL, family_relation TEXT NOT NULL, family_telephone TEXT NOT NULL,
      conditions TEXT NOT NULL, allergies TEXT NOT NULL, medicines TEXT NOT NULL, companion TEXT NOT NULL,
      remarks TEXT NOT NULL, room TEXT NOT NULL DEFAULT '', oxygen_scale INTEGER NOT NULL DEFAULT 1
        CHECK(oxygen_scale IN (1, 2)),
      admission TEXT NOT NULL DEFAULT 'expected'
        CHECK(admission IN ('expected', 'held', 'admitted', 'refused', 'withdrawn', 'no-show')),
      place TEXT NOT NULL DEFAULT 'not-arrived'
        CHECK(place IN ('not-arrived', 'present', 'outing', 'leave', 'hospital', 'departed')),
      outing INTEGER, arrived_at INTEGER, departed_at INTEGER, expected_back INTEGER, escort INTEGER,
      last_check INTEGER, last_entry INTEGER, last_at INTEGER, last_total INTEGER, last_level TEXT, last_readings TEXT,
      baseline TEXT, due_at INTEGER, due_round INTEGER, overdue INTEGER NOT NULL DEFAULT 0 CHECK(overdue IN (0, 1)),
      last_symptoms TEXT NOT NULL DEFAULT '', place_since INTEGER, place_note TEXT NOT NULL DEFAULT '',
      back_overdue INTEGER NOT NULL DEFAULT 0 CHECK(back_overdue IN (0, 1)), badge_returned INTEGER
        CHECK(badge_returned IN (0, 1))) STRICT;
    CREATE INDEX participant_batch ON participant(batch, number);
    CREATE UNIQUE INDEX participant_badge ON participant(batch, badge);
    \(person)
    """

  /// By which somebody is known again in a later batch.
  static let person = "CREATE INDEX participant_person ON participant(name, birth);"

  static let columns = """
    id, uuid, batch, number, badge, name, sex, birth, identity, category, unit, telephone, family_name, family_relation,
    family_telephone, conditions, allergies, medicines, companion, remarks, room, oxygen_scale, admission, place, outing,
    arrived_at, departed_at, expected_back, escort, last_entry, last_at, last_total, last_level, last_readings, baseline,
    due_at, due_round, overdue, last_symptoms, place_since, place_note, back_overdue, badge_returned
    """
  static let byID = SQL("SELECT \(columns) FROM participant WHERE uuid = ?")
  static let byKey = SQL("SELECT \(columns) FROM participant WHERE id = ?")
  static let byBadge = SQL("SELECT \(columns) FROM participant WHERE batch = ? AND badge = ?")
  /// The index begins with the batch: one look for each batch, not one for each person.
  static let ofAnyBatchByBadge = SQL(
    """
    SELECT \(columns) FROM participant WHERE id = (
      SELECT wearer.id FROM batch AS b CROSS JOIN participant AS wearer ON wearer.batch = b.id AND wearer.badge = ?
      ORDER BY b.id DESC LIMIT 1)
    """)
  static let ofBatch = SQL("SELECT \(columns) FROM participant WHERE batch = ? ORDER BY number")
  static let countOfBatch = SQL("SELECT count(*), coalesce(max(number), 0) FROM participant WHERE batch = ?")
  static let sameNameAndBirth = SQL(
    "SELECT number FROM participant WHERE batch = ? AND name = ? AND birth IS ? AND admission <> 'withdrawn' LIMIT 1")
  static let insert = SQL(
    """
    INSERT INTO participant(id, uuid, batch, number, badge, name, sex, birth, identity, category, unit, telephone,
      family_name, family_relation, family_telephone, conditions, allergies, medicines, companion, remarks)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
}

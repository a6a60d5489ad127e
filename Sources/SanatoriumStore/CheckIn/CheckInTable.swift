internal import Sanatorium

enum CheckInTable: Projection {
  static let tables = ["check_in"]
  /// A person's checks are found from the last one recorded (`participant.last_check`) by each one's `earlier`. An index by
  /// person would touch another page for almost every check of a round, which doubles what each fsync has to write; a
  /// person's stay has some dozens of checks.
  static let ddl = """
    CREATE TABLE check_in(
      entry INTEGER PRIMARY KEY, earlier INTEGER, batch INTEGER NOT NULL, participant INTEGER NOT NULL, round INTEGER,
      occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, actor BLOB NOT NULL,
      respiration_rate INTEGER, oxygen_saturation INTEGER, oxygen_scale INTEGER, supplemental_oxygen INTEGER,
      systolic INTEGER, diastolic INTEGER, pulse INTEGER, consciousness TEXT, temperature INTEGER, glucose INTEGER,
      symptoms TEXT NOT NULL, remark TEXT NOT NULL, total INTEGER, level TEXT, points TEXT NOT NULL, severity TEXT,
      findings TEXT NOT NULL, reason TEXT, late INTEGER NOT NULL CHECK(late IN (0, 1))) STRICT;
    """
  static let columns = """
    entry, round, occurred_at, recorded_at, actor, respiration_rate, oxygen_saturation, oxygen_scale, supplemental_oxygen,
    systolic, diastolic, pulse, consciousness, temperature, glucose, symptoms, remark, total, level, points, severity,
    findings, reason, late
    """
  static let insert = SQL(
    """
    INSERT INTO check_in(earlier, batch, participant, recorded_at, entry, round, occurred_at, actor, respiration_rate,
      oxygen_saturation, oxygen_scale, supplemental_oxygen, systolic, diastolic, pulse, consciousness, temperature,
      glucose, symptoms, remark, total, level, points, severity, findings, reason, late)
    VALUES((SELECT last_check FROM participant WHERE id = ?2), ?1, ?2, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let ofParticipant = SQL(
    """
    WITH RECURSIVE recorded(entry) AS (
      SELECT last_check FROM participant WHERE id = ?1
      UNION ALL SELECT check_in.earlier FROM recorded CROSS JOIN check_in ON check_in.entry = recorded.entry)
    SELECT \(columns) FROM recorded CROSS JOIN check_in USING(entry) WHERE occurred_at < ?2
    ORDER BY occurred_at DESC, entry DESC LIMIT ?3
    """)
  /// The newest with every reading, however many came after it that left one out.
  static let lastScored = SQL(
    """
    WITH RECURSIVE recorded(entry) AS (
      SELECT last_check FROM participant WHERE id = ?1
      UNION ALL SELECT check_in.earlier FROM recorded CROSS JOIN check_in ON check_in.entry = recorded.entry)
    SELECT \(columns) FROM recorded CROSS JOIN check_in USING(entry) WHERE total IS NOT NULL
    ORDER BY occurred_at DESC, entry DESC LIMIT 1
    """)
  /// A late check-in must not replace a newer one.
  static let updateLast = SQL(
    """
    UPDATE participant SET last_check = ?1, last_entry = ?1, last_at = ?2, last_total = ?3, last_level = ?4, last_readings = ?5,
      last_symptoms = ?6, baseline = coalesce(baseline, ?7), due_at = ?8, due_round = ?9, overdue = 0
    WHERE id = ?10 AND (last_at IS NULL OR last_at <= ?2)
    """)
  static let remind = SQL(
    """
    UPDATE participant SET last_check = ?4, due_at = ?1, due_round = NULL, overdue = 0
    WHERE id = ?2 AND (last_at IS NULL OR last_at <= ?3)
    """)
  static let link = SQL("UPDATE participant SET last_check = ? WHERE id = ?")
}

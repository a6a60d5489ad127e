internal import Sanatorium

enum CheckInTable: Projection {
  static let tables = ["check_in"]
  static let ddl = """
    CREATE TABLE check_in(
      entry INTEGER PRIMARY KEY, batch INTEGER NOT NULL, participant INTEGER NOT NULL, round INTEGER,
      occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, actor BLOB NOT NULL,
      respiration_rate INTEGER, oxygen_saturation INTEGER, oxygen_scale INTEGER, supplemental_oxygen INTEGER,
      systolic INTEGER, diastolic INTEGER, pulse INTEGER, consciousness TEXT, temperature INTEGER, glucose INTEGER,
      symptoms TEXT NOT NULL, remark TEXT NOT NULL, total INTEGER, level TEXT, points TEXT NOT NULL, severity TEXT,
      findings TEXT NOT NULL, reason TEXT, late INTEGER NOT NULL CHECK(late IN (0, 1))) STRICT;
    CREATE INDEX check_in_participant ON check_in(participant, occurred_at);
    """
  static let columns = """
    entry, round, occurred_at, recorded_at, actor, respiration_rate, oxygen_saturation, oxygen_scale, supplemental_oxygen,
    systolic, diastolic, pulse, consciousness, temperature, glucose, symptoms, remark, total, level, points, severity,
    findings, reason, late
    """
  static let insert = SQL(
    """
    INSERT INTO check_in(batch, participant, recorded_at, entry, round, occurred_at, actor, respiration_rate,
      oxygen_saturation, oxygen_scale, supplemental_oxygen, systolic, diastolic, pulse, consciousness, temperature,
      glucose, symptoms, remark, total, level, points, severity, findings, reason, late)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let ofParticipant = SQL(
    """
    SELECT \(columns) FROM check_in WHERE participant = ? AND occurred_at < ? ORDER BY occurred_at DESC, entry DESC
    LIMIT ?
    """)
  /// A late check-in must not replace a newer one.
  static let updateLast = SQL(
    """
    UPDATE participant SET last_entry = ?1, last_at = ?2, last_total = ?3, last_level = ?4, last_readings = ?5,
      last_symptoms = ?6, baseline = coalesce(baseline, ?7), due_at = ?8, due_round = ?9, overdue = 0
    WHERE id = ?10 AND (last_at IS NULL OR last_at <= ?2)
    """)
  static let remind = SQL(
    """
    UPDATE participant SET due_at = ?1, due_round = NULL, overdue = 0
    WHERE id = ?2 AND (last_at IS NULL OR last_at <= ?3)
    """)
}

/// 疗养专项服务小组: who belongs to it now. Earlier states are in the journal.
enum ServiceGroupTable: Projection {
  static let tables = ["service_member"]
  static let ddl = """
    CREATE TABLE service_member(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL,
      side TEXT NOT NULL CHECK(side IN ('organizer', 'host')), name TEXT NOT NULL, unit TEXT NOT NULL,
      telephone TEXT NOT NULL, duties TEXT NOT NULL, accountable TEXT NOT NULL,
      is_lead INTEGER NOT NULL CHECK(is_lead IN (0, 1)), escort BLOB, account BLOB, revision INTEGER NOT NULL,
      changed_at INTEGER NOT NULL, changed_by BLOB NOT NULL,
      removed_at INTEGER, removed_reason TEXT) STRICT;
    CREATE INDEX service_member_batch ON service_member(batch);
    """
  static let columns = """
    id, uuid, batch, side, name, unit, telephone, duties, accountable, is_lead, escort, account, revision, changed_at,
    changed_by, removed_at, removed_reason
    """
  static let ofBatch = SQL("SELECT \(columns) FROM service_member WHERE batch = ? AND removed_at IS NULL ORDER BY id")
  static let byID = SQL("SELECT \(columns) FROM service_member WHERE uuid = ?")
  static let insert = SQL(
    """
    INSERT INTO service_member(id, uuid, batch, side, name, unit, telephone, duties, accountable, is_lead, escort,
      account, revision, changed_at, changed_by)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let update = SQL(
    """
    UPDATE service_member SET name = ?, unit = ?, telephone = ?, duties = ?, accountable = ?, is_lead = ?, escort = ?,
      account = ?, revision = ?, changed_at = ?, changed_by = ?
    WHERE uuid = ?
    """)
  /// A group has one head: whoever was it before is a member from then on, and has been changed.
  static let oneHead = SQL(
    """
    UPDATE service_member SET is_lead = 0, revision = ?, changed_at = ?, changed_by = ?
    WHERE batch = ? AND side = ? AND is_lead = 1 AND uuid <> ? AND removed_at IS NULL
    """)
  static let remove = SQL(
    """
    UPDATE service_member SET removed_at = ?, removed_reason = ?, is_lead = 0, revision = ?, changed_at = ?, changed_by = ?
    WHERE uuid = ?
    """)
}

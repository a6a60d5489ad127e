internal import Evidence
internal import Sanatorium

/// Telephones, tablets and screens that the house has enrolled, each by the SHA-256 of its token. Times are those of the
/// recording.
enum DeviceTable: Projection {
  static let tables = ["device"]
  static let ddl = """
    CREATE TABLE device(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK(kind IN ('phone', 'tablet', 'wall')), token BLOB NOT NULL UNIQUE CHECK(length(token) = 32),
      enrolled_at INTEGER NOT NULL, enrolled_by BLOB NOT NULL, revoked_at INTEGER, revoked_by BLOB) STRICT;
    """

  private static let columns = """
    device.uuid, device.name, device.kind, device.token, device.enrolled_at, device.enrolled_by, device.revoked_at,
    device.revoked_by, device_seen.day
    """
  private static let from = "device LEFT JOIN device_seen ON device_seen.device = device.uuid"
  static let all = SQL("SELECT \(columns) FROM \(from) ORDER BY device.id DESC")
  static let byID = SQL("SELECT \(columns) FROM \(from) WHERE device.uuid = ?")
  static let countInUse = SQL("SELECT count(*) FROM device WHERE revoked_at IS NULL")
  static let isRevoked = SQL("SELECT 1 FROM device WHERE uuid = ? AND revoked_at IS NOT NULL")
  static let insert = SQL(
    "INSERT INTO device(id, uuid, name, kind, token, enrolled_at, enrolled_by) VALUES(?, ?, ?, ?, ?, ?, ?)")
  /// Times of files from before, which were the sender's.
  static let recordedTimes = """
    UPDATE device SET enrolled_at = (SELECT recorded_at FROM journal WHERE seq = device.id),
      revoked_at = (
        SELECT recorded_at FROM journal WHERE batch = 0 AND kind = 4 AND subject = device.uuid ORDER BY +seq LIMIT 1);
    """
  static let revoke = SQL("UPDATE device SET revoked_at = ?, revoked_by = ? WHERE uuid = ?")
}

/// On which day a device was last used. No record of the stay: beside the journal, written once a day.
enum DeviceSeen {
  static let ddl = "CREATE TABLE device_seen(device BLOB PRIMARY KEY, day INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  static let see = SQL(
    "INSERT INTO device_seen(device, day) VALUES(?1, ?2) ON CONFLICT(device) DO UPDATE SET day = max(day, ?2)")
}

struct DeviceEnrolled: CodedPayload {
  static let kind = EntryKind.deviceEnrolled
  struct Open: Codable, Sendable { var kind: DeviceKind }
  struct Personal: Codable, Sendable {
    var name: String
    /// SHA-256 of the token, hexadecimal.
    var token: String
  }
  let openPart: Open
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    guard let token = Digest(hex: personalPart.token) else { throw CorruptRow(column: 0, value: "a device's token") }
    try tables.run(
      DeviceTable.insert, entry.sequence, entry.subject, personalPart.name, openPart.kind.rawValue,
      Blob(token.bytes), entry.recordedAt, entry.actor)
  }
}

struct DeviceRevoked: CodedPayload {
  static let kind = EntryKind.deviceRevoked
  let openPart: Nothing
  let personalPart: Nothing

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(DeviceTable.revoke, entry.recordedAt, entry.actor, entry.subject)
  }
}

public import Sanatorium

/// People who look after a batch, sent with it or of the host, and when they are on duty.
enum EscortTable: Projection {
  static let tables = ["escort", "shift", "roster"]
  static let ddl = """
    CREATE TABLE escort(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK(kind IN ('general', 'medical')), side TEXT NOT NULL CHECK(side IN ('sent', 'host')),
      unit TEXT NOT NULL, telephone TEXT NOT NULL, licence TEXT, licence_kind TEXT, licence_until INTEGER,
      account BLOB, place TEXT NOT NULL DEFAULT 'present' CHECK(place IN ('present', 'outing', 'hospital', 'left')),
      outing INTEGER, revision INTEGER NOT NULL) STRICT;
    CREATE INDEX escort_batch ON escort(batch);
    CREATE TABLE shift(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, escort INTEGER NOT NULL,
      duty TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL CHECK(ends_at > starts_at),
      until_at INTEGER NOT NULL, stands_in INTEGER, reason TEXT NOT NULL DEFAULT '', revision INTEGER NOT NULL) STRICT;
    CREATE INDEX shift_batch ON shift(batch, starts_at);
    CREATE INDEX shift_escort ON shift(escort, starts_at);
    CREATE INDEX shift_stands_in ON shift(stands_in) WHERE stands_in IS NOT NULL;
    CREATE TABLE roster(batch INTEGER PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
    """
  /// For files from before stand-ins: everybody served until the end.
  static let standIns = """
    ALTER TABLE shift ADD COLUMN until_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE shift ADD COLUMN stands_in INTEGER;
    ALTER TABLE shift ADD COLUMN reason TEXT NOT NULL DEFAULT '';
    ALTER TABLE shift ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
    UPDATE shift SET until_at = ends_at, revision = id;
    CREATE INDEX shift_stands_in ON shift(stands_in) WHERE stands_in IS NOT NULL;
    CREATE TABLE roster(batch INTEGER PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
    INSERT INTO roster SELECT batch, max(seq) FROM journal WHERE kind IN (42, 43) GROUP BY batch;
    """
  static let columns = """
    id, uuid, batch, name, kind, side, unit, telephone, licence, licence_kind, licence_until, account, place, outing,
    revision
    """
  static let ofBatch = SQL("SELECT \(columns) FROM escort WHERE batch = ? ORDER BY id")
  static let byID = SQL("SELECT \(columns) FROM escort WHERE uuid = ?")
  static let onDuty = SQL(
    """
    SELECT e.id, e.uuid, e.name, e.kind, e.side, e.telephone, s.duty, s.until_at, e.account, e.place
    FROM shift s JOIN escort e ON e.id = s.escort
    WHERE s.batch = ?1 AND s.starts_at <= ?2 AND s.until_at > ?2 AND s.starts_at > ?2 - 172800000
      AND e.place <> 'left'
    ORDER BY s.starts_at, s.id
    """)
  static let insert = SQL(
    """
    INSERT INTO escort(id, uuid, batch, name, kind, side, unit, telephone, licence, licence_kind, licence_until, account,
      revision)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
  static let update = SQL(
    """
    UPDATE escort SET name = ?, kind = ?, side = ?, unit = ?, telephone = ?, licence = ?, licence_kind = ?,
      licence_until = ?, account = ?, revision = ?
    WHERE uuid = ?
    """)
  static let byAccount = SQL("SELECT \(columns) FROM escort WHERE batch = ? AND account = ? ORDER BY id LIMIT 1")
  static let assign = SQL("UPDATE participant SET escort = ? WHERE id = ?")
  static let insertShift = SQL(
    """
    INSERT INTO shift(id, uuid, batch, escort, duty, starts_at, ends_at, until_at, stands_in, reason, revision)
    VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?1)
    """)
  static let relieve = SQL("UPDATE shift SET until_at = ?, revision = ? WHERE id = ?")
  /// The shift that a stand-in is taken off from is its first owner's again.
  static let restore = SQL(
    """
    UPDATE shift SET until_at = ends_at, revision = ?2 WHERE id = (SELECT stands_in FROM shift WHERE id = ?1)
    """)
  static let originalOf = SQL("SELECT stands_in FROM shift WHERE id = ?")
  /// Changes nothing where the moment is the shift's beginning.
  static let endShift = SQL(
    "UPDATE shift SET ends_at = ?1, until_at = ?1, revision = ?2 WHERE id = ?3 AND starts_at < ?1")
  static let removeShift = SQL("DELETE FROM shift WHERE id = ?")
  static let touch = SQL(
    """
    INSERT INTO roster(batch, revision) VALUES(?, ?) ON CONFLICT(batch) DO UPDATE SET revision = excluded.revision
    """)
  static let revision = SQL("SELECT revision FROM roster WHERE batch = ?")
  private static let shiftColumns = """
    s.id, s.uuid, s.batch, s.duty, s.starts_at, s.ends_at, e.uuid, e.name, e.kind, e.side, s.until_at, o.uuid, p.name,
    s.reason, s.revision, e.account
    """
  private static let shiftTables = """
    shift s JOIN escort e ON e.id = s.escort LEFT JOIN shift o ON o.id = s.stands_in LEFT JOIN escort p ON p.id = o.escort
    """
  static let shiftByID = SQL("SELECT \(shiftColumns) FROM \(shiftTables) WHERE s.uuid = ?")
  static let shiftByKey = SQL("SELECT \(shiftColumns) FROM \(shiftTables) WHERE s.id = ?")
  static let standsIn = SQL("SELECT \(shiftColumns) FROM \(shiftTables) WHERE s.stands_in = ? LIMIT 1")
  /// A shift has at most 48 hours, so what still runs at the beginning began at most so long before.
  static let shiftsBetween = SQL(
    """
    SELECT \(shiftColumns) FROM \(shiftTables)
    WHERE s.batch = ?1 AND s.starts_at > ?2 - 172800000 AND s.starts_at < ?3 AND s.ends_at > ?2
    ORDER BY s.starts_at, s.id
    """)
  static let shiftsOf = SQL("SELECT \(shiftColumns) FROM \(shiftTables) WHERE s.batch = ? ORDER BY s.starts_at, s.id")
  static let overlapping = SQL(
    """
    SELECT \(shiftColumns) FROM \(shiftTables)
    WHERE s.escort = ?1 AND s.starts_at < ?3 AND s.until_at > ?2 AND s.until_at > s.starts_at
    ORDER BY s.starts_at LIMIT 1
    """)
  static let nextChange = SQL("SELECT min(starts_at) FROM shift WHERE batch = ? AND starts_at > ? AND until_at > starts_at")
}

/// Someone on duty at a moment.
public struct OnDuty: Sendable, Hashable {
  let escort: Int64
  public let id: ID
  public let name: String
  public let isMedical: Bool
  /// Sent with the batch, not of the host.
  public let isSent: Bool
  public let telephone: String
  public let duty: Duty
  public let until: Instant
  public let account: ID?
  /// Where they are; who is on duty may be out with an outing.
  public let place: EscortPlace
}

extension Connection {
  func onDuty(batch: Int64, at now: Instant) throws -> [OnDuty] {
    try all(EscortTable.onDuty, batch, now) { row in
      OnDuty(
        escort: row.int64(0), id: row.id(1), name: row.text(2), isMedical: row.text(3) == "medical",
        isSent: row.text(4) == "sent", telephone: row.text(5), duty: try row.code(6), until: row.instant(7),
        account: row.optionalID(8), place: try row.code(9))
    }
  }

  /// Who stands in each tier of an alert about one person (or about none) at a moment.
  func people(batch: Int64, escort: Int64?, at now: Instant) throws -> [AlertTier: [ID]] {
    var people: [AlertTier: [ID]] = [:]
    let onDuty = try onDuty(batch: batch, at: now)
    let own = onDuty.filter { $0.escort == escort }
    // Without an assigned escort on duty, any escort on duty is asked first: an alert about a person is never nobody's.
    let first = own.isEmpty ? onDuty.filter { $0.duty == .escort } : own
    if !first.isEmpty { people[.assigned] = first.map(\.id) }
    for (duty, tier) in [
      (Duty.medicalLead, AlertTier.medicalLead), (.dutyLead, .dutyLead), (.facilityHead, .facilityHead),
      (.organizerLead, .organizer),
    ] {
      let here = onDuty.filter { $0.duty == duty }.map(\.id)
      if !here.isEmpty { people[tier] = here }
    }
    return people
  }
}

extension Reader {
  public func onDuty(in batch: Batch, at now: Instant) throws -> [OnDuty] {
    try tables.onDuty(batch: batch.key, at: now)
  }
}

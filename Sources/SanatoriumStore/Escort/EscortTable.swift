public import Sanatorium

/// People who look after a batch, sent with it or of the host, and when they are on duty.
enum EscortTable: Projection {
  static let tables = ["escort", "shift"]
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
      duty TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL CHECK(ends_at > starts_at)) STRICT;
    CREATE INDEX shift_batch ON shift(batch, starts_at);
    CREATE INDEX shift_escort ON shift(escort, starts_at);
    """
  static let columns = """
    id, uuid, batch, name, kind, side, unit, telephone, licence, licence_kind, licence_until, account, place, outing,
    revision
    """
  static let ofBatch = SQL("SELECT \(columns) FROM escort WHERE batch = ? ORDER BY id")
  static let byID = SQL("SELECT \(columns) FROM escort WHERE uuid = ?")
  static let onDuty = SQL(
    """
    SELECT e.id, e.uuid, e.name, e.kind, e.side, e.telephone, s.duty, s.ends_at, e.account, e.place
    FROM shift s JOIN escort e ON e.id = s.escort
    WHERE s.batch = ?1 AND s.starts_at <= ?2 AND s.ends_at > ?2 AND s.starts_at > ?2 - 172800000
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
    "INSERT INTO shift(id, uuid, batch, escort, duty, starts_at, ends_at) VALUES(?, ?, ?, ?, ?, ?, ?)")
  static let removeShift = SQL("DELETE FROM shift WHERE id = ?")
  static let shiftColumns = "s.id, s.uuid, s.batch, s.duty, s.starts_at, s.ends_at, e.uuid, e.name, e.kind, e.side"
  static let shiftByID = SQL(
    "SELECT \(shiftColumns) FROM shift s JOIN escort e ON e.id = s.escort WHERE s.uuid = ?")
  /// A shift has at most 48 hours, so what still runs at the beginning began at most so long before.
  static let shiftsBetween = SQL(
    """
    SELECT \(shiftColumns) FROM shift s JOIN escort e ON e.id = s.escort
    WHERE s.batch = ?1 AND s.starts_at > ?2 - 172800000 AND s.starts_at < ?3 AND s.ends_at > ?2
    ORDER BY s.starts_at, s.id
    """)
  static let overlapping = SQL(
    """
    SELECT \(shiftColumns) FROM shift s JOIN escort e ON e.id = s.escort
    WHERE s.escort = ?1 AND s.starts_at < ?3 AND s.ends_at > ?2 ORDER BY s.starts_at LIMIT 1
    """)
  static let nextChange = SQL("SELECT min(starts_at) FROM shift WHERE batch = ? AND starts_at > ?")
}

/// What a person does on a shift; the alert tiers are found by it.
public enum Duty: String, Sendable, Codable, CaseIterable {
  /// 包组联络员、随行医护: looks after the people assigned.
  case escort
  case medicalLead = "medical-lead"
  case dutyLead = "duty-lead"
  case facilityHead = "facility-head"
  case organizerLead = "organizer-lead"
  case reception, security, logistics

  public var name: Text {
    switch self {
    case .escort: Text("随队值守", "Escort")
    case .medicalLead: Text("医疗负责人", "Medical lead")
    case .dutyLead: Text("值班负责人", "Duty lead")
    case .facilityHead: Text("设施负责人", "Facility head")
    case .organizerLead: Text("组织单位领队", "Organizer’s lead")
    case .reception: Text("前台", "Reception")
    case .security: Text("安保、消控室", "Security")
    case .logistics: Text("后勤", "Logistics")
    }
  }
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

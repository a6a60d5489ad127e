internal import Sanatorium

/// What a check has to know of the person before it is recorded: a few of the row's columns, because it is read for every
/// check. Whoever needs a name reads the whole row.
struct CheckedPerson {
  let key: Int64
  let id: ID
  let batch: Int64
  /// 2 only on a doctor's recorded decision.
  let oxygenScale: Int
  let place: Place
  let lastAt: Instant?
  /// Compact JSON of `Readings`.
  let baseline: String?
  let dueRound: Int64?
  let arrivedAt: Instant?
  let departedAt: Instant?
  /// Whether there is an unresolved alert that a calm check could end.
  let hasHealthAlert: Bool

  /// Whether the house looks after the person now.
  var isHere: Bool { place == .present || place == .outing }

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    oxygenScale = row.int(3)
    place = try row.code(4)
    lastAt = row.optionalInstant(5)
    baseline = row.optionalText(6)
    dueRound = row.optionalInt64(7)
    arrivedAt = row.optionalInstant(8)
    departedAt = row.optionalInstant(9)
    hasHealthAlert = row.bool(10)
  }
}

extension Connection {
  // Two questions about alerts, because SQLite would build a table for `IN`.
  private static let checked = SQL(
    """
    SELECT p.id, p.uuid, p.batch, p.oxygen_scale, p.place, p.last_at, p.baseline, p.due_round, p.arrived_at, p.departed_at,
      EXISTS(SELECT 1 FROM alert a
        WHERE a.batch = p.batch AND a.code = 'health' AND a.participant = p.id AND a.state <> 'resolved')
      OR EXISTS(SELECT 1 FROM alert a
        WHERE a.batch = p.batch AND a.code = 'follow-up-overdue' AND a.participant = p.id AND a.state <> 'resolved')
    FROM participant p WHERE p.uuid = ?
    """)

  func checkedPerson(_ id: ID) throws -> CheckedPerson {
    guard let person = try first(Connection.checked, id, read: CheckedPerson.init) else {
      throw Refusal.notFound(Text("没有这个人。", "There is no such participant."))
    }
    return person
  }
}

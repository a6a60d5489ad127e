internal import Sanatorium

/// How many of a batch are where, as the board shows it.
public struct Presence: Sendable, Hashable {
  public var listed = 0
  /// Ever arrived.
  public var arrived = 0
  /// In the house now.
  public var present = 0
  /// Held (暂留待核) and not departed, wherever they are.
  public var held = 0
  public var outing = 0
  public var leave = 0
  public var hospital = 0
  public var departed = 0
  /// Not arrived and still awaited.
  public var expected = 0
  public var noShow = 0
  public var withdrawn = 0
  /// Refused without having arrived.
  public var refused = 0
  public var admitted = 0
  /// Leave or outing overdue.
  public var overdueReturns = 0

  public init() {}

  /// Counts people of one standing at one place, so many of them late from leave or an outing.
  mutating func add(_ admission: Admission, _ place: Place, _ count: Int = 1, overdue: Int) {
    listed += count
    overdueReturns += overdue
    if place != .notArrived { arrived += count }
    if admission == .held, place != .departed { held += count }
    if admission == .admitted { admitted += count }
    switch place {
    case .present: present += count
    case .outing: outing += count
    case .leave: leave += count
    case .hospital: hospital += count
    case .departed: departed += count
    case .notArrived:
      switch admission {
      case .noShow: noShow += count
      case .withdrawn: withdrawn += count
      case .refused: refused += count
      case .expected, .held, .admitted: expected += count
      }
    }
  }
}

private enum PresenceSQL {
  static let counts = SQL(
    """
    SELECT admission, place, count(*), sum(back_overdue) FROM participant WHERE batch = ? GROUP BY admission, place
    """)
  static let overdue = SQL(
    """
    SELECT \(ParticipantTable.columns) FROM participant WHERE batch = ? AND back_overdue = 1
    ORDER BY expected_back, number
    """)
}

extension Reader {
  public func presence(in batch: Batch) throws -> Presence {
    var presence = Presence()
    let rows = try tables.all(PresenceSQL.counts, batch.key) { row in
      (try row.code(0, as: Admission.self), try row.code(1, as: Place.self), row.int(2), row.int(3))
    }
    for (admission, place, count, overdue) in rows { presence.add(admission, place, count, overdue: overdue) }
    return presence
  }

  /// Those whose leave or outing should have ended, the longest overdue first.
  public func overdueReturns(in batch: Batch) throws -> [Participant] {
    try tables.all(PresenceSQL.overdue, batch.key, read: Participant.init)
  }

  /// The people whom somebody means who typed this: by name, initials, room, badge or number in the list; nobody for a
  /// blank text. The best matches first, then in the list's order.
  public func participants(of batch: Batch, matching text: String) throws -> [Participant] {
    let search = PersonSearch(text)
    guard !search.isEmpty else { return [] }
    return try participants(of: batch).compactMap { person in
      search.match(name: person.name, room: person.room, badge: person.badge, number: person.number).map { ($0, person) }
    }.sorted { ($0.0, $0.1.number) < ($1.0, $1.1.number) }.map(\.1)
  }
}

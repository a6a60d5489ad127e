public import Sanatorium

/// Who was where from when to when: one row per stay at a place, for participants and for escorts. The last row of a
/// person is open-ended. A movement that is recorded late does not reach back behind the one before it.
enum WhereaboutsTable: Projection {
  static let tables = ["whereabouts"]
  static let ddl = """
    CREATE TABLE whereabouts(
      batch INTEGER NOT NULL, side TEXT NOT NULL CHECK(side IN ('participant', 'escort')), person INTEGER NOT NULL,
      entry INTEGER NOT NULL, place TEXT NOT NULL, outing INTEGER, since INTEGER NOT NULL, until INTEGER,
      PRIMARY KEY(batch, side, person, entry)) STRICT, WITHOUT ROWID;
    """
  static let end = SQL(
    """
    UPDATE whereabouts SET until = max(since, ?) WHERE batch = ? AND side = ? AND person = ? AND until IS NULL
    """)
  static let begin = SQL(
    """
    INSERT INTO whereabouts(batch, side, person, entry, place, outing, since)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6,
      max(?7, coalesce((SELECT max(until) FROM whereabouts WHERE batch = ?1 AND side = ?2 AND person = ?3), ?7))
    """)
  static let ofPerson = SQL(
    """
    SELECT w.place, w.since, w.until, o.uuid, o.destination FROM whereabouts w LEFT JOIN outing o ON o.id = w.outing
    WHERE w.batch = ? AND w.side = 'participant' AND w.person = ? ORDER BY w.since, w.entry
    """)
  /// Those who count for the ratio, while they do (readings Q5, Q6).
  static let counted = SQL(
    """
    SELECT w.side, w.person, w.since, w.until, e.kind, o.uuid, o.returned_at, m.state
    FROM whereabouts w LEFT JOIN escort e ON w.side = 'escort' AND e.id = w.person
      LEFT JOIN outing o ON o.id = w.outing
      LEFT JOIN outing_member m ON m.outing = w.outing AND m.side = w.side AND m.person = w.person
    WHERE w.batch = ?1 AND w.place IN ('present', 'outing') AND (w.side = 'participant' OR e.side = 'sent')
      AND w.since < ?3 AND (w.until IS NULL OR w.until > ?2)
    """)
}

/// One part of a person's way through the stay.
public struct Whereabouts: Sendable, Hashable {
  public let place: Place
  public let since: Instant
  /// Nil while it lasts.
  public let until: Instant?
  public let outing: ID?
  /// Where the outing went; empty otherwise.
  public let destination: String
}

extension Connection {
  func recordWhereabouts(side: String, person: Int64, place: String, outing: Int64?, by entry: AppliedEntry) throws {
    try run(WhereaboutsTable.end, entry.occurredAt, entry.batch, side, person)
    try run(WhereaboutsTable.begin, entry.batch, side, person, entry.sequence, place, outing, entry.occurredAt)
  }
}

extension Reader {
  /// A participant's places in their order.
  public func whereabouts(of participant: Participant) throws -> [Whereabouts] {
    try tables.all(WhereaboutsTable.ofPerson, participant.batch, participant.key) { row in
      Whereabouts(
        place: try row.code(0), since: row.instant(1), until: row.optionalInstant(2), outing: row.optionalID(3),
        destination: row.text(4))
    }
  }
}

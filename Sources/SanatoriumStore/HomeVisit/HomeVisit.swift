public import Sanatorium

/// 走访慰问: a visit that the sending unit owes somebody whose health kept them from the stay. Made or not, it stands in
/// the report.
public struct HomeVisit: Sendable, Hashable {
  let key: Int64
  public let participant: ID
  public let name: String
  /// The sending unit, whose duty the visit is.
  public let unit: String
  public let cause: HomeVisitCause
  /// When it came to be owed.
  public let since: Instant
  /// The day on which it was made; nil while it is owed.
  public let visitedOn: Day?
  /// Who made it.
  public let visitor: String?
  public let note: String?

  init(_ row: Row) throws {
    key = row.int64(0)
    participant = row.id(1)
    name = row.text(2)
    unit = row.text(3)
    cause = try row.code(4)
    since = row.instant(5)
    visitedOn = row.optionalDay(6)
    visitor = row.optionalText(7)
    note = row.optionalText(8)
  }
}

enum HomeVisitTable: Projection {
  static let tables = ["home_visit"]
  static let ddl = """
    CREATE TABLE home_visit(
      participant INTEGER PRIMARY KEY, batch INTEGER NOT NULL, cause TEXT NOT NULL, since INTEGER NOT NULL,
      visited_on INTEGER, visitor TEXT, note TEXT) STRICT;
    CREATE INDEX home_visit_batch ON home_visit(batch);
    """
  private static let columns =
    "h.participant, p.uuid, p.name, p.unit, h.cause, h.since, h.visited_on, h.visitor, h.note"
  static let ofBatch = SQL(
    """
    SELECT \(columns) FROM home_visit h JOIN participant p ON p.id = h.participant WHERE h.batch = ?
    ORDER BY h.visited_on IS NOT NULL, p.unit, p.number
    """)
  static let ofParticipant = SQL(
    "SELECT \(columns) FROM home_visit h JOIN participant p ON p.id = h.participant WHERE h.participant = ?")
  static let owe = SQL(
    "INSERT INTO home_visit(participant, batch, cause, since) VALUES(?, ?, ?, ?) ON CONFLICT(participant) DO NOTHING")
  static let lapse = SQL("DELETE FROM home_visit WHERE participant = ?")
  static let make = SQL("UPDATE home_visit SET visited_on = ?, visitor = ?, note = ? WHERE participant = ?")
}

extension Connection {
  func homeVisit(of participant: Int64) throws -> HomeVisit? {
    try first(HomeVisitTable.ofParticipant, participant, read: HomeVisit.init)
  }
}

extension Reader {
  /// Those still owed first, by sending unit.
  public func homeVisits(of batch: Batch) throws -> [HomeVisit] {
    try tables.all(HomeVisitTable.ofBatch, batch.key, read: HomeVisit.init)
  }
}

internal import GRDBSQLite
public import Sanatorium

/// Someone of the batch as the board and the emergency list show them: no readings, no scores.
public struct BoardPerson: Sendable, Hashable {
  let key: Int64
  public let id: ID
  public let number: Int
  public let name: String
  public let room: String
  public let admission: Admission
  public let place: Place
  /// Since when they are where they are; nil before arrival.
  public let placeSince: Instant?
  /// Which hospital, where on leave.
  public let placeNote: String
  /// When leave or an outing should end.
  public let expectedBack: Instant?
  /// Leave or outing should have ended.
  public let isBackOverdue: Bool
  /// When the next check is due; nil when none is.
  public let dueAt: Instant?
  /// The check is one of a planned round; a check that a score asked for otherwise.
  public let isRoundDue: Bool
  /// The check should have been made.
  public let isOverdue: Bool
  let outing: Int64?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    number = row.int(2)
    name = row.text(3)
    room = row.text(4)
    admission = try row.code(5)
    place = try row.code(6)
    placeSince = row.optionalInstant(7)
    placeNote = row.text(8)
    expectedBack = row.optionalInstant(9)
    isBackOverdue = row.bool(10)
    dueAt = row.optionalInstant(11)
    isRoundDue = !row.isNull(12)
    isOverdue = row.bool(13)
    outing = row.optionalInt64(14)
  }

  /// In the house's care now, so that checks are due.
  var isHere: Bool { place == .present || place == .outing }
}

/// The statements of the board; a test keeps their plans free of the journal and of check-ins.
enum BoardSQL {
  static let people = SQL(
    """
    SELECT id, uuid, number, name, room, admission, place, place_since, place_note, expected_back, back_overdue, due_at,
      due_round, overdue, outing
    FROM participant WHERE batch = ? ORDER BY number
    """)
  static let emergency = SQL(
    """
    SELECT p.name, p.room, p.place, p.place_note, o.destination, p.allergies, p.medicines, p.conditions, p.family_name,
      p.family_relation, p.family_telephone, p.telephone, e.name, e.telephone
    FROM participant p LEFT JOIN escort e ON e.id = p.escort LEFT JOIN outing o ON o.id = p.outing
    WHERE p.batch = ? AND p.place NOT IN ('not-arrived', 'departed') ORDER BY p.number
    """)

  /// Everything that one picture of the board reads.
  static let all = [
    people, emergency, RoundTable.at, RoundTable.counts, RoundTable.outcomes, AlertTable.ofState, EscortTable.onDuty,
    OutingTable.withPeopleAway, BatchTable.active, ActivationTable.open, IncidentTable.open,
  ]
}

extension Connection {
  /// The query plan of a statement, one line per step.
  func plan(of sql: SQL) throws -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, "EXPLAIN QUERY PLAN \(sql.text)", -1, &statement, nil) == SQLITE_OK else {
      throw SQLiteFault(
        code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), sql: sql.text)
    }
    defer { sqlite3_finalize(statement) }
    var lines: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      if let text = sqlite3_column_text(statement, 3) { lines.append(String(cString: text)) }
    }
    return lines
  }
}

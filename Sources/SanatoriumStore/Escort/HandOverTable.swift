internal import Evidence
internal import Sanatorium

enum HandOverTable: Projection {
  static let tables = ["hand_over"]
  static let ddl = """
    CREATE TABLE hand_over(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, shift INTEGER NOT NULL UNIQUE,
      shift_uuid BLOB NOT NULL, duty TEXT NOT NULL, escort BLOB NOT NULL, name TEXT NOT NULL, starts_at INTEGER NOT NULL,
      change_at INTEGER NOT NULL, expected INTEGER NOT NULL, present INTEGER NOT NULL, outing INTEGER NOT NULL,
      leave INTEGER NOT NULL, hospital INTEGER NOT NULL, arrived INTEGER NOT NULL, departed INTEGER NOT NULL,
      deputy TEXT NOT NULL, people TEXT NOT NULL, incidents TEXT NOT NULL, rounds TEXT NOT NULL, tasks TEXT NOT NULL,
      medicines TEXT NOT NULL, keys TEXT NOT NULL, vehicles TEXT NOT NULL, written_by TEXT NOT NULL,
      written_at INTEGER NOT NULL, giver BLOB, giver_name TEXT, giver_at INTEGER, taker BLOB, taker_name TEXT,
      taker_at INTEGER, late INTEGER NOT NULL DEFAULT 0 CHECK(late IN (0, 1)), revision INTEGER NOT NULL) STRICT;
    CREATE INDEX hand_over_batch ON hand_over(batch, change_at);
    """
  private static let columns = """
    id, uuid, batch, shift_uuid, duty, escort, name, starts_at, change_at, expected, present, outing, leave, hospital,
    arrived, departed, deputy, people, incidents, rounds, tasks, medicines, keys, vehicles, written_by, written_at, giver,
    giver_name, giver_at, taker, taker_name, taker_at, late, revision
    """
  static let byID = SQL("SELECT \(columns) FROM hand_over WHERE uuid = ?")
  static let byKey = SQL("SELECT \(columns) FROM hand_over WHERE id = ?")
  static let ofShift = SQL("SELECT \(columns) FROM hand_over WHERE shift = ?")
  static let ofShiftID = SQL("SELECT \(columns) FROM hand_over WHERE shift_uuid = ?")
  static let signatures = SQL(
    "SELECT uuid, giver IS NOT NULL, taker IS NOT NULL, late FROM hand_over WHERE shift = ?")
  static let ofBatch = SQL("SELECT \(columns) FROM hand_over WHERE batch = ? ORDER BY change_at DESC, id DESC LIMIT ?")
  static let insert = SQL(
    """
    INSERT INTO hand_over(id, uuid, batch, shift, shift_uuid, duty, escort, name, starts_at, change_at, expected, present,
      outing, leave, hospital, arrived, departed, deputy, people, incidents, rounds, tasks, medicines, keys, vehicles,
      written_by, written_at, revision)
    VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, 0, 0, 0, 0, 0, '', '', '', '', '', '', '', '', '', 0, ?1)
    """)
  static let figures = SQL(
    """
    UPDATE hand_over SET expected = ?, present = ?, outing = ?, leave = ?, hospital = ?, arrived = ?, departed = ?
    WHERE uuid = ?
    """)
  static let words = SQL(
    """
    UPDATE hand_over SET deputy = ?, people = ?, incidents = ?, rounds = ?, tasks = ?, medicines = ?, keys = ?, vehicles = ?,
      written_by = ?, written_at = ?, revision = ?
    WHERE uuid = ?
    """)
  static let give = SQL("UPDATE hand_over SET giver = ?, giver_name = ?, giver_at = ? WHERE uuid = ?")
  static let take = SQL("UPDATE hand_over SET taker = ?, taker_name = ?, taker_at = ?, revision = ? WHERE uuid = ?")
  static let late = SQL("UPDATE hand_over SET late = 1 WHERE id = ?")
  /// The note of a shift that still lacks a signature, and until when the shift is served; null where it is not at all.
  static let unsigned = SQL(
    """
    SELECT h.id, h.change_at, h.late, s.until_at, d.at FROM hand_over h
    LEFT JOIN shift s ON s.id = h.shift AND s.until_at > s.starts_at
    LEFT JOIN deadline d ON d.kind = 'handOver' AND d.subject = h.id
    WHERE h.shift = ? AND (h.giver IS NULL OR h.taker IS NULL)
    """)
  static let move = SQL("UPDATE hand_over SET change_at = ? WHERE id = ?")
  static let present = SQL(
    """
    SELECT place, count(*) FROM whereabouts
    WHERE batch = ?1 AND side = 'participant' AND since <= ?2 AND (until IS NULL OR until > ?2) GROUP BY place
    """)
  static let moved = SQL(
    """
    SELECT count(*) FILTER (WHERE arrived_at >= ?2 AND arrived_at <= ?3),
      count(*) FILTER (WHERE departed_at >= ?2 AND departed_at <= ?3)
    FROM participant WHERE batch = ?1
    """)
}

extension Connection {
  /// Who was where at a moment, and who came and went from a beginning until then.
  func handOverFigures(batch: Int64, since start: Instant, at moment: Instant) throws -> HandOverFigures {
    var figures = HandOverFigures()
    for (place, count) in try all(HandOverTable.present, batch, moment, read: { (try $0.code(0, as: Place.self), $0.int(1)) }) {
      switch place {
      case .present: figures.present = count
      case .outing: figures.outing = count
      case .leave: figures.leave = count
      case .hospital: figures.hospital = count
      case .notArrived, .departed: break
      }
    }
    figures.expected = figures.present + figures.outing + figures.leave + figures.hospital
    if let (arrived, departed) = try first(HandOverTable.moved, batch, start, moment, read: { ($0.int(0), $0.int(1)) }) {
      (figures.arrived, figures.departed) = (arrived, departed)
    }
    return figures
  }
}

extension Connection {
  /// Called from `apply` once a shift's end may have moved: its note is for the change of shift as it is now, and gets an
  /// hour from there, or from when the house learned of it where that was later. One that both have signed tells of the
  /// change that it was signed for; one that is late stays so; one whose shift nobody serves any more is asked of nobody.
  func moveHandOver(of shift: Int64, by entry: AppliedEntry) throws {
    let found = try first(HandOverTable.unsigned, shift) { row in
      (note: row.int64(0), change: row.instant(1), isLate: row.bool(2), until: row.optionalInstant(3), isDue: !row.isNull(4))
    }
    guard let found else { return }
    guard let until = found.until else { return try setDeadline(.handOver, found.note, batch: entry.batch, at: nil) }
    // Served by nobody for a while it was asked of nobody.
    guard until != found.change || !found.isDue else { return }
    try run(HandOverTable.move, until, found.note)
    guard !found.isLate else { return }
    try setDeadline(.handOver, found.note, batch: entry.batch, at: max(until, entry.recordedAt) + HandOver.limit)
  }
}

/// The note of a shift, as it was written last; the subject is the note.
struct HandOverWritten: CodedPayload {
  static let kind = EntryKind.handOverWritten
  struct Personal: Codable, Sendable {
    var shift: Int64
    var shiftID: ID
    var escort: ID
    var name: String
    var startsAt: Instant
    var figures: HandOverFigures
    var deputy: String
    var people: String
    var incidents: String
    var rounds: String
    var tasks: String
    var medicines: String
    var keys: String
    var vehicles: String
    var writer: String
    /// Whether whoever wrote it has signed it as handing over.
    var signed: Bool
  }
  let openPart: Open.HandOver
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let note = personalPart
    let isNew = try !tables.exists(HandOverTable.byID, entry.subject)
    if isNew {
      try tables.run(
        HandOverTable.insert, entry.sequence, entry.subject, entry.batch, note.shift, note.shiftID, openPart.duty, note.escort,
        note.name, note.startsAt, openPart.changeAt)
      try tables.setDeadline(
        .handOver, entry.sequence, batch: entry.batch, at: max(openPart.changeAt, entry.occurredAt) + HandOver.limit)
    }
    let figures = note.figures
    try tables.run(
      HandOverTable.figures, figures.expected, figures.present, figures.outing, figures.leave, figures.hospital,
      figures.arrived, figures.departed, entry.subject)
    try tables.run(
      HandOverTable.words, note.deputy, note.people, note.incidents, note.rounds, note.tasks, note.medicines, note.keys,
      note.vehicles, note.writer, entry.occurredAt, entry.sequence, entry.subject)
    try tables.run(
      HandOverTable.give, note.signed ? entry.actor : nil, note.signed ? note.writer : nil,
      note.signed ? entry.occurredAt : nil, entry.subject)
  }
}

struct HandOverSigned: CodedPayload {
  static let kind = EntryKind.handOverSigned
  struct Personal: Codable, Sendable {
    var note: Int64
    var name: String
  }
  let openPart: Open.HandOver
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      HandOverTable.take, entry.actor, personalPart.name, entry.occurredAt, entry.sequence, entry.subject)
    try tables.setDeadline(.handOver, personalPart.note, batch: entry.batch, at: nil)
  }
}

struct HandOverPassed: CodedPayload {
  static let kind = EntryKind.handOverLate
  struct Personal: Codable, Sendable { var note: Int64 }
  let openPart: Open.HandOver
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(HandOverTable.late, personalPart.note)
    try tables.setDeadline(.handOver, personalPart.note, batch: entry.batch, at: nil)
  }
}

public import Sanatorium

/// How many were where when a note was written; filled in by the house itself.
public struct HandOverFigures: Sendable, Hashable, Codable {
  /// 应在: who has arrived and not departed.
  public var expected = 0
  /// 实在: of them in the house.
  public var present = 0
  public var outing = 0
  public var leave = 0
  public var hospital = 0
  /// 新到 and 离开, both since the shift began.
  public var arrived = 0
  public var departed = 0
}

/// What somebody writes into a note.
public struct HandOverDraft: Sendable, Hashable {
  /// 副班
  public var deputy = ""
  /// 重点人员: who must be looked after; tells of their health.
  public var people = ""
  public var incidents = ""
  public var rounds = ""
  /// 未办毕事项
  public var tasks = ""
  public var medicines = ""
  public var keys = ""
  public var vehicles = ""

  public init() {}
}

/// A signature: whose, and when.
public struct HandOverSignature: Sendable, Hashable {
  public let account: ID
  public let name: String
  public let at: Instant
}

/// 交接班记录: what one shift tells the next.
public struct HandOver: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let shift: ID
  public let duty: Duty
  /// 值班长: whose shift it was.
  public let escort: ID
  public let name: String
  public let startsAt: Instant
  /// When the next shift takes over.
  public let changeAt: Instant
  public let figures: HandOverFigures
  public let words: HandOverDraft
  public let writtenBy: String
  public let writtenAt: Instant
  /// 交班人, 接班人
  public let giver: HandOverSignature?
  public let taker: HandOverSignature?
  /// An hour after the change of shift it was not signed by both.
  public let isLate: Bool
  /// The sequence of the entry that changed it last.
  public let revision: Int64

  /// Signed by who goes, and not yet by who comes.
  public var waitsForTaker: Bool { giver != nil && taker == nil }

  public var isOpen: Bool { giver == nil || taker == nil }

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    shift = row.id(3)
    duty = try row.code(4)
    escort = row.id(5)
    name = row.text(6)
    startsAt = row.instant(7)
    changeAt = row.instant(8)
    figures = HandOverFigures(
      expected: row.int(9), present: row.int(10), outing: row.int(11), leave: row.int(12), hospital: row.int(13),
      arrived: row.int(14), departed: row.int(15))
    var words = HandOverDraft()
    words.deputy = row.text(16)
    words.people = row.text(17)
    words.incidents = row.text(18)
    words.rounds = row.text(19)
    words.tasks = row.text(20)
    words.medicines = row.text(21)
    words.keys = row.text(22)
    words.vehicles = row.text(23)
    self.words = words
    writtenBy = row.text(24)
    writtenAt = row.instant(25)
    giver = HandOverSignature(row, 26)
    taker = HandOverSignature(row, 29)
    isLate = row.bool(32)
    revision = row.int64(33)
  }
}

extension HandOverSignature {
  init?(_ row: Row, _ column: CInt) {
    guard let account = row.optionalID(column) else { return nil }
    self.init(account: account, name: row.text(column + 1), at: row.instant(column + 2))
  }
}

/// A signature that somebody still owes.
public struct HandOverCall: Sendable, Hashable {
  public enum Side: Sendable { case give, take }
  public let side: Side
  public let duty: Duty
  /// Whose shift ends.
  public let name: String
  public let shift: ID
  /// Nil while nothing is written.
  public let note: ID?
  public let changeAt: Instant
  public let isLate: Bool
  /// The accounts of those who owe it.
  public let accounts: [ID]
}

extension Duty {
  /// A change of this duty asks for a note.
  public var isHandedOver: Bool { self == .dutyLead || self == .medicalLead }
}

extension Connection {
  func handOver(_ id: ID) throws -> HandOver {
    guard let note = try first(HandOverTable.byID, id, read: HandOver.init) else {
      throw Refusal.notFound(Text("没有这份交接班记录。", "There is no such hand-over note."))
    }
    return note
  }

  /// Who serves the same duty next, from about the change of shift on; after a medical lead also the medical escorts.
  func nextShifts(batch: Int64, duty: Duty, after change: Instant, besides shift: ID) throws -> [Shift] {
    try all(EscortTable.shiftsBetween, batch, change - .minutes(30), change + .hours(1), read: Shift.init).filter {
      let follows = $0.duty == duty || duty == .medicalLead && $0.duty == .escort && $0.kind == .medical
      return follows && $0.id != shift && $0.isServed && $0.until > change
    }
  }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func handOver(_ id: ID) throws -> HandOver { try tables.handOver(id) }

  public func handOver(of shift: Shift) throws -> HandOver? {
    try tables.first(HandOverTable.ofShift, shift.key, read: HandOver.init)
  }

  /// Newest first.
  public func handOvers(of batch: Batch, limit: Int = 100) throws -> [HandOver] {
    try tables.all(HandOverTable.ofBatch, batch.key, limit, read: HandOver.init)
  }

  /// The batch a note belongs to.
  public func batch(of note: HandOver) throws -> Batch { try tables.batch(key: note.batch) }

  /// The shift that a note is of; nil where it was taken off the rota.
  public func shift(of note: HandOver) throws -> Shift? {
    try tables.first(EscortTable.shiftByID, note.shift, read: Shift.init)
  }

  /// Who takes over from a note.
  public func takers(of note: HandOver) throws -> [Shift] {
    try tables.nextShifts(batch: note.batch, duty: note.duty, after: note.changeAt, besides: note.shift)
  }

  /// How many are where at the change of a shift, or now where that is ahead, and came and went since it began.
  public func handOverFigures(of shift: Shift, at now: Instant) throws -> HandOverFigures {
    try tables.handOverFigures(batch: shift.batch, since: shift.startsAt, at: min(shift.until, now))
  }

  /// The signatures that are owed now: of shifts that end within half an hour or ended within the last day. A note that
  /// was written is owed until both have signed it, a shift of a duty that is handed over until its note is there.
  ///
  /// Everybody's at once: whose each is stands in it. Of the notes only the signatures of those shifts are read.
  public func handOverCalls(of batch: Batch, at now: Instant) throws -> [HandOverCall] {
    guard batch.state == .open else { return [] }
    let shifts = try shifts(of: batch, from: now - .days(1), until: now + .minutes(30))
      .filter { $0.isServed && $0.until <= now + .minutes(30) && $0.until > now - .days(1) }
    return try shifts.compactMap { shift in
      let note = try tables.first(HandOverTable.signatures, shift.key) { row in
        (id: row.id(0), isGiven: row.bool(1), isTaken: row.bool(2), isLate: row.bool(3))
      }
      func call(_ side: HandOverCall.Side, _ accounts: [ID]) -> HandOverCall {
        HandOverCall(
          side: side, duty: shift.duty, name: shift.name, shift: shift.id, note: note?.id, changeAt: shift.until,
          isLate: note?.isLate ?? (now > shift.until + HandOver.limit), accounts: accounts)
      }
      // Who was relieved in the middle owes what they have written; the note of the duty is the stand-in's.
      guard let note else { return shift.duty.isHandedOver && !shift.isTakenOver ? call(.give, [shift.account].compactMap(\.self)) : nil }
      if !note.isGiven { return call(.give, [shift.account].compactMap(\.self)) }
      guard !note.isTaken else { return nil }
      let next = try tables.nextShifts(batch: batch.key, duty: shift.duty, after: shift.until, besides: shift.id)
      return call(.take, next.compactMap(\.account))
    }
  }
}

extension Shift {
  /// Whether somebody may write the note of this shift: whoever serves it, and for them the duty lead and the organizer.
  public func isHandedOver(by actor: Actor) -> Bool {
    account == actor.account || actor.role == .lead || actor.role == .organizer
  }
}

extension HandOver {
  /// Whether somebody may sign for what they take over: of the next shifts, or the duty lead; never who has handed over.
  public func isTakenOver(by actor: Actor, next: [Shift]) -> Bool {
    giver?.account != actor.account && (actor.role == .lead || next.contains { $0.account == actor.account })
  }
}

extension HandOver {
  /// So long after the change of shift a note that isn't signed by both is late.
  public static let limit = Span.hours(1)
}

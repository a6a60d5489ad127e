public import Sanatorium

/// One person's time on duty.
public struct Shift: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let duty: Duty
  public let startsAt: Instant
  public let endsAt: Instant
  public let escort: ID
  public let name: String
  public let kind: EscortKind
  public let side: EscortSide
  /// Until when this person serves: before `endsAt` where somebody takes over, `startsAt` where that is from the beginning.
  public let until: Instant
  /// The shift of the rota that this one takes over, and whose it is; nil for a shift of the rota itself.
  public let standsInFor: ID?
  public let insteadOf: String?
  /// Why somebody else serves.
  public let reason: String
  /// The sequence of the entry that changed it last.
  public let revision: Int64
  /// The account that the person signs in with.
  public let account: ID?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    duty = try row.code(3)
    startsAt = row.instant(4)
    endsAt = row.instant(5)
    escort = row.id(6)
    name = row.text(7)
    kind = try row.code(8)
    side = try row.code(9)
    until = row.instant(10)
    standsInFor = row.optionalID(11)
    insteadOf = row.optionalText(12)
    reason = row.text(13)
    revision = row.int64(14)
    account = row.optionalID(15)
  }

  public var length: Span { endsAt - startsAt }
  /// Somebody else serves a part of it, or all of it.
  public var isTakenOver: Bool { until < endsAt }
  /// Whether this person serves at all.
  public var isServed: Bool { until > startsAt }
}

/// A shift as it is planned.
public struct ShiftDraft: Sendable, Hashable {
  public var escort: ID
  public var duty: Duty
  public var startsAt: Instant
  public var endsAt: Instant

  public init(escort: ID, duty: Duty, startsAt: Instant, endsAt: Instant) {
    self.escort = escort
    self.duty = duty
    self.startsAt = startsAt
    self.endsAt = endsAt
  }
}

/// Who takes over a shift.
public struct StandInDraft: Sendable, Hashable {
  public var escort: ID
  /// From when; nil for the whole shift.
  public var from: Instant?
  public var reason: String

  public init(escort: ID, from: Instant? = nil, reason: String) {
    self.escort = escort
    self.from = from
    self.reason = reason
  }
}

extension Reader {
  /// Shifts that touch a span of time, in the order of their beginnings.
  public func shifts(of batch: Batch, from start: Instant, until end: Instant) throws -> [Shift] {
    try tables.all(EscortTable.shiftsBetween, batch.key, start, end, read: Shift.init)
  }

  /// Shifts that touch days of the facility, seven for a week.
  public func shifts(of batch: Batch, on day: Day, days: Int = 1) throws -> [Shift] {
    try shifts(of: batch, from: time.instant(day, minute: 0), until: time.instant(day + days, minute: 0))
  }

  /// The batch a shift belongs to.
  public func batch(of shift: Shift) throws -> Batch { try tables.batch(key: shift.batch) }

  /// Throws `Refusal.notFound`.
  public func shift(_ id: ID) throws -> Shift { try tables.shift(id) }
}

extension Reader {
  /// Who takes over from this one; nil where nobody does.
  public func standIn(for shift: Shift) throws -> Shift? {
    try tables.first(EscortTable.standsIn, shift.key, read: Shift.init)
  }

  /// The greatest sequence of an entry that changed the rota; an edit of the rota names the one that it was made from.
  public func rosterRevision(of batch: Batch) throws -> Int64 { try tables.rosterRevision(batch: batch.key) }
}

extension Connection {
  func rosterRevision(batch: Int64) throws -> Int64 { try first(EscortTable.revision, batch) { $0.int64(0) } ?? 0 }

  func shift(_ id: ID) throws -> Shift {
    guard let shift = try first(EscortTable.shiftByID, id, read: Shift.init) else {
      throw Refusal.notFound(Text("没有这一班。", "There is no such shift."))
    }
    return shift
  }
}

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
  }

  public var length: Span { endsAt - startsAt }
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

/// What a person who plans should look at; nothing is stopped by it.
public struct ShiftRemark: Sendable, Hashable {
  /// `long`, `short-rest`, `licence-expired`
  public let code: String
  public let shift: ID
  public let message: Text
}

extension ShiftRemark {
  /// Remarks on shifts that stand in the order of their beginnings: longer than twelve hours; less than eleven hours of
  /// rest after the one before; a medical escort whose licence has run out by then.
  ///
  /// - Parameter escorts: those of the batch.
  public static func remarks(on shifts: [Shift], escorts: [Escort], time: LocalTime) -> [ShiftRemark] {
    let known = Dictionary(uniqueKeysWithValues: escorts.map { ($0.id, $0) })
    var last: [ID: Shift] = [:]
    var remarks: [ShiftRemark] = []
    for shift in shifts {
      if shift.length > .hours(12) {
        let hours = shift.length.minutes / 60
        remarks.append(
          ShiftRemark(
            code: "long", shift: shift.id,
            message: Text("\(shift.name)这一班有 \(hours) 小时，超过 12 小时。", "\(shift.name)'s shift has \(hours) hours, more than 12.")))
      }
      if let before = last[shift.escort], shift.startsAt - before.endsAt < .hours(11), shift.startsAt > before.endsAt {
        let hours = (shift.startsAt - before.endsAt).minutes / 60
        remarks.append(
          ShiftRemark(
            code: "short-rest", shift: shift.id,
            message: Text("\(shift.name)两班之间只歇 \(hours) 小时。", "\(shift.name) rests only \(hours) hours between two shifts.")))
      }
      last[shift.escort] = shift
      if let escort = known[shift.escort], let until = escort.licenceUntil, time.day(of: shift.startsAt) > until {
        remarks.append(
          ShiftRemark(
            code: "licence-expired", shift: shift.id,
            message: Text("\(shift.name)的执业证 \(until) 到期。", "\(shift.name)'s licence ran out on \(until).")))
      }
    }
    return remarks
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

extension Connection {
  func shift(_ id: ID) throws -> Shift {
    guard let shift = try first(EscortTable.shiftByID, id, read: Shift.init) else {
      throw Refusal.notFound(Text("没有这一班。", "There is no such shift."))
    }
    return shift
  }
}

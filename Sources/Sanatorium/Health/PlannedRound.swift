/// A round that is planned for every day of the stay. The three times are minutes since local midnight.
public struct PlannedRound: Hashable, Sendable, Codable {
  /// `morning`, `evening`: stable within the pack.
  public var code: String
  public var name: Text
  /// From here a check-in counts for this round.
  public var opens: Int
  /// When it should be done.
  public var due: Int
  /// From here it is late and raises an alert.
  public var overdue: Int
  public var source: String
  public var isUnverified: Bool

  public init(
    code: String, name: Text, opens: Int, due: Int, overdue: Int, source: String, isUnverified: Bool
  ) {
    self.code = code
    self.name = name
    self.opens = opens
    self.due = due
    self.overdue = overdue
    self.source = source
    self.isUnverified = isUnverified
  }

  /// The three instants of one day.
  public func times(on day: Day, in local: LocalTime) -> RoundTimes {
    RoundTimes(
      opens: local.instant(day, minute: opens), due: local.instant(day, minute: due),
      overdue: local.instant(day, minute: overdue))
  }
}

/// When one person's check is expected.
public struct RoundTimes: Hashable, Sendable, Codable {
  public var opens: Instant
  public var due: Instant
  public var overdue: Instant

  public init(opens: Instant, due: Instant, overdue: Instant) {
    self.opens = opens
    self.due = due
    self.overdue = overdue
  }

  /// A check between rounds that a score or a finding asked for: open at once, due after the interval, late after a
  /// quarter of it more, at least one minute.
  public static func followUp(after instant: Instant, minutes: Int) -> RoundTimes {
    RoundTimes(
      opens: instant, due: instant + .minutes(minutes), overdue: instant + .minutes(minutes + max(1, minutes / 4)))
  }

  /// Where an undone check stands at a moment.
  public func state(at now: Instant) -> RoundState {
    if now < opens { return .closed }
    if now < due { return .open }
    return now < overdue ? .due : .overdue
  }
}

/// Where an undone check stands.
public enum RoundState: String, Sendable, CaseIterable, Codable {
  /// Not yet open.
  case closed
  case open
  /// Should be done by now.
  case due
  /// Late; an alert is raised.
  case overdue

  public var label: Text {
    switch self {
    case .closed: Text("还没开始", "Not yet open")
    case .open: Text("可以查了", "Open")
    case .due: Text("现在要查", "Due now")
    case .overdue: Text("逾期", "Overdue")
    }
  }
}

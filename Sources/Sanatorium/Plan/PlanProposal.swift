/// What becomes of a proposal that nobody answers; a pure function of the time, so that a stop of the daemon changes
/// nothing.
public enum PlanProposal: Hashable, Sendable {
  /// With the first tier; goes one tier up at `raises`.
  case waiting(raises: Instant)
  /// One tier up since `at`; activates by itself at `activates`.
  case raised(at: Instant, activates: Instant)
  /// Nobody answered: active at this level since `at`.
  case activated(at: Instant, level: PlanLevel)

  public init(_ times: PlanProposalTimes, opened: Instant, now: Instant) {
    let raises = opened + .minutes(times.raiseMinutes)
    let activates = opened + .minutes(times.activateMinutes)
    if now >= activates {
      self = .activated(at: activates, level: times.level)
    } else if now >= raises {
      self = .raised(at: raises, activates: activates)
    } else {
      self = .waiting(raises: raises)
    }
  }

  /// The instant at which it changes by itself; nil once active.
  public var changes: Instant? {
    switch self {
    case .waiting(let raises): raises
    case .raised(_, let activates): activates
    case .activated: nil
    }
  }
}

/// How far an unanswered alert has climbed. A pure function of the schedule, the people on duty and the time, so that a
/// daemon that was stopped gives the same answer as one that ran.
public struct AlertTiers: Hashable, Sendable {
  /// One tier that has been reached.
  public struct Reached: Hashable, Sendable {
    public let tier: AlertTier
    /// When it was reached, which after a stop may lie well before now.
    public let at: Instant
    /// Who stands in it; never empty.
    public let people: [ID]
  }

  /// The tiers reached by now, in order; empty tiers are not among them.
  public let reached: [Reached]
  /// The next tier with people in it and when it is told; nil when the ladder ends here.
  public let next: (tier: AlertTier, at: Instant)?

  /// The tier that must answer now; nil while none is reached, and when nobody at all is on duty.
  public var current: AlertTier? { reached.last?.tier }
  /// Nobody stands in any tier: every device of the house has to ring.
  public let nobody: Bool
  /// The last tier is told and has not answered.
  public var isExhausted: Bool { next == nil }

  /// - Parameters:
  ///   - opened: when the alert opened.
  ///   - answered: when a named person acknowledged it; climbing ends there.
  ///   - people: who stands in each tier; a tier that is absent or empty is skipped at once, its time going to the next.
  ///   - nextShift: the first change of shift after the opening; nil when none is planned, and a step that waits for it
  ///     is then told after twelve hours.
  public init(
    _ schedule: borrowing AlertSchedule, opened: Instant, answered: Instant? = nil, people: [AlertTier: [ID]],
    nextShift: Instant? = nil, now: Instant
  ) {
    var reached: [Reached] = []
    var next: (tier: AlertTier, at: Instant)?
    var inherited: Instant?
    var latest = opened
    let limit = answered.map { min($0, now) } ?? now
    var anyone = false
    for step in schedule.steps {
      var start: Instant
      switch step.delay {
      case .minutes(let minutes): start = opened + .minutes(minutes)
      case .nextShift: start = max(nextShift ?? opened + .hours(12), opened)
      }
      if let earlier = inherited { start = min(start, earlier) }
      start = max(start, latest)
      let here = people[step.tier] ?? []
      if here.isEmpty {
        inherited = start
        continue
      }
      anyone = true
      inherited = nil
      latest = start
      if start <= limit {
        reached.append(Reached(tier: step.tier, at: start, people: here))
      } else if answered == nil {
        next = (step.tier, start)
        break
      }
    }
    self.reached = reached
    self.next = next
    nobody = !anyone
  }

  public static func == (left: AlertTiers, right: AlertTiers) -> Bool {
    left.reached == right.reached && left.next?.tier == right.next?.tier && left.next?.at == right.next?.at
      && left.nobody == right.nobody
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(reached)
    hasher.combine(next?.at)
  }
}

/// One step of a plan, with a role and a time limit from T0 (发现或报警).
public struct PlanStep: Hashable, Sendable, Codable {
  public var number: Int
  public var role: PlanRole
  /// Minutes from T0 by which it is done; 0 is at once, and late after the first minute.
  public var minutes: Int
  /// Numbers of the steps that must be done before.
  public var after: [Int]
  /// A few words for the list.
  public var title: Text
  public var instruction: Text
  /// Cards to choose one from by what is found; empty for most steps.
  public var cards: [PlanCard]
  /// For a step that repeats until the end.
  public var repeats: PlanRepeat?
  public var source: String
  public var isUnverified: Bool

  public init(
    number: Int, role: PlanRole, minutes: Int, after: [Int], title: Text, instruction: Text, cards: [PlanCard],
    repeats: PlanRepeat?, source: String, isUnverified: Bool
  ) {
    self.number = number
    self.role = role
    self.minutes = minutes
    self.after = after
    self.title = title
    self.instruction = instruction
    self.cards = cards
    self.repeats = repeats
    self.source = source
    self.isUnverified = isUnverified
  }
}

/// A repeated step: done every so many minutes, late after the limit.
public struct PlanRepeat: Hashable, Sendable, Codable {
  public var everyMinutes: Int
  public var limitMinutes: Int

  public init(everyMinutes: Int, limitMinutes: Int) {
    self.everyMinutes = everyMinutes
    self.limitMinutes = limitMinutes
  }
}

/// One card of a step: what to do for one picture of an illness.
public struct PlanCard: Hashable, Sendable, Codable {
  public var code: String
  public var title: Text
  /// Symptoms and findings that suggest it; the person decides.
  public var suggestedBy: [HealthCondition]
  public var lines: [PlanLine]

  public init(code: String, title: Text, suggestedBy: [HealthCondition], lines: [PlanLine]) {
    self.code = code
    self.title = title
    self.suggestedBy = suggestedBy
    self.lines = lines
  }

  /// Whether the check-in points to this card.
  public func isSuggested(by facts: HealthFacts) -> Bool { suggestedBy.contains { $0.holds(facts) } }
}

/// One instruction of a card.
public struct PlanLine: Hashable, Sendable, Codable {
  public var text: Text
  /// Only a licensed person may do it.
  public var licensedOnly: Bool
  public var source: String
  public var isUnverified: Bool

  public init(text: Text, licensedOnly: Bool, source: String, isUnverified: Bool) {
    self.text = text
    self.licensedOnly = licensedOnly
    self.source = source
    self.isUnverified = isUnverified
  }
}

/// Where one step of an activation stands.
public struct PlanStepStatus: Hashable, Sendable {
  public enum State: String, Sendable, CaseIterable, Codable {
    /// Waits for an earlier step; its time runs all the same.
    case blocked
    case open
    case overdue
    case done
  }

  public let number: Int
  public let role: PlanRole
  public let state: State
  /// When it is to be done (for a repeated step the next time); nil once it is done for good.
  public let due: Instant?
  /// From when it counts as late.
  public let late: Instant?
  /// The unfinished steps it waits for.
  public let waitsFor: [Int]
}

extension PlanPack {
  /// Every step's state, in the order of the pack. Times run from T0 also while a step is blocked: a blocked step that is
  /// late is `overdue`, so that a jam is seen.
  ///
  /// - Parameter done: when each step was last done, by number.
  public func progress(from t0: Instant, done: [Int: Instant], now: Instant) -> [PlanStepStatus] {
    steps.map { step in
      var due: Instant? = t0 + .minutes(step.minutes)
      // A step of minute 0 gets one minute before it is called late.
      var late: Instant? = t0 + .minutes(max(1, step.minutes))
      if let last = done[step.number] {
        due = step.repeats.map { last + .minutes($0.everyMinutes) }
        late = step.repeats.map { last + .minutes($0.limitMinutes) }
      }
      let waits = step.after.filter { done[$0] == nil }
      let state: PlanStepStatus.State =
        if due == nil { .done } else if let late, now >= late { .overdue } else if !waits.isEmpty { .blocked } else {
          .open
        }
      return PlanStepStatus(
        number: step.number, role: step.role, state: state, due: due, late: late, waitsFor: waits)
    }
  }
}

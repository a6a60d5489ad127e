/// What starts a plan or suggests it.
public struct PlanTrigger: Hashable, Sendable, Codable {
  public enum Effect: String, Sendable, CaseIterable, Codable {
    /// 【自】 starts by itself.
    case activate
    /// 【议】 is put before a person.
    case propose
  }

  public var code: String
  public var effect: Effect
  /// Met when any of `any` holds (empty counts as met) and all of `all`; a trigger without conditions is met by its
  /// incident kinds alone.
  public var any: [HealthCondition]
  public var all: [HealthCondition]
  /// Incidents of these kinds meet it, whatever the conditions.
  public var incidents: [IncidentKind]
  public var reason: Text
  public var source: String
  public var isUnverified: Bool

  public init(
    code: String, effect: Effect, any: [HealthCondition], all: [HealthCondition], incidents: [IncidentKind],
    reason: Text, source: String, isUnverified: Bool
  ) {
    self.code = code
    self.effect = effect
    self.any = any
    self.all = all
    self.incidents = incidents
    self.reason = reason
    self.source = source
    self.isUnverified = isUnverified
  }

  func holds(_ facts: borrowing HealthFacts) -> Bool {
    if any.isEmpty && all.isEmpty { return false }
    return HealthCondition.met(any: any, all: all, facts)
  }
}

/// What the triggers say of one check-in or incident.
public struct PlanDecision: Hashable, Sendable {
  public let effect: PlanTrigger.Effect
  public let level: PlanLevel
  /// The level that the duty lead is asked to raise to, since several people are ill at once.
  public let raise: PlanLevel?
  /// The triggers that were met, those of the stronger effect first.
  public let triggers: [String]
  /// Their reasons, in the same order.
  public let reasons: [Text]
}

extension PlanPack {
  /// What a check-in asks for; nil for nothing. A trigger that activates wins over one that proposes.
  ///
  /// - Parameters:
  ///   - redFlags: the health pack's.
  ///   - others: how many other people already have an activation of this plan that is not ended.
  public func evaluate(
    _ readings: Readings, symptoms: Symptoms = [], baseline: Readings? = nil, redFlags: Symptoms, others: Int = 0
  ) -> PlanDecision? {
    let facts = HealthFacts(readings: readings, symptoms: symptoms, baseline: baseline, redFlags: redFlags)
    // By their places: a calm check meets none, and copies none either.
    let met = triggers.indices.filter { triggers[$0].holds(facts) }
    return decision(of: met.map { triggers[$0] }, others: others)
  }

  /// What an incident asks for; nil for nothing.
  public func evaluate(_ incident: IncidentKind, others: Int = 0) -> PlanDecision? {
    decision(of: triggers.filter { $0.incidents.contains(incident) }, others: others)
  }

  private func decision(of met: [PlanTrigger], others: Int) -> PlanDecision? {
    guard !met.isEmpty else { return nil }
    let ordered = met.filter { $0.effect == .activate } + met.filter { $0.effect == .propose }
    var raise: PlanLevel?
    if let simultaneous, others + 1 >= simultaneous.people, simultaneous.level > startLevel {
      raise = simultaneous.level
    }
    return PlanDecision(
      effect: ordered[0].effect, level: startLevel, raise: raise, triggers: ordered.map(\.code),
      reasons: ordered.map(\.reason))
  }
}

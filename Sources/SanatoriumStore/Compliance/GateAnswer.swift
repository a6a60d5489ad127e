public import Sanatorium

/// What one rule says at one gate, of the batch or of one person: as it was decided, or as it would be now.
public struct GateAnswer: Sendable, Hashable {
  public let gate: Gate
  public let rule: String
  /// Nil for the batch.
  public let participant: ID?
  public let outcome: Outcome
  public let force: Force
  public let message: Text
  public let warning: Text?
  /// What was looked at, with what stood there.
  public let facts: [FactUse]
  public let missing: [FactKey]
  public let by: [Responsible]
  /// When the gate was decided; nil while it has not been.
  public let decidedAt: Instant?
  /// The reason and the person that let a soft rule pass; nil when nobody did.
  public let departure: Departure?

  /// Whether it would stop its gate.
  public var blocks: Bool { gate.stops && force != .informational && outcome != .pass && departure == nil }

  /// Whether it tells something of a person's health, also where it is the worst of several and names nobody.
  public var tellsHealth: Bool {
    (facts.map(\.key) + missing).contains { key in
      FactCatalogue[key].map { $0.isHealth && ($0.scope == .participant || participant != nil) } ?? false
    }
  }

  init(_ result: RuleResult, _ departures: [Departure]) {
    gate = result.gate
    rule = result.rule
    participant = result.participant
    outcome = result.outcome
    force = result.force
    message = result.message
    warning = result.warning
    facts = result.facts
    missing = result.missing
    by = result.by
    decidedAt = nil
    departure = departures.letting(result)
  }

  init(_ answer: RecordedAnswer, at gate: Gate, decided moment: Instant) {
    self.gate = gate
    rule = answer.rule
    participant = answer.participant
    outcome = answer.outcome
    force = answer.force
    message = answer.message
    warning = answer.warning
    facts = answer.facts
    missing = answer.missing
    by = answer.by
    decidedAt = moment
    departure = answer.departure
  }
}

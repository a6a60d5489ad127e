/// A fact that a rule looked at, with what stood there (`age`: `81`).
public struct FactUse: Hashable, Sendable, Codable {
  public let key: FactKey
  /// The value as recorded or computed.
  public let value: String

  public init(_ key: FactKey, _ value: String) {
    self.key = key
    self.value = value
  }
}

/// One thing that a rule found, smaller than the rule: one consent of three.
public struct RuleFinding: Hashable, Sendable, Codable {
  public let outcome: Outcome
  public let force: Force
  /// The fact and its part that decided; nil for a computed figure.
  public let key: FactKey?
  public let part: FactPart?
  /// A sentence for the person who has to act: what is missing or wrong, and what is allowed.
  public let message: Text
  /// A remark on a pass.
  public let warning: Text?
  public let used: [FactUse]

  public init(
    _ outcome: Outcome, _ force: Force, key: FactKey? = nil, part: FactPart? = nil, _ message: Text,
    warning: Text? = nil, used: [FactUse] = []
  ) {
    self.outcome = outcome
    self.force = force
    self.key = key
    self.part = part
    self.message = message
    self.warning = warning
    self.used = used
  }
}

/// Why a person's stay breaks a rule, where the rule itself can tell.
public enum BreachCause: String, Sendable, CaseIterable, Codable {
  /// Illness keeps the person (reading Q10): a nonconformity, never a reason to send someone away.
  case medical
}

/// One rule's answer at one gate, for the batch or one person, with its clause.
public struct RuleResult: Hashable, Sendable, Codable {
  public let rule: String
  public let regulation: String
  public let article: String
  public let quote: String
  public let title: Text
  /// The force of what decided: of a rule with a hard and a soft part, soft when only the soft one failed.
  public let force: Force
  public let gate: Gate
  public let by: [Responsible]
  public let outcome: Outcome
  /// One sentence (or several, joined): what was found.
  public let message: Text
  /// The facts that were looked at.
  public let facts: [FactUse]
  /// The facts that nobody has recorded yet.
  public let missing: [FactKey]
  /// A remark that stops nothing: an informational part not met, a limit that is near.
  public let warning: Text?
  /// Each thing found, in the order of the rule's checks.
  public let findings: [RuleFinding]
  /// The person whom it concerns; nil for the batch.
  public let participant: ID?
  public let cause: BreachCause?
}

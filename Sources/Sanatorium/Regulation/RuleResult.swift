/// How a rule acts at its gate (POLICY.md section 1).
public enum Force: String, Sendable, Codable, CaseIterable {
  /// `fail` and `unknown` stop the state change; there is no override.
  case hard = "H"
  /// Allowed once a reason and the deciding person are recorded.
  case soft = "S"
  /// Recorded and reported only.
  case informational = "I"
}

/// When a rule is asked.
public enum Gate: String, Sendable, Codable, CaseIterable {
  case open, arrival, daily, close, report
}

/// What a rule says. A missing fact is never a pass.
public enum Outcome: String, Sendable, Codable, CaseIterable {
  case pass, fail, unknown
}

/// One rule's answer at one gate, with everything needed to show where it comes from.
public struct RuleResult: Hashable, Sendable {
  /// `NM05`
  public let rule: String
  /// `9`, as POLICY.md gives it.
  public let article: String
  /// The regulation's own words.
  public let quote: String
  public let force: Force
  public let gate: Gate
  public let outcome: Outcome
  public let message: Text
  /// The facts that were asked and not found.
  public let missing: [FactKey]
  /// A pass that should be looked at.
  public let warning: Text?

  public init(
    rule: String, article: String, quote: String, force: Force, gate: Gate, outcome: Outcome, message: Text,
    missing: [FactKey] = [], warning: Text? = nil
  ) {
    self.rule = rule
    self.article = article
    self.quote = quote
    self.force = force
    self.gate = gate
    self.outcome = outcome
    self.message = message
    self.missing = missing
    self.warning = warning
  }
}

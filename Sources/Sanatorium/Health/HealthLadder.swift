/// Rules about one thing, worst first: the first one met is the only one found, so that a glucose of 2.5 is reported
/// once and not three times. A rule without any condition is never met.
public struct HealthLadder: Sendable {
  public var code: String
  public var rules: [HealthRule] {
    didSet { steps = HealthLadder.steps(of: rules) }
  }

  /// The conditions of all rules in one flat array of plain values. Walking it touches no reference count, which is
  /// most of an assessment's time otherwise.
  private var steps: [Step]

  public init(code: String, rules: [HealthRule]) {
    self.code = code
    self.rules = rules
    steps = HealthLadder.steps(of: rules)
  }

  private struct Step {
    let condition: HealthCondition
    let rule: Int
    let isAlternative: Bool
    let isLast: Bool
  }

  private static func steps(of rules: [HealthRule]) -> [Step] {
    rules.enumerated().flatMap { index, rule in
      let conditions = rule.all.map { ($0, false) } + rule.any.map { ($0, true) }
      return conditions.enumerated().map { place, condition in
        Step(
          condition: condition.0, rule: index, isAlternative: condition.1, isLast: place == conditions.count - 1)
      }
    }
  }

  /// The first rule that is met, by its index; nil for none.
  public func firstMet(_ facts: borrowing HealthFacts) -> Int? {
    var failed = false
    var hasAlternatives = false
    var alternativeMet = false
    for step in steps {
      if step.isAlternative {
        hasAlternatives = true
        if !failed, !alternativeMet { alternativeMet = step.condition.holds(facts) }
      } else if !failed {
        failed = !step.condition.holds(facts)
      }
      guard step.isLast else { continue }
      if !failed, alternativeMet || !hasAlternatives { return step.rule }
      (failed, hasAlternatives, alternativeMet) = (false, false, false)
    }
    return nil
  }
}

extension HealthLadder: Hashable {
  public static func == (left: HealthLadder, right: HealthLadder) -> Bool {
    left.code == right.code && left.rules == right.rules
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(rules)
  }
}

extension HealthLadder: Codable {
  private enum CodingKeys: String, CodingKey {
    case code, rules
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      code: try container.decode(String.self, forKey: .code),
      rules: try container.decode([HealthRule].self, forKey: .rules))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(rules, forKey: .rules)
  }
}

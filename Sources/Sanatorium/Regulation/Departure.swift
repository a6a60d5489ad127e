/// A soft rule knowingly not followed: why, and who decided it.
public struct Departure: Hashable, Sendable, Codable {
  public let rule: String
  public let gate: Gate
  /// The person whom it concerns; nil for the batch.
  public let participant: ID?
  public let reason: String
  /// The name of the person who decided.
  public let person: String
  public let at: Instant

  public init(rule: String, gate: Gate, participant: ID? = nil, reason: String, person: String, at: Instant) {
    self.rule = rule
    self.gate = gate
    self.participant = participant
    self.reason = reason
    self.person = person
    self.at = at
  }

  /// Why this can't be accepted for a result, every reason: the rule is hard or informational, it passed, it is another
  /// rule, or the reason or the person is blank. Empty when it can.
  public func faults(for result: RuleResult) -> [Fault] {
    var faults: [Fault] = []
    if result.rule != rule || result.gate != gate || result.participant != participant {
      faults.append(
        Fault(
          "rule", "other-rule",
          Text(
            "这条说明写的是 \(rule)，不是 \(result.rule)。",
            "This departure is from \(rule), not \(result.rule).")))
    }
    if result.outcome == .pass {
      faults.append(
        Fault(
          "rule", "rule-passes",
          Text(
            "\(rule) 已通过，不用说明。",
            "\(rule) passes; there is nothing to depart from.")))
    } else if result.force == .hard {
      faults.append(
        Fault(
          "rule", "rule-is-hard",
          Text(
            "\(rule) 是必须做到的，不能说明放行。",
            "\(rule) is a hard rule; nobody can override it.")))
    } else if result.force == .informational {
      faults.append(
        Fault(
          "rule", "rule-is-informational",
          Text(
            "\(rule) 只作记录，不拦，不用说明。",
            "\(rule) is informational and stops nothing.")))
    }
    if reason.allSatisfy(\.isWhitespace) {
      faults.append(Fault("reason", "required", Text("请写明理由。", "Give the reason.")))
    }
    if person.allSatisfy(\.isWhitespace) {
      faults.append(Fault("person", "required", Text("请写明由谁决定。", "Name the person who decided.")))
    }
    return faults
  }
}

extension Sequence<RuleResult> {
  /// The results that stop the gate: hard ones that failed or are unknown, and soft ones without an accepted departure.
  /// None at the daily gate, which stops nothing.
  public func blocking(departures: [Departure] = []) -> [RuleResult] {
    filter { result in
      guard result.gate.stops, result.outcome != .pass else { return false }
      return switch result.force {
      case .hard: true
      case .soft: !departures.contains { $0.faults(for: result).isEmpty }
      case .informational: false
      }
    }
  }

  /// The results that hold as nonconformities between gates: hard and soft rules that failed; unknown is only missing.
  public var breaches: [RuleResult] { filter { $0.outcome == .fail && $0.force != .informational } }
}

internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension RuleResult {
  /// Whether it tells something of a person's health.
  var tellsHealth: Bool {
    guard participant != nil else { return false }
    let keys = facts.map(\.key) + missing + findings.compactMap(\.key)
    return keys.contains { FactCatalogue[$0]?.isHealth == true }
  }

  /// The sentence for that reader: of someone's health only that it isn't settled.
  func message(for actor: Actor) -> Text {
    tellsHealth && !actor.mayReadHealth && outcome != .pass
      ? Text("由医护核对。", "The medical staff check this.") : message
  }

  func json(_ departure: Departure?, blocks: Bool, for actor: Actor) -> JSON {
    let isHidden = tellsHealth && !actor.mayReadHealth
    return .object([
      "rule": .string(rule), "regulation": .string(regulation), "article": .string(article), "quote": .string(quote),
      "title": title.json, "force": .string(force.letter), "gate": .string(gate.rawValue),
      "by": .array(by.map { .string($0.rawValue) }), "outcome": .string(outcome.rawValue),
      "message": message(for: actor).json,
      "facts": .array(
        isHidden ? [] : facts.map { .object(["key": .string($0.key.rawValue), "value": .string($0.value)]) }),
      "missing": .array(missing.map { .string($0.rawValue) }), "warning": isHidden ? nil : warning?.json,
      "participant": .optional(participant?.description), "cause": .optional(cause?.rawValue),
      "blocks": .bool(blocks),
      "departure": departure.map {
        .object(["reason": .string(isHidden ? "" : $0.reason), "person": .string($0.person), "at": .int($0.at.milliseconds)])
      },
    ])
  }
}

extension GateResults {
  func json(for actor: Actor) -> JSON {
    let blocking = Set(blocking)
    return .object([
      "gate": .string(gate.rawValue), "passes": .bool(blocking.isEmpty),
      "results": .array(
        results.map { $0.json(departure(for: $0), blocks: blocking.contains($0), for: actor) }),
    ])
  }
}

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
    return json(
      departure: departure, blocks: blocks, participant: participant?.description,
      hidden: isHidden ? message(for: actor) : nil)
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

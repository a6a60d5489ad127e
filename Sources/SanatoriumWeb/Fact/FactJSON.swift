internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension FactDefinition {
  /// What the fact is, who may record it, and what stands there; the recorded part is left out for those who may not
  /// read health data.
  func json(_ entry: FactEntry?, gates: [Gate], names: [ID: String], for actor: Actor) -> JSON {
    let mayRead = !(isHealth && scope == .participant) || actor.mayReadHealth
    return .object([
      "key": .string(key.rawValue), "scope": .string(scope.rawValue), "label": label.json, "health": .bool(isHealth),
      "several": .bool(takesSeveral), "gate": .string(gate.rawValue),
      "askedAt": .array(gates.map { .string($0.rawValue) }), "roles": .array(roles.map { .string($0.rawValue) }),
      "mayRecord": .bool(admits(actor)), "parts": .array(parts.map(\.json)),
      "recorded": entry.flatMap { entry in
        guard mayRead, case .object(let members) = entry.fact.json else { return nil }
        return .object(
          members + [
            JSON.Member("recordedAt", .int(entry.recordedAt.milliseconds)),
            JSON.Member("recordedBy", .string(names[entry.actor] ?? "")),
          ])
      },
    ])
  }
}

extension FactDefinition.Part {
  fileprivate var json: JSON {
    .object([
      "part": .string(part.rawValue), "label": label.json, "required": .bool(isRequired),
      "options": options.isEmpty
        ? nil : .array(options.map { .object(["code": .string($0.code), "label": $0.label.json]) }),
      "minimum": .optional(range?.lowerBound), "maximum": .optional(range?.upperBound),
    ])
  }
}

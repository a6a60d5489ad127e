public import Sanatorium

extension Text {
  /// `{"zh": …, "en": …}`
  public var json: JSON { .object(["zh": .string(chinese), "en": .string(english)]) }
}

extension RuleResult {
  /// A rule's answer on the wire: its clause, what was found, the facts it was found by, what is missing, who accepted a
  /// departure from it.
  ///
  /// - Parameters:
  ///   - participant: who it concerns, as the reader knows them.
  ///   - hidden: what a reader is told instead who may not read this person's health.
  public func json(
    departure: Departure?, blocks: Bool, participant: String?, hidden: Text? = nil
  ) -> JSON {
    .object([
      "rule": .string(rule), "regulation": .string(regulation), "article": .string(article), "quote": .string(quote),
      "title": title.json, "force": .string(force.letter), "gate": .string(gate.rawValue),
      "by": .array(by.map { .string($0.rawValue) }), "outcome": .string(outcome.rawValue),
      "message": (hidden ?? message).json,
      "facts": .array(
        hidden != nil ? [] : facts.map { .object(["key": .string($0.key.rawValue), "value": .string($0.value)]) }),
      "missing": .array(missing.map { .string($0.rawValue) }), "warning": hidden != nil ? nil : warning?.json,
      "participant": .optional(participant), "cause": .optional(cause?.rawValue), "blocks": .bool(blocks),
      "departure": departure.map {
        .object([
          "reason": .string(hidden != nil ? "" : $0.reason), "person": .string($0.person),
          // Of facts that stand in a file nobody knows when it was accepted.
          "at": $0.at.milliseconds == 0 ? nil : .int($0.at.milliseconds),
        ])
      },
    ])
  }
}

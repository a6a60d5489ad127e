internal import Sanatorium

/// Values as a pack would write them on one line.
enum Yaml {
  /// A text that people read, plain where YAML takes it so, quoted otherwise.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true && text.last?.isWhitespace == false
      && text.allSatisfy { $0.isLetter || $0.isNumber || " -_.'、。（）《》〔〕“”".contains($0) }
    if isPlain { return text }
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "\"\(escaped)\""
  }

  static func text(_ text: Text) -> String { "{zh: \(scalar(text.chinese)), en: \(scalar(text.english))}" }

  static func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

  /// A check as one line of a rule's list.
  static func check(_ check: RuleCheck) -> String {
    var fields = ["kind: \(check.kind.rawValue)"]
    if !check.demands.isEmpty {
      fields.append("facts: \(list(check.demands.map(\.key.rawValue)))")
      var parts: [FactPart] = []
      for part in check.demands.flatMap(\.parts) where !parts.contains(part) { parts.append(part) }
      fields.append("parts: \(list(parts.map(\.rawValue)))")
      if let values = check.demands.compactMap(\.values).first { fields.append("values: \(list(values.map(quoted)))") }
    }
    fields.append("gates: \(list(check.gates.map(\.rawValue)))")
    fields.append("force: \(check.force.letter)")
    fields.append("by: \(list(check.by.map(\.rawValue)))")
    return "{\(fields.joined(separator: ", "))}"
  }

  private static func quoted(_ value: String) -> String { "\"\(value)\"" }
}

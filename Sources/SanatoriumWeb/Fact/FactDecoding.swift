internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension RecordedFact {
  static let members: KeyValuePairs<String, Schema> = [
    "value": .string, "number": .string, "date": .day, "until": .day, "person": .string, "paper": .string,
  ]
  static let schema = Schema.object(
    [
      "key": .code(FactCatalogue.all.map(\.key.rawValue)), "value": .string, "number": .string, "date": .day,
      "until": .day, "person": .string, "paper": .string, "occurredAt": .instant, "sentAt": .instant,
    ], required: ["key"])

  /// The parts as they were sent. Several codes come as a list or separated by commas; a number may come as a number.
  init(_ fields: inout JSONFields) {
    self.init(
      value: fields.part("value"), number: fields.part("number"), date: fields.day("date", required: false),
      until: fields.day("until", required: false), person: fields.part("person"), paper: fields.part("paper"))
  }

  var json: JSON {
    .object([
      "value": .optional(value), "number": .optional(number), "date": .optional(date?.description),
      "until": .optional(until?.description), "person": .optional(person), "paper": .optional(paper),
    ])
  }
}

extension JSONFields {
  fileprivate mutating func part(_ name: String) -> String? {
    guard let value = value(name) else { return nil }
    switch value {
    case .string(let text): return text.isEmpty ? nil : text
    case .int(let number): return String(number)
    case .bool(let flag): return flag ? "yes" : "no"
    case .array(let all):
      let texts = all.compactMap(\.string).filter { !$0.isEmpty }
      if texts.count == all.filter({ $0.string != "" }).count { return texts.isEmpty ? nil : texts.joined(separator: ",") }
    default: break
    }
    refuse(name, "not-text", Text("这里要文字。", "Text is needed here."))
    return nil
  }
}

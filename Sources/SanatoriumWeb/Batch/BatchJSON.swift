internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension Batch {
  var json: JSON {
    .object([
      "id": .string(id.description), "number": .string(number), "regulation": .string(regulation),
      "organizer": .string(organizer), "host": .string(host), "venue": .string(venue),
      "firstDay": .string(firstDay.description), "lastDay": .string(lastDay.description), "days": .int(Int64(days)),
      "planned": .int(Int64(planned)), "state": .string(state.rawValue),
      "openedAt": .optional(openedAt?.milliseconds), "closedAt": .optional(closedAt?.milliseconds),
      "reportedAt": .optional(reportedAt?.milliseconds), "acknowledgedAt": .optional(acknowledgedAt?.milliseconds),
    ])
  }
}

extension BatchDraft {
  static let schema = Schema.object(
    [
      "number": .text(60), "regulation": .text(40), "organizer": .text(100), "host": .text(100), "venue": .text(100),
      "firstDay": .day, "lastDay": .day, "planned": .integer(1...1_000), "occurredAt": .instant, "sentAt": .instant,
    ], required: ["number", "regulation", "organizer", "host", "venue", "firstDay", "lastDay", "planned"])

  /// What was sent, with every fault in the fields; `regulations` are the ids that a batch can run under.
  init(_ fields: inout JSONFields, regulations: [String]) {
    let first = fields.day("firstDay")
    let last = fields.day("lastDay")
    self.init(
      number: fields.text("number", limit: 60) ?? "", regulation: fields.text("regulation", limit: 40) ?? "",
      organizer: fields.text("organizer", limit: 100) ?? "", host: fields.text("host", limit: 100) ?? "",
      venue: fields.text("venue", limit: 100) ?? "", firstDay: first ?? Day(number: 0), lastDay: last ?? Day(number: 0),
      planned: fields.int("planned", 1...1_000) ?? 1)
    if !regulation.isEmpty, !regulations.contains(regulation) {
      let known = regulations.joined(separator: ", ")
      fields.refuse(
        "regulation", "unknown-code", Text("没有“\(regulation)”，可选：\(known)。", "“\(regulation)” is none of: \(known)."))
    }
    if let first, let last, last < first {
      fields.refuse("lastDay", "before-start", Text("最后一天 \(last) 早于第一天 \(first)。", "The last day \(last) is before the first, \(first)."))
    } else if let first, let last, last - first > 60 {
      fields.refuse("lastDay", "too-long", Text("一批最多 61 天，请核对日期。", "A batch has at most 61 days; check the dates."))
    }
  }
}

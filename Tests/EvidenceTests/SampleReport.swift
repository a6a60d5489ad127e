import Sanatorium

@testable import Evidence

enum SampleReport {
  /// A report whose tables agree with its figures.
  static func of(
    _ evidence: EvidenceBundle, figures: CompletionFigures, opened: Instant, closed: Instant, facility: ID = .random()
  ) -> CompletionReport {
    let regulation = Regulation(
      id: "wh-2023", edition: 1, title: Text("威海市荣誉疗养办法", "Weihai’s measures"), issuer: Text(verbatim: "威海"),
      documentNumber: "威退役军人发〔2023〕24号", status: .trial, validity: Validity(), bases: ["cn-base"],
      parameters: RegulationParameters(), rules: [])
    var rows: [CompletionReport.ComplianceRow] = []
    for (gate, rules) in figures.compliance.gates.sorted(by: { $0.key < $1.key }) {
      for (rule, tally) in rules.sorted(by: { $0.key < $1.key }) {
        rows.append(
          .init(gate: Gate(rawValue: gate)!, rule: rule, article: "13", quote: "应急处理预案", force: .hard, tally: tally))
      }
    }
    return CompletionReport(
      facility: .init(id: facility, name: "白桦湖疗养中心"),
      batch: .init(
        id: evidence.batch, number: "2026年第3批", organizer: "威海市退役军人事务局", organizerLevel: "市级", host: "白桦湖疗养中心",
        venue: "威海市", firstDay: Day(year: 2026, month: 6, day: 8)!, lastDay: Day(year: 2026, month: 6, day: 10)!,
        openedAt: opened, closedAt: closed),
      regulation: .init(regulation), revision: 1, issuedAt: closed + .hours(1), figures: figures, compliance: rows,
      departures: [.init(rule: "WH10", gate: .open, reason: "省外基地已有协议", by: "周敏", at: opened)],
      nonconformities: [
        .init(rule: "WH12", cause: "staffing", startedAt: opened, endedAt: closed, explanation: "送医", by: "周敏")
      ], signatories: [.init(role: "承办单位", name: "周敏", unit: "白桦湖疗养中心", at: closed)])
  }
}

extension JSON {
  /// The tree with one leaf replaced; list places count from 1.
  func replacing(_ path: [String], with value: JSON) -> JSON {
    guard let name = path.first else { return value }
    let rest = Array(path.dropFirst())
    switch self {
    case .object(let members):
      return .object(members.map { $0.name == name ? .init(name, $0.value.replacing(rest, with: value)) : $0 })
    case .array(var elements):
      guard let place = Int(name) else { return self }
      elements[place - 1] = elements[place - 1].replacing(rest, with: value)
      return .array(elements)
    default: return self
    }
  }
}

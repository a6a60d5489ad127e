internal import Sanatorium

/// Compares a report with its evidence.
struct ReportCheck {
  private let report: CompletionReport
  private let evidence: EvidenceBundle
  private var found: [Fault] = []

  init(_ report: CompletionReport, _ evidence: EvidenceBundle) {
    self.report = report
    self.evidence = evidence
  }

  func faults() throws -> [Fault] {
    var check = self
    check.identity()
    let counted = try CompletionFigures(of: evidence.ofBatch, time: report.batch.time)
    check.found += report.compared(to: counted).filter { !$0.agrees }.map(\.fault)
    check.compliance(counted.compliance)
    check.nonconformities(counted.compliance)
    check.departures(counted.compliance)
    return check.found
  }

  private mutating func compare(_ field: String, _ declared: String?, _ recorded: String?) {
    guard declared != recorded else { return }
    found.append(
      Fault(
        field, "differs-from-evidence",
        Text(
          "报告写的是“\(declared ?? "无")”，证据里是“\(recorded ?? "无")”。",
          "The report says “\(declared ?? "none")”, the evidence “\(recorded ?? "none")”.")))
  }

  private mutating func identity() {
    // The earlier format leaves figures uncounted; who could still choose it could hide them.
    if report.hasUncounted, evidence.ofBatch.contains(where: { $0.header.kind == .reportGateAsked }) {
      compare("report.format", report.format, CompletionReport.format)
    }
    compare("report.batch.id", report.batch.id.description, evidence.batch.description)
    guard (-14 * 60...14 * 60).contains(report.batch.offsetMinutes) else {
      return compare("report.batch.offsetMinutes", "\(report.batch.offsetMinutes)", nil)
    }
    var plan: [String: String] = [:]
    var closedAt: Instant?
    var openedAt: Instant?
    for entry in evidence.ofBatch {
      switch entry.header.kind {
      case .batchPlanned, .batchChanged:
        guard let body = entry.open?.body, let tree = try? JSON.parse(body) else { continue }
        for member in tree.members ?? [] { plan[member.name] = member.value.string }
      case .batchOpened: openedAt = entry.header.occurredAt
      case .batchClosed: closedAt = entry.header.occurredAt
      default: break
      }
    }
    compare("report.batch.number", report.batch.number, plan["number"])
    compare("report.batch.firstDay", report.batch.firstDay.description, plan["firstDay"])
    compare("report.batch.lastDay", report.batch.lastDay.description, plan["lastDay"])
    compare("report.regulation.id", report.regulation.id, plan["regulation"])
    compare("report.batch.openedAt", text(report.batch.openedAt), text(openedAt))
    compare("report.batch.closedAt", text(report.batch.closedAt), text(closedAt))
  }

  private func text(_ instant: Instant?) -> String? { instant.map { "\($0.milliseconds)" } }

  private mutating func compliance(_ counted: CompletionFigures.Compliance) {
    var rows: [String: CompletionFigures.RuleTally] = [:]
    for row in report.compliance {
      let name = "\(row.gate.rawValue).\(row.rule)"
      if rows.updateValue(row.tally, forKey: name) != nil { compare("report.compliance.\(name)", "2", "1") }
    }
    for (gate, rules) in counted.gates {
      for (rule, tally) in rules {
        let name = "\(gate).\(rule)"
        compare("report.compliance.\(name)", rows.removeValue(forKey: name).map(text), text(tally))
      }
    }
    for (name, tally) in rows.sorted(by: { $0.key < $1.key }) {
      compare("report.compliance.\(name)", text(tally), nil)
    }
  }

  private func text(_ tally: CompletionFigures.RuleTally) -> String { "\(tally.pass)/\(tally.fail)/\(tally.unknown)" }

  private mutating func nonconformities(_ counted: CompletionFigures.Compliance) {
    var rows: [String: Int] = [:]
    for row in report.nonconformities { rows.count(row.rule) }
    compareCounts("report.nonconformities", rows, counted.nonconformities.mapValues(\.opened))
  }

  private mutating func departures(_ counted: CompletionFigures.Compliance) {
    var rows: [String: Int] = [:]
    for row in report.departures { rows.count(row.rule) }
    compareCounts("report.departures", rows, counted.departures)
  }

  private mutating func compareCounts(_ field: String, _ declared: [String: Int], _ counted: [String: Int]) {
    for rule in Set(declared.keys).union(counted.keys).sorted() {
      compare("\(field).\(rule)", "\(declared[rule] ?? 0)", "\(counted[rule] ?? 0)")
    }
  }
}

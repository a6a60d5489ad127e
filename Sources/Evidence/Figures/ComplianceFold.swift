internal import Sanatorium

/// Counts what the rules said and what was done about it.
struct ComplianceFold {
  /// At `arrival`: by person, then rule.
  private var ofPeople: [ID: [String: String]] = [:]
  /// At the batch's gates, the last time each was asked; a rule that asks persons may stand there several times.
  private var ofBatch: [String: [Open.RuleOutcome]] = [:]
  private var refusals: [String: Int] = [:]
  private var departures: [String: Int] = [:]
  private var nonconformities: [String: CompletionFigures.NonconformityTally] = [:]

  mutating func take(_ record: EvidenceRecord) throws {
    switch record.kind {
    case .arrival, .admission:
      for result in try results(record) { ofPeople[record.subject, default: [:]][result.rule] = result.outcome }
    case .batchOpened, .batchClosed, .gateRefused, .dailyGate, .reportGateAsked:
      let gate = try record.text("gate")
      if record.kind == .gateRefused { refusals.count(gate) }
      ofBatch[gate] = try results(record)
    case .departureAccepted: departures.count(try record.text("rule"))
    case .nonconformityOpened: nonconformities[try record.text("rule"), default: .init()].opened += 1
    case .nonconformityClosed: nonconformities[try record.text("rule"), default: .init()].closed += 1
    case .nonconformityExplained: nonconformities[try record.text("rule"), default: .init()].explained += 1
    default: break
    }
  }

  private func results(_ record: EvidenceRecord) throws -> [Open.RuleOutcome] {
    guard let list = record.open["results"] else { return [] }
    return try list.array.map { try JSON.array($0).decode([Open.RuleOutcome].self) } ?? []
  }

  var figures: CompletionFigures.Compliance {
    var result = CompletionFigures.Compliance()
    for outcomes in ofPeople.values {
      for (rule, outcome) in outcomes { add(rule, outcome, to: &result.gates["arrival", default: [:]]) }
    }
    for (gate, results) in ofBatch {
      for each in results { add(each.rule, each.outcome, to: &result.gates[gate, default: [:]]) }
    }
    result.refusals = refusals
    result.departures = departures
    result.nonconformities = nonconformities
    return result
  }

  private func add(_ rule: String, _ outcome: String, to tallies: inout [String: CompletionFigures.RuleTally]) {
    switch outcome {
    case "pass": tallies[rule, default: .init()].pass += 1
    case "fail": tallies[rule, default: .init()].fail += 1
    default: tallies[rule, default: .init()].unknown += 1
    }
  }
}

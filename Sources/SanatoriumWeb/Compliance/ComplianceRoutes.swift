internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func complianceRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/batches/:batch/compliance",
      "Every rule of the batch's regulation at each of its gates: decided where the gate was decided, else as it stands now",
      for: .house, reads: .health("compliance", .path("batch")), gives: .anyObject
    ) { context in
      let (_, board) = try context.complianceBoard()
      return .json(JSONWriter.wire(board.json(for: context)))
    }
    table.get(
      "/api/v1/batches/:batch/missing", "What opening and arrivals still ask for, by the person who has to bring it",
      for: .house, reads: .health("missing", .path("batch")), gives: .anyObject
    ) { .json(JSONWriter.wire(try $0.missingJSON())) }
    table.page("/batches/:batch/compliance", for: .house, reads: .health("compliance", .path("batch"))) {
      .response(try $0.compliancePage())
    }
    table.page("/batches/:batch/compliance/:rule", for: .house, reads: .health("compliance", .path("batch"))) {
      .response(try $0.complianceRulePage())
    }
    table.page("/batches/:batch/missing", for: .house, reads: .health("missing", .path("batch"))) {
      .response(try $0.missingPage())
    }
  }
}

extension ComplianceBoard {
  fileprivate func json(for context: Context) -> JSON {
    .object([
      "regulation": .string(regulation.id), "edition": .int(Int64(regulation.edition)), "at": .int(at.milliseconds),
      "counts": .object(Standing.allCases.map { JSON.Member($0.code, .int(Int64(count($0)))) }),
      "rules": .array(
        lines.map { line in
          .object([
            "rule": .string(line.rule.id), "regulation": .string(line.rule.regulation),
            "article": .string(line.rule.article), "quote": .string(line.rule.quote), "title": line.rule.title.json,
            "force": .string(line.rule.force.letter), "standing": .string(line.standing.code),
            "needsAct": .bool(line.needsAct), "gates": .array(line.gates.map { $0.json(for: context) }),
            "nonconformities": .int(Int64(line.nonconformities.count)),
          ])
        }),
    ])
  }
}

extension ComplianceBoard.AtGate {
  fileprivate func json(for context: Context) -> JSON {
    .object([
      "gate": .string(gate.rawValue), "standing": .string(standing.code),
      "answers": .array(
        answers.map { answer in
          let isHidden = answer.tellsHealth && !context.actor.mayReadHealth
          return .object([
            "participant": .optional(answer.participant?.description), "outcome": .string(answer.outcome.rawValue),
            "force": .string(answer.force.letter), "blocks": .bool(answer.blocks),
            "message": isHidden ? Text("由医护核对。", "The medical staff check this.").json : answer.message.json,
            "warning": isHidden ? nil : answer.warning?.json,
            "facts": .array(
              isHidden
                ? [] : answer.facts.map { .object(["key": .string($0.key.rawValue), "value": .string($0.value)]) }),
            "missing": .array(answer.missing.map { .string($0.rawValue) }),
            "by": .array(answer.by.map { .string($0.rawValue) }),
            "decidedAt": answer.decidedAt.map { .int($0.milliseconds) },
            "departure": answer.departure.map {
              .object([
                "reason": .string(isHidden ? "" : $0.reason), "person": .string($0.person),
                "at": .int($0.at.milliseconds),
              ])
            },
          ])
        }),
    ])
  }
}

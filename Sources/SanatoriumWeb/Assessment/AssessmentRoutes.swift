internal import Evidence
internal import MicroHTTP
internal import Packs
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// `POST /api/v1/assessments`: the rules for anyone who wants to check them. Nothing is stored; the same function
  /// serves the pages and the Store.
  func assessmentRoutes(_ table: inout RouteTable) {
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/assessments", summary: "NEWS2 and the limits of given readings; stores nothing",
        audience: .everyone, reads: .none, takes: .object(["readings": Readings.schema, "symptoms": .list(.code(Symptom.self))]),
        gives: .anyObject)
    ) { context in
      var fields = try context.fields()
      let readings = fields.readings("readings")
      let symptoms = fields.symptoms("symptoms")
      try fields.finish()
      let health = try Packs.health(Packs.healthPacks[0])
      let assessment = Assessment.assess(readings, symptoms: symptoms, pack: health)
      return .response(.json(JSONWriter.wire(assessment.json(context.language))))
    }
  }
}

extension Assessment {
  /// The wire's form. `level` is nil exactly when a parameter is missing.
  func json(_ language: Language) -> JSON {
    let points = news2.known.map { JSON.Member($0.parameter.rawValue, .int(Int64($0.points))) }
    return .object([
      "news2": .object([
        JSON.Member("complete", .bool(news2.isComplete)),
        JSON.Member("total", news2.total.map { .int(Int64($0)) } ?? .null),
        JSON.Member("missing", .array(news2.missing.map { .string($0.rawValue) })),
        JSON.Member("parameters", .object(points)),
        JSON.Member("level", news2.level.map { .string($0.rawValue) } ?? .null),
      ]),
      "findings": .array(
        findings.map { finding in
          .object([
            "code": .string(finding.code), "severity": .string(finding.severity.rawValue),
            "message": .string(finding.message(language)), "source": .string(finding.source),
          ])
        }),
      "severity": severity.map { .string($0.rawValue) },
      "action": .string(action(language)),
    ])
  }
}

internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func closingRoutes(_ table: inout RouteTable) {
    table.post(
      "/api/v1/batches/:batch/close",
      "Take counts and explanations, run the closing gate and close the batch; all of it or nothing", for: .deciders,
      takes: .write([
        "satisfaction": SatisfactionCounts.schema, "soundness": RecordedIndicator.schema,
        "explanations": Schema(.object(["type": "object", "additionalProperties": Schema.text(1_000).json])),
        "reason": .text(500),
      ])
    ) { context in
      let id = try context.id("batch")
      var fields = try context.fields()
      let closing = BatchClosing(
        satisfaction: fields.satisfaction(), soundness: fields.soundness(), explanations: fields.explanations(),
        reason: fields.text("reason", required: false, limit: 500, lines: true) ?? "")
      let submission = try context.submission(&fields)
      try fields.finish()
      return .recorded { try $0.closeBatch(id, closing, submission) }
    }
    table.post(
      "/api/v1/batches/:batch/satisfaction", "The counts of the paper forms", for: .deciders,
      takes: .write(["satisfaction": SatisfactionCounts.schema], required: ["satisfaction"])
    ) { context in
      let id = try context.id("batch")
      var fields = try context.fields()
      let counts = fields.satisfaction(required: true)
      let submission = try context.submission(&fields)
      try fields.finish()
      guard let counts else { throw Refusal.invalid([]) }
      return .recorded { try $0.recordSatisfaction(counts, in: id, submission) }
    }
    table.post(
      "/api/v1/batches/:batch/soundness", "计划合理度, a score of a whole", for: .deciders,
      takes: .write(["soundness": RecordedIndicator.schema], required: ["soundness"])
    ) { context in
      let id = try context.id("batch")
      var fields = try context.fields()
      let soundness = fields.soundness(required: true)
      let submission = try context.submission(&fields)
      try fields.finish()
      guard let soundness else { throw Refusal.invalid([]) }
      return .recorded { try $0.recordSoundness(soundness, in: id, submission) }
    }
    table.get(
      "/api/v1/batches/:batch/close", "What still keeps the batch open, beside its rules", for: .deciders, reads: .health("closing", .path("batch")),
      gives: .anyObject
    ) { context in
      let id = try context.id("batch")
      let matters = try context.site.store.read { try $0.openMatters(of: $0.batch(id)) }
      return .json(JSONWriter.wire(.object(["matters": .array(matters.map(\.json))])))
    }
    table.get(
      "/api/v1/batches/:batch/nonconformities", "Every breach between gates", for: .house, reads: .health("closing", .path("batch")), gives: .anyObject
    ) { context in
      let id = try context.id("batch")
      let found = try context.site.store.read { try $0.nonconformities(of: $0.batch(id)) }
      return .json(JSONWriter.wire(.object(["nonconformities": .array(found.map { $0.json(for: context.actor) })])))
    }
    table.post(
      "/api/v1/nonconformities/:nonconformity/explanation", "Explain a breach, once", for: .deciders,
      takes: .write(["explanation": .text(1_000)], required: ["explanation"])
    ) { context in
      let id = try context.id("nonconformity")
      var fields = try context.fields()
      let explanation = fields.text("explanation", limit: 1_000, lines: true) ?? ""
      let submission = try context.submission(&fields)
      try fields.finish()
      return .recorded { try $0.explainNonconformity(id, explanation: explanation, submission) }
    }
    table.page("/batches/:batch/close", for: .deciders, reads: .health("closing", .path("batch"))) { .response(try $0.closingPage(Form())) }
    table.form("/batches/:batch/close", for: .deciders, reads: .health("closing", .path("batch"))) { context in
      let id = try context.id("batch")
      var fields = try context.fields()
      let known = try context.site.store.read { try $0.nonconformities(of: $0.batch(id)).map(\.id) }
      let closing = BatchClosing(
        satisfaction: fields.typedSatisfaction(), soundness: fields.typedSoundness(),
        explanations: fields.typedExplanations(known),
        reason: fields.text("reason", required: false, limit: 500, lines: true) ?? "")
      let submission = try context.submission()
      try fields.finish()
      return .redirect(to: "/batches/\(id)") { try $0.closeBatch(id, closing, submission) }
    } refused: {
      try $0.closingPage($1, .unprocessableContent)
    }
  }
}

extension OpenMatter {
  fileprivate var json: JSON {
    .object(["code": .string(code), "subject": .string(subject.description), "message": message.json])
  }
}

extension Nonconformity {
  /// Of a medical cause nothing but the rule for those who may not read health data.
  fileprivate func json(for actor: Actor) -> JSON {
    let told = cause != .medical || actor.mayReadHealth
    return .object([
      "id": .string(id.description), "rule": .string(rule), "article": .string(article), "quote": .string(quote),
      "subject": .string(subject.description), "cause": .string(cause.rawValue), "message": told ? message.json : nil,
      "openedAt": .int(openedAt.milliseconds), "closedAt": .optional(closedAt?.milliseconds),
      "explanation": .optional(told ? explanation : nil), "explainedBy": .optional(explainedBy),
      "explainedAt": .optional(explainedAt?.milliseconds),
    ])
  }
}

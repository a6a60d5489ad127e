internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func activationRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/plans", "The plans that the batch opened with, each whole", for: .house, reads: .none,
      query: [QueryParameter("batch", .uuid, "the open batch when absent")], gives: .anyObject
    ) { context in
      let plans = try context.site.store.read { try $0.packs(of: context.stayBatch($0))?.plans ?? [] }
      return .json(JSONWriter.wire(.object(["plans": .array(plans.map { $0.json(context.language) })])))
    }
    table.get(
      "/api/v1/activations", "A batch's activations: open ones, or with ended=true the ended", for: .house, reads: .health("activations"),
      query: [
        QueryParameter("batch", .uuid, "the open batch when absent"), QueryParameter("ended", .boolean, "false when absent"),
        QueryParameter("before", .uuid, "of ended ones: the previous page's last"),
      ], gives: .anyObject
    ) { context in
      let activations = try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        guard context.request.query.first("ended") == "true" else { return try reader.openActivations(of: batch) }
        let before = try context.request.query.first("before").flatMap { ID($0) }.map { try reader.activation($0) }
        return try reader.endedActivations(of: batch, before: before)
      }
      return .json(JSONWriter.wire(.object(["activations": .array(activations.map { $0.json(context) })])))
    }
    table.get(
      "/api/v1/activations/:activation", "One activation with its steps and what happened", for: .house, reads: .health("activation", .path("activation")),
      gives: .anyObject
    ) { context in
      let id = try context.id("activation")
      let view = try context.site.store.read { try ActivationView($0, id) }
      if let person = view.person, context.actor.mayReadHealth { context.saw("activation", of: person.id) }
      return .json(JSONWriter.wire(view.json(context)))
    }
    let batchStart = Writing<(ID, ActivationDraft)>(
      "Start a plan by hand, or as a drill", for: .house,
      takes: [
        "batch": .uuid, "plan": .string, "level": .integer(1...4), "participant": .uuid, "incident": .uuid,
        "drill": .boolean, "external": .boolean, "reason": .text(500),
      ], required: ["plan", "reason"],
      decode: { context, fields in (try context.writeBatch(&fields), ActivationDraft(&fields)) },
      event: { try $0.startPlan($1.1, in: $1.0, $2) })
    table.write("/api/v1/activations", batchStart)
    table.page("/plans", for: .house, reads: .health("activations")) { .response(try $0.plansPage(Form())) }
    table.page("/activations", for: .house, reads: .none) { _ in .response(.redirect(to: "/plans#activations")) }
    table.send("/plans", batchStart, reads: .health("activations"), to: { _ in "/incidents" }) { try $0.plansPage($1) }
    table.page("/activations/:activation", for: .house, reads: .allergies("activation", .path("activation"))) { .response(try $0.activationPage(Form())) }
    activationActs(&table)
  }

  private func activationActs(_ table: inout RouteTable) {
    let here: @Sendable (Context) -> String = { "/activations/\($0.parameters["activation"])" }
    let again: @Sendable (Context, Form) throws -> Response = { try $0.activationPage($1) }
    func both<Draft>(_ act: String, _ writing: Writing<Draft>) {
      table.write("/api/v1/activations/:activation/\(act)", writing)
      table.send("/activations/:activation/\(act)", writing, reads: .allergies("activation", .path("activation")), to: here, again: again)
    }
    both(
      "start",
      Writing(
        "Start what was proposed", for: .house, takes: ["level": .integer(1...4), "external": .boolean],
        decode: { context, fields in
          (
            try context.id("activation"),
            fields.int("level", 1...4, required: false).flatMap(PlanLevel.init(rawValue:)),
            fields.bool("external", required: false) ?? false
          )
        }, event: { try $0.startProposal($1.0, level: $1.1, external: $1.2, $2) }))
    both(
      "decline",
      Writing(
        "Turn a proposal down", for: .house, takes: ["reason": .text(500)], required: ["reason"],
        decode: { context, fields in (try context.id("activation"), fields.text("reason", limit: 500) ?? "") },
        event: { try $0.declinePlan($1.0, reason: $1.1, $2) }))
    both(
      "level",
      Writing(
        "Raise or lower the level", for: .house,
        takes: ["level": .integer(1...4), "reason": .text(500), "external": .boolean], required: ["level", "reason"],
        decode: { context, fields in
          let level = fields.int("level", 1...4).flatMap(PlanLevel.init(rawValue:)) ?? .l4
          let reason = fields.text("reason", limit: 500) ?? ""
          return (try context.id("activation"), level, reason, fields.bool("external", required: false) ?? false)
        }, event: { try $0.changePlanLevel($1.0, to: $1.1, reason: $1.2, external: $1.3, $2) }))
    both(
      "steps/:step/done",
      Writing(
        "Record that a step was done", for: .house, takes: ["note": .text(500)],
        decode: { context, fields in
          guard let step = Int(context.parameters["step"]) else {
            throw Refusal.notFound(Text("没有这一步。", "There is no such step."))
          }
          let note = fields.text("note", required: false, limit: 500, lines: true) ?? ""
          return (try context.id("activation"), step, note)
        }, event: { try $0.finishStep($1.0, step: $1.1, note: $1.2, $2) }))
    both(
      "terminate",
      Writing(
        "End the plan with its conditions confirmed", for: .house,
        takes: ["confirmed": .list(.string), "text": .text(2_000), "external": .boolean], required: ["confirmed"],
        decode: { context, fields in
          let codes = fields.confirmed(context)
          let text = fields.text("text", required: false, limit: 2_000, lines: true) ?? ""
          return (try context.id("activation"), codes, text, fields.bool("external", required: false) ?? false)
        }, event: { try $0.terminatePlan($1.0, confirmed: $1.1, text: $1.2, external: $1.3, $2) }))
    both(
      "review",
      Writing(
        "Record the review", for: .house, takes: ["text": .text(4_000)], required: ["text"],
        decode: { context, fields in
          (try context.id("activation"), fields.text("text", limit: 4_000, lines: true) ?? "")
        }, event: { try $0.reviewPlan($1.0, text: $1.1, $2) }))
  }
}

extension ActivationDraft {
  init(_ fields: inout JSONFields) {
    self.init(
      plan: fields.text("plan", limit: 80) ?? "",
      level: fields.int("level", 1...4, required: false).flatMap(PlanLevel.init(rawValue:)),
      participant: fields.id("participant", required: false), incident: fields.id("incident", required: false),
      isDrill: fields.bool("drill", required: false) ?? false, reason: fields.text("reason", limit: 500) ?? "",
      isExternal: fields.bool("external", required: false) ?? false)
  }
}

extension JSONFields {
  /// The confirmed conditions: a list of codes, or a form's ticked boxes `confirmed.<code>`.
  fileprivate mutating func confirmed(_ context: Context) -> Set<String> {
    guard context.isAPI else {
      let names = context.formValues.names.filter { $0.hasPrefix("confirmed.") }
      return Set(
        names.compactMap { name in bool(name, required: false) == true ? String(name.dropFirst("confirmed.".count)) : nil })
    }
    guard case .array(let list)? = value("confirmed") else {
      refuse("confirmed", "not-a-list", Text("这里要一个列表。", "A list is needed here."))
      return []
    }
    return Set(list.compactMap(\.string))
  }
}

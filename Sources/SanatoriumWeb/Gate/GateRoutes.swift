internal import Evidence
internal import MicroHTTP
internal import Packs
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func gateRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/batches/:batch/gates/:gate", "Every rule of a gate with its clause, facts, what is missing", for: .house, reads: .health("gate", .path("batch")),
      gives: .anyObject
    ) { context in
      let gate = try context.gateResults()
      return .json(JSONWriter.wire(gate.results.json(for: context.actor)))
    }
    table.get(
      "/api/v1/participants/:participant/gates/arrival", "The arrival gate of one person", for: .house, reads: .health("arrival-gate", .path("participant")),
      gives: .anyObject
    ) { context in
      .json(JSONWriter.wire(try context.arrivalResults().1.json(for: context.actor)))
    }
    table.post(
      "/api/v1/batches/:batch/open", "Run the opening gate and open the batch, freezing its packs", for: .deciders,
      takes: .object(["occurredAt": .instant, "sentAt": .instant])
    ) { context in
      let id = try context.id("batch")
      var fields = try context.fields()
      let submission = try context.submission(&fields)
      try fields.finish()
      let packs = try context.packsToFreeze(for: id)
      return .recorded { try $0.openBatch(id, packs: packs, submission) }
    }
    table.form("/batches/:batch/open", for: .deciders, reads: .none) { context in
      let id = try context.id("batch")
      let submission = try context.submission()
      let packs = try context.packsToFreeze(for: id)
      return .redirect(to: "/batches/\(id)") { try $0.openBatch(id, packs: packs, submission) }
    }
    table.get(
      "/api/v1/batches/:batch/departures", "Departures from soft rules that were accepted", for: .house, reads: .health("departures", .path("batch")),
      gives: .anyObject
    ) { context in
      let id = try context.id("batch")
      let departures = try context.site.store.read { try $0.departures(of: $0.batch(id)) }
      return .json(JSONWriter.wire(.object(["departures": .array(departures.map { $0.json(for: context.actor) })])))
    }
    table.post(
      "/api/v1/batches/:batch/departures", "Accept that a soft rule is not followed", for: .deciders,
      takes: .object(
        [
          "rule": .text(20), "gate": .code(Gate.self), "participant": .uuid, "reason": .text(500), "person": .text(60),
          "occurredAt": .instant, "sentAt": .instant,
        ], required: ["rule", "gate", "reason", "person"])
    ) { context in
      var fields = try context.fields()
      return .recorded(try context.departure(&fields, context.submission(&fields)))
    }
    table.page("/batches/:batch/gates/:gate", for: .house, reads: .health("gate", .path("batch"))) { .response(try $0.gatePage()) }
    table.page("/participants/:participant/gates/arrival", for: .house, reads: .health("arrival-gate", .path("participant"))) {
      .response(try $0.arrivalGatePage())
    }
    table.page("/batches/:batch/departures", for: .deciders, reads: .none) { .response(try $0.ruleDeparturePage(Form())) }
    table.form("/batches/:batch/departures", for: .deciders, reads: .none) { context in
      let id = try context.id("batch")
      var fields = try context.fields()
      let back = context.ownPath(fields.text("back", required: false))
      let event = try context.departure(&fields, context.submission())
      return .redirect(to: back ?? "/batches/\(id)", event)
    } refused: {
      try $0.ruleDeparturePage($1, .unprocessableContent)
    }
  }
}

extension Departure {
  /// Why one person's rule is departed from may tell of their health.
  fileprivate func json(for actor: Actor) -> JSON {
    let told = participant == nil || actor.mayReadHealth
    return .object([
      "rule": .string(rule), "gate": .string(gate.rawValue), "participant": .optional(participant?.description),
      "reason": .string(told ? reason : ""), "person": .string(person), "at": .int(at.milliseconds),
    ])
  }
}

extension Context {
  /// The gate that the path names, of the batch that the path names.
  func gateResults() throws -> (batch: Batch, regulation: Regulation, results: GateResults) {
    guard let gate = Gate(rawValue: parameters["gate"]) else {
      throw Refusal.notFound(Text("没有这个关口。", "There is no such gate."))
    }
    let id = try self.id("batch")
    return try site.store.read { reader in
      let batch = try reader.batch(id)
      let regulation = try self.regulation(of: batch, reader)
      return (batch, regulation, try reader.gate(gate, of: batch, under: regulation, at: site.store.now))
    }
  }

  /// The arrival gate of the person that the path names, as it would decide now or on the first day.
  func arrivalResults() throws -> (Participant, GateResults) {
    let id = try self.id("participant")
    return try site.store.read { reader in
      let person = try reader.participant(id)
      let batch = try reader.batch(of: person)
      let first = site.store.time.instant(batch.firstDay, minute: 0)
      return (
        person,
        try reader.arrivalGate(
          of: person, under: self.regulation(of: batch, reader), at: max(site.store.now, first))
      )
    }
  }

  /// The packs as they are now, to be frozen into a batch.
  fileprivate func packsToFreeze(for id: ID) throws -> FrozenPacks {
    try site.store.read { reader in
      FrozenPacks(
        regulation: try self.regulation(of: reader.batch(id), reader), health: try Packs.health(Packs.healthPacks[0]),
        plans: try Packs.planPacks.map { try Packs.plan($0) })
    }
  }

  fileprivate func departure(
    _ fields: inout JSONFields, _ submission: Submission
  ) throws -> @Sendable (Ledger) throws -> Recorded {
    let batch = try id("batch")
    let rule = fields.text("rule", limit: 20) ?? ""
    let gate = fields.code("gate", Gate.self) ?? .open
    let participant = fields.id("participant", required: false)
    let reason = fields.text("reason", limit: 500, lines: true) ?? ""
    let person = fields.text("person", limit: 60) ?? ""
    try fields.finish()
    if let participant {
      guard try site.store.read({ try $0.batch(of: $0.participant(participant)).id }) == batch else {
        throw Refusal.notFound(Text("这一批没有这个人。", "This batch has no such participant."))
      }
    }
    let owner: FactOwner = participant.map { .participant($0) } ?? .batch(batch)
    let regulation = try proposed(owner)
    return {
      try $0.acceptDeparture(
        rule, at: gate, of: owner, reason: reason, person: person, under: regulation, submission)
    }
  }
}

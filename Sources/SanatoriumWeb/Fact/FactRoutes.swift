internal import Evidence
internal import MicroHTTP
internal import Packs
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// Facts of batches and participants: one generic API and one generic page, both made from the catalogue.
  func factRoutes(_ table: inout RouteTable) {
    for (place, parameter, scope) in [
      ("batches", "batch", FactDefinition.Scope.batch), ("participants", "participant", .participant),
    ] {
      let base = "\(place)/:\(parameter)"
      // A batch's facts tell nothing of anybody's health.
      let reads = scope == .participant ? HealthReading.health("facts", .path(parameter)) : .none
      table.get(
        "/api/v1/\(base)/facts", "What rules can ask of a \(parameter), and what is recorded", for: .house, reads: reads,
        gives: .anyObject
      ) { context in try context.factList(of: context.owner(scope)) }
      table.get(
        "/api/v1/\(base)/facts/:key", "Every recording of one fact, newest first", for: .house, reads: reads, gives: .anyObject
      ) { context in try context.factHistory(of: context.owner(scope)) }
      table.post(
        "/api/v1/\(base)/facts", "Record a fact of a \(parameter)", for: .house, takes: RecordedFact.schema
      ) { context in
        let owner = try context.owner(scope)
        var fields = try context.fields()
        let key = FactKey(fields.text("key", limit: 60) ?? "")
        let fact = RecordedFact(&fields)
        let submission = try context.submission(&fields)
        try fields.finish()
        let regulation = try context.proposed(owner)
        return .recorded { try $0.recordFact(key, fact, of: owner, under: regulation, submission) }
      }
      table.page("/\(base)/facts", for: .house, reads: reads) { .response(try $0.factsPage($0.owner(scope))) }
      table.page("/\(base)/facts/:key", for: .house, reads: reads) { .response(try $0.factPage($0.owner(scope), Form())) }
      table.form("/\(base)/facts/:key", for: .house, reads: reads) { context in
        let owner = try context.owner(scope)
        let key = FactKey(context.parameters["key"])
        var fields = try context.fields()
        let back = fields.text("back", required: false, limit: 200)
        let missing = fields.bool("missing", required: false) ?? false
        let typed = RecordedFact(&fields)
        let submission = try context.submission()
        try fields.finish()
        let regulation = try context.proposed(owner)
        let fact = missing ? RecordedFact.confirmedMissing : typed
        return .redirect(to: context.ownPath(back) ?? context.path(of: owner) + "/facts") {
          try $0.recordFact(key, fact, of: owner, under: regulation, submission)
        }
      } refused: { context, form in
        try context.factPage(context.owner(scope), form, .unprocessableContent)
      }
    }
  }
}

extension Context {
  func owner(_ scope: FactDefinition.Scope) throws -> FactOwner {
    scope == .batch ? .batch(try id("batch")) : .participant(try id("participant"))
  }

  func path(of owner: FactOwner) -> String {
    switch owner {
    case .batch(let id): "/batches/\(id)"
    case .participant(let id): "/participants/\(id)"
    }
  }

  /// A path of this site, never another's address.
  func ownPath(_ path: String?) -> String? {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
      !path.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F })
    else { return nil }
    return path
  }

  func batch(of owner: FactOwner, _ reader: Reader) throws -> Batch {
    switch owner {
    case .batch(let id): try reader.batch(id)
    case .participant(let id): try reader.batch(of: reader.participant(id))
    }
  }

  /// The regulation that the owner's batch runs under, for what is decided before it is frozen.
  func proposed(_ owner: FactOwner) throws -> Regulation {
    try site.store.read { try self.regulation(of: self.batch(of: owner, $0), $0) }
  }

  fileprivate func factList(of owner: FactOwner) throws -> Response {
    let (entries, regulation, names) = try site.store.read { reader in
      (
        try reader.factEntries(of: owner), try self.regulation(of: self.batch(of: owner, reader), reader),
        Dictionary(uniqueKeysWithValues: try reader.accounts().map { ($0.id, $0.name) })
      )
    }
    let asked = Gate.allCases.map { ($0, Set(regulation.asked(at: $0, of: owner.scope))) }
    let facts = FactCatalogue.all.filter { $0.scope == owner.scope }.map { definition in
      definition.json(
        entries.first { $0.key == definition.key },
        gates: asked.filter { $0.1.contains(definition.key) }.map(\.0), names: names, for: actor)
    }
    return .json(JSONWriter.wire(.object(["facts": .array(facts)])))
  }

  fileprivate func factHistory(of owner: FactOwner) throws -> Response {
    let definition = try self.definition(of: owner)
    guard !(definition.isHealth && owner.scope == .participant) || actor.mayReadHealth else {
      throw Refusal.forbidden(Text("这是健康信息。", "This is health data."))
    }
    let entries = try site.store.read { try $0.factHistory(definition.key, of: owner) }
    let history = entries.map { entry in
      JSON.object([
        "fact": entry.fact.json, "recordedAt": .int(entry.recordedAt.milliseconds),
        "actor": .string(entry.actor.description),
      ])
    }
    return .json(JSONWriter.wire(.object(["key": .string(definition.key.rawValue), "history": .array(history)])))
  }

  /// The definition that the path's key names.
  func definition(of owner: FactOwner) throws -> FactDefinition {
    guard let definition = FactCatalogue[FactKey(parameters["key"])], definition.scope == owner.scope else {
      throw Refusal.notFound(Text("没有这个事项。", "There is no such fact."))
    }
    return definition
  }
}

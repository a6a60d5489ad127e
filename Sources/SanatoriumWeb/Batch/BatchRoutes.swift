internal import Evidence
internal import MicroHTTP
internal import Packs
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Audience {
  /// Who plans, opens and closes.
  static let deciders = Audience.roles([.lead, .organizer])
  /// Who hands in lists.
  static let listers = Audience.roles([.lead, .organizer, .staff])
}

extension Site {
  func batchRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/batches", "Batches, newest first", for: .house, reads: .none,
      query: [QueryParameter("before", .uuid, "the last batch of the page before")], gives: .anyObject
    ) { context in
      let batches = try context.batchList(limit: 50)
      return .json(
        JSONWriter.wire(
          .object([
            "batches": .array(batches.map(\.json)),
            "next": batches.count == 50 ? .string("/api/v1/batches?before=\(batches[49].id)") : nil,
          ])))
    }
    table.post("/api/v1/batches", "Plan a batch", for: .deciders, takes: BatchDraft.schema) { context in
      let (draft, submission) = try context.batchDraft()
      return .recorded { try $0.planBatch(draft, submission) }
    }
    table.get("/api/v1/batches/:batch", "One batch, with how many are where", for: .house, reads: .none, gives: .anyObject) { context in
      let id = try context.id("batch")
      return try context.site.store.read { reader in
        let batch = try reader.batch(id)
        return .json(
          JSONWriter.wire(.object(["batch": batch.json, "people": try reader.presence(in: batch).json])))
      }
    }
    table.post(
      "/api/v1/batches/:batch", "Change what was planned, until the batch is opened", for: .deciders,
      takes: BatchDraft.schema
    ) { context in
      let id = try context.id("batch")
      let (draft, submission) = try context.batchDraft()
      return .recorded { try $0.changeBatch(id, draft, submission) }
    }
    table.page("/batches", for: .house, reads: .none) { .response(try $0.batchesPage()) }
    table.page("/batches/new", for: .deciders, reads: .none) { .response(try $0.batchFormPage(nil, Form())) }
    table.form("/batches", for: .deciders, reads: .none) { context in
      let (draft, submission) = try context.batchDraft()
      return Act({ try $0.planBatch(draft, submission) }) {
        .redirect(to: "/batches/\($0.subject)?saved=\($0.sequence)")
      }
    } refused: {
      try $0.batchFormPage(nil, $1, .unprocessableContent)
    }
    table.page("/batches/:batch", for: .house, reads: .none) { .response(try $0.batchPage()) }
    table.page("/batches/:batch/change", for: .deciders, reads: .none) { context in
      let id = try context.id("batch")
      let batch = try context.site.store.read { try $0.batch(id) }
      return .response(try context.batchFormPage(batch, Form()))
    }
    table.form("/batches/:batch/change", for: .deciders, reads: .none) { context in
      let id = try context.id("batch")
      let (draft, submission) = try context.batchDraft()
      return .redirect(to: "/batches/\(id)") { try $0.changeBatch(id, draft, submission) }
    } refused: { context, form in
      let id = try context.id("batch")
      return try context.batchFormPage(try context.site.store.read { try $0.batch(id) }, form, .unprocessableContent)
    }
  }
}

extension RouteTable {
  /// What a form posts to, where the same page shows what decoding found wrong and what the Store refused.
  mutating func form(
    _ pattern: String, for audience: Audience, reads: HealthReading,
    _ act: @escaping @Sendable (Context) throws -> Act, refused: @escaping @Sendable (Context, Form) throws -> Response
  ) {
    formReply(pattern, for: audience, reads: reads) { context in
      do {
        return try act(context).showing { try refused(context, context.refusedForm($0)) }.reply(context)
      } catch Refusal.invalid(let faults) where !context.wantsFaults {
        return .response(try refused(context, context.refusedForm(faults)))
      }
    }
  }
}

extension Context {
  /// The form as it was sent, with what is wrong.
  func refusedForm(_ faults: [Fault]) -> Form { Form(formValues, faults: faults.map { $0.shown(language) }) }

  fileprivate func batchDraft() throws -> (BatchDraft, Submission) {
    var fields = try fields()
    let draft = BatchDraft(&fields, regulations: site.configuration.regulations.content.ids)
    let submission = try isAPI ? submission(&fields) : submission()
    try fields.finish()
    return (draft, submission)
  }

  func batchList(limit: Int) throws -> [Batch] {
    try site.store.read { reader in
      let before = try request.query.first("before").flatMap { ID($0) }.map { try reader.batch($0) }
      return try reader.batches(before: before, limit: limit)
    }
  }

  /// As `regulation(of:)`; nil for a planned batch whose pack has gone or has a fault.
  func regulationIfSound(of batch: Batch, _ reader: Reader) throws -> Regulation? {
    do { return try regulation(of: batch, reader) } catch Refusal.conflict where batch.state == .planned { return nil }
  }

  /// What keeps a planned batch's own pack from being read, each fault with its line; empty when nothing does.
  func packFaults(of batch: Batch) -> [PackFault] {
    let shelf = site.configuration.regulations.content
    guard batch.state == .planned, shelf[batch.regulation] == nil else { return [] }
    return shelf.faults(of: batch.regulation)
  }

  /// The regulation a batch runs under: the frozen one, before opening the pack of its id.
  func regulation(of batch: Batch, _ reader: Reader) throws -> Regulation {
    if let frozen = try reader.packs(of: batch)?.regulation { return frozen }
    let shelf = site.configuration.regulations.content
    if let regulation = shelf[batch.regulation] { return regulation }
    let first = shelf.faults(of: batch.regulation).first
    throw Refusal.conflict(
      Fault(
        "regulation", "no-pack",
        first.map {
          Text("规则包“\(batch.regulation)”有错：\($0.sentence(.chinese))", "The regulation pack “\(batch.regulation)” is faulty: \($0.sentence(.english))")
        } ?? Text("没有规则包“\(batch.regulation)”。", "There is no regulation pack “\(batch.regulation)”.")))
  }
}

internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What is recorded of rota templates: saved, removed, applied to a batch.
enum RotaTemplateWritings {
  struct Saving: Sendable {
    let template: ID?
    let draft: RotaTemplateDraft
    let revision: Int64?
  }

  private static let line = Schema.object(
    [
      "duty": .code(Duty.self), "from": .integer(0...1439), "until": .integer(0...1439), "every": .integer(0...30),
      "first": .integer(1...31), "people": .list(.text(40)),
    ], required: ["duty", "from", "until", "people"])

  static let adding = Writing(
    "Save a new rota template; hours in minutes since midnight", for: .planners,
    takes: ["name": .text(40), "lines": .list(line)], required: ["name", "lines"]
  ) { _, fields in
    Saving(template: nil, draft: draft(&fields), revision: nil)
  } event: { ledger, saving, submission in
    try save(ledger, saving, submission)
  }

  static let change = Writing(
    "Change a rota template; the revision guards against overwriting somebody else's change", for: .planners,
    takes: ["name": .text(40), "lines": .list(line), "revision": .integer], required: ["name", "lines"]
  ) { context, fields in
    Saving(
      template: try context.id("template"), draft: draft(&fields),
      revision: fields.int("revision", 0...Int.max, required: false).map(Int64.init))
  } event: { ledger, saving, submission in
    try save(ledger, saving, submission)
  }

  private static func save(_ ledger: Ledger, _ saving: Saving, _ submission: Submission) throws -> Recorded {
    do {
      return try ledger.saveRotaTemplate(saving.template, saving.draft, basedOn: saving.revision, submission)
    } catch Refusal.invalid(let faults) {
      // The page has one field for all lines; which is meant stands in the sentence.
      throw Refusal.invalid(
        faults.map { fault in
          guard fault.field.hasPrefix("lines["), let number = Int(fault.field.dropFirst(6).dropLast()) else { return fault }
          return Fault("lines", fault.code, Text("第 \(number + 1) 行：\(fault.message.chinese)", "Line \(number + 1): \(fault.message.english)"))
        })
    }
  }

  /// Of the API a list of lines, of the form one line of text each.
  private static func draft(_ fields: inout JSONFields) -> RotaTemplateDraft {
    let name = fields.text("name", limit: 40) ?? ""
    guard case .array(let list)? = fields.value("lines") else {
      return RotaTemplateDraft(name: name, lines: written(&fields))
    }
    var lines: [RotaLine] = []
    for (index, element) in list.prefix(RotaTemplateDraft.most + 1).enumerated() {
      do {
        var one = try JSONFields(element, prefix: "lines[\(index)]")
        let names = one.list("people").compactMap(\.string).map(trim)
        lines.append(
          RotaLine(
            duty: one.code("duty", Duty.self) ?? .escort, from: one.int("from", 0...1439) ?? 0, until: one.int("until", 0...1439) ?? 0,
            every: one.int("every", 0...30, required: false) ?? 1, first: one.int("first", 1...31, required: false) ?? 1, people: names))
        try one.finish()
      } catch Refusal.invalid(let faults) {
        fields.add(faults)
      } catch {
        fields.refuse("lines[\(index)]", "not-an-object", Text("每一行要是一个对象。", "Each line is an object."))
      }
    }
    return RotaTemplateDraft(name: name, lines: lines)
  }

  private static func written(_ fields: inout JSONFields) -> [RotaLine] {
    let text = fields.text("lines", limit: 4_000, lines: true) ?? ""
    var lines: [RotaLine] = []
    let all = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    for (index, one) in all.enumerated() {
      switch RotaLine.read(String(one)) {
      case .success(let line): lines.append(line)
      case .failure(let fault):
        fields.refuse(
          "lines", "malformed", Text("第 \(index + 1) 行：\(fault.message.chinese)", "Line \(index + 1): \(fault.message.english)"))
      }
    }
    return lines
  }

  struct Removal: Sendable {
    let template: ID
    let revision: Int64?
  }

  static let removal = Writing(
    "Remove a rota template; the shifts that it made stay", for: .planners, takes: ["revision": .integer]
  ) { context, fields in
    Removal(template: try context.id("template"), revision: fields.int("revision", 0...Int.max, required: false).map(Int64.init))
  } event: { ledger, removal, submission in
    try ledger.removeRotaTemplate(removal.template, basedOn: removal.revision, submission)
  }

  struct Application: Sendable {
    let batch: ID
    let template: ID
    let templateRevision: Int64?
    let seen: ShiftWritings.Seen
  }

  static let application = Writing(
    "Plan a batch's rota by a template in one step; what its people have at that time already stays. With the revisions of the preview it is refused where others have changed the rota or the template since",
    for: .planners,
    takes: ["batch": .uuid, "revision": .integer, "templateRevision": .integer, "confirmed": .boolean]
  ) { context, fields in
    Application(
      batch: try context.writeBatch(&fields), template: try context.id("template"),
      templateRevision: fields.int("templateRevision", 0...Int.max, required: false).map(Int64.init),
      seen: ShiftWritings.Seen(context, &fields))
  } event: { ledger, application, submission in
    do {
      return try ledger.applyRotaTemplate(
        application.template, to: application.batch, basedOn: application.seen.revision,
        templateRevision: application.templateRevision, confirmed: application.seen.confirmed, submission)
    } catch Refusal.invalid(let faults) {
      throw Refusal.invalid(faults.map { $0.code == "will-cause" ? $0 : Fault("", $0.code, $0.message) })
    }
  }
}

extension Site {
  func rotaTemplateRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/rota-templates", "The house's rota templates", for: .planners, reads: .none,
      gives: .object(["rotaTemplates": .list(.anyObject)])
    ) { context in
      let templates = try context.site.store.read { try $0.rotaTemplates() }
      return .json(JSONWriter.wire(.object(["rotaTemplates": .array(templates.map(\.json))])))
    }
    table.get(
      "/api/v1/rota-templates/:template/preview", "What a template would plan for a batch, and what would go wrong then",
      for: .planners, reads: .none, query: [QueryParameter("batch", .uuid, "the open batch when absent")], gives: .anyObject
    ) { context in
      let (preview, revision, template) = try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        let template = try reader.rotaTemplate(context.id("template"))
        return (
          try reader.rotaPlan(of: template, for: batch, from: context.site.store.now), try reader.rosterRevision(of: batch), template
        )
      }
      let language = context.language
      return .json(
        JSONWriter.wire(
          .object([
            "revision": .int(revision), "templateRevision": .int(template.revision),
            "shifts": .array(preview.shifts.map(\.json)), "kept": .int(Int64(preview.kept)),
            "unknown": .array(preview.unknown.map(JSON.string)), "problems": .array(preview.problems.map { $0.json(language) }),
          ])))
    }
    table.page("/rota-templates", for: .planners, reads: .none) { .response(try $0.rotaTemplatesPage()) }
    table.page("/rota-templates/new", for: .planners, reads: .none) { .response(try $0.rotaTemplateForm(Form(), of: nil)) }
    table.write("/api/v1/rota-templates", RotaTemplateWritings.adding)
    table.send(
      "/rota-templates", RotaTemplateWritings.adding, reads: .none, to: { _ in "/rota-templates" },
      again: { try $0.rotaTemplateForm($1, of: nil) })
    table.write(
      "/api/v1/rota-templates/:template", page: "/rota-templates/:template", RotaTemplateWritings.change, reads: .none,
      to: { _ in "/rota-templates" }
    ) { try $0.rotaTemplateForm($1, of: $0.id("template")) }
    table.write("/api/v1/rota-templates/:template/removal", RotaTemplateWritings.removal)
    table.send(
      "/rota-templates/:template/removal", RotaTemplateWritings.removal, reads: .none, to: { _ in "/rota-templates" },
      again: { try $0.rotaTemplateForm($1, of: $0.id("template")) })
    table.write(
      "/api/v1/rota-templates/:template/application", page: "/rota-templates/:template/application",
      RotaTemplateWritings.application, reads: .none, to: { _ in "/shifts" }
    ) { try $0.rotaPreviewPage($1) }
  }
}

extension RotaTemplate {
  fileprivate var json: JSON {
    .object([
      "id": .string(id.description), "name": .string(name),
      "lines": .array(
        lines.map { line in
          .object([
            "duty": .string(line.duty.rawValue), "from": .int(Int64(line.from)), "until": .int(Int64(line.until)),
            "every": .int(Int64(line.every)), "first": .int(Int64(line.first)), "people": .array(line.people.map(JSON.string)),
          ])
        }), "savedBy": .string(savedBy), "savedAt": .int(savedAt.milliseconds), "revision": .int(revision),
    ])
  }
}

extension ShiftDraft {
  fileprivate var json: JSON {
    .object([
      "escort": .string(escort.description), "duty": .string(duty.rawValue), "startsAt": .int(startsAt.milliseconds),
      "endsAt": .int(endsAt.milliseconds),
    ])
  }
}

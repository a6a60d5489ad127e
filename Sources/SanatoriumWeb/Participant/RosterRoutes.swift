internal import Documents
internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// A list in two steps: what it holds with every fault, then the import of the rows that a person confirms.
  func rosterRoutes(_ table: inout RouteTable) {
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/batches/:batch/participants/check",
        summary: "Read a list (the file as the body, or multipart with file and sheet) and tell every fault; stores nothing",
        audience: .listers, reads: .allergies("roster-check", .path("batch")), query: [QueryParameter("sheet", .string, "the sheet to read")], gives: .anyObject
      )
    ) { context in
      context.aside { $0.answer(.json(try context.rosterCheck(context.sentRoster()).json(context.language))) }
    }
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/batches/:batch/participants/import",
        summary: "Import a list's confirmed rows (the file again, rows as 2,3,4), or people as JSON; all or none",
        audience: .listers, reads: .none,
        query: [
          QueryParameter("sheet", .string, "the sheet to read"),
          QueryParameter("rows", .string, "the confirmed rows; without it every row without an error"),
        ], takes: .object(["participants": .list(.anyObject), "occurredAt": .instant, "sentAt": .instant]),
        gives: .anyObject)
    ) { context in
      let batch = try context.id("batch")
      return context.aside { responder in
        let (people, submission) = try context.peopleToImport()
        Act({ try $0.listParticipants(people, in: batch, submission) }) { result in
          guard case .object(let members) = result.recorded.json else { return .noContent }
          let body = JSON.object(members + [JSON.Member("count", .int(Int64(result.count)))])
          return .json(JSONWriter.wire(body), status: result.recorded.repeated ? .ok : .created)
        }.start(context, responder)
      }
    }
    table.page("/batches/:batch/import", for: .listers, reads: .none) { .response(try $0.importPage()) }
    table.formReply("/batches/:batch/import/check", for: .listers, reads: .allergies("roster-check", .path("batch"))) { context in
      context.aside { responder in
        do {
          responder.answer(try context.previewPage(context.sentRoster()))
        } catch Refusal.invalid(let faults) {
          responder.answer(try context.importPage(faults))
        }
      }
    }
    table.formReply("/batches/:batch/import", for: .listers, reads: .none) { $0.importConfirmed() }
  }
}

/// A list as it was sent.
struct SentRoster: Sendable {
  let bytes: [UInt8]
  let sheet: String?
  /// The confirmed rows; nil when nobody chose.
  let rows: Set<Int>?
}

extension Context {
  /// The second step of the form: the file again, with the rows that a person ticked.
  fileprivate func importConfirmed() -> Reply {
    aside { responder in
      let batch = try id("batch")
      let refused: @Sendable ([Fault]) throws -> Response = { faults in
        try importPage(faults.map { Fault("file", $0.code, $0.message) })
      }
      do {
        let values = formValues
        guard let bytes = values.filled("file").flatMap({ Base64.decode($0) }) else {
          throw Refusal.invalid("file", "missing", Text("名单没有带上，请重新选文件。", "The list did not come along; choose the file again."))
        }
        let roster = SentRoster(
          bytes: bytes, sheet: values.filled("sheet"), rows: Set(values.all("row").compactMap { Int($0) }))
        let people = try confirmed(roster)
        let submission = try submission()
        Act({ try $0.listParticipants(people, in: batch, submission) }, refused: refused) { result in
          .redirect(to: "/batches/\(batch)?saved=\(result.recorded.sequence)")
        }.start(self, responder)
      } catch Refusal.invalid(let faults) {
        responder.answer(try refused(faults))
      }
    }
  }

  /// The file: the whole body, or of a form with files the part `file`.
  fileprivate func sentRoster() throws -> SentRoster {
    let type = request.header("Content-Type")?.lowercased() ?? ""
    guard type.hasPrefix("multipart/form-data") else {
      return SentRoster(
        bytes: request.body, sheet: request.query.first("sheet"), rows: request.query.first("rows").map(Self.rows))
    }
    guard let form = try? SentForm(request) else {
      throw Refusal.invalid("file", "unreadable", Text("表单读不懂，请重新选文件。", "The form can't be read; choose the file again."))
    }
    guard let file = form.file("file"), !file.bytes.isEmpty else {
      throw Refusal.invalid("file", "missing", Text("还没选文件。", "No file was chosen."))
    }
    return SentRoster(
      bytes: file.bytes, sheet: form.values.filled("sheet") ?? request.query.first("sheet"),
      rows: (form.values.filled("rows") ?? request.query.first("rows")).map(Self.rows))
  }

  private static func rows(_ text: String) -> Set<Int> {
    Set(text.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) })
  }

  func rosterCheck(_ roster: SentRoster) throws -> RosterCheck {
    let id = try self.id("batch")
    let (batch, regulation) = try site.store.read { reader in
      let batch = try reader.batch(id)
      return (batch, try self.regulation(of: batch, reader))
    }
    return try RosterCheck.run(
      bytes: roster.bytes, sheet: roster.sheet, regulation: regulation, startsOn: batch.firstDay)
  }

  /// The people of the confirmed rows, without a choice of all rows that hold no error. A row without a name, and one
  /// that isn't there, is refused.
  fileprivate func confirmed(_ roster: SentRoster) throws -> [ParticipantDraft] {
    let check = try rosterCheck(roster)
    let wrong = check.rowsWithErrors
    let people = check.participants.filter { roster.rows?.contains($0.row) ?? !wrong.contains($0.row) }
    var faults = (roster.rows ?? []).subtracting(check.participants.map(\.row)).sorted().map { row in
      Fault("rows", "no-such-row", Text("第 \(row) 行没有人。", "There is nobody in row \(row)."))
    }
    faults += people.filter { $0.name.isEmpty }.map { person in
      Fault("rows", "no-name", Text("第 \(person.row) 行没有姓名。", "Row \(person.row) has no name."))
    }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    return people.map { ParticipantDraft($0) }
  }

  fileprivate func peopleToImport() throws -> ([ParticipantDraft], Submission) {
    guard request.header("Content-Type")?.lowercased().hasPrefix("application/json") == true else {
      return (try confirmed(sentRoster()), try submission())
    }
    var fields = try fields()
    let list = fields.value("participants")?.array
    if list == nil { fields.refuse("participants", "not-a-list", Text("这里要一个列表。", "A list is needed here.")) }
    if let list, list.count > 1_000 {
      fields.refuse("participants", "too-many", Text("一次最多 1,000 人。", "At most 1,000 people at once."))
    }
    var people: [ParticipantDraft] = []
    for (index, person) in (list ?? []).prefix(1_000).enumerated() {
      do {
        var inner = try JSONFields(person, prefix: "participants[\(index)]")
        let draft = ParticipantDraft(&inner)
        try inner.finish()
        people.append(draft)
      } catch Refusal.invalid(let faults) { fields.add(faults) }
    }
    let submission = try submission(&fields)
    try fields.finish()
    return (people, submission)
  }
}

extension RosterCheck {
  /// The rows that hold something which can't be read or can't be right.
  var rowsWithErrors: Set<Int> { Set(faults.filter { $0.force == .error }.map(\.row)) }
}

extension ParticipantDraft {
  /// One person as JSON gives them.
  fileprivate init(_ fields: inout JSONFields) {
    let birth = fields.day("birth", required: false)
    self.init(
      name: fields.text("name", limit: 60) ?? "", sex: fields.code("sex", Sex.self, required: false),
      birth: birth.map(BirthDate.day), identity: nil,
      category: fields.text("category", required: false, limit: 40) ?? "",
      unit: fields.text("unit", required: false, limit: 100) ?? "",
      telephone: fields.text("telephone", required: false, limit: 60) ?? "",
      familyName: fields.text("familyName", required: false, limit: 60) ?? "",
      familyRelation: fields.text("familyRelation", required: false, limit: 20) ?? "",
      familyTelephone: fields.text("familyTelephone", required: false, limit: 60) ?? "",
      conditions: fields.text("conditions", required: false, limit: 500, lines: true) ?? "",
      allergies: fields.text("allergies", required: false, limit: 500, lines: true) ?? "",
      medicines: fields.text("medicines", required: false, limit: 500, lines: true) ?? "",
      companion: fields.text("companion", required: false, limit: 60) ?? "",
      remarks: fields.text("remarks", required: false, limit: 1_000, lines: true) ?? "")
    guard let given = fields.value("facts") else { return }
    for member in given.members ?? [] {
      let key = FactKey(member.name)
      do {
        var inner = try JSONFields(member.value, prefix: fields.path("facts.\(member.name)"))
        let fact = RecordedFact(&inner)
        try inner.finish()
        guard let definition = FactCatalogue[key], definition.scope == .participant else {
          fields.refuse("facts.\(member.name)", "unknown-fact", Text("没有叫“\(key)”的事项。", "There is no fact called “\(key)”."))
          continue
        }
        let prefix = fields.path("facts.\(member.name).")
        fields.add(definition.faults(in: fact).map { Fault(prefix + $0.field, $0.code, $0.message) })
        facts[key] = fact
      } catch Refusal.invalid(let faults) { fields.add(faults) } catch {
        fields.refuse("facts", "unreadable", Text("读不懂。", "This can't be read."))
      }
    }
  }
}

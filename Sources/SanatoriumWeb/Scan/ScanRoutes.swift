internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// Scanned papers of facts. They go straight to the server, since a form with a file is never kept on a device.
  func scanRoutes(_ table: inout RouteTable) {
    for (place, parameter, scope) in [
      ("batches", "batch", FactDefinition.Scope.batch), ("participants", "participant", .participant),
    ] {
      let base = "\(place)/:\(parameter)/facts/:key"
      let page = scope == .participant ? HealthReading.health("facts", .path(parameter)) : .none
      let reads = scope == .participant ? HealthReading.health("scan", .path(parameter)) : .none
      table.get(
        "/api/v1/\(base)/scans", "The scans of a fact, those taken off among them", for: .house, reads: reads, gives: .anyObject
      ) { try $0.scanList(of: $0.owner(scope)) }
      table.operation(
        Operation(
          method: .post, pattern: "/api/v1/\(base)/scans",
          summary: "Attach a scan to a fact: PDF, JPEG or PNG by its content, at most 5 MB", audience: .house, reads: .none,
          gives: .recorded, takesFile: true)
      ) { context in
        context.aside(in: context.site.scans, busy: Context.busyWithScans) { responder in
          let (file, submission) = try context.sentScan(SentForm(scan: context.request))
          let (owner, key) = (try context.owner(scope), FactKey(context.parameters["key"]))
          Act.recorded { try $0.attachScan(file, to: key, of: owner, submission) }.start(context, responder)
        }
      }
      table.operation(
        Operation(
          method: .get, pattern: "/api/v1/\(base)/scans/:scan", summary: "The bytes of a scan, by their own type",
          audience: .house, reads: reads, givesFile: true)
      ) { .response(try $0.scanFile(of: $0.owner(scope))) }
      let removal = Context.scanRemoval(scope)
      table.write("/api/v1/\(base)/scans/:scan/removal", removal)
      table.page("/\(base)/scans/:scan", for: .house, reads: reads) { .response(try $0.scanFile(of: $0.owner(scope))) }
      table.formReply("/\(base)/scans", for: .house, reads: page) { context in
        context.aside(in: context.site.scans, busy: Context.busyWithScans) { try context.takeScan(of: context.owner(scope), $0) }
      }
      table.send("/\(base)/scans/:scan/removal", removal, reads: page, to: { $0.factPath(scope) }) { context, form in
        try context.factPage(context.owner(scope), Form(), .unprocessableContent, scan: form)
      }
    }
  }
}

extension SentForm {
  /// A form with a scan, or a refusal that says what to do.
  fileprivate init(scan request: Request) throws {
    do { self = try SentForm(request) } catch {
      throw Refusal.invalid("file", "unreadable", Text("文件没有传全，请再传一次。", "The file did not arrive whole; send it again."))
    }
  }
}

extension Context {
  fileprivate static let busyWithScans = Text("别的扫描件正在传", "Other scans are being sent")

  fileprivate func factPath(_ scope: FactDefinition.Scope) -> String {
    "/\(scope == .batch ? "batches" : "participants")/\(parameters[scope == .batch ? "batch" : "participant"])/facts/\(parameters["key"])"
  }

  /// The file and what makes its sending one: a browser frames the same file anew each time it sends it, so it is known
  /// by its content.
  fileprivate func sentScan(_ form: SentForm) throws -> (ScanDraft, Submission) {
    guard let part = form.file("file") else {
      throw Refusal.invalid("file", "missing", Text("还没选文件。", "No file was chosen."))
    }
    let file = ScanDraft(bytes: part.bytes, name: part.filename ?? "")
    if !isAPI, let author = form.values.filled(Form.authorField), author != actor.account.description {
      throw Refusal.forbidden(
        Text("这张表是另一个人打开的，没有保存。请本人登录后再发。", "This form was opened by somebody else; nothing is saved. Its author has to log in and send it."))
    }
    let given = isAPI ? request.header("Idempotency-Key") : form.values.filled(Form.keyField)
    let key = given.map { ID($0) } ?? .random()
    guard let key, key != .none else {
      throw Refusal.invalid(
        "Idempotency-Key", "not-a-uuid", Text("Idempotency-Key 要是 UUID。", "Idempotency-Key must be a UUID."))
    }
    let content = Array("\(request.method)\(request.target)\n\(file.name)\n".utf8)
    return (file, Submission(key: key, actor: actor, request: Digest.of(content, file.digest.bytes)))
  }

  /// What the page's form sends. Refused, the fact's page comes back with the reason at the field.
  fileprivate func takeScan(of owner: FactOwner, _ responder: Responder) throws {
    let key = FactKey(parameters["key"])
    let refused: @Sendable (FormValues, [Fault]) throws -> Response = { values, faults in
      let form = Form(values, faults: faults.map { $0.shown(language) })
      return try factPage(owner, Form(), .unprocessableContent, scan: form)
    }
    do {
      let form = try SentForm(scan: request)
      let typed = form.values
      let (file, submission) = try sentScan(form)
      let back = ownPath(typed.filled("back")).map { "?back=\(percentEncoded($0))" } ?? ""
      Act.redirect(to: path(of: owner) + "/facts/\(key)\(back)", refused: { try refused(typed, $0) }) {
        try $0.attachScan(file, to: key, of: owner, submission)
      }.start(self, responder)
    } catch Refusal.invalid(let faults) {
      responder.answer(try refused(FormValues([(String, String)]()), faults))
    }
  }

  struct ScanRemoval: Sendable {
    let owner: FactOwner
    let key: FactKey
    let scan: ID
    let reason: String
  }

  fileprivate static func scanRemoval(_ scope: FactDefinition.Scope) -> Writing<ScanRemoval> {
    Writing(
      "Take a scan off a fact, with the reason; its entry stays", for: .house, takes: ["reason": .text(200)], required: ["reason"]
    ) { context, fields in
      let owner = try context.owner(scope)
      return ScanRemoval(
        owner: owner, key: try context.definition(of: owner).key, scan: try context.id("scan"),
        reason: fields.text("reason", limit: 200) ?? "")
    } event: { ledger, removal, submission in
      try ledger.removeScan(removal.scan, from: removal.key, of: removal.owner, reason: removal.reason, submission)
    }
  }

  fileprivate func openDefinition(of owner: FactOwner) throws -> FactDefinition {
    let definition = try self.definition(of: owner)
    guard definition.isOpen(to: actor) else { throw Refusal.forbidden(Text("这是健康信息。", "This is health data.")) }
    return definition
  }

  fileprivate func scanList(of owner: FactOwner) throws -> Response {
    let definition = try openDefinition(of: owner)
    let (scans, names) = try site.store.read { reader in
      (
        try reader.scans(of: definition.key, owner),
        Dictionary(uniqueKeysWithValues: try reader.accounts().map { ($0.id, $0.name) })
      )
    }
    return .json(JSONWriter.wire(.object(["scans": .array(scans.map { $0.json(names) })])))
  }

  /// The bytes as what they are and nothing else: a browser guesses no other type, runs nothing in them, keeps nothing.
  /// A PDF goes to the device's own viewer, outside this site.
  fileprivate func scanFile(of owner: FactOwner) throws -> Response {
    let definition = try openDefinition(of: owner)
    let id = try self.id("scan")
    let (scan, bytes) = try site.store.read { try $0.scanFile(id, of: definition.key, owner) }
    var response = Response(type: scan.type.mediaType, body: bytes)
    let name = "\(definition.key.rawValue)-\(scan.digest.prefix(8)).\(scan.type.ending)"
    response.headers["Content-Disposition"] = "\(scan.type == .pdf ? "attachment" : "inline"); filename=\"\(name)\""
    // What a browser itself draws round a picture, so that a large one fits the screen, are inline styles.
    let styles = scan.type == .pdf ? "" : "style-src 'unsafe-inline'; "
    response.headers["Content-Security-Policy"] = "default-src 'none'; \(styles)sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
  }
}

extension Scan {
  fileprivate func json(_ names: [ID: String]) -> JSON {
    .object([
      "id": .string(id.description), "type": .string(type.mediaType), "size": .int(Int64(size)), "name": .string(name),
      "sha256": .string(digest), "attachedAt": .int(attachedAt.milliseconds), "attachedBy": .string(names[attachedBy] ?? ""),
      "removedAt": removedAt.map { .int($0.milliseconds) }, "removedBy": removedBy.map { .string(names[$0] ?? "") },
      "removedReason": .optional(removedReason),
    ])
  }
}

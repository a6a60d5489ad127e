internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func reportRoutes(_ table: inout RouteTable) {
    let readers = Audience.roles([.lead, .organizer])
    let lead = Audience.roles([.lead])
    table.get(
      "/api/v1/reports", "The issued revisions of a batch, newest first", for: readers, reads: .none,
      query: [QueryParameter("batch", .uuid, "whose")], gives: .anyObject
    ) { context in
      guard let id = context.request.query.first("batch").flatMap({ ID($0) }) else {
        throw Refusal.invalid("batch", "missing", Text("要给出 batch。", "The batch is missing."))
      }
      let reports = try context.site.store.read { try $0.reports(of: $0.batch(id)) }
      return .json(JSONWriter.wire(.object(["reports": .array(reports.map(\.json))])))
    }
    table.get("/api/v1/reports/:report", "One revision and its delivery", for: readers, reads: .none, gives: .anyObject) { context in
      let id = try context.id("report")
      return .json(JSONWriter.wire(try context.site.store.read { try $0.report(id) }.json))
    }
    table.get(
      "/api/v1/reports/:report/file", "The signed bytes, as they are delivered", for: readers, reads: .none, gives: .anyObject
    ) { context in
      let id = try context.id("report")
      return .json(try context.site.store.read { try $0.bytes(of: $0.report(id)) })
    }
    table.post(
      "/api/v1/batches/:batch/reports", "Freeze and sign the next revision", for: lead,
      takes: .object([
        "reason": .text(500), "openMatters": .text(2_000), "occurredAt": .instant, "sentAt": .instant,
      ])
    ) { context in
      let (batch, draft, submission) = try context.reportDraft()
      return .recorded { try $0.issueReport(batch, draft, submission) }
    }
    table.post(
      "/api/v1/reports/:report/deliveries", "Try to deliver again at once", for: lead,
      takes: .object(["occurredAt": .instant, "sentAt": .instant])
    ) { context in
      let id = try context.id("report")
      var fields = try context.fields()
      let submission = try context.submission(&fields)
      try fields.finish()
      return .recorded { try $0.retryDelivery(id, submission) }
    }
    table.post(
      "/api/v1/reports/:report/receipt", "The organizer's signed receipt, where there is no link", for: lead,
      takes: .anyObject, gives: .anyObject
    ) { context in
      let id = try context.id("report")
      let bytes = context.request.body
      let key = try context.receiptKey()
      return Act({ try $0.takeReceipt(id, bytes, from: key, status: nil) }) { receipt in
        .json(
          JSONWriter.wire(
            .object(["verdict": .string(receipt.verdict.rawValue), "figures": .int(Int64(receipt.figures))])))
      }
    }
    table.page("/batches/:batch/reports", for: readers, reads: .none) { .response(try $0.reportsPage()) }
    table.form("/batches/:batch/reports", for: lead, reads: .none) { context in
      let (batch, draft, submission) = try context.reportDraft()
      return .redirect(to: "/batches/\(batch)/reports") { try $0.issueReport(batch, draft, submission) }
    }
    table.form("/reports/:report/deliveries", for: lead, reads: .none) { context in
      let id = try context.id("report")
      let submission = try context.submission()
      return .redirect(to: "/reports/\(id)") { try $0.retryDelivery(id, submission) }
    }
    table.page("/reports/:report", for: readers, reads: .none) { .response(try $0.reportPage()) }
  }
}

extension Report {
  fileprivate var json: JSON {
    .object([
      "id": .string(id.description), "revision": .int(Int64(revision)), "digest": .string(digest),
      "issuedAt": .int(issuedAt.milliseconds), "issuedBy": .string(issuedBy), "delivery": .string(delivery.rawValue),
      "attempts": .int(Int64(attempts)), "nextAt": .optional(nextAt?.milliseconds),
      "lastStatus": .optional(lastStatus), "lastError": .optional(lastError),
      "receipt": receipt.flatMap { try? JSON.parse(Array($0.utf8)) },
    ])
  }
}

extension Context {
  fileprivate func receiptKey() throws -> PublicKey {
    guard let key = site.configuration.reporting.receiptKey else {
      throw Refusal.conflict(
        Fault("organizer", "no-key", Text("还没有配置组织单位的公钥。", "The organizer's public key is not configured.")))
    }
    return key
  }

  /// The batch, and what a report needs beside the journal.
  fileprivate func reportDraft() throws -> (ID, ReportDraft, Submission) {
    let batchID = try id("batch")
    var fields = try fields()
    let reason = fields.text("reason", required: false, limit: 500, lines: true)
    let openMatters = fields.text("openMatters", required: false, limit: 2_000, lines: true)
    let submission = try submission(&fields)
    try fields.finish()
    let batch = try site.store.read { try $0.batch(batchID) }
    let key = site.configuration.reporting.signingKey
    let draft = ReportDraft(
      facility: .init(id: key.publicKey.facility, name: site.configuration.facility),
      signatories: [
        .init(role: "host", name: actor.name, unit: batch.host, at: site.store.now),
        .init(role: "organizer", name: "", unit: batch.organizer, at: nil),
      ], reason: reason, openMatters: openMatters, key: key)
    return (batchID, draft, submission)
  }

  fileprivate func reportsPage() throws -> Response {
    let batchID = try id("batch")
    let (batch, reports) = try site.store.read { reader in
      let batch = try reader.batch(batchID)
      return (batch, try reader.reports(of: batch))
    }
    let isClosed = batch.state != .planned && batch.state != .open
    return html { h in
      h.page(
        page(
          Text("完成情况报告", "Completion reports"), .batch, detail: batch.number,
          back: (Text("批次", "Batch"), "/batches/\(batch.id)"))
      ) {
      } top: {
        notices(h)
      } main: {
        if reports.isEmpty {
          h.empty(
            Text("还没有报告", "No report yet")(language),
            (isClosed
              ? Text("签发后自动送组织单位，内容不能再改。", "Once issued it is delivered by itself and never changes.")
              : Text("批次结束后在这里签发。", "It is issued here once the batch is closed."))(language),
            icon: .document)
        } else {
          h.list { for report in reports { row(h, report) } }
        }
        if isClosed, actor.role == .lead { issueForm(h, batch, isFirst: reports.isEmpty) }
      }
    }
  }

  private func row(_ h: HTML, _ report: Report) {
    h.linkRow(
      Text("第 \(report.revision) 版", "Revision \(report.revision)")(language), target: "/reports/\(report.id)",
      state: report.state, stateWords: report.delivery.name(language),
      facts: [report.issuedBy, "\(site.store.time.day(of: report.issuedAt)) \(site.store.time.clock(report.issuedAt))"])
  }

  private func issueForm(_ h: HTML, _ batch: Batch, isFirst: Bool) {
    h.form("/batches/\(batch.id)/reports", key: formKey, "sheet stack") {
      if !isFirst {
        h.field(Text("为什么要出新的一版", "Why another revision")(language), "reason", maxLength: 500)
      }
      h.area(Text("未了结的事项", "Open matters")(language), "openMatters", optional: true)
      h.p("m s", say("签发以后这一版不能改、不能收回；有变动只能再出一版。", "An issued revision never changes and can't be called back; changes make a new revision."))
      h.button(
        (isFirst ? Text("签发报告，送组织单位", "Issue and deliver the report") : Text("签发新的一版", "Issue a new revision"))(
          language), icon: .signature, large: true, full: true)
    }
  }
}

extension Report {
  /// The state's icon and colour for the delivery.
  var state: Pages.State {
    switch delivery {
    case .waiting: .waiting
    case .accepted: .done
    case .refused: .failed
    case .stopped: .late
    }
  }
}

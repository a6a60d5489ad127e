internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension OrganizerSite {
  func reportRoutes(_ table: inout RouteTable) {
    table.page(.get, "/reports") { try $0.reportList() }
    table.page(.get, "/reports/:id") { context in
      let stored = try context.store.report(try context.id("id"))
      try context.store.note("report", by: context.account.id, of: stored.id, now: context.now)
      let revisions = try context.store.revisions(facility: stored.facility, batch: stored.report.batch.id)
      let lines = context.request.query.contains("check") ? try context.store.recheck(stored.id) : nil
      return ReportPage(
        context: context, stored: stored, revisions: revisions,
        key: try context.store.facility(stored.facility).publicKey, lines: lines
      ).drawn
    }
    table.page(.get, "/rejections") { try $0.rejectionList() }
    reportAPI(&table)
  }

  private func reportAPI(_ table: inout RouteTable) {
    table.api(
      Operation(
        method: .get, pattern: "/api/v1/reports", summary: "Reports, the newest first", audience: .accounts,
        query: [
          ("facility", "of this facility alone"), ("latest", "1 without replaced revisions"),
          ("before", "received before these milliseconds since 1970: the cursor of the next page"),
        ])
    ) { context in
      let reports = try context.reports()
      return context.json(
        .object([
          "reports": .array(reports.list.map { $0.json(whole: false) }), "next": JSON.optional(reports.next),
        ]))
    }
    table.api(
      Operation(method: .get, pattern: "/api/v1/reports/:id", summary: "One report", audience: .accounts)
    ) { context in
      let stored = try context.store.report(try context.id("id"))
      try context.store.note("report", by: context.account.id, of: stored.id, now: context.now)
      return context.json(stored.json(whole: true))
    }
    table.api(
      Operation(
        method: .get, pattern: "/api/v1/reports/:id/document",
        summary: "The signed report with its evidence, as it came", audience: .accounts)
    ) { context in
      let id = try context.id("id")
      let bytes = try context.store.document(id)
      try context.store.note("document", by: context.account.id, of: id, now: context.now)
      return context.download(bytes, "report-\(id).json")
    }
    table.api(
      Operation(
        method: .get, pattern: "/api/v1/reports/:id/receipt", summary: "The signed receipt", audience: .accounts)
    ) { context in
      let stored = try context.store.report(try context.id("id"))
      return context.download(stored.receipt.bytes, "receipt-\(stored.id).json")
    }
    table.api(
      Operation(
        method: .get, pattern: "/api/v1/reports/:id/figures",
        summary: "Every figure beside its recount from the evidence, checked anew", audience: .accounts)
    ) { context in
      let lines = try context.store.recheck(try context.id("id"))
      return context.json(
        .object([
          "agree": .bool(lines.allSatisfy(\.agrees)),
          "figures": .array(
            lines.map { line in
              .object([
                "path": .string(line.path), "label": .string(context(line.label)),
                "declared": JSON.optional(line.declared), "recomputed": JSON.optional(line.recomputed),
                "agrees": .bool(line.agrees),
              ])
            }),
        ]))
    }
    table.api(
      Operation(
        method: .get, pattern: "/api/v1/rejections", summary: "Deliveries that were refused, the newest first",
        audience: .accounts, query: [("before", "the cursor of the next page")])
    ) { context in
      let list = try context.store.rejections(before: try context.number("before"))
      return context.json(
        .object([
          "rejections": .array(list.map { $0.json(context.language) }),
          "next": list.count == 50 ? JSON.optional(list.last?.id) : nil,
        ]))
    }
  }
}

extension Context {
  /// A page of reports by the request's query, and the cursor of the one after it.
  func reports() throws -> (list: [StoredReport], next: Int64?) {
    var facility: ID?
    if let asked = request.query.first("facility"), !asked.isEmpty {
      guard let id = ID(asked) else {
        throw Refusal.invalid("facility", "not-a-uuid", Text("这里要 UUID。", "A UUID is needed here."))
      }
      facility = id
    }
    let before = try number("before").map { Instant(milliseconds: $0) }
    let list = try store.reports(
      of: facility, latestOnly: request.query.first("latest") == "1", before: before, limit: 50)
    return (list, list.count == 50 ? list.last?.receivedAt.milliseconds : nil)
  }

  func download(_ bytes: [UInt8], _ name: String) -> Response {
    var response = Response.json(bytes)
    response.headers["Content-Disposition"] = "attachment; filename=\"\(name)\""
    return response.compressed(for: request)
  }
}

extension StoredReport {
  func json(whole: Bool) -> JSON {
    .object([
      "id": .string(id.description), "digest": .string(digest.description),
      "facility": .object(["id": .string(facility.description), "name": .string(facilityName)]),
      "batch": .string(report.batch.id.description), "number": .string(report.batch.number),
      "regulation": .string(report.regulation.id), "firstDay": .string(report.batch.firstDay.description),
      "lastDay": .string(report.batch.lastDay.description), "revision": .int(Int64(report.revision)),
      "latest": .bool(isLatest), "receivedAt": .int(receivedAt.milliseconds), "channel": .string(channel),
      "verified": .object([
        "entries": .int(Int64(entries)), "firstSequence": .int(sequences.lowerBound),
        "lastSequence": .int(sequences.upperBound), "figures": .int(Int64(figures)),
      ]),
      "verdict": .string(receipt.receipt.verdict.rawValue), "report": whole ? JSON(encoding: report) : nil,
    ])
  }
}

extension StoredRejection {
  func json(_ language: Language) -> JSON {
    .object([
      "id": .int(id), "at": .int(at.milliseconds), "channel": .string(channel), "remote": .string(remote),
      "facility": JSON.optional(facilityName), "size": .int(Int64(size)),
      "faults": .array(
        faults.map {
          .object([
            "field": .string($0.field), "code": .string($0.code), "message": .string($0.message(language)),
          ])
        }),
    ])
  }
}

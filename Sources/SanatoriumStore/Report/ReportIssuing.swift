public import Evidence
public import Sanatorium

/// What a report needs beside the journal.
public struct ReportDraft: Sendable {
  public var facility: CompletionReport.Facility
  public var signatories: [CompletionReport.Signatory]
  /// Why there is another revision; nil for the first.
  public var reason: String?
  public var openMatters: String?
  public var key: SigningKey

  public init(
    facility: CompletionReport.Facility, signatories: [CompletionReport.Signatory], reason: String? = nil,
    openMatters: String? = nil, key: SigningKey
  ) {
    self.facility = facility
    self.signatories = signatories
    self.reason = reason
    self.openMatters = openMatters
    self.key = key
  }
}

extension Ledger {
  /// Freezes the next revision: counts every figure from the batch's own entries, signs report and evidence, keeps the
  /// bytes, and puts them into the outbox. A revision never changes; a late record makes another one.
  public func issueReport(_ batchID: ID, _ draft: ReportDraft, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let entry = submission.draft(batch: batch.key, subject: batch.id, now: now)
    if let earlier = try earlier(ReportIssued.self, entry) { return Recorded(earlier.entry, repeated: true) }
    guard batch.state != .planned, batch.state != .open else {
      throw Refusal.conflict(
        Fault("batch", "not-closed", Text("这一批还没有结束，不能出报告。", "The batch is not closed; no report can be issued.")))
    }
    let gate = try tables.wholeResults(
      at: .report, of: batch, under: packs(of: batch.key).regulation, at: entry.occurredAt, in: time)
    guard gate.blocking.isEmpty else { throw Refusal.gate(gate.blocking) }
    let earlier = try tables.all(ReportTable.ofBatch, batch.key, read: Report.init)
    if !earlier.isEmpty, draft.reason == nil {
      throw Refusal.invalid(
        "reason", "missing", Text("第二版起要写为什么出新的一版。", "From the second revision on a reason is needed."))
    }
    // An entry of its own before the report, so that the report's evidence encloses what its own gate said.
    try record(
      ReportGateAsked(
        openPart: .init(gate: Gate.report.rawValue, results: gate.results.outcomes),
        personalPart: .init(answers: gate.answers)),
      .consequence(batch: batch.key, subject: batch.id, actor: submission.actor, at: entry.occurredAt))
    let evidence = try evidence(of: batch)
    let figures = try CompletionFigures(of: evidence.ofBatch, time: time)
    let report = try CompletionReport(
      facility: draft.facility, batch: identity(of: batch), regulation: .init(packs(of: batch.key).regulation),
      revision: (earlier.first?.revision ?? 0) + 1, previous: earlier.first?.digest, reason: draft.reason,
      issuedAt: now, figures: figures, compliance: compliance(figures, packs(of: batch.key).regulation),
      departures: departures(of: batch), nonconformities: nonconformityRows(of: batch),
      responsibilities: responsibilities(of: batch), signatories: draft.signatories, openMatters: draft.openMatters)
    let signed = SignedReport(signing: report, evidence: evidence, with: draft.key)
    try tables.run(ReportFile.insert, signed.digest.description, Blob(signed.bytes))
    let payload = ReportIssued(
      openPart: .init(revision: report.revision, digest: signed.digest.description),
      personalPart: .init(issuedBy: submission.actor.name))
    return Recorded(try record(payload, entry), repeated: false)
  }

  /// All headers from the batch's first entry to its last, and every open payload of the batch.
  func evidence(of batch: Batch) throws -> EvidenceBundle {
    let last = try tables.first(ReportFile.lastOfBatch, batch.key) { $0.int64(0) } ?? batch.firstEntry
    let before = try tables.first(ReportFile.chainAt, batch.firstEntry - 1) { try $0.digest(0) } ?? .zero
    let entries = try tables.all(ReportFile.headers, batch.firstEntry, last, batch.key) { row in
      let header = EntryHeader(
        sequence: row.int64(0), id: row.id(1), batch: row.id(2), kindCode: UInt64(bitPattern: row.int64(3)), subject: row.id(4), actor: row.id(5),
        device: row.id(6), occurredAt: row.instant(7), recordedAt: row.instant(8), openDigest: try row.digest(9),
        privateDigest: try row.digest(10))
      return EvidenceEntry(
        header: header, open: row.isNull(12) ? nil : SealedPayload(salt: row.bytes(12), body: row.bytes(13)))
    }
    return EvidenceBundle(batch: batch.id, before: before, entries: entries)
  }

  private func identity(of batch: Batch) throws -> CompletionReport.Batch {
    let facts = try tables.facts(batch: batch.key)
    return CompletionReport.Batch(
      id: batch.id, number: batch.number, organizer: batch.organizer,
      organizerLevel: facts[FactKey("organizer_level")]?.value, planReference: facts[FactKey("annual_plan")]?.number,
      host: batch.host, venue: batch.venue, firstDay: batch.firstDay, lastDay: batch.lastDay,
      openedAt: batch.openedAt, closedAt: batch.closedAt, time: time)
  }

  private func compliance(
    _ figures: CompletionFigures, _ regulation: Regulation
  ) -> [CompletionReport.ComplianceRow] {
    var rows: [CompletionReport.ComplianceRow] = []
    for gate in Gate.allCases {
      let tallies = figures.compliance.gates[gate.rawValue] ?? [:]
      for (id, tally) in tallies.sorted(by: { $0.key < $1.key }) {
        let rule = regulation.rule(id)
        rows.append(
          CompletionReport.ComplianceRow(
            gate: gate, rule: id, article: rule?.article ?? "", quote: rule?.quote ?? "",
            force: rule?.force ?? .informational, tally: tally))
      }
    }
    return rows
  }

  private func departures(of batch: Batch) throws -> [CompletionReport.DepartureRow] {
    try tables.all(ReportFile.departures, batch.key) { row in
      guard let gate = Gate(rawValue: row.text(1)) else { throw CorruptRow(column: 1, value: row.text(1)) }
      return CompletionReport.DepartureRow(
        rule: row.text(0), gate: gate, reason: row.text(2), by: row.text(3), at: row.instant(4))
    }
  }

  private func nonconformityRows(of batch: Batch) throws -> [CompletionReport.NonconformityRow] {
    try tables.nonconformities(of: batch.key).map { found in
      CompletionReport.NonconformityRow(
        rule: found.rule, cause: found.cause.rawValue, startedAt: found.openedAt, endedAt: found.closedAt,
        explanation: found.explanation, by: found.explainedBy)
    }
  }

  /// The named persons of the duties, of the service groups and of 责任追究 (NM18, WH18), as they were recorded, else as the groups
  /// have them.
  private func responsibilities(of batch: Batch) throws -> [CompletionReport.Responsibility] {
    let kinds = ["accountability.", "duty.", "service_group."]
    return try tables.factsWithGroups(batch: batch.key, tables.facts(batch: batch.key)).recorded
      .filter { fact in kinds.contains { fact.key.rawValue.hasPrefix($0) } }
      .sorted { $0.key.rawValue < $1.key.rawValue }
      .compactMap { key, fact in
        fact.person.map { CompletionReport.Responsibility(duty: key.rawValue, person: $0) }
      }
  }
}

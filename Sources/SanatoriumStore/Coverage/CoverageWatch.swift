internal import Sanatorium

extension Ledger {
  /// After every movement: whether the escorts still suffice, of the whole batch, of the house left behind and of each
  /// outing. A place with too few is a nonconformity of the regulation and raises an alert; both end by themselves when
  /// it holds again. While the whole batch has too few, its places are not told of beside it.
  func watchCoverage(of batchKey: Int64, at instant: Instant) throws {
    let batch = try tables.batch(key: batchKey)
    guard batch.state == .open else { return }
    let now = try tables.coverageNow(batch: batchKey, under: packs(of: batchKey).regulation)
    // Whoever has not come back from an outing that has is missing, which the headcount tells; no ratio is asked there.
    let outings = now.outings.filter { $0.outing.state == .away }
    let house = outings.isEmpty ? nil : now.house
    if let rule = now.whole.ratioRule {
      try watchRatio(now.whole, house, rule, of: batch, at: instant)
      try watchOutings(outings, rule, besides: now.whole.isShort, of: batch, at: instant)
    }
    try watchMedical(now.whole, of: batch, at: instant)
  }

  /// The house has a breach of its own, so that what is explained of an outing explains nothing of the batch.
  private func watchRatio(
    _ whole: Coverage, _ house: Coverage?, _ rule: Rule, of batch: Batch, at instant: Instant
  ) throws {
    let all = whole.shortage(rule, Text("在院和外出共", "In the house and on outings"))
    let left = all == nil ? house?.shortage(rule, Text("留在院里的", "Left in the house")) : nil
    try tell("ratio", all, batch, batch.id, at: instant)
    try tell("ratio-house", left, batch, batch.id, besides: all != nil, at: instant)
    try note(all, rule, batch, batch.id, at: instant)
    try note(left, rule, batch, batch.id, participant: Nonconformity.house, at: instant)
  }

  private func watchOutings(
    _ outings: [(outing: Outing, coverage: Coverage)], _ rule: Rule, besides isShort: Bool, of batch: Batch, at instant: Instant
  ) throws {
    for (outing, coverage) in outings {
      let message = coverage.shortage(rule, Text("“\(outing.destination)”外出的", "At “\(outing.destination)”"))
      try tell("ratio-outing", isShort ? nil : message, batch, outing.id, besides: isShort && message != nil, at: instant)
      // What began before the batch had too few goes on until the outing itself has enough.
      if !isShort || message == nil { try note(message, rule, batch, outing.id, at: instant) }
    }
    let away = Set(outings.map(\.outing.id))
    for breach in try tables.all(NonconformityTable.openOfBatch, batch.key, rule.id, read: Nonconformity.init)
    where breach.subject != batch.id && !away.contains(breach.subject) {
      try note(nil, rule, batch, breach.subject, at: instant)
    }
    for alert in try tables.unresolvedAlerts("ratio-outing", batch: batch.key) where !away.contains(alert.subject) {
      try resolve(alert, reason: "the outing is back", at: instant)
    }
  }

  /// - Parameter isShort: whether the alert ends only since the one about the whole batch takes its place.
  private func tell(
    _ code: String, _ message: Text?, _ batch: Batch, _ subject: ID, besides isShort: Bool = false, at instant: Instant
  ) throws {
    guard let message else {
      let reason = isShort ? "the whole batch has too few" : "the ratio holds again"
      return try resolveAlert(code, batch: batch.key, subject: subject, reason: reason, at: instant)
    }
    try raise(
      AlertDraft(code: code, severity: .attention, batch: batch.key, subject: subject, message: message, at: instant))
  }

  private func note(
    _ message: Text?, _ rule: Rule, _ batch: Batch, _ subject: ID, participant: Int64 = 0, at instant: Instant
  ) throws {
    guard let message else {
      try closeNonconformity(rule: rule.id, batch: batch.key, participant: participant, subject: subject, at: instant)
      return
    }
    try openNonconformity(
      NonconformityDraft(
        rule: rule, cause: .staffing, batch: batch.key, participant: participant, subject: subject, message: message, at: instant))
  }

  private func watchMedical(_ coverage: Coverage, of batch: Batch, at instant: Instant) throws {
    guard let rule = coverage.medicalRule, let needed = coverage.medicalNeeded else {
      // Nobody is left who could be short of anything.
      if let rule = try packs(of: batch.key).regulation.rules.first(where: { $0.asksForMedicalEscorts }) {
        try endMedical(rule, of: batch, at: instant)
      }
      return
    }
    guard coverage.lacksMedical else { return try endMedical(rule, of: batch, at: instant) }
    let message = Text(
      "随行医护 \(coverage.count.medical) 名，按 \(rule.id) 至少要 \(needed) 名。",
      "Medical escorts: \(coverage.count.medical); \(rule.id) asks for at least \(needed).")
    try openNonconformity(
      NonconformityDraft(
        rule: rule, cause: .staffing, batch: batch.key, subject: batch.id, message: message, at: instant))
    try raise(
      AlertDraft(
        code: "ratio-medical", severity: .attention, batch: batch.key, subject: batch.id, message: message,
        at: instant))
  }

  private func endMedical(_ rule: Rule, of batch: Batch, at instant: Instant) throws {
    try resolveAlert(
      "ratio-medical", batch: batch.key, subject: batch.id, reason: "a medical escort is there again", at: instant)
    try closeNonconformity(rule: rule.id, batch: batch.key, subject: batch.id, at: instant)
  }
}

extension Coverage {
  /// The sentence about too few escorts; nil where they suffice.
  fileprivate func shortage(_ rule: Rule, _ who: Text) -> Text? {
    guard isShort, let verdict else { return nil }
    return Text(
      "\(who.chinese) \(verdict.participants) 人，随队服务保障人员 \(verdict.staff) 名，按 \(rule.id) 至少要 \(verdict.fewest) 名。",
      "\(who.english): participants \(verdict.participants), escorts \(verdict.staff); \(rule.id) asks for at least \(verdict.fewest).")
  }
}

extension Rule {
  fileprivate var asksForMedicalEscorts: Bool {
    checks.contains { $0.kind == .medicalEscorts && $0.gates.contains(.daily) }
  }
}

internal import Sanatorium

extension Ledger {
  /// After every movement: whether the escorts still suffice. A breach for the whole batch is a nonconformity of the
  /// regulation and raises an alert; the house left behind or an outing with too few raises an alert alone, as the
  /// clauses count the batch. Both end by themselves when it holds again.
  func watchCoverage(of batchKey: Int64, at instant: Instant) throws {
    let batch = try tables.batch(key: batchKey)
    guard batch.state == .open else { return }
    let now = try tables.coverageNow(batch: batchKey, under: packs(of: batchKey).regulation)
    try watchRatio(now.whole, of: batch, at: instant)
    try watchMedical(now.whole, of: batch, at: instant)
    // Whoever has not come back from an outing that has is missing, which the headcount tells; no ratio is asked there.
    let outings = now.outings.filter { $0.outing.state == .away }
    try watchPlace(
      "ratio-house", !outings.isEmpty && !now.whole.isShort ? now.house : nil, batch, batch.id, at: instant,
      Text("留在院里的", "Those left in the house"))
    for (outing, coverage) in outings {
      try watchPlace(
        "ratio-outing", now.whole.isShort ? nil : coverage, batch, outing.id, at: instant,
        Text("“\(outing.destination)”外出的", "Those at “\(outing.destination)”"))
    }
    for alert in try tables.unresolvedAlerts("ratio-outing", batch: batchKey)
    where !outings.contains(where: { $0.outing.id == alert.subject }) {
      try resolve(alert, reason: "the outing is back", at: instant)
    }
  }

  private func watchRatio(_ coverage: Coverage, of batch: Batch, at instant: Instant) throws {
    guard let rule = coverage.ratioRule else { return }
    guard coverage.isShort, let verdict = coverage.verdict else {
      try resolveAlert("ratio", batch: batch.key, subject: batch.id, reason: "the ratio holds again", at: instant)
      try closeNonconformity(rule: rule.id, batch: batch.key, subject: batch.id, at: instant)
      return
    }
    let message = Text(
      "在院和外出共 \(verdict.participants) 人，随队服务保障人员 \(verdict.staff) 名，按 \(rule.id) 至少要 \(verdict.fewest) 名。",
      "\(verdict.participants) participants with \(verdict.staff) escorts; \(rule.id) asks for at least \(verdict.fewest).")
    try openNonconformity(
      NonconformityDraft(
        rule: rule, cause: .staffing, batch: batch.key, subject: batch.id, message: message, at: instant))
    try raise(
      AlertDraft(
        code: "ratio", severity: .attention, batch: batch.key, subject: batch.id, message: message, at: instant))
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
      "\(coverage.count.medical) medical escorts; \(rule.id) asks for at least \(needed).")
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

  /// A nil coverage asks nothing of the place and ends what stands.
  private func watchPlace(
    _ code: String, _ coverage: Coverage?, _ batch: Batch, _ subject: ID, at instant: Instant, _ who: Text
  ) throws {
    guard let coverage, coverage.isShort, let verdict = coverage.verdict else {
      try resolveAlert(code, batch: batch.key, subject: subject, reason: "the ratio holds again", at: instant)
      return
    }
    let clause = coverage.ratioRule?.id ?? ""
    try raise(
      AlertDraft(
        code: code, severity: .attention, batch: batch.key, subject: subject,
        message: Text(
          "\(who.chinese) \(verdict.participants) 人只有随队服务保障人员 \(verdict.staff) 名，按 \(clause) 的比例要 \(verdict.fewest) 名。",
          "\(who.english): \(verdict.participants) participants with \(verdict.staff) escorts; the ratio of \(clause) asks for \(verdict.fewest)."),
        at: instant))
  }
}

extension Rule {
  fileprivate var asksForMedicalEscorts: Bool {
    checks.contains { $0.kind == .medicalEscorts && $0.gates.contains(.daily) }
  }
}

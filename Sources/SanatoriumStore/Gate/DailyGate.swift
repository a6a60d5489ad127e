internal import Evidence
internal import Sanatorium

/// The daily gate stops nothing: a rule that fails there opens a nonconformity and an alert, and both end when it holds
/// again. It is asked when a day begins, and of one subject when one of its facts changes. A rule whose answer is unknown
/// neither opens nor ends anything: what is missing was told at the gate that asked for it first.
extension Ledger {
  /// Minutes after midnight at which a day's rules are asked: late enough for a departure at the last minute to be told.
  static let dailyMinute = 5

  /// When the gate is asked after a moment.
  func nextDailyGate(after moment: Instant) -> Instant {
    time.instant(time.day(of: moment) + 1, minute: Ledger.dailyMinute)
  }

  /// The clock: a day has begun.
  func askDaily(batch key: Int64, at due: Instant) throws {
    let batch = try tables.batch(key: key)
    let gate = try tables.wholeResults(
      at: .daily, of: batch, under: packs(of: key).regulation, at: due, in: time)
    let worst = gate.worst
    try record(
      DailyGateAsked(
        openPart: .init(gate: Gate.daily.rawValue, results: worst.results.outcomes),
        personalPart: .init(nextAt: nextDailyGate(after: due), answers: worst.answers)),
      .consequence(batch: key, subject: batch.id, at: due))
    try review(gate.results, gate.departures, in: batch, at: due)
    try forgetSignIns()
  }

  /// After an act that changed what the gate looks at: the batch's rules, or those of one person in the house.
  func reviewDaily(of subject: FactSubject, at moment: Instant) throws {
    let batch = subject.batch
    guard batch.state == .open else { return }
    if let person = subject.participant, person.arrivedAt == nil || person.place == .departed { return }
    let results = try tables.results(
      at: .daily, of: subject, under: packs(of: batch.key).regulation, at: now, in: time)
    try review(results, tables.departures(batch: batch.key, at: .daily), in: batch, at: moment)
  }

  /// Who has departed breaks no rule of the stay any more; also after the batch is closed.
  func endBreaches(of participant: Participant, at moment: Instant) throws {
    for breach in try tables.nonconformities(of: participant.batch)
    where breach.isOpen && breach.participant == participant.key {
      try end(breach.rule, of: participant.key, participant.id, in: participant.batch, "departed", at: moment)
    }
  }

  private func review(
    _ results: [RuleResult], _ departures: [Departure], in batch: Batch, at moment: Instant
  ) throws {
    let regulation = try packs(of: batch.key).regulation
    for result in results {
      // Whether the escorts suffice is watched at every movement and not once a day.
      guard let rule = regulation.rule(result.rule), !rule.isWatchedAtMovements else { continue }
      let person = try result.participant.map { try tables.participant($0) }
      let (key, subject) = (person?.key ?? 0, person?.id ?? batch.id)
      let isAccepted = departures.letting(result) != nil
      if result.outcome == .fail, result.force != .informational, !isAccepted {
        try begin(rule, result, person, in: batch, at: moment)
      } else if result.outcome == .pass || isAccepted {
        try end(rule.id, of: key, subject, in: batch.key, "the rule holds again", at: moment)
      }
    }
  }

  private func begin(
    _ rule: Rule, _ result: RuleResult, _ person: Participant?, in batch: Batch, at moment: Instant
  ) throws {
    let tellsHealth = result.tellsHealth
    let what = Text("\(rule.id)：\(result.message.chinese)", "\(rule.id): \(result.message.english)")
    let named = person.map { Text("\($0.name)，\(what.chinese)", "\($0.name), \(what.english)") } ?? what
    let isNew = try openNonconformity(
      NonconformityDraft(
        rule: rule, cause: result.nonconformityCause(of: rule), batch: batch.key, participant: person?.key ?? 0,
        subject: person?.id ?? batch.id,
        // The list of breaches is for the whole house; whose illness it is stands in the alert alone.
        message: tellsHealth ? Text("有一人不再符合“\(rule.title.chinese)”。", "One person no longer meets “\(rule.title.english)”.") : named,
        at: moment))
    guard isNew else { return }
    let isMedical = result.by.contains(.medical)
    try raise(
      AlertDraft(
        code: Alert.code(ofRule: rule.id, tellsHealth: tellsHealth),
        severity: isMedical && result.force == .hard ? .urgent : .attention, batch: batch.key, participant: person,
        subject: person?.id ?? batch.id, message: named, at: moment, from: isMedical ? nil : .dutyLead))
  }

  private func end(
    _ rule: String, of participant: Int64, _ subject: ID, in batch: Int64, _ reason: String, at moment: Instant
  ) throws {
    guard
      try closeNonconformity(rule: rule, batch: batch, participant: participant, subject: subject, at: moment)
    else { return }
    for tellsHealth in [false, true] {
      try resolveAlert(
        Alert.code(ofRule: rule, tellsHealth: tellsHealth), batch: batch, participant: participant, subject: subject,
        reason: reason, at: moment)
    }
  }
}

extension Alert {
  static let healthRulePrefix = "rule-health-"

  /// The code of the alert about a rule of the daily gate, `rule-NM15`.
  static func code(ofRule rule: String, tellsHealth: Bool) -> String {
    (tellsHealth ? healthRulePrefix : "rule-") + rule
  }
}

extension Rule {
  /// Ratio and medical escorts: `watchCoverage` opens and ends their breaches. More escorts than the ratio allows cost
  /// travel money and are no breach between gates (reading Q4).
  fileprivate var isWatchedAtMovements: Bool {
    checks.contains { [.ratioFloor, .ratioCeiling, .medicalEscorts].contains($0.kind) && $0.gates.contains(.daily) }
  }
}

extension RuleResult {
  fileprivate var tellsHealth: Bool {
    participant != nil && findings.contains { finding in finding.key.flatMap { FactCatalogue[$0] }?.isHealth == true }
  }

  fileprivate func nonconformityCause(of rule: Rule) -> NonconformityCause {
    if cause == .medical { return .medical }
    switch rule.checks.first(where: { $0.gates.contains(.daily) })?.kind {
    case .maxDays, .usualDays: return .stay
    case .exclusions, .selfCare: return .medical
    case .medicalLicences: return .staffing
    case .consents, .insurance, .checkup, .facts: return .document
    default: return .other
    }
  }
}

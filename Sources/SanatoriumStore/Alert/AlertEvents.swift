internal import Evidence
public import Sanatorium

/// An alert that a rule or a clock wants raised.
struct AlertDraft {
  var code: String
  var severity: Severity
  var batch: Int64
  /// The person it concerns, if one.
  var participant: Participant?
  /// What it is about; the participant's id when nil.
  var subject: ID?
  var message: Text
  var isDrill = false
  /// When the reason arose; tiers count from here.
  var at: Instant
}

extension Ledger {
  /// Raises an alert unless the same one is still unresolved; a graver one for the same reason replaces the milder.
  func raise(_ alert: AlertDraft) throws {
    let subject = alert.subject ?? alert.participant?.id ?? .none
    let person = alert.participant?.key ?? 0
    if let standing = try tables.first(
      AlertTable.unresolvedLike, alert.batch, alert.code, person, subject, read: Alert.init)
    {
      guard alert.severity > standing.severity else { return }
      try resolve(standing, reason: "replaced by a graver alert", at: alert.at)
    }
    let standing = try self.standing(
      severity: alert.severity, batch: alert.batch, escort: alert.participant?.escort, opened: alert.at)
    let payload = AlertRaised(
      openPart: .init(code: alert.code, severity: alert.severity.rawValue, tier: standing.tier?.rawValue),
      personalPart: .init(
        participant: person, chinese: alert.message.chinese, english: alert.message.english, drill: alert.isDrill,
        standing: standing))
    try record(payload, .consequence(batch: alert.batch, subject: subject, at: alert.at))
  }

  /// The clock: an unanswered alert goes up. Tiers that nobody stands in are skipped at once; after a stop each tier
  /// that should have been told is recorded at the moment when it should have been.
  func escalate(alert key: Int64, at due: Instant) throws {
    guard let alert = try tables.first(AlertTable.byKey, key, read: Alert.init) else {
      throw CorruptRow(column: 0, value: "alert \(key)")
    }
    let escort = alert.participant == 0 ? nil : try tables.participant(key: alert.participant).escort
    let standing = try self.standing(
      severity: alert.severity, batch: alert.batch, escort: escort, opened: alert.openedAt, until: due)
    let payload = AlertEscalated(
      openPart: .init(code: alert.code, severity: alert.severity.rawValue, tier: standing.tier?.rawValue),
      personalPart: .init(alert: key, standing: standing))
    try record(payload, .consequence(batch: alert.batch, subject: alert.subject, at: due))
  }

  private func standing(
    severity: Severity, batch: Int64, escort: Int64?, opened: Instant, until now: Instant? = nil
  ) throws -> AlertStanding {
    let moment = now ?? opened
    let people = try tables.people(batch: batch, escort: escort, at: moment)
    let nextShift = try tables.first(EscortTable.nextChange, batch, opened) { $0.optionalInstant(0) } ?? nil
    let tiers = AlertTiers(
      try packs(of: batch).health.alerts(for: severity), opened: opened, people: people, nextShift: nextShift,
      now: moment)
    let told = Set(tiers.reached.flatMap(\.people))
    let names = try tables.onDuty(batch: batch, at: moment).filter { told.contains($0.id) }.map(\.name)
    return AlertStanding(
      tier: tiers.current, tierAt: tiers.reached.last?.at, people: unique(names).joined(separator: "、"),
      nextTier: tiers.next?.tier, nextAt: tiers.next.map { max($0.at, moment + Span(milliseconds: 1)) })
  }

  /// A named person answers. Answering again is no fault: the first answer stands.
  public func acknowledgeAlert(_ id: ID, _ submission: Submission) throws -> Recorded {
    let alert = try Reader(tables: tables, time: time).alert(id)
    let draft = submission.draft(batch: alert.batch, subject: alert.subject, now: now)
    if let earlier = try earlier(AlertAcknowledged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard alert.state == .open else {
      throw Refusal.conflict(
        Fault(
          "state", "already-answered",
          Text(
            "\(alert.acknowledgedBy ?? "")已经应答了。", "\(alert.acknowledgedBy ?? "Someone") has answered already.")))
    }
    let payload = AlertAcknowledged(
      openPart: .init(code: alert.code, severity: alert.severity.rawValue, tier: alert.tier?.rawValue),
      personalPart: .init(alert: alert.key, name: submission.actor.name))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Ends an alert whose reason is gone.
  func resolve(_ alert: Alert, reason: String, at: Instant) throws {
    guard alert.state != .resolved else { return }
    try record(
      AlertResolved(
        openPart: .init(code: alert.code, severity: alert.severity.rawValue),
        personalPart: .init(alert: alert.key, reason: reason)),
      .consequence(batch: alert.batch, subject: alert.subject, at: at))
  }

  /// Ends the unresolved alert of that code about that subject, if there is one.
  func resolveAlert(_ code: String, batch: Int64, participant: Int64 = 0, subject: ID, reason: String, at: Instant)
    throws
  {
    let standing = try tables.first(AlertTable.unresolvedLike, batch, code, participant, subject, read: Alert.init)
    if let standing { try resolve(standing, reason: reason, at: at) }
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

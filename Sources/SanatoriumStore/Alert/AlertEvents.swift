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
  /// The first tier that is asked; nil for the assigned escort.
  var from: AlertTier?
}

extension Ledger {
  /// Raises an alert unless the same one is still unresolved; a graver one for the same reason replaces the milder.
  func raise(_ alert: AlertDraft) throws {
    let subject = alert.subject ?? alert.participant?.id ?? .none
    let person = alert.participant?.key ?? 0
    if let standing = try tables.first(
      AlertTable.unresolvedLike, alert.batch, alert.code, person, subject, read: Alert.init)
    {
      // An answer given to the earlier state is none to a new one: a person who is ill again must be heard again.
      let isAnswered = standing.state == .acknowledged && ["health", "follow-up-overdue"].contains(alert.code)
      guard alert.severity > standing.severity || isAnswered else { return }
      try resolve(standing, reason: "raised anew", at: alert.at)
    }
    let standing = try self.standing(
      severity: alert.severity, batch: alert.batch, escort: alert.participant?.escort, from: alert.from,
      opened: alert.at)
    let payload = AlertRaised(
      openPart: .init(
        code: alert.code, severity: alert.severity.rawValue, tier: standing.tier?.rawValue,
        drill: alert.isDrill ? true : nil),
      personalPart: .init(
        participant: person, chinese: alert.message.chinese, english: alert.message.english, drill: alert.isDrill,
        from: alert.from, standing: standing))
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
      severity: alert.severity, batch: alert.batch, escort: escort, from: alert.from, opened: alert.openedAt,
      until: due)
    let payload = AlertEscalated(
      openPart: alert.openPart(tier: standing.tier),
      personalPart: .init(alert: key, standing: standing))
    try record(payload, .consequence(batch: alert.batch, subject: alert.subject, at: due))
  }

  private func standing(
    severity: Severity, batch: Int64, escort: Int64?, from: AlertTier?, opened: Instant, until now: Instant? = nil
  ) throws -> AlertStanding {
    let moment = now ?? opened
    let people = try tables.people(batch: batch, escort: escort, at: moment).filter { tier, _ in from.map { tier >= $0 } ?? true }
    let nextShift = try tables.first(EscortTable.nextChange, batch, opened) { $0.optionalInstant(0) } ?? nil
    let tiers = AlertTiers(
      try packs(of: batch).health.alerts(for: severity), opened: opened, people: people, nextShift: nextShift,
      now: moment)
    if tiers.nobody {
      // Nobody is on duty: whoever comes on duty next is told at once.
      let change = try tables.first(EscortTable.nextChange, batch, moment) { $0.optionalInstant(0) } ?? nil
      return AlertStanding(tier: nil, tierAt: nil, people: "", nextTier: nil, nextAt: change)
    }
    let told = Set(tiers.reached.flatMap(\.people))
    let names = try tables.onDuty(batch: batch, at: moment).filter { told.contains($0.id) }.map(\.name)
    return AlertStanding(
      tier: tiers.current, tierAt: tiers.reached.last?.at, people: unique(names).joined(separator: "、"),
      nextTier: tiers.next?.tier, nextAt: tiers.next.map { max($0.at, moment + Span(milliseconds: 1)) })
  }

  /// The rota changed: an open alert that nobody was there to hear is told to whoever is on duty now.
  func addressUnheard(in batch: Batch) throws {
    guard batch.state == .open else { return }
    let open = try tables.all(AlertTable.ofState, batch.key, Alert.State.open.rawValue, read: Alert.init)
    for alert in open where alert.people.isEmpty { try escalate(alert: alert.key, at: now) }
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
      openPart: alert.openPart(tier: alert.tier),
      personalPart: .init(alert: alert.key, name: submission.actor.name))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// A named person ends an alert that somebody has answered, with the reason.
  public func resolveAlert(_ id: ID, reason: String, _ submission: Submission) throws -> Recorded {
    let alert = try Reader(tables: tables, time: time).alert(id)
    let draft = submission.draft(batch: alert.batch, subject: alert.subject, now: now)
    if let earlier = try earlier(AlertResolved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    switch alert.state {
    case .open:
      throw Refusal.conflict(Fault("state", "unanswered", Text("先应答，再结束。", "Answer it first, then end it.")))
    case .resolved:
      throw Refusal.conflict(Fault("state", "resolved", Text("这个警报已经结束。", "This alert has ended already.")))
    case .acknowledged:
      let payload = AlertResolved(
        openPart: alert.openPart(tier: nil),
        personalPart: .init(alert: alert.key, reason: "\(submission.actor.name)：\(reason)"))
      return Recorded(try record(payload, draft), repeated: false)
    }
  }

  /// Brings an unanswered alert to its next tier before that tier's time, unless it has climbed already.
  func hurryAlert(_ code: String, batch: Int64, participant: Int64, subject: ID, at moment: Instant) throws {
    guard
      let alert = try tables.first(AlertTable.unresolvedLike, batch, code, participant, subject, read: Alert.init),
      alert.state == .open, let tierAt = alert.tierAt, tierAt <= alert.openedAt, alert.nextTier != nil,
      let nextAt = alert.nextAt
    else { return }
    let escort = participant == 0 ? nil : try tables.participant(key: participant).escort
    var standing = try self.standing(
      severity: alert.severity, batch: batch, escort: escort, from: alert.from, opened: alert.openedAt,
      until: max(nextAt, moment))
    standing.tierAt = moment
    try record(
      AlertEscalated(
        openPart: alert.openPart(tier: standing.tier), personalPart: .init(alert: alert.key, standing: standing)),
      .consequence(batch: batch, subject: alert.subject, at: moment))
  }

  /// Ends an alert whose reason is gone.
  func resolve(_ alert: Alert, reason: String, at: Instant) throws {
    guard alert.state != .resolved else { return }
    try record(
      AlertResolved(
        openPart: alert.openPart(tier: nil),
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

extension Alert {
  fileprivate func openPart(tier: AlertTier?) -> Open.Alert {
    Open.Alert(code: code, severity: severity.rawValue, tier: tier?.rawValue, drill: isDrill ? true : nil)
  }
}

internal import Evidence
public import Sanatorium

/// One check as it was decoded: bounds are checked already (`Readings.faults`).
public struct CheckInDraft: Sendable, Hashable {
  public var participant: ID
  public var readings: Readings
  public var symptoms: Symptoms
  public var remark: String

  public init(participant: ID, readings: Readings, symptoms: Symptoms, remark: String = "") {
    self.participant = participant
    self.readings = readings
    self.symptoms = symptoms
    self.remark = remark
  }
}

/// What a check-in answers: the entry and what it came to.
public struct CheckInReceipt: Sendable, Hashable {
  public let recorded: Recorded
  public let total: Int?
  public let level: String?
  public let severity: Severity?
  public let findings: [String]
  /// When the person should be checked again, where a score or finding asks for it.
  public let againAt: Instant?

  init(_ entry: AppliedEntry, _ payload: CheckInMade, repeated: Bool) {
    recorded = Recorded(entry, repeated: repeated)
    total = payload.total
    level = payload.level
    severity = payload.severity.flatMap(Severity.init(rawValue:))
    findings = payload.findings
    againAt = payload.followUpDue
  }
}

extension Ledger {
  /// Records a check and everything that follows from it: the round's due is answered, the score and the limits may
  /// raise an alert, start or propose a plan, and ask for another check.
  public func checkIn(_ check: CheckInDraft, _ submission: Submission) throws -> CheckInReceipt {
    let participant = try tables.checkedPerson(check.participant)
    let draft = submission.draft(batch: participant.batch, subject: participant.id, now: now)
    // Almost every check is new: whether its key was used is asked only where it can't be recorded.
    func repeated() throws -> CheckInReceipt? {
      try earlier(CheckInMade.self, draft).map { CheckInReceipt($0.entry, $0.payload, repeated: true) }
    }
    let made: Made
    do { made = try assessed(check, participant, at: draft.occurredAt) } catch let refusal as Refusal {
      guard let receipt = try repeated() else { throw refusal }
      return receipt
    }
    let entry: AppliedEntry
    do { entry = try record(made.payload, draft) } catch let used as KeyUsed {
      guard let receipt = try repeated() else { throw used }
      return receipt
    }
    try react(to: made.assessment, participant, made.round, at: draft.occurredAt)
    try followPlans(
      of: participant, made.payload.readings, check.symptoms, baseline: made.baseline, at: draft.occurredAt, made.packs)
    return CheckInReceipt(entry, made.payload, repeated: false)
  }

  /// A check before it is recorded.
  private struct Made {
    let payload: CheckInMade
    let assessment: Assessment
    let round: Round?
    let baseline: Readings?
    let packs: FrozenPacks
  }

  private func assessed(_ check: CheckInDraft, _ participant: CheckedPerson, at moment: Instant) throws -> Made {
    try requireArrived(participant, by: moment)
    guard !check.readings.isEmpty || !check.symptoms.isEmpty else {
      throw Refusal.invalid(
        "readings", "empty",
        Text("一项也没测。没查成请选原因。", "Nothing was measured. If it could not be done, give the reason."))
    }
    let packs = try packs(of: participant.batch)
    var readings = check.readings
    // The scale is a doctor's recorded decision, not the choice of who measures.
    readings.oxygenScale = OxygenScale(rawValue: participant.oxygenScale)
    let baseline = try participant.baseline.map { try baselines.readings(of: participant.key, compact: $0) }
    let assessment = Assessment.assess(readings, symptoms: check.symptoms, baseline: baseline, pack: packs.health)
    let round = try answeredRound(participant, takesIncomplete: true, at: moment)
    let payload = CheckInMade(
      check, readings, assessment, participant, round: round, at: moment,
      remaining: round?.key == participant.dueRound ? nil : try openRound(of: participant),
      isBaseline: baseline == nil && assessment.news2.isComplete)
    return Made(payload: payload, assessment: assessment, round: round, baseline: baseline, packs: packs)
  }

  /// The round in whose time the check falls, if the person was due in it and has not been checked.
  ///
  /// - Parameter takesIncomplete: whether a check that left a reading out may still be answered anew.
  private func answeredRound(
    _ participant: CheckedPerson, takesIncomplete: Bool, at moment: Instant
  ) throws -> Round? {
    let found = try tables.first(RoundTable.atWithDue, participant.key, participant.batch, moment) { row in
      (row.int64(0), row.optionalText(1))
    }
    guard let (key, outcome) = found, let outcome, outcome != "done", outcome != "suspended",
      takesIncomplete || outcome != "incomplete"
    else { return nil }
    return try tables.first(RoundTable.byKey, key, read: Round.init)
  }

  /// Nobody is checked before they are here, or after they have left; what was seen before may arrive later.
  private func requireArrived(_ person: CheckedPerson, by moment: Instant) throws {
    let isGone = person.departedAt.map { $0 < moment } ?? false
    if !isGone, person.place != .notArrived, let arrived = person.arrivedAt, arrived <= moment { return }
    try tables.participant(key: person.key).requireArrived(by: moment, time)
  }

  /// The round that the person is still due in.
  private func openRound(of participant: CheckedPerson) throws -> Round? {
    try participant.dueRound.flatMap { try tables.first(RoundTable.byKey, $0, read: Round.init) }
  }

  private func react(
    to assessment: Assessment, _ person: CheckedPerson, _ round: Round?, at moment: Instant
  ) throws {
    if let severity = assessment.severity, severity >= .attention {
      let participant = try tables.participant(key: person.key)
      // Each is a sentence of its own; in a row they need one stop only.
      func row(_ sentences: [String], _ mark: String) -> String {
        sentences.map { $0.hasSuffix("。") || $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(separator: mark)
      }
      let zh = row(assessment.reasons.map(\.chinese), "；")
      let en = row(assessment.reasons.map(\.english), "; ")
      try raise(
        AlertDraft(
          code: "health", severity: severity, batch: participant.batch, participant: participant,
          message: Text("\(participant.name)：\(zh)", "\(participant.name): \(en)"), at: moment))
    }
    // A check that arrives late tells nothing of what was found after it.
    let isNewest = person.lastAt.map { $0 <= moment } ?? true
    if isNewest, person.hasHealthAlert {
      if (assessment.severity ?? .notice) < .attention { try resolveAcknowledged("health", person, at: moment) }
      try resolveAlert(
        "follow-up-overdue", batch: person.batch, participant: person.key, subject: person.id,
        reason: "checked", at: moment)
    }
    if let round, round.isOverdue, try tables.counts(batch: round.batch, round: round.key).isAnswered {
      try resolveAlert("round-overdue", batch: round.batch, subject: round.id, reason: "all seen", at: moment)
    }
  }

  /// A calm check ends an alert that somebody has answered; an unanswered one stays until a person answers.
  private func resolveAcknowledged(_ code: String, _ participant: CheckedPerson, at moment: Instant) throws {
    let standing = try tables.first(
      AlertTable.unresolvedLike, participant.batch, code, participant.key, participant.id, read: Alert.init)
    if let standing, standing.state == .acknowledged { try resolve(standing, reason: "calm check", at: moment) }
  }

  /// Records that a check could not be made. The person stays due: it is asked for again after 30 minutes.
  public func missCheckIn(
    _ participantID: ID, reason: NotDoneReason, remark: String, _ submission: Submission
  ) throws -> Recorded {
    let participant = try tables.checkedPerson(participantID)
    let draft = submission.draft(batch: participant.batch, subject: participant.id, now: now)
    if let earlier = try earlier(CheckInMissed.self, draft) { return Recorded(earlier.entry, repeated: true) }
    _ = try packs(of: participant.batch)
    try requireArrived(participant, by: draft.occurredAt)
    let round = try answeredRound(participant, takesIncomplete: false, at: draft.occurredAt)
    let isHere = participant.isHere
    let again = isHere ? RoundTimes.followUp(after: draft.occurredAt, minutes: 30) : nil
    let payload = CheckInMissed(
      openPart: .init(round: round?.code, day: round?.day, reason: reason.rawValue),
      personalPart: .init(
        participant: participant.key, round: round?.key, remark: remark,
        late: round.map { draft.occurredAt >= $0.overdueAt } ?? false, againDue: again?.due, againLate: again?.overdue))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Records a doctor's decision on the SpO₂ scale.
  public func decideOxygenScale(
    _ participantID: ID, scale: OxygenScale, doctor: String, reason: String, _ submission: Submission
  ) throws -> Recorded {
    let participant = try tables.participant(participantID)
    let draft = submission.draft(batch: participant.batch, subject: participant.id, now: now)
    if let earlier = try earlier(OxygenScaleDecided.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let payload = OxygenScaleDecided(
      openPart: .init(),
      personalPart: .init(participant: participant.key, scale: scale.rawValue, doctor: doctor, reason: reason))
    return Recorded(try record(payload, draft), repeated: false)
  }
}

extension CheckInMade {
  /// A check that asks for another one sooner than the next round would come.
  private static let soonMinutes = 120

  init(
    _ check: CheckInDraft, _ readings: Readings, _ assessment: Assessment, _ participant: CheckedPerson, round: Round?,
    at moment: Instant, remaining: Round?, isBaseline: Bool
  ) {
    let isHere = participant.isHere
    let asks = isHere && assessment.nextMinutes <= CheckInMade.soonMinutes
    let again = asks ? RoundTimes.followUp(after: moment, minutes: assessment.nextMinutes) : nil
    let due = [again?.due, remaining?.dueAt].compactMap { $0 }.min()
    self.init(
      day: round?.day, roundCode: round?.code, isLate: round.map { moment >= $0.overdueAt } ?? false,
      participant: participant.key, round: round?.key, readings: readings, symptoms: check.symptoms,
      remark: check.remark, points: assessment.news2.code, total: assessment.news2.total,
      level: assessment.news2.level?.rawValue, severity: assessment.severity?.rawValue,
      findings: assessment.findings.map(\.code), followUpDue: again?.due, followUpLate: again?.overdue, nextDue: due,
      nextRound: remaining?.key, isBaseline: isBaseline)
  }
}

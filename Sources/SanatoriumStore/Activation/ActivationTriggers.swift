internal import Evidence
internal import Sanatorium

extension Ledger {
  /// What a check-in starts or proposes by the batch's plans. A check that comes late, after a newer one, starts nothing.
  func followPlans(
    of person: CheckedPerson, _ readings: Readings, _ symptoms: Symptoms, baseline: Readings?, at moment: Instant,
    _ packs: FrozenPacks
  ) throws {
    guard person.isHere, person.lastAt.map({ $0 <= moment }) ?? true else { return }
    for plan in packs.plans {
      guard
        let decision = plan.evaluate(
          readings, symptoms: symptoms, baseline: baseline, redFlags: packs.health.redFlags)
      else { continue }
      // Only now is it worth a query: a calm check, the usual one, has none.
      let participant = try tables.participant(key: person.key)
      let others = try othersIll(plan, besides: participant.key, batch: participant.batch)
      let final =
        others == 0
        ? decision
        : plan.evaluate(
          readings, symptoms: symptoms, baseline: baseline, redFlags: packs.health.redFlags, others: others) ?? decision
      try follow(final, plan, participant: participant, incident: 0, batch: participant.batch)
    }
  }

  /// What an incident starts or proposes.
  func followPlans(
    of kind: IncidentKind, _ involved: [Participant], incident: Int64, batch: Int64, _ packs: FrozenPacks
  ) throws {
    let participant = involved.count == 1 ? involved[0] : nil
    for plan in packs.plans {
      let others = try othersIll(plan, besides: participant?.key ?? 0, batch: batch)
      guard let decision = plan.evaluate(kind, others: others) else { continue }
      try follow(decision, plan, participant: participant, incident: incident, batch: batch)
    }
  }

  private func othersIll(_ plan: PlanPack, besides participant: Int64, batch: Int64) throws -> Int {
    let running = try tables.openActivations(of: batch)
      .filter { $0.plan == plan.id && !$0.isDrill && $0.participant != participant && $0.participant != 0 }
    return Set(running.map(\.participant)).count
  }

  private func follow(
    _ decision: PlanDecision, _ plan: PlanPack, participant: Participant?, incident: Int64, batch: Int64
  ) throws {
    let standing = try tables.openActivations(of: batch).first { activation in
      guard activation.plan == plan.id, !activation.isDrill else { return false }
      return participant.map { activation.participant == $0.key } ?? (activation.incident == incident)
    }
    // What merely suggests a plan says nothing beside what starts it.
    let decisive = plan.triggers.filter { $0.effect == decision.effect }.map(\.code)
    let reasons = zip(decision.triggers, decision.reasons).filter { decisive.contains($0.0) }.map(\.1)
    let reason = Text(
      reasons.map(\.chinese).joined(separator: "；"), reasons.map(\.english).joined(separator: "; "))
    let cause = ActivationCause(
      participant: participant?.key ?? 0, incident: standing?.incident ?? incident, reason: reason,
      raise: decision.raise?.rawValue)
    switch (decision.effect, standing?.state) {
    case (.activate, nil), (.activate, .proposed):
      guard plan.refusal(toStartAt: decision.level, by: .automatic) == nil else {
        // The pack lets nobody but a person start at this level: then it is put before one.
        if standing == nil { try propose(decision.level, plan, cause, participant, batch: batch) }
        return
      }
      let subject = standing?.id ?? .random()
      _ = try begin(
        plan, decision.level, cause, origin: .automatic, person: "",
        .consequence(batch: batch, subject: subject, at: now), proposal: standing)
    case (.propose, nil): try propose(decision.level, plan, cause, participant, batch: batch)
    default: return
    }
  }

  private func propose(
    _ level: PlanLevel, _ plan: PlanPack, _ cause: ActivationCause, _ participant: Participant?, batch: Int64
  ) throws {
    let entry = try record(
      ActivationProposed(
        openPart: .init(plan: plan.id, level: level.rawValue, origin: "proposal", drill: false),
        personalPart: .init(
          cause: cause, raisesAt: now + .minutes(plan.proposal.raiseMinutes),
          activatesAt: now + .minutes(plan.proposal.activateMinutes))),
      .consequence(batch: batch, subject: .random(), at: now))
    let who = participant.map { "：\($0.name)" } ?? ""
    try raise(
      AlertDraft(
        code: "plan-proposed", severity: .urgent, batch: batch, participant: participant, subject: entry.subject,
        message: Text(
          "要不要启动“\(plan.name.chinese)”预案\(who)？\(cause.reason.chinese)。\(plan.proposal.activateMinutes) 分钟没人答就自动启动",
          "Start the plan “\(plan.name.english)”\(who)? \(cause.reason.english). Unanswered for "
            + "\(plan.proposal.activateMinutes) min it starts by itself"), at: now))
  }

  /// The pack lets nobody but a person start the plan at that level: it is not started, and the leads are called.
  private func leaveToPerson(
    _ activation: Activation, _ plan: PlanPack, _ level: PlanLevel, at moment: Instant
  ) throws {
    try record(
      ActivationRaised(
        openPart: .init(plan: plan.id, level: activation.level.rawValue, origin: "proposal", drill: false),
        personalPart: .init(activation: activation.key, activatesAt: nil)),
      .consequence(batch: activation.batch, subject: activation.id, at: moment))
    let participant = activation.participant == 0 ? nil : try tables.participant(key: activation.participant)
    try raise(
      AlertDraft(
        code: "plan-proposed-late", severity: .critical, batch: activation.batch, participant: participant,
        subject: activation.id,
        message: Text(
          "“\(plan.name.chinese)”预案一直没人答复，\(level.name.chinese)只能由人启动，请马上决定。\(activation.reason.chinese)",
          "Nobody has answered the proposed plan “\(plan.name.english)”; only a person may start it at "
            + "\(level.name.english): decide now. \(activation.reason.english)"), at: moment, from: .dutyLead))
  }

  /// The clock: nobody has answered a proposal. First one tier up, then it starts by itself.
  func proposalUnanswered(activation key: Int64, at due: Instant) throws {
    let activation = try tables.activation(key: key)
    let plan = try plan(of: activation)
    guard let opened = activation.proposedAt, activation.state == .proposed else {
      throw DeadlineStands(kind: "proposal", subject: key)
    }
    switch PlanProposal(plan.proposal, opened: opened, now: due) {
    case .waiting: throw DeadlineStands(kind: "proposal", subject: key)
    case .raised(let at, let activates):
      try record(
        ActivationRaised(
          openPart: .init(plan: plan.id, level: activation.level.rawValue, origin: "proposal", drill: false),
          personalPart: .init(activation: key, activatesAt: activates)),
        .consequence(batch: activation.batch, subject: activation.id, at: at))
      try hurryAlert(
        "plan-proposed", batch: activation.batch, participant: activation.participant, subject: activation.id, at: at)
    case .activated(let at, let level) where plan.refusal(toStartAt: level, by: .automatic) != nil:
      try leaveToPerson(activation, plan, level, at: at)
    case .activated(let at, let level):
      _ = try begin(
        plan, level, activation.cause, origin: .automatic, person: "",
        .consequence(batch: activation.batch, subject: activation.id, at: at), proposal: activation)
    }
  }
}

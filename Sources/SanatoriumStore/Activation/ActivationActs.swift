internal import Evidence
public import Sanatorium

extension Ledger {
  /// Turns a proposal down, with the reason.
  public func declinePlan(_ id: ID, reason: String, _ submission: Submission) throws -> Recorded {
    let activation = try tables.activation(id)
    let draft = submission.draft(batch: activation.batch, subject: id, now: now)
    if let earlier = try earlier(ActivationDeclined.self, draft) { return Recorded(earlier.entry, repeated: true) }
    _ = try plan(of: activation).next(activation.planState, .decline, by: submission.actor.agent()).get()
    let entry = try record(
      ActivationDeclined(
        openPart: activation.openPart,
        personalPart: .init(activation: activation.key, text: reason, confirmed: [], person: submission.actor.name)),
      draft)
    try endAlerts(of: activation, reason: "declined", at: draft.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Raises or lowers the level.
  public func changePlanLevel(
    _ id: ID, to level: PlanLevel, reason: String, external: Bool = false, _ submission: Submission
  ) throws -> Recorded {
    let activation = try tables.activation(id)
    let draft = submission.draft(batch: activation.batch, subject: id, now: now)
    if let earlier = try earlier(ActivationLevelChanged.self, draft) {
      return Recorded(earlier.entry, repeated: true)
    }
    let plan = try plan(of: activation)
    let event: PlanEvent = level < activation.level ? .downgrade(level) : .escalate(level)
    _ = try plan.next(activation.planState, event, by: submission.actor.agent(external: external)).get()
    var open = activation.openPart
    open.level = level.rawValue
    let entry = try record(
      ActivationLevelChanged(
        openPart: open,
        personalPart: .init(activation: activation.key, reason: reason, person: submission.actor.name)), draft)
    try resolveAlert(
      "plan-raise", batch: activation.batch, subject: activation.id, reason: "decided", at: draft.occurredAt)
    if level > activation.level {
      let participant = activation.participant == 0 ? nil : try tables.participant(key: activation.participant)
      try raise(
        AlertDraft(
          code: "plan-level", severity: .critical, batch: activation.batch, participant: participant, subject: activation.id,
          message: Text(
            "\(plan.name.chinese)升到\(level.name.chinese)：\(level.meaning.chinese)。\(reason)",
            "\(plan.name.english) raised to \(level.name.english): \(level.meaning.english). \(reason)"),
          isDrill: activation.isDrill, at: draft.occurredAt, from: .dutyLead))
    }
    return Recorded(entry, repeated: false)
  }

  /// Records that a step was done. The order of the steps is advice: nothing that was done is refused for it.
  public func finishStep(_ id: ID, step number: Int, note: String, _ submission: Submission) throws -> Recorded {
    let activation = try tables.activation(id)
    let draft = submission.draft(batch: activation.batch, subject: id, now: now)
    if let earlier = try earlier(ActivationStepDone.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let plan = try plan(of: activation)
    guard let step = plan.step(number) else {
      throw Refusal.notFound(Text("预案没有第 \(number) 步。", "The plan has no step \(number)."))
    }
    guard activation.state == .active, let t0 = activation.t0 else {
      throw Refusal.conflict(
        Fault(
          "state", "wrong-state",
          Text("预案“\(activation.planState.label.chinese)”，不能记步骤。", "It is “\(activation.planState.label.english)”; no steps now.")))
    }
    let records = try tables.steps(of: activation.key)
    if step.repeats == nil, let before = records.first(where: { $0.number == number }), before.doneAt != nil {
      throw Refusal.conflict(
        Fault("step", "done-already", Text("\(before.person)已经记了这一步。", "\(before.person) has recorded this step already.")))
    }
    var done = ActivationClock.done(records)
    done[number] = draft.occurredAt
    let marked = ActivationClock.marked(records).subtracting([number])
    let held = PlanRole.held(by: submission.actor.role, isMedical: submission.actor.isMedical)
    var open = activation.openPart
    open.step = number
    let entry = try record(
      ActivationStepDone(
        openPart: open,
        personalPart: .init(
          activation: activation.key, person: submission.actor.name, role: held.contains(step.role) ? step.role : .finder,
          note: note, nextLate: ActivationClock.nextLate(plan, t0, done: done, marked: marked, now: draft.occurredAt))),
      draft)
    try resolveAlert(
      "plan-step-\(number)", batch: activation.batch, participant: activation.participant, subject: activation.id,
      reason: "done", at: draft.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// The clock: steps are late. One entry and one alert for each, to whoever does the step.
  func stepOverdue(activation key: Int64, at due: Instant) throws {
    let activation = try tables.activation(key: key)
    let plan = try plan(of: activation)
    guard let t0 = activation.t0 else { throw CorruptRow(column: 15, value: "activation \(key)") }
    let records = try tables.steps(of: key)
    let done = ActivationClock.done(records)
    var marked = ActivationClock.marked(records)
    let late = plan.progress(from: t0, done: done, now: due)
      .filter { $0.state == .overdue && !marked.contains($0.number) }
    let participant = activation.participant == 0 ? nil : try tables.participant(key: activation.participant)
    for status in late {
      marked.insert(status.number)
      var open = activation.openPart
      open.step = status.number
      try record(
        ActivationStepOverdue(
          openPart: open,
          personalPart: .init(
            activation: key, nextLate: ActivationClock.nextLate(plan, t0, done: done, marked: marked, now: due))),
        .consequence(batch: activation.batch, subject: activation.id, at: status.late ?? due))
      guard let step = plan.step(status.number) else { continue }
      let who = participant.map { "（\($0.name)）" } ?? ""
      try raise(
        AlertDraft(
          code: "plan-step-\(step.number)", severity: activation.level >= .l3 ? .critical : .urgent,
          batch: activation.batch, participant: participant, subject: activation.id,
          message: Text(
            "\(plan.name.chinese)\(who)第 \(step.number) 步超时：\(step.title.chinese)，\(step.role.name.chinese)",
            "\(plan.name.english)\(who), step \(step.number) is late: \(step.title.english), \(step.role.name.english)"),
          isDrill: activation.isDrill, at: status.late ?? due, from: step.role.tier))
    }
  }

  /// Ends the plan: every condition of its end is confirmed by somebody who may.
  public func terminatePlan(
    _ id: ID, confirmed: Set<String>, text: String, external: Bool = false, _ submission: Submission
  ) throws -> Recorded {
    let activation = try tables.activation(id)
    let draft = submission.draft(batch: activation.batch, subject: id, now: now)
    if let earlier = try earlier(ActivationTerminated.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let plan = try plan(of: activation)
    let held = PlanRole.held(by: submission.actor.role, isMedical: submission.actor.isMedical)
    let known = plan.end.any + plan.end.all
    var faults = confirmed.filter { code in !known.contains { $0.code == code } }.sorted().map {
      Fault("confirmed", "unknown-code", Text("没有条件“\($0)”。", "There is no condition “\($0)”."))
    }
    for condition in known where confirmed.contains(condition.code) && !condition.confirmedBy.isEmpty {
      if condition.confirmedBy.contains(where: held.contains) { continue }
      let (zh, en) = (
        condition.confirmedBy.map(\.name.chinese).joined(separator: "、"),
        condition.confirmedBy.map(\.name.english).joined(separator: ", ")
      )
      faults.append(
        Fault(
          "confirmed.\(condition.code)", "wrong-role",
          Text("“\(condition.text.chinese)”要\(zh)确认。", "“\(condition.text.english)” is confirmed by: \(en).")))
    }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    _ = try plan.next(
      activation.planState, .terminate(confirmed: confirmed), by: submission.actor.agent(external: external)
    ).get()
    let entry = try record(
      ActivationTerminated(
        openPart: activation.openPart,
        personalPart: .init(
          activation: activation.key, text: text, confirmed: confirmed.sorted(), person: submission.actor.name)), draft)
    try endAlerts(of: activation, reason: "ended", at: draft.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Records the review of an ended plan.
  public func reviewPlan(_ id: ID, text: String, _ submission: Submission) throws -> Recorded {
    let activation = try tables.activation(id)
    let draft = submission.draft(batch: activation.batch, subject: id, now: now)
    if let earlier = try earlier(ActivationReviewed.self, draft) { return Recorded(earlier.entry, repeated: true) }
    _ = try plan(of: activation).next(activation.planState, .review, by: submission.actor.agent()).get()
    let entry = try record(
      ActivationReviewed(
        openPart: activation.openPart,
        personalPart: .init(activation: activation.key, text: text, confirmed: [], person: submission.actor.name)), draft)
    return Recorded(entry, repeated: false)
  }

  private func endAlerts(of activation: Activation, reason: String, at moment: Instant) throws {
    for alert in try tables.all(AlertTable.unresolvedAbout, activation.batch, activation.id, read: Alert.init) {
      try resolve(alert, reason: reason, at: moment)
    }
  }
}

extension Activation {
  fileprivate var openPart: Open.Activation {
    Open.Activation(plan: plan, level: level.rawValue, origin: origin.rawValue, drill: isDrill)
  }
}

/// When the next step is late, from what was recorded of the steps.
enum ActivationClock {
  static func done(_ records: [ActivationStep]) -> [Int: Instant] {
    var done: [Int: Instant] = [:]
    for record in records { if let at = record.doneAt { done[record.number] = at } }
    return done
  }

  /// The steps that are late and have been told of.
  static func marked(_ records: [ActivationStep]) -> Set<Int> {
    Set(records.filter { $0.overdueAt != nil }.map(\.number))
  }

  static func nextLate(
    _ plan: PlanPack, _ t0: Instant, done: [Int: Instant], marked: Set<Int>, now: Instant
  ) -> Instant? {
    plan.progress(from: t0, done: done, now: now).filter { !marked.contains($0.number) }.compactMap(\.late).min()
  }
}

extension PlanRole {
  /// Who is told when a step of this role is late.
  var tier: AlertTier {
    switch self {
    case .finder, .medical, .escort: .assigned
    case .reception, .security, .logistics, .dutyLead: .dutyLead
    case .facilityHead: .facilityHead
    case .organizer: .organizer
    }
  }
}

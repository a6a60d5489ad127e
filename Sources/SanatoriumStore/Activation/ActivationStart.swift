internal import Evidence
public import Sanatorium

/// A plan to be started by hand or as a drill.
public struct ActivationDraft: Sendable, Hashable {
  public var plan: String
  /// The pack's starting level when nil.
  public var level: PlanLevel?
  public var participant: ID?
  public var incident: ID?
  public var isDrill: Bool
  public var reason: String
  /// An outside command (119, CDC, police, government) has asked for it.
  public var isExternal: Bool

  public init(
    plan: String, level: PlanLevel? = nil, participant: ID? = nil, incident: ID? = nil, isDrill: Bool = false,
    reason: String, isExternal: Bool = false
  ) {
    self.plan = plan
    self.level = level
    self.participant = participant
    self.incident = incident
    self.isDrill = isDrill
    self.reason = reason
    self.isExternal = isExternal
  }
}

extension Actor {
  /// Who acts, for a plan's rules.
  func agent(external: Bool = false) -> PlanAgent {
    let held = PlanRole.held(by: role, isMedical: isMedical)
    return external ? .external(held) : .person(held)
  }
}

extension Ledger {
  /// Starts a plan by hand or as a drill.
  public func startPlan(_ start: ActivationDraft, in batchID: ID, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ActivationStarted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard let plan = try packs(of: batch.key).plan(start.plan) else {
      throw Refusal.invalid("plan", "unknown-code", Text("这一批没有预案“\(start.plan)”。", "This batch has no plan “\(start.plan)”."))
    }
    let participant = try start.participant.map { try tables.participant($0) }
    let incident = try start.incident.map { try tables.incident($0) }
    guard participant?.batch ?? batch.key == batch.key, incident?.batch ?? batch.key == batch.key else {
      throw Refusal.invalid("participant", "not-in-batch", Text("不是这一批的。", "It is of another batch."))
    }
    if let incident, !incident.isOpen {
      throw Refusal.conflict(Fault("incident", "closed", Text("这件事已经结了。", "That incident is closed.")))
    }
    let level = start.level ?? plan.startLevel
    if let refusal = plan.refusal(toStartAt: level, by: submission.actor.agent(external: start.isExternal)) {
      throw refusal
    }
    let running = try tables.openActivations(of: batch.key).first {
      $0.plan == plan.id && $0.participant == participant?.key ?? 0 && $0.isDrill == start.isDrill
        && (participant != nil || $0.incident == incident?.key ?? 0)
    }
    if let running {
      throw Refusal.conflict(
        Fault(
          "plan", running.state == .proposed ? "proposed-already" : "running-already",
          running.state == .proposed
            ? Text("这个预案已经在等决定，请在那里启动。", "This plan is proposed already; start it there.")
            : Text("这个预案已经在进行。", "This plan runs already.")))
    }
    let cause = ActivationCause(
      participant: participant?.key ?? 0, incident: incident?.key ?? 0, reason: Text(verbatim: start.reason), raise: nil)
    let entry = try begin(
      plan, level, cause, origin: start.isDrill ? .drill : .manual, person: submission.actor.name, draft)
    return Recorded(entry, repeated: false)
  }

  /// Starts what was proposed.
  public func startProposal(
    _ id: ID, level: PlanLevel?, external: Bool = false, _ submission: Submission
  ) throws -> Recorded {
    let activation = try tables.activation(id)
    let draft = submission.draft(batch: activation.batch, subject: activation.id, now: now)
    if let earlier = try earlier(ActivationStarted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let plan = try plan(of: activation)
    let level = level ?? activation.level
    _ = try plan.next(activation.planState, .activate(level), by: submission.actor.agent(external: external)).get()
    let entry = try begin(
      plan, level, activation.cause, origin: .manual, person: submission.actor.name, draft, proposal: activation)
    return Recorded(entry, repeated: false)
  }

  func plan(of activation: Activation) throws -> PlanPack {
    guard let plan = try packs(of: activation.batch).plan(activation.plan) else {
      throw CorruptRow(column: 0, value: "plan \(activation.plan)")
    }
    return plan
  }

  /// Records the start and alerts whoever is first in the plan.
  func begin(
    _ plan: PlanPack, _ level: PlanLevel, _ cause: ActivationCause, origin: Activation.Origin, person: String,
    _ draft: EntryDraft, proposal: Activation? = nil
  ) throws -> AppliedEntry {
    let isDrill = origin == .drill
    let first = plan.progress(from: draft.occurredAt, done: [:], now: draft.occurredAt).compactMap(\.late).min()
    let entry = try record(
      ActivationStarted(
        openPart: .init(plan: plan.id, level: level.rawValue, origin: origin.rawValue, drill: isDrill),
        personalPart: .init(activation: proposal?.key, cause: cause, person: person, nextLate: first)), draft)
    if let proposal {
      for code in ["plan-proposed", "plan-proposed-late"] {
        try resolveAlert(
          code, batch: draft.batch, participant: proposal.participant, subject: proposal.id, reason: "started",
          at: draft.occurredAt)
      }
    }
    let participant = cause.participant == 0 ? nil : try tables.participant(key: cause.participant)
    let who = participant.map { "：\($0.name)" } ?? ""
    let mark = isDrill ? Text("【演练】", "[Drill] ") : Text("", "")
    try raise(
      AlertDraft(
        code: "plan-started", severity: level >= .l3 ? .critical : .urgent, batch: draft.batch,
        participant: participant, subject: entry.subject,
        message: Text(
          "\(mark.chinese)\(plan.name.chinese)预案启动\(level.name.chinese)\(who)。\(cause.reason.chinese)",
          "\(mark.english)Plan “\(plan.name.english)” started at \(level.name.english)\(who). \(cause.reason.english)"),
        isDrill: isDrill, at: draft.occurredAt))
    if let raise = cause.raise.flatMap(PlanLevel.init(rawValue:)) {
      try askToRaise(plan, raise, entry.subject, batch: draft.batch, isDrill: isDrill, at: draft.occurredAt)
    }
    return entry
  }

  private func askToRaise(
    _ plan: PlanPack, _ level: PlanLevel, _ subject: ID, batch: Int64, isDrill: Bool, at moment: Instant
  ) throws {
    try raise(
      AlertDraft(
        code: "plan-raise", severity: .critical, batch: batch, subject: subject,
        message: Text(
          "\(plan.name.chinese)：同时不止一人，请值班负责人决定是否升到\(level.name.chinese)",
          "\(plan.name.english): several at once; the duty lead decides on \(level.name.english)"),
        isDrill: isDrill, at: moment, from: .dutyLead))
  }
}

extension Activation {
  var cause: ActivationCause {
    ActivationCause(participant: participant, incident: incident, reason: reason, raise: raise?.rawValue)
  }
}

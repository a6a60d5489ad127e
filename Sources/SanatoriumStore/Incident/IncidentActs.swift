internal import Evidence
public import Sanatorium

/// A note as it is written.
public struct IncidentNoteDraft: Sendable, Hashable {
  public var kind: IncidentNoteKind
  public var text: String
  /// To whom a call or a report went.
  public var authority: String
  /// Of a report: 初报、续报、终报.
  public var phase: ReportPhase?
  /// Of a report: the code of the duty that it fulfils, if one.
  public var recipient: String?
  /// Of a regrading.
  public var harm: HarmDegree?
  public var grade: FacilityGrade?

  public init(
    kind: IncidentNoteKind, text: String, authority: String = "", phase: ReportPhase? = nil, recipient: String? = nil,
    harm: HarmDegree? = nil, grade: FacilityGrade? = nil
  ) {
    self.kind = kind
    self.text = text
    self.authority = authority
    self.phase = phase
    self.recipient = recipient
    self.harm = harm
    self.grade = grade
  }
}

extension Ledger {
  /// Adds to the timeline: what was seen, done, telephoned, reported outside, or graded anew. Nothing in it is ever
  /// changed; reports may also be noted after the incident is closed.
  public func noteIncident(_ id: ID, _ note: IncidentNoteDraft, _ submission: Submission) throws -> Recorded {
    let incident = try tables.incident(id)
    let draft = submission.draft(batch: incident.batch, subject: incident.id, now: now)
    if let earlier = try earlier(IncidentNoted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let known = try tables.all(IncidentTable.duties, incident.key, read: IncidentDuty.init)
    try check(note, of: incident, known)
    var owed: [OwedReport]?
    var dropped: [OwedReport]?
    if let grade = note.grade, grade != incident.grade {
      let packs = try packs(of: incident.batch)
      let now = owedReports(for: incident.kind, grade, knownAt: incident.reportedAt, packs)
      let before = owedReports(for: incident.kind, incident.grade, knownAt: incident.reportedAt, packs)
      owed = now
      dropped = before.filter { old in !now.contains { $0.code == old.code && $0.recipient == old.recipient } }
    }
    let duty = known.first { $0.recipient == note.recipient }
    let authority = note.authority.isEmpty ? duty?.label.chinese ?? "" : note.authority
    let entry = try record(
      IncidentNoted(
        openPart: .init(harm: note.harm?.rawValue, grade: note.grade?.rawValue, report: note.phase?.rawValue),
        personalPart: .init(
          incident: incident.key, kind: note.kind, text: note.text, authority: authority, recipient: note.recipient,
          person: submission.actor.name, owed: owed, dropped: dropped)), draft)
    if let recipient = note.recipient {
      try resolveAlert(
        "report-\(recipient)", batch: incident.batch, subject: incident.id, reason: "reported", at: draft.occurredAt)
    }
    return Recorded(entry, repeated: false)
  }

  private func check(_ note: IncidentNoteDraft, of incident: Incident, _ duties: [IncidentDuty]) throws {
    var faults: [Fault] = []
    if note.kind != .report, note.recipient != nil || note.phase != nil {
      faults.append(
        Fault(
          "recipient", "no-report",
          Text("只有“对外报告”才写报给谁、第几报。", "Only a report outside names its recipient and phase.")))
    }
    switch note.kind {
    case .report:
      if note.phase == nil {
        faults.append(Fault("phase", "missing", Text("选初报、续报还是终报。", "Choose initial, follow-up or final.")))
      }
      if let recipient = note.recipient {
        if !duties.contains(where: { $0.recipient == recipient }) {
          faults.append(Fault("recipient", "unknown-code", Text("没有“\(recipient)”这一项报告。", "No report to “\(recipient)” is owed.")))
        }
      } else if note.authority.isEmpty {
        faults.append(Fault("authority", "missing", Text("写报给了谁。", "Say to whom it was reported.")))
      }
    case .regrade:
      if note.harm == nil && note.grade == nil {
        faults.append(Fault("grade", "missing", Text("选新的级别或伤害程度。", "Choose the new grade or degree of harm.")))
      }
      faults += IncidentRules.faults(harm: note.harm ?? incident.harm, grade: note.grade ?? incident.grade)
    case .command:
      faults.append(Fault("kind", "not-written", Text("交接指挥要走“交接”。", "Command is handed over by an act of its own.")))
    case .observation, .measure, .call: break
    }
    if note.kind != .regrade, note.harm != nil || note.grade != nil {
      faults.append(Fault("grade", "not-here", Text("改定级请用“改定级”。", "A grade is changed by a regrading.")))
    }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    if incident.closedAt != nil, note.kind != .report {
      throw Refusal.conflict(
        Fault("state", "closed", Text("这件事已经结了，只能补记对外报告。", "It is closed; only reports can be added.")))
    }
  }

  /// Offers the command to a person, who takes it by accepting; until then the commander stays.
  public func offerCommand(_ id: ID, to account: ID, text: String, _ submission: Submission) throws -> Recorded {
    let incident = try tables.incident(id)
    let draft = submission.draft(batch: incident.batch, subject: incident.id, now: now)
    if let earlier = try earlier(IncidentHandedOver.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try mustCommand(incident, submission.actor)
    let to = try usableAccount(account, field: "to")
    guard to.id != incident.commander else {
      throw Refusal.invalid("to", "same-person", Text("\(to.name)已经在指挥。", "\(to.name) is in command already."))
    }
    let entry = try record(
      IncidentHandedOver(
        openPart: .init(),
        personalPart: .init(
          incident: incident.key, to: to.id, name: to.name, accepted: false, person: submission.actor.name, text: text)),
      draft)
    try raise(
      AlertDraft(
        code: "command-offered", severity: .urgent, batch: incident.batch, subject: incident.id,
        message: Text(
          "\(submission.actor.name)把“\(incident.kind.label.chinese)”的指挥交给\(to.name)，等本人接",
          "\(submission.actor.name) hands “\(incident.kind.label.english)” over to \(to.name), who has to accept"),
        at: draft.occurredAt))
    return Recorded(entry, repeated: false)
  }

  /// The named person takes the command.
  public func acceptCommand(_ id: ID, _ submission: Submission) throws -> Recorded {
    let incident = try tables.incident(id)
    let draft = submission.draft(batch: incident.batch, subject: incident.id, now: now)
    if let earlier = try earlier(IncidentHandedOver.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard let offered = incident.offered, incident.isOpen else {
      throw Refusal.conflict(Fault("state", "not-offered", Text("没有人交出指挥。", "Nobody has offered the command.")))
    }
    guard offered == submission.actor.account else {
      throw Refusal.forbidden(
        Text("指挥交给了\(incident.offeredName ?? "")，要本人来接。", "Only \(incident.offeredName ?? "") may accept it."))
    }
    let entry = try record(
      IncidentHandedOver(
        openPart: .init(),
        personalPart: .init(
          incident: incident.key, to: submission.actor.account, name: submission.actor.name, accepted: true,
          person: submission.actor.name, text: "")), draft)
    try resolveAlert(
      "command-offered", batch: incident.batch, subject: incident.id, reason: "accepted", at: draft.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Closes an incident whose activations have ended. Reports still owed keep their limits.
  public func closeIncident(_ id: ID, conclusion: String, _ submission: Submission) throws -> Recorded {
    let incident = try tables.incident(id)
    let draft = submission.draft(batch: incident.batch, subject: incident.id, now: now)
    if let earlier = try earlier(IncidentClosed.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try mustCommand(incident, submission.actor)
    let running = try tables.all(ActivationTable.ofIncident, incident.key, read: Activation.init)
      .filter { $0.state == .active || $0.state == .proposed }
    if let first = running.first {
      let name = try packs(of: incident.batch).plan(first.plan)?.name ?? Text(verbatim: first.plan)
      throw Refusal.conflict(
        Fault(
          "activations", "still-running",
          Text("“\(name.chinese)”预案还没解除，先解除再结。", "The plan “\(name.english)” still runs; end it first.")))
    }
    let entry = try record(
      IncidentClosed(
        openPart: .init(
          kind: incident.kind.rawValue, harm: incident.harm.rawValue, grade: incident.grade.rawValue),
        personalPart: .init(incident: incident.key, conclusion: conclusion, person: submission.actor.name)), draft)
    for code in ["incident", "command-offered"] {
      try resolveAlert(code, batch: incident.batch, subject: incident.id, reason: "closed", at: draft.occurredAt)
    }
    return Recorded(entry, repeated: false)
  }

  private func mustCommand(_ incident: Incident, _ actor: Actor) throws {
    guard incident.isOpen else {
      throw Refusal.conflict(Fault("state", "closed", Text("这件事已经结了。", "It is closed already.")))
    }
    guard actor.account == incident.commander || actor.role == .lead else {
      throw Refusal.forbidden(
        Text("只有指挥\(incident.commanderName)或值班负责人能这样做。", "Only \(incident.commanderName) in command, or the duty lead, may do this."))
    }
  }
}

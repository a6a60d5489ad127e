internal import Evidence
public import Sanatorium

/// An incident as it is reported.
public struct IncidentDraft: Sendable, Hashable {
  public var kind: IncidentKind
  public var harm: HarmDegree
  public var grade: FacilityGrade
  public var place: String
  /// When it happened; nil means now.
  public var happenedAt: Instant?
  public var participants: [ID]
  public var text: String
  /// The account that commands; the reporter when nil.
  public var commander: ID?

  public init(
    kind: IncidentKind, harm: HarmDegree, grade: FacilityGrade, place: String, happenedAt: Instant? = nil,
    participants: [ID] = [], text: String, commander: ID? = nil
  ) {
    self.kind = kind
    self.harm = harm
    self.grade = grade
    self.place = place
    self.happenedAt = happenedAt
    self.participants = participants
    self.text = text
    self.commander = commander
  }
}

extension Ledger {
  /// Reports an incident: the reports it asks for get their limits, the duty lead is alerted, and every plan that the
  /// kind starts or suggests is started or proposed.
  public func reportIncident(_ incident: IncidentDraft, in batchID: ID, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(IncidentReported.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let packs = try packs(of: batch.key)
    let involved = try checked(incident, in: batch, at: draft.occurredAt)
    let commander = try incident.commander.map { try usableAccount($0, field: "commander") }
    let running = try tables.openActivations(of: batch.key).filter { activation in
      guard !activation.isDrill, involved.contains(where: { $0.key == activation.participant }) else { return false }
      return packs.plan(activation.plan)?.evaluate(incident.kind) != nil
    }
    let payload = IncidentReported(
      openPart: .init(kind: incident.kind.rawValue, harm: incident.harm.rawValue, grade: incident.grade.rawValue),
      personalPart: .init(
        place: incident.place, text: incident.text, happenedAt: incident.happenedAt ?? draft.occurredAt,
        reporter: submission.actor.name, commander: commander?.id ?? submission.actor.account,
        commanderName: commander?.name ?? submission.actor.name, participants: involved.map(\.key),
        owed: owedReports(for: incident.kind, incident.grade, knownAt: draft.occurredAt, packs),
        activations: running.map(\.key)))
    let entry = try record(payload, draft)
    let names = involved.map(\.name).joined(separator: "、")
    let who = names.isEmpty ? "" : "\(names)，"
    try raise(
      AlertDraft(
        code: "incident", severity: incident.grade <= .fourth ? .attention : .urgent, batch: batch.key,
        subject: entry.subject,
        message: Text(
          "\(incident.kind.label.chinese)：\(who)\(incident.place)",
          "\(incident.kind.label.english): \(names.isEmpty ? "" : names + ", ")\(incident.place)"), at: draft.occurredAt))
    try followPlans(of: incident.kind, involved, incident: entry.sequence, batch: batch.key, packs)
    return Recorded(entry, repeated: false)
  }

  private func checked(_ incident: IncidentDraft, in batch: Batch, at moment: Instant) throws -> [Participant] {
    var faults: [Fault] = []
    var involved: [Participant] = []
    for id in incident.participants where !involved.contains(where: { $0.id == id }) {
      if let person = try tables.first(ParticipantTable.byID, id, read: Participant.init), person.batch == batch.key {
        involved.append(person)
      } else {
        faults.append(Fault("participants", "not-in-batch", Text("这一批没有这个人：\(id)。", "This batch has no such person: \(id).")))
      }
    }
    if let happened = incident.happenedAt, happened > moment + .minutes(5) {
      faults.append(Fault("happenedAt", "in-the-future", Text("发生的时间还没到。", "That moment has not come yet.")))
    }
    faults += IncidentRules.faults(harm: incident.harm, grade: incident.grade)
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    return involved
  }

  /// What the plan of that kind asks to be reported for the grade; a kind without a plan owes the house's own reports.
  func owedReports(
    for kind: IncidentKind, _ grade: FacilityGrade, knownAt: Instant, _ packs: FrozenPacks
  ) -> [OwedReport] {
    let own = packs.plans.filter { $0.evaluate(kind) != nil }
    let duties = own.isEmpty ? packs.plans.flatMap(\.reports).filter { $0.code == "R0" } : own.flatMap(\.reports)
    var owed: [OwedReport] = []
    for duty in duties {
      guard let due = duty.deadline(knownAt: knownAt, grade: grade),
        !owed.contains(where: { $0.code == duty.code && $0.recipient == duty.recipient })
      else { continue }
      owed.append(
        OwedReport(
          code: duty.code, recipient: duty.recipient, label: duty.label, source: duty.source, dueAt: due))
    }
    return owed
  }

  func usableAccount(_ id: ID, field: String) throws -> Account {
    guard let account = try tables.first(AccountTable.byID, id, read: Account.init), !account.isDisabled else {
      throw Refusal.invalid(field, "no-such-account", Text("没有这个账号，或已停用。", "There is no such account, or it is disabled."))
    }
    return account
  }

  /// The clock: a report's limit has passed.
  func reportsOverdue(incident key: Int64, at due: Instant) throws {
    let incident = try tables.incident(key: key)
    let late = try tables.all(IncidentTable.duties, key, read: IncidentDuty.init)
      .filter { $0.madeAt == nil && !$0.isOverdue && $0.dueAt <= due }
    try record(
      IncidentReportOverdue(openPart: .init(), personalPart: .init(incident: key)),
      .consequence(batch: incident.batch, subject: incident.id, at: due))
    for duty in late {
      let clock = time.clock(duty.dueAt)
      try raise(
        AlertDraft(
          code: "report-\(duty.recipient)", severity: .urgent, batch: incident.batch, subject: incident.id,
          message: Text(
            "\(incident.kind.label.chinese)：“\(duty.label.chinese)”应在 \(clock) 前，还没报",
            "\(incident.kind.label.english): “\(duty.label.english)” was due by \(clock) and is not made"), at: due,
          from: .dutyLead))
    }
  }
}

/// What grade and harm must fit.
enum IncidentRules {
  static func faults(harm: HarmDegree, grade: FacilityGrade) -> [Fault] {
    if harm == .death, grade != .first {
      return [Fault("grade", "too-low", Text("有人死亡，要定 Ⅰ 级。", "A death is grade I."))]
    }
    if harm == .severe, grade < .second {
      return [Fault("grade", "too-low", Text("重度伤害，至少定 Ⅱ 级。", "Severe harm is at least grade II."))]
    }
    return []
  }
}

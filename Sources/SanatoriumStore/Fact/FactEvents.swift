internal import Evidence
public import Sanatorium

extension Ledger {
  /// Records a fact of a batch or of a participant; one recorded before is replaced and stays in the history.
  ///
  /// - Parameter proposed: the regulation of a batch that isn't open yet; afterwards the frozen one counts.
  /// - Throws: `Refusal.forbidden` when the role may not record it, `Refusal.invalid` with every fault by its part.
  public func recordFact(
    _ key: FactKey, _ fact: RecordedFact, of owner: FactOwner, under proposed: Regulation? = nil,
    _ submission: Submission
  ) throws -> Recorded {
    let subject = try tables.subject(of: owner)
    let draft = submission.draft(batch: subject.batch.key, subject: subject.id, now: now)
    if let earlier = try earlier(FactRecorded.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard let definition = FactCatalogue[key], definition.scope == owner.scope else {
      throw Refusal.invalid(
        "key", "unknown-fact", Text("没有叫“\(key)”的事项。", "There is no fact called “\(key)” here."))
    }
    guard definition.admits(submission.actor) else {
      throw Refusal.forbidden(
        Text(
          "“\(definition.label.chinese)”由\(definition.roles.map(\.name.chinese).joined(separator: "、"))记录。",
          "“\(definition.label.english)” is recorded by: \(definition.roles.map(\.name.english).joined(separator: ", "))."))
    }
    if key == .kit, try !tables.kit(of: subject.batch.key).lines.isEmpty {
      throw Refusal.conflict(
        "key", "kept-as-list",
        Text("药箱有清单，按清单算，不用另记。", "The kit has a list, and the list counts; nothing is recorded beside it."))
    }
    let tidy = fact.tidy
    let regulation = try tables.frozenPacks(batch: subject.batch.key)?.regulation ?? proposed
    let faults = definition.faults(in: tidy) + (regulation?.faults(in: tidy, for: key) ?? [])
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    let payload = FactRecorded(
      openPart: Open.FactRecorded(tidy, definition), personalPart: .init(participant: subject.key, fact: tidy))
    let entry = try record(payload, draft)
    if regulation?.asked(at: .daily, of: owner.scope).contains(key) == true {
      try reviewDaily(of: subject, at: entry.occurredAt)
    }
    return Recorded(entry, repeated: false)
  }

  /// Accepts that a soft rule is not followed, with the reason and the person who decided.
  ///
  /// - Parameter proposed: the regulation of a batch that isn't open yet.
  /// - Throws: `Refusal.invalid` when the rule passes, is hard or informational, isn't asked at that gate, or when reason
  ///   or person are blank; `Refusal.forbidden` for roles that decide nothing.
  public func acceptDeparture(
    _ rule: String, at gate: Gate, of owner: FactOwner, reason: String, person: String,
    under proposed: Regulation? = nil, _ submission: Submission
  ) throws -> Recorded {
    let subject = try tables.subject(of: owner)
    let draft = submission.draft(batch: subject.batch.key, subject: subject.id, now: now)
    if let earlier = try earlier(DepartureAccepted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard submission.actor.role == .lead || submission.actor.role == .organizer else {
      throw Refusal.forbidden(
        Text("说明放行由值班负责人或组织单位决定。", "Departures are decided by the duty lead or the organizer."))
    }
    let results = try tables.results(
      at: gate, of: subject, under: regulation(of: subject.batch, or: proposed), at: draft.occurredAt, in: time)
    guard let result = results.first(where: { $0.rule == rule && $0.participant == subject.participant?.id }) else {
      throw Refusal.invalid(
        "rule", "not-asked", Text("这个关口没有 \(rule) 这一条。", "This gate does not ask \(rule)."))
    }
    let departure = Departure(
      rule: rule, gate: gate, participant: subject.participant?.id, reason: trim(reason), person: trim(person),
      at: draft.occurredAt)
    let faults = departure.faults(for: result)
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    let payload = DepartureAccepted(
      openPart: .init(rule: rule, gate: gate.rawValue),
      personalPart: .init(participant: subject.key, reason: departure.reason, person: departure.person))
    let entry = try record(payload, draft)
    if gate == .daily { try reviewDaily(of: subject, at: entry.occurredAt) }
    return Recorded(entry, repeated: false)
  }

  /// The regulation a batch runs under: frozen since opening, before that the one proposed.
  func regulation(of batch: Batch, or proposed: Regulation?) throws -> Regulation {
    if batch.state != .planned { return try packs(of: batch.key).regulation }
    guard let proposed else { return try packs(of: batch.key).regulation }
    return proposed
  }
}

extension FactDefinition {
  /// Whether someone may record it: by role, and health facts only with the licence.
  public func admits(_ actor: Actor) -> Bool {
    guard roles.contains(actor.role) else { return false }
    return !(isHealth && actor.role == .escort) || actor.mayRecordHealth
  }
}

extension RecordedFact {
  /// Without spaces around its texts; what is blank is not given.
  var tidy: RecordedFact {
    func text(_ text: String?) -> String? {
      guard let trimmed = text.map(trim), !trimmed.isEmpty else { return nil }
      return trimmed
    }
    return RecordedFact(
      value: text(value), number: text(number), date: date, until: until, person: text(person), paper: text(paper))
  }
}

internal import Evidence
public import Sanatorium

/// What is given together with the closing; what was recorded before may be left out.
public struct BatchClosing: Sendable, Hashable {
  public var satisfaction: SatisfactionCounts?
  public var soundness: RecordedIndicator?
  /// Explanations of nonconformities, by their ids.
  public var explanations: [ID: String]
  /// Why it is closed before its last day; not needed afterwards.
  public var reason: String

  public init(
    satisfaction: SatisfactionCounts? = nil, soundness: RecordedIndicator? = nil, explanations: [ID: String] = [:],
    reason: String = ""
  ) {
    self.reason = reason
    self.satisfaction = satisfaction
    self.soundness = soundness
    self.explanations = explanations
  }
}

extension Ledger {
  /// Records the counts of the paper forms; a later counting takes the place of the earlier.
  public func recordSatisfaction(
    _ counts: SatisfactionCounts, in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: batchID, now: now)
    if let earlier = try earlier(SatisfactionCounted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try batch.requireBegun()
    let faults = try faults(of: counts, in: batch)
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    return Recorded(try record(counts.payload(by: submission.actor), draft), repeated: false)
  }

  /// Records 计划合理度, which nobody can count.
  public func recordSoundness(
    _ soundness: RecordedIndicator, in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: batchID, now: now)
    if let earlier = try earlier(IndicatorRecorded.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try batch.requireBegun()
    let faults = soundness.faults
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    return Recorded(try record(soundness.payload(by: submission.actor), draft), repeated: false)
  }

  /// 结束: takes the counts and explanations given, runs the closing gate and closes the batch, or records nothing.
  ///
  /// - Throws: `Refusal.gate` when only rules stop it; `Refusal.invalid` with everything that is still open otherwise.
  public func closeBatch(_ id: ID, _ closing: BatchClosing, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(id)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(BatchClosed.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try submission.actor.requireDecider(Text("结束", "closed"))
    try batch.requireOpen()
    let regulation = try packs(of: batch.key).regulation
    var faults = try closing.satisfaction.map { try self.faults(of: $0, in: batch) } ?? []
    faults += closing.soundness?.faults ?? []
    if time.day(of: draft.occurredAt) < batch.lastDay, trim(closing.reason).isEmpty {
      faults.append(
        Fault(
          "reason", "before-the-last-day",
          Text(
            "原定到 \(batch.lastDay)，提前结束要写原因。", "It was to last until \(batch.lastDay); say why it is closed earlier.")))
    }
    faults += try take(closing, in: batch, draft)
    faults += try tables.openMatters(of: batch, under: regulation).map(\.fault)
    let gate = try tables.wholeResults(at: .close, of: batch, under: regulation, at: draft.occurredAt, in: time)
    if !faults.isEmpty { throw Refusal.invalid(faults + gate.blocking.map(\.gateFault)) }
    guard gate.blocking.isEmpty else { throw Refusal.gate(gate.blocking) }
    let worst = gate.worst
    let daily = try tables.wholeResults(
      at: .daily, of: batch, under: regulation, at: draft.occurredAt, in: time, withDeparted: true)
    let payload = BatchClosed(
      openPart: .init(gate: Gate.close.rawValue, results: worst.results.outcomes),
      personalPart: .init(
        person: submission.actor.name, reason: trim(closing.reason), answers: worst.answers, daily: daily.worst.answers))
    let entry = try record(payload, draft)
    // Nobody is left to be checked: what was missed stands in the report.
    for alert in try tables.unresolvedAlerts("round-overdue", batch: batch.key) {
      try resolve(alert, reason: "batch closed", at: draft.occurredAt)
    }
    return Recorded(entry, repeated: false)
  }

  private func faults(of counts: SatisfactionCounts, in batch: Batch) throws -> [Fault] {
    let presence = try Reader(tables: tables, time: time).presence(in: batch)
    return counts.faults + counts.faults(listed: presence.listed, arrived: presence.arrived)
  }

  /// Records what came with the closing; all of it is undone with the closing when that is refused.
  private func take(_ closing: BatchClosing, in batch: Batch, _ draft: EntryDraft) throws -> [Fault] {
    var faults: [Fault] = []
    func beside(_ subject: ID) -> EntryDraft {
      .consequence(batch: batch.key, subject: subject, actor: draft.actor, at: draft.occurredAt)
    }
    if let counts = closing.satisfaction, counts.faults.isEmpty {
      try record(counts.payload(by: draft.actor), beside(batch.id))
    }
    if let soundness = closing.soundness, soundness.faults.isEmpty {
      try record(soundness.payload(by: draft.actor), beside(batch.id))
    }
    let standing = try tables.nonconformities(of: batch.key)
    for (id, text) in closing.explanations.sorted(by: { $0.key < $1.key }) {
      guard let breach = standing.first(where: { $0.id == id }) else {
        faults.append(
          Fault("explanations.\(id)", "unknown", Text("这一批没有这个不符合项。", "This batch has no such nonconformity.")))
        continue
      }
      let explanation = trim(text)
      if explanation.isEmpty || breach.explanation != nil { continue }
      try record(
        NonconformityExplained(
          openPart: .init(rule: breach.rule, cause: breach.cause.rawValue),
          personalPart: .init(nonconformity: breach.key, explanation: explanation, person: draft.actor.name)),
        beside(breach.subject))
    }
    return faults
  }
}

extension Batch {
  fileprivate func requireBegun() throws {
    guard hasBegun else {
      throw Refusal.conflict("batch", "not-open", Text("\(number)还没有开班。", "\(number) has not been opened yet."))
    }
  }
}

extension SatisfactionCounts {
  fileprivate func payload(by actor: Actor) -> SatisfactionCounted {
    SatisfactionCounted(
      openPart: .init(distributed: distributed, returned: returned, valid: valid, grades: grades),
      personalPart: .init(person: actor.name))
  }
}

extension RecordedIndicator {
  fileprivate func payload(by actor: Actor) -> IndicatorRecorded {
    IndicatorRecorded(
      openPart: .init(indicator: Indicator.planSoundness.rawValue, score: score, of: whole),
      personalPart: .init(basis: trim(basis), person: actor.name))
  }
}

extension RuleResult {
  var gateFault: Fault {
    Fault(rule, outcome.rawValue, Text("\(rule)：\(message.chinese)", "\(rule): \(message.english)"))
  }
}

internal import Evidence
public import Sanatorium

/// The opening gate was passed: the packs as they are now count for this batch for ever.
struct BatchOpened: CodedPayload {
  static let kind = EntryKind.batchOpened
  struct Personal: Codable, Sendable {
    var regulation: Regulation
    var health: HealthPack
    var plans: [PlanPack]
    var firstRoundOpening: Instant?
    /// When the daily gate is asked first.
    var firstDailyGate: Instant?
    var answers: [RecordedAnswer]?
  }
  let openPart: Open.GateDecided
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let packs = personalPart
    func freeze(_ kind: String, _ code: String, _ pack: some Encodable) throws {
      let body = TextBytes(JSONWriter.canonical(JSON.encoded(pack)))
      try tables.run(BatchTable.insertPack, entry.batch, kind, code, body)
    }
    try freeze("regulation", packs.regulation.id, packs.regulation)
    try freeze("health", packs.health.id, packs.health)
    for plan in packs.plans { try freeze("plan", plan.id, plan) }
    try tables.run(BatchTable.open, entry.occurredAt, entry.batch)
    try tables.setDeadline(.roundOpens, entry.batch, batch: entry.batch, at: packs.firstRoundOpening)
    try tables.setDeadline(.day, entry.batch, batch: entry.batch, at: packs.firstDailyGate)
    try tables.keep(packs.answers, of: .open, by: entry)
  }
}

extension Ledger {
  /// 开班: runs the opening gate and, when nothing stops it, freezes the packs into the batch and opens it.
  ///
  /// - Throws: `Refusal.gate` with the results that stop it; nothing is recorded then. `Refusal.conflict` when the batch
  ///   isn't planned or another is open.
  public func openBatch(_ id: ID, packs: FrozenPacks, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(id)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(BatchOpened.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try submission.actor.requireDecider(Text("开班", "opened"))
    guard batch.state == .planned else {
      throw Refusal.conflict(
        "state", "not-planned",
        Text("\(batch.number)已经是“\(batch.state.name.chinese)”。", "\(batch.number) is “\(batch.state.name.english)” already."))
    }
    if let other = try tables.first(BatchTable.active, read: Batch.init) {
      throw Refusal.conflict(
        "batch", "another-open",
        Text("\(other.number)还没结束，先结束它再开新的一批。", "\(other.number) is still open; close it before opening another."))
    }
    guard packs.regulation.id == batch.regulation else {
      throw Refusal.invalid(
        "regulation", "other-regulation",
        Text(
          "这一批按 \(batch.regulation)，不是 \(packs.regulation.id)。",
          "This batch runs under \(batch.regulation), not \(packs.regulation.id)."))
    }
    let gate = try tables.wholeResults(at: .open, of: batch, under: packs.regulation, at: draft.occurredAt, in: time)
    guard gate.blocking.isEmpty else { throw Refusal.gate(gate.blocking) }
    let payload = BatchOpened(
      openPart: .init(gate: Gate.open.rawValue, results: gate.results.outcomes),
      personalPart: .init(
        regulation: packs.regulation, health: packs.health, plans: packs.plans,
        firstRoundOpening: firstRoundOpening(in: batch, health: packs.health),
        firstDailyGate: nextDailyGate(after: now), answers: gate.answers))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// 报到 with the arrival gate run at that moment: admitted, or held when a rule stops it.
  public func arrive(_ id: ID, room: String? = nil, _ submission: Submission) throws -> Recorded {
    let gate = try arrivalGate(id, submission)
    return try arrive(id, room: room, results: gate.results, departures: gate.departures, submission)
  }

  /// The organizer's decision about someone held, with the gate run anew: a hard rule that still fails has no override.
  public func resolveHeld(_ id: ID, admit: Bool, reason: String, _ submission: Submission) throws -> Recorded {
    let gate = try arrivalGate(id, submission)
    return try decideHeld(
      id, admit: admit, reason: reason, results: gate.results, departures: gate.departures, submission)
  }

  private func arrivalGate(_ id: ID, _ submission: Submission) throws -> GateResults {
    let participant = try tables.participant(id)
    let packs = try packs(of: participant.batch)
    return try Reader(tables: tables, time: time).arrivalGate(
      of: participant, under: packs.regulation, at: submission.occurredAt ?? now)
  }
}

extension Actor {
  /// Gates are opened and closed by the duty lead and the organizer.
  func requireDecider(_ act: Text) throws {
    guard role == .lead || role == .organizer else {
      throw Refusal.forbidden(
        Text(
          "\(act.chinese)由值班负责人或组织单位来做。", "A batch is \(act.english) by the duty lead or the organizer."))
    }
  }
}

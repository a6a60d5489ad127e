internal import Evidence
public import Sanatorium

/// Why someone on the list never came to stay.
public enum TurnAway: String, Sendable, Codable, CaseIterable {
  case noShow = "no-show"
  case withdrawn, refused

  public var name: Text {
    switch self {
    case .noShow: Text("没来", "Did not come")
    case .withdrawn: Text("本人退出", "Withdrew")
    case .refused: Text("不予接收", "Refused")
    }
  }
}

extension Ledger {
  /// 报到: brings someone in. With a result that stops the gate they are `held`, housed and looked after like everybody,
  /// else `admitted`. A no-show may still come.
  ///
  /// - Parameters:
  ///   - room: kept as it was when nil.
  ///   - results: the arrival gate's results for this person, evaluated now.
  ///   - departures: soft rules knowingly not followed, as accepted so far.
  /// - Throws: `Refusal.conflict` for a second arrival (naming the first's time), for a batch that isn't open, for
  ///   someone refused or withdrawn.
  public func arrive(
    _ id: ID, room: String? = nil, results: [RuleResult], departures: [Departure] = [], _ submission: Submission
  ) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(ParticipantArrived.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try tables.batch(key: participant.batch).requireOpen()
    if let first = participant.arrivedAt {
      let moment = time.moment(first)
      throw Refusal.conflict(
        "participant", "arrived-already",
        Text(
          "\(participant.name)在 \(moment.chinese) 已经报到。",
          "\(participant.name) arrived already, at \(moment.english)."))
    }
    guard participant.admission == .expected || participant.admission == .noShow else {
      throw Refusal.conflict(
        "participant", "turned-away",
        Text(
          "\(participant.name)已经登记为“\(participant.admission.name.chinese)”，不能报到。",
          "\(participant.name) is recorded as “\(participant.admission.name.english)” and can't arrive."))
    }
    let blocking = results.blocking(departures: departures)
    let payload = ParticipantArrived(
      openPart: .init(admission: (blocking.isEmpty ? Admission.admitted : .held).rawValue, results: results.outcomes),
      personalPart: .init(
        participant: participant.key, room: room.map(trim).flatMap { $0.isEmpty ? nil : $0 },
        blocking: blocking.map { BlockingRule(rule: $0.rule, message: $0.message) },
        answers: results.map { RecordedAnswer($0, departures) }))
    let entry = try record(payload, draft)
    try arrived(tables.participant(key: participant.key), at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// The organizer decides about someone held: admits them once nothing stops the gate any more, or refuses them; a
  /// refused person stays looked after until they depart.
  public func decideHeld(
    _ id: ID, admit: Bool, reason: String, results: [RuleResult], departures: [Departure] = [],
    _ submission: Submission
  ) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(HeldDecided.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard submission.actor.role == .organizer else {
      throw Refusal.forbidden(
        Text("暂留的人由组织单位决定。", "Only the organizer decides about people who are held."))
    }
    guard participant.admission == .held, participant.place != .departed else {
      throw Refusal.conflict(
        "admission", "not-held", Text("\(participant.name)不在暂留中。", "\(participant.name) is not held."))
    }
    if admit {
      let blocking = results.blocking(departures: departures)
      guard blocking.isEmpty else { throw Refusal.gate(blocking) }
    } else {
      var faults = Faults()
      faults.require(reason, "reason")
      try faults.refuse()
    }
    let payload = HeldDecided(
      openPart: .init(admission: (admit ? Admission.admitted : .refused).rawValue, results: results.outcomes),
      personalPart: .init(
        participant: participant.key, reason: trim(reason), person: submission.actor.name,
        answers: results.map { RecordedAnswer($0, departures) }))
    let entry = try record(payload, draft)
    let isForHealth = results.contains { result in
      result.findings.contains { $0.outcome == .fail && $0.key.flatMap { FactCatalogue[$0] }?.isHealth == true }
    }
    if !admit, isForHealth { try oweHomeVisit(participant, .notAdmitted, at: entry.occurredAt) }
    return Recorded(entry, repeated: false)
  }

  /// Takes someone who never arrived off the list of those expected. Who has arrived departs instead.
  ///
  /// - Parameter forHealth: health kept them from coming, so that their unit owes them a visit.
  public func turnAway(
    _ id: ID, _ outcome: TurnAway, reason: String, forHealth: Bool = false, _ submission: Submission
  ) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(TurnedAway.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard participant.arrivedAt == nil else {
      throw Refusal.conflict(
        "participant", "arrived-already",
        Text("\(participant.name)已经报到，请登记返程。", "\(participant.name) has arrived; record a departure instead."))
    }
    guard participant.admission == .expected || participant.admission == .noShow,
      participant.admission.rawValue != outcome.rawValue
    else {
      throw Refusal.conflict(
        "participant", "turned-away",
        Text(
          "\(participant.name)已经登记为“\(participant.admission.name.chinese)”。",
          "\(participant.name) is recorded as “\(participant.admission.name.english)” already."))
    }
    if outcome != .noShow {
      var faults = Faults()
      faults.require(reason, "reason")
      try faults.refuse()
    }
    let payload = TurnedAway(
      openPart: .init(outcome: outcome.rawValue),
      personalPart: .init(participant: participant.key, reason: trim(reason)))
    let entry = try record(payload, draft)
    if forHealth { try oweHomeVisit(participant, .keptAway, at: entry.occurredAt) }
    return Recorded(entry, repeated: false)
  }

  /// Gives someone a room, also before arrival.
  public func assignRoom(_ id: ID, room: String, _ submission: Submission) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(RoomAssigned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let room = trim(room)
    var faults = Faults()
    faults.require(room, "room")
    try faults.refuse()
    guard participant.place != .departed else { throw participant.refusal(Text("换房间", "be given a room")) }
    let payload = RoomAssigned(openPart: .init(), personalPart: .init(participant: participant.key, room: room))
    return Recorded(try record(payload, draft), repeated: false)
  }
}

extension Sequence<RuleResult> {
  /// What the organizer is shown of them.
  var outcomes: [Open.RuleOutcome] {
    map { Open.RuleOutcome(rule: $0.rule, force: $0.force.letter, outcome: $0.outcome.rawValue) }
  }
}

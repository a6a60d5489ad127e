internal import Evidence
public import Sanatorium

/// An outing as the form gives it.
public struct OutingDraft: Sendable, Hashable {
  public var activity: ActivityKind
  public var destination: String
  public var vehicle: String
  public var note: String
  public var leavesAt: Instant
  public var returnsAt: Instant
  public var participants: [ID]
  public var escorts: [ID]

  public init(
    activity: ActivityKind, destination: String, vehicle: String = "", note: String = "", leavesAt: Instant,
    returnsAt: Instant, participants: [ID], escorts: [ID]
  ) {
    self.activity = activity
    self.destination = destination
    self.vehicle = vehicle
    self.note = note
    self.leavesAt = leavesAt
    self.returnsAt = returnsAt
    self.participants = participants
    self.escorts = escorts
  }
}

extension Ledger {
  /// Plans an outing. People may be planned who have yet to arrive; who is on another outing at that time is refused.
  public func planOuting(_ outing: OutingDraft, in batchID: ID, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(OutingPlanned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard batch.state == .planned || batch.state == .open else {
      throw Refusal.conflict("batch", "closed", Text("\(batch.number)已经结束。", "\(batch.number) is closed."))
    }
    let people = try check(outing, in: batch, except: nil)
    return Recorded(
      try record(
        OutingPlanned(openPart: Open.Outing(outing), personalPart: .init(outing, people)), draft), repeated: false)
  }

  /// Replaces the plan of an outing that has not left.
  public func changeOuting(_ id: ID, _ outing: OutingDraft, _ submission: Submission) throws -> Recorded {
    let known = try tables.outing(id)
    let draft = submission.draft(batch: known.batch, subject: id, now: now)
    if let earlier = try earlier(OutingChanged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try known.require(.planned)
    let people = try check(outing, in: tables.batch(key: known.batch), except: known.key)
    let payload = OutingChanged(
      openPart: Open.Outing(outing),
      personalPart: .init(outing: known.key, plan: .init(outing, people), returnsAt: nil, cancelled: nil))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Calls off an outing that has not left.
  public func cancelOuting(_ id: ID, reason: String, _ submission: Submission) throws -> Recorded {
    let known = try tables.outing(id)
    let draft = submission.draft(batch: known.batch, subject: id, now: now)
    if let earlier = try earlier(OutingChanged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try known.require(.planned)
    var faults = Faults()
    faults.require(reason, "reason")
    try faults.refuse()
    return Recorded(
      try record(
        OutingChanged(
          openPart: try tables.open(known),
          personalPart: .init(outing: known.key, plan: nil, returnsAt: nil, cancelled: trim(reason))), draft),
      repeated: false)
  }

  /// An outing that is away gave word that it comes later (or sooner).
  public func delayOuting(_ id: ID, returnsAt: Instant, _ submission: Submission) throws -> Recorded {
    let known = try tables.outing(id)
    let draft = submission.draft(batch: known.batch, subject: id, now: now)
    if let earlier = try earlier(OutingChanged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try known.require(.away)
    guard returnsAt > now, returnsAt - now <= .days(2) else {
      throw Refusal.invalid(
        "returnsAt", "out-of-range", Text("回来的时间要在现在之后、两天以内。", "The return must lie within the next two days."))
    }
    let entry = try record(
      OutingChanged(
        openPart: try tables.open(known),
        personalPart: .init(outing: known.key, plan: nil, returnsAt: returnsAt, cancelled: nil)), draft)
    try resolveAlert(
      "outing-overdue", batch: known.batch, subject: id, reason: "a later return was agreed", at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  private func check(_ outing: OutingDraft, in batch: Batch, except key: Int64?) throws -> OutingPeople {
    var faults = Faults()
    faults.require(outing.destination, "destination")
    if outing.returnsAt <= outing.leavesAt {
      faults.add("returnsAt", "ends-before-start", Text("回来要在出发之后。", "The return must be after the leaving."))
    } else if outing.returnsAt - outing.leavesAt > .days(2) {
      faults.add("returnsAt", "too-long", Text("一次外出最多两天。", "An outing lasts at most two days."))
    }
    let day = time.day(of: outing.leavesAt)
    if day < batch.firstDay || day > batch.lastDay {
      faults.add(
        "leavesAt", "outside-the-batch",
        Text(
          "这一批是 \(batch.firstDay) 到 \(batch.lastDay)。", "The batch lasts from \(batch.firstDay) to \(batch.lastDay)."))
    }
    if outing.participants.isEmpty { faults.add("participants", "empty", Text("还没选人。", "Nobody is chosen.")) }
    if outing.escorts.isEmpty {
      faults.add("escorts", "empty", Text("至少要有一人带队。", "At least one escort must go along."))
    }
    try faults.refuse()
    let people = try tables.participants(outing.participants, in: batch.key, field: "participants")
    let escorts = try tables.escorts(outing.escorts, in: batch.key, field: "escorts")
    try refuseDoubled(outing, people, in: batch, except: key)
    return OutingPeople(participants: people.map(\.key), escorts: escorts.map(\.key))
  }

  /// Nobody can be on two outings at the same time, and nobody goes who won't be there.
  private func refuseDoubled(
    _ outing: OutingDraft, _ people: [Participant], in batch: Batch, except key: Int64?
  ) throws {
    var faults = Faults()
    var elsewhere: [Int64: Outing] = [:]
    for other in try Reader(tables: tables, time: time).outings(of: batch) where other.key != key {
      guard other.state == .planned || other.state == .away, other.leavesAt < outing.returnsAt,
        other.returnsAt > outing.leavesAt
      else { continue }
      for member in try tables.memberStates(of: other.key)
      where !member.isEscort && (member.state == .planned || member.state == .away) {
        elsewhere[member.person] = other
      }
    }
    for (index, person) in people.enumerated() {
      if let other = elsewhere[person.key] {
        faults.add(
          "participants[\(index)]", "on-another-outing",
          Text("\(person.name)那时在“\(other.destination)”。", "\(person.name) is at “\(other.destination)” then."))
      }
      if let standing = person.keepsFromOutings {
        faults.add(
          "participants[\(index)]", "not-staying",
          Text("\(person.name)是“\(standing.chinese)”。", "\(person.name) is “\(standing.english)”."))
      }
    }
    try faults.refuse()
  }
}

extension Participant {
  /// Why somebody can't be on an outing's list; nil for those who are here, on leave, or still expected.
  var keepsFromOutings: Text? {
    switch (place, admission) {
    case (.departed, _), (.hospital, _): place.name
    case (.notArrived, .withdrawn), (.notArrived, .refused), (.notArrived, .noShow): admission.name
    case (_, .refused), (_, .withdrawn): admission.name
    default: nil
    }
  }
}

extension Outing {
  func require(_ wanted: State) throws {
    guard state == wanted else {
      throw Refusal.conflict(
        "state", "wrong-state",
        Text("这次外出现在是“\(state.name.chinese)”。", "This outing is “\(state.name.english)” now."))
    }
  }
}

extension Open.Outing {
  fileprivate init(_ outing: OutingDraft) {
    self.init(
      activity: outing.activity.rawValue, participants: outing.participants.count, escorts: outing.escorts.count)
  }
}

extension Connection {
  /// The open part of an outing's entries: how many go or are away.
  func open(_ outing: Outing) throws -> Open.Outing {
    let members = try memberStates(of: outing.key).filter { $0.state == .planned || $0.state == .away }
    let escorts = members.count { $0.isEscort }
    return Open.Outing(
      activity: outing.activity.rawValue, participants: members.count - escorts, escorts: escorts)
  }
}

extension OutingPlanned.Personal {
  fileprivate init(_ outing: OutingDraft, _ people: OutingPeople) {
    self.init(
      destination: trim(outing.destination), vehicle: trim(outing.vehicle), note: trim(outing.note),
      leavesAt: outing.leavesAt, returnsAt: outing.returnsAt, people: people)
  }
}

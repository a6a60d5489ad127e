internal import Evidence
public import Sanatorium

/// A count as somebody took it.
public struct HeadcountDraft: Sendable, Hashable {
  public var counted: Int
  /// Those who should be there and are not.
  public var missing: [ID]

  public init(counted: Int, missing: [ID] = []) {
    self.counted = counted
    self.missing = missing
  }
}

/// Who goes other than planned.
public struct OutingChanges: Sendable, Hashable {
  public var stayingParticipants: [ID] = []
  public var stayingEscorts: [ID] = []
  public var joiningParticipants: [ID] = []
  public var joiningEscorts: [ID] = []

  public init() {}
}

extension Ledger {
  /// An outing leaves: everybody who goes is on it from now on, and the headcount is recorded. Who is on the list and
  /// not in the house stays behind by themselves; who can't be found at the vehicle is missing, which raises an alert
  /// until they are counted or said to have stayed.
  public func leaveOuting(
    _ id: ID, _ headcount: HeadcountDraft, changes: OutingChanges = OutingChanges(), _ submission: Submission
  ) throws -> Recorded {
    let outing = try tables.outing(id)
    let draft = submission.draft(batch: outing.batch, subject: id, now: now)
    if let earlier = try earlier(OutingLeft.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try tables.batch(key: outing.batch).requireOpen()
    try outing.require(.planned)
    guard outing.returnsAt > draft.occurredAt else {
      throw Refusal.conflict(
        "returnsAt", "over",
        Text("计划回来的时间已经过了，请先改时间。", "The planned return has passed; change the times first."))
    }
    let (going, behind) = try party(of: outing, changes)
    for key in going.participants { try tables.participant(key: key).requireOrder(draft.occurredAt, time) }
    let missing = try check(headcount, expected: going.participants)
    let payload = OutingLeft(
      openPart: .init(
        activity: outing.activity.rawValue, participants: going.participants.count, escorts: going.escorts.count),
      personalPart: .init(
        outing: outing.key, returnsAt: outing.returnsAt, going: going, behind: behind))
    let entry = try record(payload, draft)
    try count(headcount, .out, outing, expected: going.participants.count, missing, submission, at: entry.occurredAt)
    for key in going.participants { try left(tables.participant(key: key), at: entry.occurredAt) }
    try watchCoverage(of: outing.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Counts the people of an outing that is away.
  public func countOuting(_ id: ID, _ headcount: HeadcountDraft, _ submission: Submission) throws -> Recorded {
    let outing = try tables.outing(id)
    let draft = submission.draft(batch: outing.batch, subject: id, now: now)
    if let earlier = try earlier(OutingHeadcount.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try outing.require(.away)
    let away = try tables.memberStates(of: outing.key).filter { !$0.isEscort && $0.state == .away }.map(\.person)
    let missing = try check(headcount, expected: away)
    let entry = try record(
      OutingHeadcount(
        openPart: .init(expected: away.count, counted: headcount.counted, point: Headcount.Point.onSite.rawValue),
        personalPart: .init(outing: outing.key, missing: missing, person: submission.actor.name)), draft)
    try watchHeadcount(outing, headcount.counted, expected: away.count, missing, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// An outing comes back, counted. Everybody but those missing is in the house again; who is missing stays on the
  /// outing, and the alert stands, until each has come back or is known to be elsewhere.
  public func returnOuting(_ id: ID, _ headcount: HeadcountDraft, _ submission: Submission) throws -> Recorded {
    let outing = try tables.outing(id)
    let draft = submission.draft(batch: outing.batch, subject: id, now: now)
    if let earlier = try earlier(OutingReturned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try outing.require(.away)
    if let left = outing.leftAt, draft.occurredAt < left {
      let moment = time.moment(left)
      throw Refusal.invalid(
        "occurredAt", "before-leaving",
        Text("\(moment.chinese) 才出发，不会更早回来。", "It left at \(moment.english) and can't be back before."))
    }
    let away = try tables.memberStates(of: outing.key).filter { $0.state == .away }
    let participants = away.filter { !$0.isEscort }.map(\.person)
    let missing = try check(headcount, expected: participants)
    let absent = Set(missing)
    let back = OutingPeople(
      participants: participants.filter { !absent.contains($0) }, escorts: away.filter(\.isEscort).map(\.person))
    let entry = try record(
      OutingReturned(openPart: try tables.open(outing), personalPart: .init(outing: outing.key, back: back)), draft)
    try count(
      headcount, .back, outing, expected: participants.count, missing, submission, at: entry.occurredAt)
    try resolveAlert(
      "outing-overdue", batch: outing.batch, subject: id, reason: "the outing is back", at: entry.occurredAt)
    for key in back.participants { try returned(tables.participant(key: key), at: entry.occurredAt) }
    try watchCoverage(of: outing.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// The clock: an outing is not back in time.
  func outingOverdue(outing key: Int64, at due: Instant) throws {
    let outing = try tables.outing(key: key)
    let open = try tables.open(outing)
    try record(
      OutingOverdue(openPart: open, personalPart: .init(outing: key)),
      .consequence(batch: outing.batch, subject: outing.id, at: due))
    let clock = time.clock(due)
    try raise(
      AlertDraft(
        code: "outing-overdue", severity: .urgent, batch: outing.batch, subject: outing.id,
        message: Text(
          "去“\(outing.destination)”的 \(open.participants) 人，说好 \(clock) 回来，还没回来。",
          "The outing to “\(outing.destination)” with \(open.participants) people was to be back at \(clock), and is not."),
        at: due))
  }

  /// Who really goes and who stays: the plan with its last changes, without those who aren't in the house.
  private func party(of outing: Outing, _ changes: OutingChanges) throws -> (OutingPeople, OutingPeople) {
    let batch = outing.batch
    let staying = Set(
      try tables.participants(changes.stayingParticipants, in: batch, field: "stayingParticipants").map(\.key))
    let stayingEscorts = Set(try tables.escorts(changes.stayingEscorts, in: batch, field: "stayingEscorts").map(\.key))
    let joining = try tables.participants(changes.joiningParticipants, in: batch, field: "joiningParticipants")
    let joiningEscorts = try tables.escorts(changes.joiningEscorts, in: batch, field: "joiningEscorts")
    var faults = Faults()
    for (index, person) in joining.enumerated() where person.place != .present {
      faults.add(
        "joiningParticipants[\(index)]", "wrong-place",
        Text("\(person.name)现在是“\(person.place.name.chinese)”。", "\(person.name) is “\(person.place.name.english)” now."))
    }
    for (index, escort) in joiningEscorts.enumerated() where escort.place != .present {
      faults.add(
        "joiningEscorts[\(index)]", "wrong-place",
        Text("\(escort.name)现在是“\(escort.place.name.chinese)”。", "\(escort.name) is “\(escort.place.name.english)” now."))
    }
    let members = try tables.members(of: outing)
    var going = OutingPeople(participants: [], escorts: [])
    var behind = OutingPeople(participants: [], escorts: [])
    for (person, _) in members.participants {
      let goes = person.place == .present && !staying.contains(person.key)
      if goes { going.participants.append(person.key) } else { behind.participants.append(person.key) }
    }
    for (escort, _) in members.escorts {
      let goes = escort.place == .present && !stayingEscorts.contains(escort.key)
      if goes { going.escorts.append(escort.key) } else { behind.escorts.append(escort.key) }
    }
    let known = Set(members.participants.map(\.person.key))
    let knownEscorts = Set(members.escorts.map(\.person.key))
    going.participants += joining.map(\.key).filter { !known.contains($0) }
    going.escorts += joiningEscorts.map(\.key).filter { !knownEscorts.contains($0) }
    if going.participants.isEmpty {
      faults.add("participants", "empty", Text("名单上的人都不在院里，没有人能出发。", "Nobody on the list is in the house."))
    }
    if going.escorts.isEmpty {
      faults.add("escorts", "empty", Text("至少要有一人带队。", "At least one escort must go along."))
    }
    try faults.refuse()
    return (going, behind)
  }
}

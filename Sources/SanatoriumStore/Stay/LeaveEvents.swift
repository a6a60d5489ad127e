internal import Evidence
public import Sanatorium

/// 请假 as it is asked for.
public struct LeaveDraft: Sendable, Hashable {
  public var expectedBack: Instant
  public var destination: String
  /// Who goes along and how to reach them; may be empty.
  public var companion: String

  public init(expectedBack: Instant, destination: String, companion: String = "") {
    self.expectedBack = expectedBack
    self.destination = destination
    self.companion = companion
  }
}

extension Ledger {
  /// Someone leaves the house on their own, with the time at which they will be back. An overdue return raises an alert.
  public func startLeave(_ id: ID, _ leave: LeaveDraft, _ submission: Submission) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(LeaveStarted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try tables.batch(key: participant.batch).requireOpen()
    try participant.require(.present, act: Text("请假外出", "go on leave"))
    try participant.requireOrder(draft.occurredAt, time)
    var faults = Faults()
    faults.require(leave.destination, "destination")
    faults.checkBack(leave.expectedBack, after: draft.occurredAt)
    try faults.refuse()
    let payload = LeaveStarted(
      openPart: .init(),
      personalPart: .init(
        participant: participant.key, expectedBack: leave.expectedBack, destination: trim(leave.destination),
        companion: trim(leave.companion)))
    let entry = try record(payload, draft)
    try left(tables.participant(key: participant.key), at: entry.occurredAt)
    try watchCoverage(of: participant.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Someone on leave gave word that they come later.
  public func extendLeave(_ id: ID, expectedBack: Instant, _ submission: Submission) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(LeaveExtended.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try participant.require(.leave, act: Text("改回来的时间", "have a return time changed"))
    var faults = Faults()
    faults.checkBack(expectedBack, after: now)
    try faults.refuse()
    let entry = try record(
      LeaveExtended(
        openPart: .init(), personalPart: .init(participant: participant.key, expectedBack: expectedBack)), draft)
    try resolveAlert(
      "leave-overdue", batch: participant.batch, participant: participant.key, subject: id,
      reason: "a later return was agreed", at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  public func endLeave(_ id: ID, _ submission: Submission) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(LeaveEnded.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try participant.require(.leave, act: Text("销假", "come back from leave"))
    try participant.requireOrder(draft.occurredAt, time)
    let entry = try record(LeaveEnded(openPart: .init(), personalPart: .init(participant: participant.key)), draft)
    try returned(tables.participant(key: participant.key), at: entry.occurredAt)
    try watchCoverage(of: participant.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// The clock: someone on leave is not back in time.
  func leaveOverdue(participant key: Int64, at due: Instant) throws {
    let participant = try tables.participant(key: key)
    try record(
      LeaveOverdue(openPart: .init(), personalPart: .init(participant: key)),
      .consequence(batch: participant.batch, subject: participant.id, at: due))
    let clock = time.clock(due)
    let to = participant.placeNote
    try raise(
      AlertDraft(
        code: "leave-overdue", severity: .urgent, batch: participant.batch, participant: participant,
        message: Text(
          "\(participant.name)请假去\(to)，说好 \(clock) 回来，还没回来。",
          "\(participant.name) is on leave (\(to)), was to be back at \(clock), and is not."),
        at: due))
  }
}

extension Faults {
  /// A return lies after the leaving and within a month of it.
  fileprivate mutating func checkBack(_ back: Instant, after start: Instant) {
    if back <= start {
      add("expectedBack", "in-the-past", Text("回来的时间要在出去之后。", "The return must be after the leaving."))
    } else if back - start > .days(31) {
      add("expectedBack", "too-far", Text("回来的时间超过一个月了，请核对。", "The return is more than a month away."))
    }
  }
}

internal import Evidence
public import Sanatorium

/// Why a stay ends.
public enum DepartureReason: String, Sendable, Codable, CaseIterable {
  case completed, early, medical

  public var name: Text {
    switch self {
    case .completed: Text("疗养结束", "Stay completed")
    case .early: Text("提前返程", "Left early")
    case .medical: Text("因病返程", "Left for medical reasons")
    }
  }
}

extension Ledger {
  /// 返程: the end of someone's stay, held people's as well. From the house, from leave or from hospital, never from an
  /// outing, which is left or returned from first. `completed` only from the batch's last day on.
  public func depart(
    _ id: ID, reason: DepartureReason, badgeReturned: Bool, note: String = "", _ submission: Submission
  ) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(ParticipantDeparted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    if participant.place == .departed, let first = participant.departedAt {
      let moment = time.moment(first)
      throw Refusal.conflict(
        "participant", "departed-already",
        Text(
          "\(participant.name)在 \(moment.chinese) 已经返程。",
          "\(participant.name) departed already, at \(moment.english)."))
    }
    try participant.require(.present, .leave, .hospital, act: Text("登记返程", "depart"))
    try participant.requireOrder(draft.occurredAt, time)
    let lastDay = try tables.batch(key: participant.batch).lastDay
    if reason == .completed, time.day(of: draft.occurredAt) < lastDay {
      throw Refusal.invalid(
        "reason", "before-the-last-day",
        Text(
          "疗养到 \(lastDay) 才结束，今天走请选“提前返程”或“因病返程”。",
          "The stay ends on \(lastDay); choose “left early” or “left for medical reasons”."))
    }
    let owed = try tables.first(DeadlineTable.of, DeadlineKind.followUp.rawValue, participant.key) { $0.instant(0) }
    let isOwed = try owed != nil || isFollowUpOverdue(participant)
    let payload = ParticipantDeparted(
      openPart: .init(reason: reason.rawValue),
      personalPart: .init(participant: participant.key, badgeReturned: badgeReturned, note: trim(note)))
    let entry = try record(payload, draft)
    try left(tables.participant(key: participant.key), at: entry.occurredAt)
    // A departure is never stopped; whoever asked for the re-check hears that it was not made.
    if isOwed {
      try raise(
        AlertDraft(
          code: "departed-unchecked", severity: .attention, batch: participant.batch, participant: participant,
          message: Text(
            "\(participant.name)已返程，走之前该做的复查没做，请联系本人或家属。",
            "\(participant.name) has departed with a re-check not made; call them or their family."),
          at: entry.occurredAt))
    }
    if reason == .medical { try oweHomeVisit(participant, .leftIll, at: entry.occurredAt) }
    try endBreaches(of: participant, at: entry.occurredAt)
    try watchCoverage(of: participant.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  private func isFollowUpOverdue(_ participant: Participant) throws -> Bool {
    try tables.exists(
      AlertTable.unresolvedLike, participant.batch, "follow-up-overdue", participant.key, participant.id)
  }
}

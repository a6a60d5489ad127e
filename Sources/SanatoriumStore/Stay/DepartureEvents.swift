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
  /// outing, which is left or returned from first.
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
    let payload = ParticipantDeparted(
      openPart: .init(reason: reason.rawValue),
      personalPart: .init(participant: participant.key, badgeReturned: badgeReturned, note: trim(note)))
    let entry = try record(payload, draft)
    try left(tables.participant(key: participant.key), at: entry.occurredAt)
    try endBreaches(of: participant, at: entry.occurredAt)
    try watchCoverage(of: participant.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }
}

internal import Evidence
public import Sanatorium

extension Ledger {
  /// A participant goes along after all: onto the list of a planned outing, or after one that is away.
  public func joinOuting(_ participant: ID, _ id: ID, _ submission: Submission) throws -> Recorded {
    try moveMember(participant, id, .joined, submission)
  }

  /// A participant doesn't go along: off the list, or found to have stayed in the house when the outing had left.
  public func stayBehind(_ participant: ID, _ id: ID, _ submission: Submission) throws -> Recorded {
    try moveMember(participant, id, .behind, submission)
  }

  /// A participant came back from an outing apart from the others, before or after them.
  public func returnAlone(_ participant: ID, _ id: ID, _ submission: Submission) throws -> Recorded {
    try moveMember(participant, id, .back, submission)
  }

  private func moveMember(
    _ participantID: ID, _ id: ID, _ move: OutingMove, _ submission: Submission
  ) throws -> Recorded {
    let outing = try tables.outing(id)
    let draft = submission.draft(batch: outing.batch, subject: participantID, now: now)
    if let earlier = try earlier(OutingMemberMoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let participant = try tables.participants([participantID], in: outing.batch, field: "participant")[0]
    let state = try tables.memberStates(of: outing.key).first { !$0.isEscort && $0.person == participant.key }?.state
    let isAway = try checkMove(participant, move, state, outing)
    if isAway { try participant.requireOrder(draft.occurredAt, time) }
    let entry = try record(
      OutingMemberMoved(
        openPart: .init(),
        personalPart: .init(
          outing: outing.key, participant: participant.key, escort: nil, move: move,
          expectedBack: isAway && move == .joined ? outing.returnsAt : nil, away: isAway)), draft)
    guard isAway else { return Recorded(entry, repeated: false) }
    let moved = try tables.participant(key: participant.key)
    if move == .joined {
      try left(moved, at: entry.occurredAt)
    } else {
      try returned(moved, at: entry.occurredAt)
      try reviewHeadcount(of: outing.key, at: entry.occurredAt)
    }
    try watchCoverage(of: outing.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Whether the person really moves; false when only the list of a planned outing changes.
  private func checkMove(
    _ participant: Participant, _ move: OutingMove, _ state: OutingMemberState?, _ outing: Outing
  ) throws -> Bool {
    let name = participant.name
    switch (move, outing.state) {
    case (.joined, .planned):
      if state == .planned {
        throw Refusal.conflict(
          "participant", "going-already", Text("\(name)已经在名单上。", "\(name) is on the list already."))
      }
      if let standing = participant.keepsFromOutings {
        throw Refusal.conflict(
          "participant", "not-staying", Text("\(name)是“\(standing.chinese)”。", "\(name) is “\(standing.english)”."))
      }
      return false
    case (.joined, .away):
      try participant.require(.present, act: Text("跟上外出", "join the outing"))
      return true
    case (.behind, .planned):
      guard state == .planned else { break }
      return false
    case (.behind, .away), (.back, .away), (.back, .returned), (.behind, .returned):
      guard state == .away else { break }
      return true
    case (.joined, .returned), (_, .cancelled), (.back, .planned):
      try outing.require(.away)
    }
    throw Refusal.conflict(
      "participant", "not-on-it", Text("\(name)不在这次外出里。", "\(name) is not on this outing."))
  }
}

internal import Sanatorium

/// What follows from people coming and going. Every movement ends in one of these three, with the participant as they
/// stand after it; whatever else must happen then belongs here.
extension Ledger {
  /// Someone arrived: from now on they are looked after.
  func arrived(_ participant: Participant, at instant: Instant) throws {
    try watchCoverage(of: participant.batch, at: instant)
    try lapseHomeVisit(participant, at: instant)
  }

  /// Someone left the house, for the place that the row now tells: outing, leave, hospital, or departed.
  func left(_ participant: Participant, at instant: Instant) throws {
    guard !participant.place.isInCare else { return }
    if participant.place != .leave {
      try resolveAlert(
        "leave-overdue", batch: participant.batch, participant: participant.key, subject: participant.id,
        reason: "the person is known to be elsewhere", at: instant)
    }
    try resolveAlert(
      "follow-up-overdue", batch: participant.batch, participant: participant.key, subject: participant.id,
      reason: "the person has left the house", at: instant)
    if let round = try tables.first(RoundTable.at, participant.batch, instant, read: Round.init), round.isOverdue,
      try tables.counts(batch: participant.batch, round: round.key).isAnswered
    {
      try resolveAlert(
        "round-overdue", batch: participant.batch, subject: round.id, reason: "nobody is open any more", at: instant)
    }
  }

  /// Someone came back from an outing, from leave or from hospital.
  func returned(_ participant: Participant, at instant: Instant) throws {
    try resolveAlert(
      "leave-overdue", batch: participant.batch, participant: participant.key, subject: participant.id,
      reason: "the person is back", at: instant)
  }
}

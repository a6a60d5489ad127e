internal import Sanatorium

/// What follows from people coming and going. Every movement ends in one of these three, with the participant as they
/// stand after it; whatever else must happen then belongs here.
extension Ledger {
  /// Someone arrived: from now on they are looked after.
  func arrived(_ participant: Participant, at instant: Instant) throws {
    try watchCoverage(of: participant.batch, at: instant)
  }

  /// Someone left the house, for the place that the row now tells: outing, leave, hospital, or departed.
  func left(_ participant: Participant, at instant: Instant) throws {
    if participant.place != .outing, participant.place != .leave {
      try resolveAlert(
        "leave-overdue", batch: participant.batch, participant: participant.key, subject: participant.id,
        reason: "the person is known to be elsewhere", at: instant)
    }
  }

  /// Someone came back from an outing, from leave or from hospital.
  func returned(_ participant: Participant, at instant: Instant) throws {
    try resolveAlert(
      "leave-overdue", batch: participant.batch, participant: participant.key, subject: participant.id,
      reason: "the person is back", at: instant)
  }
}

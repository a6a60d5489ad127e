internal import Sanatorium

/// Where a movement brings a participant; `apply` of every entry that moves people ends here.
struct Movement {
  var place: Place
  var outing: Int64?
  var expectedBack: Instant?
  /// The destination of a leave, the hospital, the words at departure.
  var note = ""
}

enum MovementSQL {
  static let moveParticipant = SQL(
    """
    UPDATE participant SET place = ?, outing = ?, expected_back = ?, place_note = ?, place_since = ?, back_overdue = 0
    WHERE id = ?
    """)
  static let moveEscort = SQL("UPDATE escort SET place = ?, outing = ? WHERE id = ?")
  static let expect = SQL("UPDATE participant SET expected_back = ?, back_overdue = 0 WHERE id = ?")
  static let late = SQL("UPDATE participant SET back_overdue = 1 WHERE id = ?")
  static let expectOuting = SQL(
    "UPDATE participant SET expected_back = ?, back_overdue = 0 WHERE batch = ? AND outing = ? AND place = 'outing'")
  static let lateOuting = SQL(
    "UPDATE participant SET back_overdue = 1 WHERE batch = ? AND outing = ? AND place = 'outing'")
}

extension Place {
  /// Checked in rounds and counted for the ratio.
  var isInCare: Bool { self == .present || self == .outing }
}

extension Connection {
  /// Moves one participant, clears what waited for their return from where they were, and takes them into the rounds or
  /// out of them: an outing is still the house's care, leave and hospital are not.
  func move(participant key: Int64, _ movement: Movement, by entry: AppliedEntry) throws {
    let former = try participant(key: key).place
    try run(
      MovementSQL.moveParticipant, movement.place.rawValue, movement.outing, movement.expectedBack, movement.note,
      entry.occurredAt, key)
    try recordWhereabouts(
      side: "participant", person: key, place: movement.place.rawValue, outing: movement.outing, by: entry)
    try setDeadline(
      .leave, key, batch: entry.batch, at: movement.place == .leave ? movement.expectedBack : nil)
    switch (former.isInCare, movement.place.isInCare) {
    case (false, true): try joinRound(participant: key, batch: entry.batch, at: entry.occurredAt)
    case (true, false):
      try leaveRound(participant: key, batch: entry.batch, for: movement.place, at: entry.occurredAt)
    default: break
    }
  }

  func move(escort key: Int64, to place: EscortPlace, outing: Int64? = nil, by entry: AppliedEntry) throws {
    try run(MovementSQL.moveEscort, place.rawValue, outing, key)
    try recordWhereabouts(side: "escort", person: key, place: place.rawValue, outing: outing, by: entry)
  }
}

internal import Evidence
internal import Sanatorium

/// A rule that kept someone from being admitted, with its sentence as it read then.
struct BlockingRule: Codable, Sendable {
  var rule: String
  var message: Text
}

struct ParticipantArrived: CodedPayload {
  static let kind = EntryKind.arrival
  struct Personal: Codable, Sendable {
    var participant: Int64
    var room: String?
    var blocking: [BlockingRule]
    var answers: [RecordedAnswer]?
  }
  let openPart: Open.Admission
  let personalPart: Personal

  private static let update = SQL(
    "UPDATE participant SET admission = ?, room = coalesce(?, room), arrived_at = ? WHERE id = ?")

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      ParticipantArrived.update, openPart.admission, personalPart.room, entry.occurredAt, personalPart.participant)
    try tables.keep(personalPart.answers, of: .arrival, participant: personalPart.participant, by: entry)
    try tables.move(participant: personalPart.participant, Movement(place: .present), by: entry)
  }
}

struct HeldDecided: CodedPayload {
  static let kind = EntryKind.admission
  struct Personal: Codable, Sendable {
    var participant: Int64
    var reason: String
    var person: String
    var answers: [RecordedAnswer]?
  }
  let openPart: Open.Admission
  let personalPart: Personal

  private static let update = SQL("UPDATE participant SET admission = ? WHERE id = ?")

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(HeldDecided.update, openPart.admission, personalPart.participant)
    try tables.keep(personalPart.answers, of: .arrival, participant: personalPart.participant, by: entry)
  }
}

struct TurnedAway: CodedPayload {
  static let kind = EntryKind.turnedAway
  struct Personal: Codable, Sendable {
    var participant: Int64
    var reason: String
  }
  let openPart: Open.TurnedAway
  let personalPart: Personal

  private static let update = SQL("UPDATE participant SET admission = ? WHERE id = ?")

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(TurnedAway.update, openPart.outcome, personalPart.participant)
  }
}

struct RoomAssigned: CodedPayload {
  static let kind = EntryKind.roomAssigned
  struct Personal: Codable, Sendable {
    var participant: Int64
    var room: String
  }
  let openPart: Open.Movement
  let personalPart: Personal

  private static let update = SQL("UPDATE participant SET room = ? WHERE id = ?")

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(RoomAssigned.update, personalPart.room, personalPart.participant)
  }
}

struct ParticipantDeparted: CodedPayload {
  static let kind = EntryKind.departure
  struct Personal: Codable, Sendable {
    var participant: Int64
    var badgeReturned: Bool
    var note: String
  }
  let openPart: Open.Departure
  let personalPart: Personal

  private static let update = SQL("UPDATE participant SET departed_at = ?, badge_returned = ? WHERE id = ?")

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let key = personalPart.participant
    try tables.run(ParticipantDeparted.update, entry.occurredAt, personalPart.badgeReturned, key)
    try tables.move(participant: key, Movement(place: .departed, note: personalPart.note), by: entry)
  }
}

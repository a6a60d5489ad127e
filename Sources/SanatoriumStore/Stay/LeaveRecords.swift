internal import Evidence
internal import Sanatorium

struct LeaveStarted: CodedPayload {
  static let kind = EntryKind.leaveStarted
  struct Personal: Codable, Sendable {
    var participant: Int64
    var expectedBack: Instant
    var destination: String
    var companion: String
  }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let companion = personalPart.companion
    try tables.move(
      participant: personalPart.participant,
      Movement(
        place: .leave, expectedBack: personalPart.expectedBack,
        note: companion.isEmpty ? personalPart.destination : "\(personalPart.destination) · \(companion)"),
      by: entry)
  }
}

struct LeaveExtended: CodedPayload {
  static let kind = EntryKind.leaveExtended
  struct Personal: Codable, Sendable {
    var participant: Int64
    var expectedBack: Instant
  }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(MovementSQL.expect, personalPart.expectedBack, personalPart.participant)
    try tables.setDeadline(.leave, personalPart.participant, batch: entry.batch, at: personalPart.expectedBack)
  }
}

struct LeaveOverdue: CodedPayload {
  static let kind = EntryKind.leaveOverdue
  struct Personal: Codable, Sendable { var participant: Int64 }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(MovementSQL.late, personalPart.participant)
    try tables.setDeadline(.leave, personalPart.participant, batch: entry.batch, at: nil)
  }
}

struct LeaveEnded: CodedPayload {
  static let kind = EntryKind.leaveEnded
  struct Personal: Codable, Sendable { var participant: Int64 }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.move(participant: personalPart.participant, Movement(place: .present), by: entry)
  }
}

struct HospitalTransfer: CodedPayload {
  static let kind = EntryKind.hospitalTransfer
  struct Personal: Codable, Sendable {
    var participant: Int64
    var hospital: String
    var reason: String
  }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let key = personalPart.participant
    try tables.run(OutingTable.leaveMember, "transferred", "participant", key)
    try tables.move(participant: key, Movement(place: .hospital, note: personalPart.hospital), by: entry)
  }
}

struct HospitalReturn: CodedPayload {
  static let kind = EntryKind.hospitalReturn
  struct Personal: Codable, Sendable { var participant: Int64 }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.move(participant: personalPart.participant, Movement(place: .present), by: entry)
  }
}

internal import Evidence
internal import Sanatorium

struct EscortPersonal: Codable, Sendable {
  var name: String
  var unit: String
  var telephone: String
  var licence: String?
  var licenceKind: String?
  var licenceUntil: Day?
  var account: ID?
}

struct EscortAdded: CodedPayload {
  static let kind = EntryKind.escortAdded
  let openPart: Open.Escort
  let personalPart: EscortPersonal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let person = personalPart
    try tables.run(
      EscortTable.insert, entry.sequence, entry.subject, entry.batch, person.name, openPart.kind, openPart.side,
      person.unit, person.telephone, person.licence, person.licenceKind, person.licenceUntil, person.account,
      entry.sequence)
    try tables.recordWhereabouts(
      side: "escort", person: entry.sequence, place: EscortPlace.present.rawValue, outing: nil, by: entry)
  }
}

struct EscortChanged: CodedPayload {
  static let kind = EntryKind.escortChanged
  let openPart: Open.Escort
  let personalPart: EscortPersonal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let person = personalPart
    try tables.run(
      EscortTable.update, person.name, openPart.kind, openPart.side, person.unit, person.telephone, person.licence,
      person.licenceKind, person.licenceUntil, person.account, entry.sequence, entry.subject)
  }
}

struct EscortMoved: CodedPayload {
  static let kind = EntryKind.escortMoved
  struct Personal: Codable, Sendable {
    var escort: Int64
    var place: EscortPlace
    var note: String
  }
  let openPart: Open.EscortMovement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(OutingTable.leaveMember, "transferred", "escort", personalPart.escort)
    try tables.move(escort: personalPart.escort, to: personalPart.place, by: entry)
  }
}

struct ShiftPlanned: CodedPayload {
  static let kind = EntryKind.shiftPlanned
  struct Personal: Codable, Sendable {
    var escort: Int64
    var duty: Duty
  }
  let openPart: Open.Shift
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      EscortTable.insertShift, entry.sequence, entry.subject, entry.batch, personalPart.escort,
      personalPart.duty.rawValue, openPart.from, openPart.until, Int64?.none, "")
    try tables.run(EscortTable.touch, entry.batch, entry.sequence)
  }
}

/// Somebody takes over a shift of the rota, wholly or from a moment on; the subject is the new service.
struct ShiftStoodIn: CodedPayload {
  static let kind = EntryKind.shiftStoodIn
  struct Personal: Codable, Sendable {
    /// The shift that is taken over.
    var shift: Int64
    var escort: Int64
    var duty: Duty
    var reason: String
  }
  let openPart: Open.StandIn
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(EscortTable.relieve, openPart.from, entry.sequence, personalPart.shift)
    try tables.run(
      EscortTable.insertShift, entry.sequence, entry.subject, entry.batch, personalPart.escort,
      personalPart.duty.rawValue, openPart.from, openPart.until, personalPart.shift, personalPart.reason)
    try tables.run(EscortTable.touch, entry.batch, entry.sequence)
    try tables.moveHandOver(of: personalPart.shift, by: entry)
  }
}

/// A shift is taken off: wholly, or from a moment after its beginning on. What was served of it stays then.
struct ShiftRemoved: CodedPayload {
  static let kind = EntryKind.shiftRemoved
  struct Personal: Codable, Sendable {
    var shift: Int64
    var reason: String
  }
  let openPart: Open.Shift
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(EscortTable.touch, entry.batch, entry.sequence)
    let ended = try tables.run(EscortTable.endShift, openPart.from, entry.sequence, personalPart.shift)
    if ended == 0 {
      let original = try tables.first(EscortTable.originalOf, personalPart.shift) { $0.optionalInt64(0) } ?? nil
      try tables.run(EscortTable.restore, personalPart.shift, entry.sequence)
      try tables.run(EscortTable.removeShift, personalPart.shift)
      if let original { try tables.moveHandOver(of: original, by: entry) }
    }
    try tables.moveHandOver(of: personalPart.shift, by: entry)
  }
}

struct ParticipantsAssigned: CodedPayload {
  static let kind = EntryKind.assignment
  struct Personal: Codable, Sendable {
    /// Nil takes them from whoever they were assigned to.
    var escort: Int64?
    var participants: [Int64]
  }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    for participant in personalPart.participants {
      try tables.run(EscortTable.assign, personalPart.escort, participant)
    }
  }
}

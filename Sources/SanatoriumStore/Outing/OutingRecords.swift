internal import Evidence
internal import Sanatorium

/// The people of an outing by their keys.
struct OutingPeople: Codable, Sendable {
  var participants: [Int64]
  var escorts: [Int64]
}

struct OutingPlanned: CodedPayload {
  static let kind = EntryKind.outingPlanned
  struct Personal: Codable, Sendable {
    var destination: String
    var vehicle: String
    var note: String
    var leavesAt: Instant
    var returnsAt: Instant
    var people: OutingPeople
  }
  let openPart: Open.Outing
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(
      OutingTable.insert, entry.sequence, entry.subject, entry.batch, openPart.activity, part.destination, part.vehicle,
      part.note, part.leavesAt, part.returnsAt)
    try tables.setMembers(part.people, of: entry.sequence, .planned)
  }
}

struct OutingChanged: CodedPayload {
  static let kind = EntryKind.outingChanged
  struct Personal: Codable, Sendable {
    var outing: Int64
    /// The whole plan anew; nil when only the time of return changes or it is called off.
    var plan: OutingPlanned.Personal?
    var returnsAt: Instant?
    /// Why it was called off.
    var cancelled: String?
  }
  let openPart: Open.Outing
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let outing = personalPart.outing
    if let plan = personalPart.plan {
      try tables.run(
        OutingTable.change, openPart.activity, plan.destination, plan.vehicle, plan.note, plan.leavesAt, plan.returnsAt,
        outing)
      try tables.run(OutingTable.clearMembers, outing)
      try tables.setMembers(plan.people, of: outing, .planned)
    }
    if let returnsAt = personalPart.returnsAt {
      try tables.run(OutingTable.delay, returnsAt, outing)
      try tables.run(MovementSQL.expectOuting, returnsAt, entry.batch, outing)
      try tables.setDeadline(.outing, outing, batch: entry.batch, at: returnsAt)
    }
    if personalPart.cancelled != nil { try tables.run(OutingTable.cancel, outing) }
  }
}

struct OutingLeft: CodedPayload {
  static let kind = EntryKind.outingLeft
  struct Personal: Codable, Sendable {
    var outing: Int64
    var returnsAt: Instant
    var going: OutingPeople
    var behind: OutingPeople
  }
  let openPart: Open.Outing
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(OutingTable.leave, entry.occurredAt, part.outing)
    try tables.setMembers(part.going, of: part.outing, .away)
    try tables.setMembers(part.behind, of: part.outing, .behind)
    for person in part.going.participants {
      try tables.move(
        participant: person, Movement(place: .outing, outing: part.outing, expectedBack: part.returnsAt), by: entry)
    }
    for person in part.going.escorts {
      try tables.move(escort: person, to: .outing, outing: part.outing, by: entry)
    }
    try tables.setDeadline(.outing, part.outing, batch: entry.batch, at: part.returnsAt)
  }
}

struct OutingHeadcount: CodedPayload {
  static let kind = EntryKind.outingHeadcount
  struct Personal: Codable, Sendable {
    var outing: Int64
    var missing: [Int64]
    var person: String
  }
  let openPart: Open.Headcount
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let missing = personalPart.missing.keys
    try tables.run(
      OutingTable.insertHeadcount, entry.sequence, entry.batch, personalPart.outing, openPart.point, openPart.expected,
      openPart.counted, missing, personalPart.person, entry.occurredAt)
    try tables.run(OutingTable.setMissing, missing, personalPart.outing)
  }
}

/// What happened to one person of an outing apart from the others.
enum OutingMove: String, Codable, Sendable {
  case joined, behind, back
}

struct OutingMemberMoved: CodedPayload {
  static let kind = EntryKind.outingMemberMoved
  struct Personal: Codable, Sendable {
    var outing: Int64
    var participant: Int64?
    var escort: Int64?
    var move: OutingMove
    /// Of one who joins an outing that is away.
    var expectedBack: Instant?
    /// Whether the outing had left; before that only the list changes.
    var away: Bool
  }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    let state: OutingMemberState
    switch part.move {
    case .joined: state = part.away ? .away : .planned
    case .behind: state = .behind
    case .back: state = .back
    }
    if let participant = part.participant {
      try tables.run(OutingTable.setMember, part.outing, "participant", participant, state.rawValue)
      guard part.away else { return }
      let movement =
        part.move == .joined
        ? Movement(place: .outing, outing: part.outing, expectedBack: part.expectedBack) : Movement(place: .present)
      try tables.move(participant: participant, movement, by: entry)
    }
    if let escort = part.escort {
      try tables.run(OutingTable.setMember, part.outing, "escort", escort, state.rawValue)
      guard part.away else { return }
      let joined = part.move == .joined
      try tables.move(escort: escort, to: joined ? .outing : .present, outing: joined ? part.outing : nil, by: entry)
    }
  }
}

struct OutingReturned: CodedPayload {
  static let kind = EntryKind.outingReturned
  struct Personal: Codable, Sendable {
    var outing: Int64
    var back: OutingPeople
  }
  let openPart: Open.Outing
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(OutingTable.back, entry.occurredAt, part.outing)
    try tables.setMembers(part.back, of: part.outing, .back)
    for person in part.back.participants {
      try tables.move(participant: person, Movement(place: .present), by: entry)
    }
    for person in part.back.escorts { try tables.move(escort: person, to: .present, by: entry) }
    try tables.setDeadline(.outing, part.outing, batch: entry.batch, at: nil)
  }
}

struct OutingOverdue: CodedPayload {
  static let kind = EntryKind.outingOverdue
  struct Personal: Codable, Sendable { var outing: Int64 }
  let openPart: Open.Outing
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(OutingTable.late, personalPart.outing)
    try tables.run(MovementSQL.lateOuting, entry.batch, personalPart.outing)
    try tables.setDeadline(.outing, personalPart.outing, batch: entry.batch, at: nil)
  }
}

extension Connection {
  func setMembers(_ people: OutingPeople, of outing: Int64, _ state: OutingMemberState) throws {
    for person in people.participants {
      try run(OutingTable.setMember, outing, "participant", person, state.rawValue)
    }
    for person in people.escorts { try run(OutingTable.setMember, outing, "escort", person, state.rawValue) }
  }
}

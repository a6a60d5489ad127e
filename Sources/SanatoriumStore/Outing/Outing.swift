public import Sanatorium

/// 外出活动 under the house's care, with escorts and headcounts; someone who goes alone is on leave.
public struct Outing: Sendable, Hashable {
  public enum State: String, Sendable, Codable, CaseIterable {
    case planned, away, returned, cancelled

    public var name: Text {
      switch self {
      case .planned: Text("计划中", "Planned")
      case .away: Text("在外面", "Away")
      case .returned: Text("已回来", "Returned")
      case .cancelled: Text("取消", "Called off")
      }
    }
  }

  let key: Int64
  public let id: ID
  let batch: Int64
  public let activity: ActivityKind
  public let destination: String
  public let vehicle: String
  public let note: String
  public let leavesAt: Instant
  /// When it should be back; past it while away, it is overdue.
  public let returnsAt: Instant
  public let state: State
  public let leftAt: Instant?
  public let returnedAt: Instant?
  public let isOverdue: Bool
  /// Keys of those whom the last headcount missed.
  let missing: [Int64]

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    activity = try row.code(3)
    destination = row.text(4)
    vehicle = row.text(5)
    note = row.text(6)
    leavesAt = row.instant(7)
    returnsAt = row.instant(8)
    state = try row.code(9)
    leftAt = row.optionalInstant(10)
    returnedAt = row.optionalInstant(11)
    isOverdue = row.bool(12)
    missing = [Int64](keys: row.text(13))
  }
}

/// Where somebody stands on one outing.
public enum OutingMemberState: String, Sendable, Codable, CaseIterable {
  case planned, away, behind, back, transferred

  public var name: Text {
    switch self {
    case .planned: Text("要去", "Going")
    case .away: Text("在外面", "Away")
    case .behind: Text("没去", "Stayed")
    case .back: Text("已回来", "Back")
    case .transferred: Text("中途离队", "Left it")
    }
  }
}

/// Everybody on an outing, with where they stand.
public struct OutingMembers: Sendable, Hashable {
  public var participants: [(person: Participant, state: OutingMemberState)] = []
  public var escorts: [(person: Escort, state: OutingMemberState)] = []

  public init() {}

  /// Those who go, or are away, or whom the headcount expects back.
  public var going: [Participant] {
    participants.filter { $0.state == .planned || $0.state == .away }.map(\.person)
  }

  public static func == (left: OutingMembers, right: OutingMembers) -> Bool {
    left.participants.map(\.person) == right.participants.map(\.person)
      && left.participants.map(\.state) == right.participants.map(\.state)
      && left.escorts.map(\.person) == right.escorts.map(\.person)
      && left.escorts.map(\.state) == right.escorts.map(\.state)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(participants.map(\.person))
    hasher.combine(escorts.map(\.person))
  }
}

/// Somebody who goes with a planned outing or is away with one.
struct OpenMember {
  let outing: Int64
  let isEscort: Bool
  let person: Int64
  let state: OutingMemberState
}

/// One count of the people on an outing.
public struct Headcount: Sendable, Hashable {
  public enum Point: String, Sendable, Codable, CaseIterable {
    case out
    case onSite = "on-site"
    case back

    public var name: Text {
      switch self {
      case .out: Text("出发点名", "Leaving")
      case .onSite: Text("途中点名", "On site")
      case .back: Text("回来点名", "Coming back")
      }
    }
  }

  public let point: Point
  public let expected: Int
  public let counted: Int
  /// The names of those missed.
  public let missing: [String]
  /// Who counted.
  public let person: String
  public let at: Instant

  public var matches: Bool { counted == expected && missing.isEmpty }
}

extension [Int64] {
  /// Keys as the tables hold them, separated by spaces.
  init(keys text: String) { self = text.split(separator: " ").compactMap { Int64($0) } }
  var keys: String { map(String.init).joined(separator: " ") }
}

extension Connection {
  func outing(_ id: ID) throws -> Outing {
    guard let outing = try first(OutingTable.byID, id, read: Outing.init) else {
      throw Refusal.notFound(Text("没有这次外出。", "There is no such outing."))
    }
    return outing
  }

  func outing(key: Int64) throws -> Outing {
    guard let outing = try first(OutingTable.byKey, key, read: Outing.init) else {
      throw CorruptRow(column: 0, value: "outing \(key)")
    }
    return outing
  }

  /// Outings that are away, and those from which somebody has not come back.
  func outingsAway(batch: Int64) throws -> [Outing] {
    try all(OutingTable.withPeopleAway, batch, read: Outing.init)
  }

  func memberStates(of outing: Int64) throws -> [(isEscort: Bool, person: Int64, state: OutingMemberState)] {
    try all(OutingTable.members, outing) { row in
      (row.text(0) == "escort", row.int64(1), try row.code(2, as: OutingMemberState.self))
    }
  }

  /// Of every outing that is planned or away, with one read.
  func openMembers(batch: Int64) throws -> [OpenMember] {
    try all(OutingTable.openMembers, batch) { row in
      OpenMember(
        outing: row.int64(0), isEscort: row.text(1) == "escort", person: row.int64(2), state: try row.code(3))
    }
  }

  func members(of outing: Outing) throws -> OutingMembers {
    let escorts = Dictionary(uniqueKeysWithValues: try escorts(of: outing.batch).map { ($0.key, $0) })
    var members = OutingMembers()
    for member in try memberStates(of: outing.key) {
      if member.isEscort {
        if let escort = escorts[member.person] { members.escorts.append((escort, member.state)) }
      } else {
        members.participants.append((try participant(key: member.person), member.state))
      }
    }
    members.participants.sort { $0.person.number < $1.person.number }
    return members
  }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func outing(_ id: ID) throws -> Outing { try tables.outing(id) }

  /// All of a batch by the time they leave.
  public func outings(of batch: Batch) throws -> [Outing] {
    try tables.all(OutingTable.ofBatch, batch.key, read: Outing.init)
  }

  public func members(of outing: Outing) throws -> OutingMembers { try tables.members(of: outing) }

  public func headcounts(of outing: Outing) throws -> [Headcount] {
    let rows = try tables.all(OutingTable.headcounts, outing.key) { row in
      (try row.code(0, as: Headcount.Point.self), row.int(1), row.int(2), row.text(3), row.text(4), row.instant(5))
    }
    return try rows.map { point, expected, counted, missing, person, at in
      Headcount(
        point: point, expected: expected, counted: counted,
        missing: try [Int64](keys: missing).map { try tables.participant(key: $0).name }, person: person, at: at)
    }
  }

  /// Those whom the last headcount missed.
  public func missing(on outing: Outing) throws -> [Participant] {
    try outing.missing.map { try tables.participant(key: $0) }
  }

  /// The outing that somebody is away on; nil when they are not on one.
  public func outing(of participant: Participant) throws -> Outing? {
    try participant.outing.map { try tables.outing(key: $0) }
  }

  /// The batch an outing belongs to.
  public func batch(of outing: Outing) throws -> Batch { try tables.batch(key: outing.batch) }
}

public import Sanatorium

/// A person's standing in the batch; separate from where they are.
public enum Admission: String, Sendable, Codable, CaseIterable {
  case expected, held, admitted, refused, withdrawn
  case noShow = "no-show"

  public var name: Text {
    switch self {
    case .expected: Text("没到", "Expected")
    case .held: Text("暂留待核", "Held")
    case .admitted: Text("已报到", "Admitted")
    case .refused: Text("不予接收", "Refused")
    case .withdrawn: Text("退出", "Withdrawn")
    case .noShow: Text("不来", "No-show")
    }
  }
}

/// Where a person is; rounds and ratios go by this alone.
public enum Place: String, Sendable, Codable, CaseIterable {
  case notArrived = "not-arrived"
  case present, outing, leave, hospital, departed

  public var name: Text {
    switch self {
    case .notArrived: Text("没到", "Not arrived")
    case .present: Text("在院", "Present")
    case .outing: Text("外出", "Outing")
    case .leave: Text("请假", "On leave")
    case .hospital: Text("住院", "In hospital")
    case .departed: Text("已返程", "Departed")
    }
  }
}

/// 军休干部 in one batch, with everything the row holds. Health fields are for those who may read health data; the web
/// leaves them out for others.
public struct Participant: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  /// The number in the list, from 1.
  public let number: Int
  /// Opaque code on the badge, useless outside the site.
  public let badge: String
  public let name: String
  /// `male`, `female`, `unknown`
  public let sex: String
  public let birth: Day?
  /// The identity number, masked.
  public let identity: String?
  public let category: String
  public let unit: String
  public let telephone: String
  public let familyName: String
  public let familyRelation: String
  public let familyTelephone: String
  public let conditions: String
  public let allergies: String
  public let medicines: String
  public let companion: String
  public let remarks: String
  public let room: String
  /// 2 only on a doctor's recorded decision.
  public let oxygenScale: Int
  public let admission: Admission
  public let place: Place
  let outing: Int64?
  public let arrivedAt: Instant?
  public let departedAt: Instant?
  /// When leave or an outing should end.
  public let expectedBack: Instant?
  let escort: Int64?
  /// The entry of the last check-in; nil when never checked.
  public let lastEntry: Int64?
  public let lastAt: Instant?
  /// NEWS2 total of the last check-in; nil when incomplete or never checked.
  public let lastTotal: Int?
  public let lastLevel: String?
  /// Readings of the last check-in as compact JSON of `Readings`.
  public let lastReadings: String?
  public let baseline: String?
  /// When the next check is due; nil when none is.
  public let dueAt: Instant?
  let dueRound: Int64?
  public let isOverdue: Bool
  /// Codes of the last check-in's symptoms, separated by spaces.
  public let lastSymptoms: String
  /// Since when the person has been where they are; nil before arrival.
  public let placeSince: Instant?
  /// Where they went on leave, which hospital, why they departed.
  public let placeNote: String
  /// Leave or outing should have ended.
  public let isBackOverdue: Bool
  /// Whether the badge came back at departure.
  public let badgeReturned: Bool?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    number = row.int(3)
    badge = row.text(4)
    name = row.text(5)
    sex = row.text(6)
    birth = row.optionalDay(7)
    identity = row.optionalText(8)
    category = row.text(9)
    unit = row.text(10)
    telephone = row.text(11)
    familyName = row.text(12)
    familyRelation = row.text(13)
    familyTelephone = row.text(14)
    conditions = row.text(15)
    allergies = row.text(16)
    medicines = row.text(17)
    companion = row.text(18)
    remarks = row.text(19)
    room = row.text(20)
    oxygenScale = row.int(21)
    admission = try row.code(22)
    place = try row.code(23)
    outing = row.optionalInt64(24)
    arrivedAt = row.optionalInstant(25)
    departedAt = row.optionalInstant(26)
    expectedBack = row.optionalInstant(27)
    escort = row.optionalInt64(28)
    lastEntry = row.optionalInt64(29)
    lastAt = row.optionalInstant(30)
    lastTotal = row.optionalInt(31)
    lastLevel = row.optionalText(32)
    lastReadings = row.optionalText(33)
    baseline = row.optionalText(34)
    dueAt = row.optionalInstant(35)
    dueRound = row.optionalInt64(36)
    isOverdue = row.bool(37)
    lastSymptoms = row.text(38)
    placeSince = row.optionalInstant(39)
    placeNote = row.text(40)
    isBackOverdue = row.bool(41)
    badgeReturned = row.isNull(42) ? nil : row.bool(42)
  }
}

extension Connection {
  func participant(_ id: ID) throws -> Participant {
    guard let participant = try first(ParticipantTable.byID, id, read: Participant.init) else {
      throw Refusal.notFound(Text("没有这个人。", "There is no such participant."))
    }
    return participant
  }

  func participant(key: Int64) throws -> Participant {
    guard let participant = try first(ParticipantTable.byKey, key, read: Participant.init) else {
      throw CorruptRow(column: 0, value: "participant \(key)")
    }
    return participant
  }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func participant(_ id: ID) throws -> Participant { try tables.participant(id) }

  /// Everyone of a batch in the list's order; at most some hundred.
  public func participants(of batch: Batch) throws -> [Participant] {
    try tables.all(ParticipantTable.ofBatch, batch.key, read: Participant.init)
  }

  /// The person whose badge was scanned.
  public func participant(badge: String, in batch: Batch) throws -> Participant? {
    try tables.first(ParticipantTable.byBadge, batch.key, badge, read: Participant.init)
  }

  /// The person with this badge, of the newest batch that has such a one.
  public func participant(badge: String) throws -> Participant? {
    try tables.first(ParticipantTable.ofAnyBatchByBadge, badge, read: Participant.init)
  }

  public func facts(of participant: Participant) throws -> Facts {
    try tables.facts(batch: participant.batch, participant: participant.key)
  }

  /// The batch a participant belongs to.
  public func batch(of participant: Participant) throws -> Batch { try tables.batch(key: participant.batch) }
}

public import Sanatorium

/// What an escort is there for.
public enum EscortKind: String, Sendable, Codable, CaseIterable {
  case general, medical

  public var name: Text {
    switch self {
    case .general: Text("服务保障", "General")
    case .medical: Text("医护", "Medical")
    }
  }
}

/// Whose people they are; only those sent count for the ratio (reading Q5).
public enum EscortSide: String, Sendable, Codable, CaseIterable {
  case sent, host

  public var name: Text {
    switch self {
    case .sent: Text("随队", "Sent with the batch")
    case .host: Text("承办方", "Of the host")
    }
  }
}

public enum EscortPlace: String, Sendable, Codable, CaseIterable {
  case present, outing
  /// With a participant in hospital: off the site, within reach by telephone.
  case hospital
  case left

  public var name: Text {
    switch self {
    case .present: Text("在院", "On site")
    case .outing: Text("外出带队", "On an outing")
    case .hospital: Text("陪护住院", "In hospital with someone")
    case .left: Text("已离开", "Left")
    }
  }
}

/// 服务保障人员、随行医护 and the host's staff of one batch.
public struct Escort: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let name: String
  public let kind: EscortKind
  public let side: EscortSide
  public let unit: String
  public let telephone: String
  /// The medical licence's number, its kind and its last day.
  public let licence: String?
  public let licenceKind: String?
  public let licenceUntil: Day?
  /// The account that this person signs in with.
  public let account: ID?
  public let place: EscortPlace
  let outing: Int64?
  /// The sequence of the entry that changed it last; a change names the one that it was based on.
  public let revision: Int64

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    name = row.text(3)
    kind = try row.code(4)
    side = try row.code(5)
    unit = row.text(6)
    telephone = row.text(7)
    licence = row.optionalText(8)
    licenceKind = row.optionalText(9)
    licenceUntil = row.optionalDay(10)
    account = row.optionalID(11)
    place = try row.code(12)
    outing = row.optionalInt64(13)
    revision = row.int64(14)
  }

  /// As the rules look at it.
  public var facts: EscortFacts {
    EscortFacts(
      name: name, isMedical: kind == .medical, licence: licence, licenceUntil: licenceUntil,
      isPresent: place == .present || place == .outing)
  }
}

/// What is doubtful about how somebody on the roster can be reached, or may work; nothing is stopped by it.
public struct ContactRemark: Sendable, Hashable {
  /// `telephone-unreadable`, `no-telephone`, `no-account`, `no-licence`, `licence-expired`
  public let code: String
  public let message: Text
}

extension Escort {
  /// - Parameter day: the last day of the stay, by which a licence must not have run out.
  public func remarks(until day: Day) -> [ContactRemark] {
    var remarks: [ContactRemark] = []
    if telephone.isEmpty {
      remarks.append(ContactRemark(code: "no-telephone", message: Text("没有电话，只能在网页上找", "No telephone: reached by the page alone")))
    } else if !Telephone.canBeDialled(telephone) {
      remarks.append(ContactRemark(code: "telephone-unreadable", message: Text("这个电话不像能打通的", "This telephone can't be dialled")))
    }
    if account == nil {
      remarks.append(ContactRemark(code: "no-account", message: Text("没有连账号，警报到不了手机", "No account: alerts don't come to a phone")))
    }
    if kind == .medical, licence == nil {
      remarks.append(ContactRemark(code: "no-licence", message: Text("没有记执业证", "No licence recorded")))
    } else if kind == .medical, let licenceUntil, licenceUntil < day {
      remarks.append(ContactRemark(code: "licence-expired", message: Text("执业证 \(licenceUntil) 到期", "The licence ends on \(licenceUntil)")))
    }
    return remarks
  }
}

/// An escort as the form gives it.
public struct EscortDraft: Sendable, Hashable {
  public var name: String
  public var kind: EscortKind
  public var side: EscortSide
  public var unit: String
  public var telephone: String
  public var licence: String?
  public var licenceKind: String?
  public var licenceUntil: Day?
  public var account: ID?

  public init(
    name: String, kind: EscortKind, side: EscortSide, unit: String = "", telephone: String, licence: String? = nil,
    licenceKind: String? = nil, licenceUntil: Day? = nil, account: ID? = nil
  ) {
    self.name = name
    self.kind = kind
    self.side = side
    self.unit = unit
    self.telephone = telephone
    self.licence = licence
    self.licenceKind = licenceKind
    self.licenceUntil = licenceUntil
    self.account = account
  }
}

extension Connection {
  func escort(_ id: ID) throws -> Escort {
    guard let escort = try first(EscortTable.byID, id, read: Escort.init) else {
      throw Refusal.notFound(Text("没有这名服务保障人员。", "There is no such escort."))
    }
    return escort
  }

  func escort(_ id: ID, in batch: Int64) throws -> Escort {
    let escort = try escort(id)
    guard escort.batch == batch else {
      throw Refusal.notFound(Text("这一批没有这名服务保障人员。", "This batch has no such escort."))
    }
    return escort
  }

  func escorts(of batch: Int64) throws -> [Escort] { try all(EscortTable.ofBatch, batch, read: Escort.init) }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func escort(_ id: ID) throws -> Escort { try tables.escort(id) }

  /// In the order in which they were added; some tens at most.
  public func escorts(of batch: Batch) throws -> [Escort] { try tables.escorts(of: batch.key) }

  /// Who an account is in a batch; nil when nobody is linked with it.
  public func escort(account: ID, in batch: Batch) throws -> Escort? {
    try tables.first(EscortTable.byAccount, batch.key, account, read: Escort.init)
  }

  /// The participants assigned to an escort, in the list's order.
  public func participants(assignedTo escort: Escort, in batch: Batch) throws -> [Participant] {
    try participants(of: batch).filter { $0.escort == escort.key }
  }

  /// The escort to whom a participant is assigned.
  public func escort(of participant: Participant) throws -> Escort? {
    guard let key = participant.escort else { return nil }
    return try tables.escorts(of: participant.batch).first { $0.key == key }
  }

  /// Every participant with an assignment, by the escort's id.
  public func assignments(in batch: Batch) throws -> [ID: [Participant]] {
    let ids = Dictionary(uniqueKeysWithValues: try escorts(of: batch).map { ($0.key, $0.id) })
    var assignments: [ID: [Participant]] = [:]
    for participant in try participants(of: batch) {
      if let id = participant.escort.flatMap({ ids[$0] }) { assignments[id, default: []].append(participant) }
    }
    return assignments
  }
}

public import Sanatorium

/// A member of one side's service group, as it stands.
public struct ServiceMember: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let side: ServiceSide
  public let person: ServicePerson
  /// The same person among the escorts and the host's staff.
  public let escort: ID?
  /// The account that this person signs in with.
  public let account: ID?
  /// The sequence of the entry that changed it last; a change names the one that it was based on.
  public let revision: Int64
  public let changedAt: Instant
  /// The account that changed it last.
  public let changedBy: ID
  /// When the member was taken off the group; nil while they belong to it.
  public let removedAt: Instant?
  public let removedReason: String?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    side = try row.code(3)
    person = ServicePerson(
      name: row.text(4), unit: row.text(5), telephone: row.text(6), duties: try ServiceMember.duties(row, 7),
      accountable: try ServiceMember.duties(row, 8), isLead: row.bool(9))
    escort = row.optionalID(10)
    account = row.optionalID(11)
    revision = row.int64(12)
    changedAt = row.instant(13)
    changedBy = row.id(14)
    removedAt = row.optionalInstant(15)
    removedReason = row.optionalText(16)
  }

  private static func duties(_ row: Row, _ column: CInt) throws -> [ServiceDuty] {
    try row.text(column).split(separator: ",").map { code in
      guard let duty = ServiceDuty(rawValue: String(code)) else { throw CorruptRow(column: Int(column), value: String(code)) }
      return duty
    }
  }
}

/// A member as the form gives them.
public struct ServiceMemberDraft: Sendable, Hashable {
  public var person: ServicePerson
  public var escort: ID?
  public var account: ID?

  public init(_ person: ServicePerson, escort: ID? = nil, account: ID? = nil) {
    self.person = person
    self.escort = escort
    self.account = account
  }
}

extension ServiceGroups {
  init(_ members: [ServiceMember]) {
    self.init(
      organizer: members.filter { $0.side == .organizer }.map(\.person),
      host: members.filter { $0.side == .host }.map(\.person))
  }
}

extension Connection {
  func serviceMembers(of batch: Int64) throws -> [ServiceMember] {
    try all(ServiceGroupTable.ofBatch, batch, read: ServiceMember.init)
  }

  /// The member, also one that was taken off.
  func serviceMember(_ id: ID, in batch: Int64) throws -> ServiceMember {
    guard let member = try first(ServiceGroupTable.byID, id, read: ServiceMember.init), member.batch == batch else {
      throw Refusal.notFound(Text("这一批的服务小组里没有这个人。", "This batch's service groups have no such member."))
    }
    return member
  }

  /// What is recorded of a batch, and what its service groups stand for where nobody recorded it.
  func factsWithGroups(batch: Int64, _ recorded: Facts) throws -> Facts {
    var facts = recorded
    for (key, fact) in ServiceGroups(try serviceMembers(of: batch)).facts where facts[key] == nil { facts[key] = fact }
    return facts
  }
}

extension Reader {
  /// Those who belong to the groups now, in the order in which they were added; some tens at most.
  public func serviceMembers(of batch: Batch) throws -> [ServiceMember] { try tables.serviceMembers(of: batch.key) }

  public func serviceGroups(of batch: Batch) throws -> ServiceGroups { ServiceGroups(try tables.serviceMembers(of: batch.key)) }

  /// One member, also one that was taken off. Throws `Refusal.notFound`.
  public func serviceMember(_ id: ID, in batch: Batch) throws -> ServiceMember {
    try tables.serviceMember(id, in: batch.key)
  }
}

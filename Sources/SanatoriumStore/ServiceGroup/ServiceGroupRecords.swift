internal import Evidence
internal import Sanatorium

struct ServiceMemberPersonal: Codable, Sendable {
  var name: String
  var unit: String
  var telephone: String
  var escort: ID?
  var account: ID?
}

struct ServiceMemberAdded: CodedPayload {
  static let kind = EntryKind.serviceMemberAdded
  let openPart: Open.ServiceMember
  let personalPart: ServiceMemberPersonal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let person = personalPart
    try tables.run(
      ServiceGroupTable.insert, entry.sequence, entry.subject, entry.batch, openPart.side, person.name, person.unit,
      person.telephone, openPart.duties.joined(separator: ","), openPart.accountable.joined(separator: ","), openPart.lead,
      person.escort, person.account, entry.sequence, entry.recordedAt, entry.actor)
    try tables.keepOneHead(openPart, entry)
  }
}

struct ServiceMemberChanged: CodedPayload {
  static let kind = EntryKind.serviceMemberChanged
  let openPart: Open.ServiceMember
  let personalPart: ServiceMemberPersonal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let person = personalPart
    try tables.run(
      ServiceGroupTable.update, person.name, person.unit, person.telephone, openPart.duties.joined(separator: ","),
      openPart.accountable.joined(separator: ","), openPart.lead, person.escort, person.account, entry.sequence,
      entry.recordedAt, entry.actor, entry.subject)
    try tables.keepOneHead(openPart, entry)
  }
}

struct ServiceMemberRemoved: CodedPayload {
  static let kind = EntryKind.serviceMemberRemoved
  struct Personal: Codable, Sendable { var reason: String }
  let openPart: Open.ServiceMember
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      ServiceGroupTable.remove, entry.recordedAt, personalPart.reason, entry.sequence, entry.recordedAt, entry.actor,
      entry.subject)
  }
}

extension Connection {
  fileprivate func keepOneHead(_ member: Open.ServiceMember, _ entry: AppliedEntry) throws {
    guard member.lead else { return }
    try run(
      ServiceGroupTable.oneHead, entry.sequence, entry.recordedAt, entry.actor, entry.batch, member.side, entry.subject)
  }
}

internal import Evidence
internal import Sanatorium

/// How far an alert has climbed, as it was decided when the entry was made.
struct AlertStanding: Codable, Sendable {
  var tier: AlertTier?
  var tierAt: Instant?
  var people: String
  var nextTier: AlertTier?
  var nextAt: Instant?
}

struct AlertRaised: CodedPayload {
  static let kind = EntryKind.alertRaised
  struct Personal: Codable, Sendable {
    var participant: Int64
    var chinese: String
    var english: String
    var drill: Bool
    var from: AlertTier?
    var standing: AlertStanding
  }
  let openPart: Open.Alert
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let standing = personalPart.standing
    try tables.run(
      AlertTable.insert, entry.sequence, entry.id, entry.batch, openPart.code, openPart.severity,
      personalPart.participant, entry.subject, personalPart.chinese, personalPart.english, personalPart.drill,
      entry.occurredAt, standing.tier?.rawValue, standing.tierAt, standing.people, standing.nextTier?.rawValue,
      standing.nextAt, personalPart.from?.rawValue)
    try tables.setDeadline(.alert, entry.sequence, batch: entry.batch, at: standing.nextAt)
  }
}

struct AlertEscalated: CodedPayload {
  static let kind = EntryKind.alertEscalated
  struct Personal: Codable, Sendable {
    var alert: Int64
    var standing: AlertStanding
  }
  let openPart: Open.Alert
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let standing = personalPart.standing
    try tables.run(
      AlertTable.escalate, standing.tier?.rawValue, standing.tierAt, standing.people, standing.nextTier?.rawValue,
      standing.nextAt, personalPart.alert)
    try tables.setDeadline(.alert, personalPart.alert, batch: entry.batch, at: standing.nextAt)
  }
}

struct AlertAcknowledged: CodedPayload {
  static let kind = EntryKind.alertAcknowledged
  struct Personal: Codable, Sendable {
    var alert: Int64
    var name: String
  }
  let openPart: Open.Alert
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(AlertTable.acknowledge, personalPart.name, entry.occurredAt, personalPart.alert)
    try tables.setDeadline(.alert, personalPart.alert, batch: entry.batch, at: nil)
  }
}

struct AlertResolved: CodedPayload {
  static let kind = EntryKind.alertResolved
  struct Personal: Codable, Sendable {
    var alert: Int64
    var reason: String
  }
  let openPart: Open.Alert
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(AlertTable.resolve, entry.occurredAt, personalPart.reason, personalPart.alert)
    try tables.setDeadline(.alert, personalPart.alert, batch: entry.batch, at: nil)
  }
}

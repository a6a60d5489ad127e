internal import Evidence
internal import Sanatorium

/// A report owed, as it was reckoned when the entry was made.
struct OwedReport: Codable, Sendable, Hashable {
  var code: String
  var recipient: String
  var label: Text
  var source: String
  var dueAt: Instant
}

extension Connection {
  fileprivate func owe(_ reports: [OwedReport], incident: Int64) throws {
    for report in reports {
      try run(
        IncidentTable.upsertDuty, incident, report.code, report.recipient, report.label.chinese, report.label.english,
        report.source, report.dueAt)
    }
  }
}

struct IncidentReported: CodedPayload {
  static let kind = EntryKind.incidentReported
  struct Personal: Codable, Sendable {
    var place: String
    var text: String
    var happenedAt: Instant
    var reporter: String
    var commander: ID
    var commanderName: String
    var participants: [Int64]
    var owed: [OwedReport]
    /// Activations that run already for the same people and now belong to this incident.
    var activations: [Int64]
  }
  let openPart: Open.Incident
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(
      IncidentTable.insert, entry.sequence, entry.subject, entry.batch, openPart.kind, openPart.harm, openPart.grade,
      part.place, part.text, part.happenedAt, entry.occurredAt, part.reporter, part.commander, part.commanderName)
    for participant in part.participants {
      try tables.run(IncidentTable.insertParticipant, entry.sequence, participant)
    }
    for activation in part.activations { try tables.run(ActivationTable.link, entry.sequence, activation) }
    try tables.owe(part.owed, incident: entry.sequence)
    try tables.watchDuties(of: entry.sequence, batch: entry.batch)
  }
}

struct IncidentNoted: CodedPayload {
  static let kind = EntryKind.incidentNoted
  struct Personal: Codable, Sendable {
    var incident: Int64
    var kind: IncidentNoteKind
    var text: String
    var authority: String
    /// Of a report: the code of whom it went to.
    var recipient: String?
    var person: String
    /// Of a regrading: every report owed from now on, and those no longer owed.
    var owed: [OwedReport]?
    var dropped: [OwedReport]?
  }
  let openPart: Open.IncidentNoted
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(
      IncidentTable.insertNote, entry.sequence, part.incident, part.kind.rawValue, part.text, part.authority,
      openPart.report, entry.occurredAt, entry.recordedAt, part.person, openPart.harm, openPart.grade)
    if openPart.harm != nil || openPart.grade != nil {
      try tables.run(IncidentTable.regrade, openPart.harm, openPart.grade, part.incident)
    }
    for duty in part.dropped ?? [] {
      try tables.run(IncidentTable.dropDuty, part.incident, duty.code, duty.recipient)
    }
    try tables.owe(part.owed ?? [], incident: part.incident)
    if let recipient = part.recipient {
      try tables.run(IncidentTable.meetDuty, entry.occurredAt, part.person, part.incident, recipient)
    }
    try tables.watchDuties(of: part.incident, batch: entry.batch)
  }
}

/// The limit of one or several reports has passed.
struct IncidentReportOverdue: CodedPayload {
  static let kind = EntryKind.incidentReportOverdue
  struct Personal: Codable, Sendable { var incident: Int64 }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(IncidentTable.passDuties, personalPart.incident, entry.occurredAt)
    try tables.watchDuties(of: personalPart.incident, batch: entry.batch)
  }
}

/// Command was offered to a person, or that person accepted it.
struct IncidentHandedOver: CodedPayload {
  static let kind = EntryKind.incidentHandedOver
  struct Personal: Codable, Sendable {
    var incident: Int64
    var to: ID
    var name: String
    var accepted: Bool
    var person: String
    var text: String
  }
  let openPart: Open.Movement
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(
      part.accepted ? IncidentTable.command : IncidentTable.offer, part.to, part.name, part.incident)
    try tables.run(
      IncidentTable.insertNote, entry.sequence, part.incident, IncidentNoteKind.command.rawValue, part.text, part.name,
      String?.none, entry.occurredAt, entry.recordedAt, part.person, String?.none, String?.none)
  }
}

struct IncidentClosed: CodedPayload {
  static let kind = EntryKind.incidentClosed
  struct Personal: Codable, Sendable {
    var incident: Int64
    var conclusion: String
    var person: String
  }
  let openPart: Open.Incident
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      IncidentTable.close, entry.occurredAt, personalPart.person, personalPart.conclusion, personalPart.incident)
  }
}

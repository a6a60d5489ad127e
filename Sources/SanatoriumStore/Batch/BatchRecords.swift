internal import Evidence
internal import Sanatorium

struct BatchPlanned: CodedPayload {
  static let kind = EntryKind.batchPlanned
  struct Personal: Codable, Sendable {
    var organizer: String
    var host: String
    var venue: String
  }
  let openPart: Open.BatchPlanned
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      BatchTable.insert, entry.batch, entry.subject, openPart.number, openPart.regulation, personalPart.organizer,
      personalPart.host, personalPart.venue, openPart.firstDay, openPart.lastDay, openPart.planned, entry.sequence)
  }
}

struct BatchChanged: CodedPayload {
  static let kind = EntryKind.batchChanged
  let openPart: Open.BatchPlanned
  let personalPart: BatchPlanned.Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      BatchTable.change, openPart.number, openPart.regulation, personalPart.organizer, personalPart.host,
      personalPart.venue, openPart.firstDay, openPart.lastDay, openPart.planned, entry.batch)
  }
}

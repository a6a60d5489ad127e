internal import Evidence
internal import Sanatorium

struct ScanAttached: CodedPayload {
  static let kind = EntryKind.scanAttached
  struct Personal: Codable, Sendable {
    /// 0 for a fact of the batch.
    var participant: Int64
    var digest: String
    var size: Int
    var name: String
  }
  let openPart: Open.Scan
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let file = personalPart
    try tables.run(
      ScanTable.insert, entry.sequence, entry.subject, entry.batch, file.participant, openPart.key, file.digest, openPart.type,
      file.size, file.name, entry.recordedAt, entry.actor)
  }
}

struct ScanRemoved: CodedPayload {
  static let kind = EntryKind.scanRemoved
  struct Personal: Codable, Sendable { var reason: String }
  let openPart: Open.Scan
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(ScanTable.remove, entry.recordedAt, entry.actor, personalPart.reason, entry.subject)
  }
}

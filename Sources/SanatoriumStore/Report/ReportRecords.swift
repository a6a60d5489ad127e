internal import Evidence
internal import Sanatorium

struct ReportIssued: CodedPayload {
  static let kind = EntryKind.reportIssued
  struct Personal: Codable, Sendable { var issuedBy: String }
  let openPart: Open.ReportIssued
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      ReportTable.insert, entry.sequence, entry.id, entry.batch, openPart.revision, openPart.digest, entry.recordedAt,
      personalPart.issuedBy, entry.recordedAt)
    try tables.run(BatchTable.report, entry.recordedAt, entry.batch)
  }
}

/// One try to deliver that brought no receipt.
struct DeliveryAttempted: CodedPayload {
  static let kind = EntryKind.deliveryAttempted
  struct Personal: Codable, Sendable {
    var report: Int64
    var error: String
    /// Nil stops it until a person tries again.
    var nextAt: Instant?
  }
  let openPart: Open.Delivery
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      ReportTable.attempted, entry.recordedAt, openPart.status, personalPart.error, personalPart.nextAt,
      personalPart.report)
  }
}

/// The organizer's signed answer.
struct ReceiptReceived: CodedPayload {
  static let kind = EntryKind.receiptReceived
  struct Personal: Codable, Sendable {
    var report: Int64
    var receipt: String
  }
  let openPart: Open.Delivery
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let isAccepted = openPart.outcome == "accepted"
    try tables.run(
      ReportTable.receipted, isAccepted ? "accepted" : "refused", personalPart.receipt, entry.recordedAt,
      personalPart.report)
    if isAccepted { try tables.run(BatchTable.acknowledge, entry.recordedAt, entry.batch, personalPart.report) }
  }
}

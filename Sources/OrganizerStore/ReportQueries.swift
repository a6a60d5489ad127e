public import Evidence
internal import Foundation
internal import GRDB
public import Sanatorium

/// A report that was taken, without its evidence.
public struct StoredReport: Sendable, Hashable {
  public let id: ID
  public let digest: Digest
  public let facility: ID
  /// As enrolled.
  public let facilityName: String
  public let report: CompletionReport
  public let receivedAt: Instant
  /// `webhook`, `file`
  public let channel: String
  /// The first and the last sequence of its evidence.
  public let sequences: ClosedRange<Int64>
  public let entries: Int
  /// How many figures were counted again.
  public let figures: Int
  /// No later revision was taken.
  public let isLatest: Bool
  public let receipt: SignedReceipt

  init(_ row: GRDB.Row) throws {
    id = try row.id("id")
    guard let digest = Digest(bytes: row.bytes("digest")) else { throw CorruptValue(column: "digest") }
    self.digest = digest
    facility = try row.id("facility")
    facilityName = row["facility_name"]
    report = try JSON.parse(Array((row["report"] as String).utf8)).decode(CompletionReport.self)
    receivedAt = row.instant("received_at")
    channel = row["channel"]
    sequences = (row["first_sequence"] as Int64)...(row["last_sequence"] as Int64)
    entries = row["entries"]
    figures = row["figures"]
    isLatest = row["is_latest"]
    receipt = try SignedReceipt(stored: row.bytes("receipt"))
  }
}

/// A delivery that was not taken.
public struct StoredRejection: Sendable, Hashable {
  public let id: Int64
  public let at: Instant
  public let channel: String
  public let remote: String
  /// Nil when nobody knows who sent it.
  public let facilityName: String?
  public let size: Int
  public let faults: [Fault]

  init(_ row: GRDB.Row) throws {
    id = row["id"]
    at = row.instant("at")
    channel = row["channel"]
    remote = row["remote"]
    facilityName = row["facility_name"]
    size = row["size"]
    faults = (try JSON.parse(Array((row["faults"] as String).utf8)).array ?? []).map { fault in
      Fault(
        fault["field"]?.string ?? "", fault["code"]?.string ?? "",
        Text(fault["zh"]?.string ?? "", fault["en"]?.string ?? ""))
    }
  }
}

extension OrganizerStore {
  private static let selection = """
    SELECT r.id, r.digest, r.facility, f.name AS facility_name, r.report, r.received_at, r.channel, r.first_sequence,
      r.last_sequence, r.entries, r.figures, r.is_latest, r.receipt
    FROM report r JOIN facility f ON f.id = r.facility
    """

  /// The newest first.
  ///
  /// - Parameters:
  ///   - facility: of this one alone.
  ///   - latestOnly: without revisions that a later one replaced.
  ///   - before: only those received before; the cursor of the next page.
  public func reports(
    of facility: ID? = nil, latestOnly: Bool = false, before: Instant? = nil, limit: Int = 50
  ) throws -> [StoredReport] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          \(Self.selection)
          WHERE (?1 IS NULL OR r.facility = ?1) AND (?2 = 0 OR r.is_latest = 1) AND r.received_at < ?3
          ORDER BY r.received_at DESC, r.id LIMIT ?4
          """,
        arguments: [facility?.data, latestOnly ? 1 : 0, before?.milliseconds ?? Int64.max, limit]
      ).map(StoredReport.init)
    }
  }

  /// - Throws: `Refusal.notFound`
  public func report(_ id: ID) throws -> StoredReport {
    let row = try read { database in
      try Row.fetchOne(database, sql: "\(Self.selection) WHERE r.id = ?", arguments: [id.data]).map(StoredReport.init)
    }
    guard let row else { throw Self.noSuchReport }
    return row
  }

  private static var noSuchReport: Refusal { .notFound(Text("没有这份报告。", "There is no such report.")) }

  /// Every revision of one batch, the first first.
  public func revisions(facility: ID, batch: ID) throws -> [StoredReport] {
    try read { database in
      try Row.fetchAll(
        database, sql: "\(Self.selection) WHERE r.facility = ? AND r.batch = ? ORDER BY r.revision",
        arguments: [facility.data, batch.data]
      ).map(StoredReport.init)
    }
  }

  /// The bytes as they came.
  ///
  /// - Throws: `Refusal.notFound`
  public func document(_ id: ID) throws -> [UInt8] {
    let bytes = try read { database in
      try Data.fetchOne(database, sql: "SELECT bytes FROM document WHERE report = ?", arguments: [id.data])
    }
    guard let bytes else { throw Self.noSuchReport }
    return Array(bytes)
  }

  /// Checks a kept report once more from its bytes: signature, chain and every figure.
  ///
  /// - Returns: every figure beside its recount.
  /// - Throws: `Refusal.invalid` when the file was changed since.
  public func recheck(_ id: ID) throws -> [FigureLine] {
    let stored = try report(id)
    let facility = try facility(stored.facility)
    return try UnverifiedReport(try document(id)).verified(by: facility.publicKey).comparison()
  }

  /// The newest first.
  public func rejections(before: Int64? = nil, limit: Int = 50) throws -> [StoredRejection] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT j.*, f.name AS facility_name FROM rejection j LEFT JOIN facility f ON f.id = j.facility
          WHERE j.id < ? ORDER BY j.id DESC LIMIT ?
          """, arguments: [before ?? Int64.max, limit]
      ).map(StoredRejection.init)
    }
  }

  /// Counts for monitoring.
  public func counts() throws -> (facilities: Int, reports: Int, rejections: Int) {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT (SELECT count(*) FROM facility WHERE removed_at IS NULL), (SELECT count(*) FROM report),
            (SELECT coalesce(max(id), 0) FROM rejection)
          """)
      return (row?[0] ?? 0, row?[1] ?? 0, row?[2] ?? 0)
    }
  }
}

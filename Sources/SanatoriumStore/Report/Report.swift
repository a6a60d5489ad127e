internal import Evidence
public import Sanatorium

/// 完成情况报告: one frozen, numbered, signed revision and what became of it.
public struct Report: Sendable, Hashable {
  public enum Delivery: String, Sendable, CaseIterable {
    /// In the outbox, tried again and again.
    case waiting
    case accepted
    /// The organizer's receipt names what is wrong.
    case refused
    /// Stopped until a person tries again by hand.
    case stopped

    public var name: Text {
      switch self {
      case .waiting: Text("等待送达", "Waiting for delivery")
      case .accepted: Text("已签收", "Accepted")
      case .refused: Text("被退回", "Refused")
      case .stopped: Text("已停止，等人重发", "Stopped until sent again by hand")
      }
    }
  }

  let key: Int64
  public let id: ID
  let batch: Int64
  public let revision: Int
  /// SHA-256 of the signed bytes, hexadecimal.
  public let digest: String
  public let issuedAt: Instant
  public let issuedBy: String
  public let delivery: Delivery
  public let attempts: Int
  public let nextAt: Instant?
  public let lastAt: Instant?
  public let lastStatus: Int?
  public let lastError: String?
  /// The organizer's signed receipt as it came.
  public let receipt: String?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    revision = row.int(3)
    digest = row.text(4)
    issuedAt = row.instant(5)
    issuedBy = row.text(6)
    delivery = try row.code(7)
    attempts = row.int(8)
    nextAt = row.optionalInstant(9)
    lastAt = row.optionalInstant(10)
    lastStatus = row.optionalInt(11)
    lastError = row.optionalText(12)
    receipt = row.optionalText(13)
  }
}

extension Connection {
  func report(_ id: ID) throws -> Report {
    guard let report = try first(ReportTable.byID, id, read: Report.init) else {
      throw Refusal.notFound(Text("没有这份报告。", "There is no such report."))
    }
    return report
  }
}

extension Reader {
  public func report(_ id: ID) throws -> Report { try tables.report(id) }

  /// Newest revision first.
  public func reports(of batch: Batch) throws -> [Report] {
    try tables.all(ReportTable.ofBatch, batch.key, read: Report.init)
  }

  public func batch(of report: Report) throws -> Batch { try tables.batch(key: report.batch) }

  /// The next report whose time to be tried has come.
  public func waitingReport(at now: Instant) throws -> Report? {
    try tables.first(ReportTable.waiting, now, read: Report.init)
  }

  /// The signed bytes, exactly as issued. Throws `CorruptRow` when they no longer have their digest.
  public func bytes(of report: Report) throws -> [UInt8] {
    guard let bytes = try tables.first(ReportFile.bytes, report.digest, read: { $0.bytes(0) }),
      Digest.of(bytes).description == report.digest
    else { throw CorruptRow(column: 1, value: "report \(report.digest)") }
    return bytes
  }
}

extension Store {
  /// The newest report with its signed bytes, read from a file that another process may have open: of one batch, or of
  /// all. Nil when there is none.
  public static func newestReport(path: String, batch: ID?) throws -> (report: Report, bytes: [UInt8])? {
    try readOnly(path) { tables in
      let reader = Reader(tables: tables, time: .china)
      let newest: Report?
      if let batch {
        newest = try reader.reports(of: reader.batch(batch)).first
      } else {
        newest = try tables.first(ReportTable.newest, read: Report.init)
      }
      return try newest.map { ($0, try reader.bytes(of: $0)) }
    }
  }
}

public import Sanatorium

/// 批次: planned → open → closed → reported → acknowledged.
public enum BatchState: String, Sendable, Codable, CaseIterable {
  case planned, open, closed, reported, acknowledged

  public var name: Text {
    switch self {
    case .planned: Text("筹备中", "Planned")
    case .open: Text("进行中", "Open")
    case .closed: Text("已结束", "Closed")
    case .reported: Text("已报送", "Reported")
    case .acknowledged: Text("已签收", "Acknowledged")
    }
  }
}

/// A batch of participants and their stay, as it stands.
public struct Batch: Sendable, Hashable {
  /// The surrogate by which tables know it.
  let key: Int64
  public let id: ID
  /// The organizer's number, `2026年第3批`.
  public let number: String
  /// The regulation pack's id; frozen at opening.
  public let regulation: String
  public let organizer: String
  public let host: String
  public let venue: String
  public let firstDay: Day
  public let lastDay: Day
  /// How many the organizer plans to send.
  public let planned: Int
  public let state: BatchState
  let firstEntry: Int64
  public let openedAt: Instant?
  public let closedAt: Instant?
  public let reportedAt: Instant?
  public let acknowledgedAt: Instant?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    number = row.text(2)
    regulation = row.text(3)
    organizer = row.text(4)
    host = row.text(5)
    venue = row.text(6)
    firstDay = row.day(7)
    lastDay = row.day(8)
    planned = row.int(9)
    state = try row.code(10)
    firstEntry = row.int64(11)
    openedAt = row.optionalInstant(12)
    closedAt = row.optionalInstant(13)
    reportedAt = row.optionalInstant(14)
    acknowledgedAt = row.optionalInstant(15)
  }

  /// Both travel days count (reading Q9).
  public var days: Int { lastDay - firstDay + 1 }
}

/// What is needed to plan a batch.
public struct BatchDraft: Sendable, Hashable {
  public var number: String
  public var regulation: String
  public var organizer: String
  public var host: String
  public var venue: String
  public var firstDay: Day
  public var lastDay: Day
  public var planned: Int

  public init(
    number: String, regulation: String, organizer: String, host: String, venue: String, firstDay: Day, lastDay: Day,
    planned: Int
  ) {
    self.number = number
    self.regulation = regulation
    self.organizer = organizer
    self.host = host
    self.venue = venue
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.planned = planned
  }
}

extension Connection {
  func batch(_ id: ID) throws -> Batch {
    guard let batch = try first(BatchTable.byID, id, read: Batch.init) else {
      throw Refusal.notFound(Text("没有这一批。", "There is no such batch."))
    }
    return batch
  }

  func batch(key: Int64) throws -> Batch {
    guard let batch = try first(BatchTable.byKey, key, read: Batch.init) else {
      throw CorruptRow(column: 0, value: "batch \(key)")
    }
    return batch
  }

  /// The facts of a batch (participant 0) or of one participant.
  func facts(batch: Int64, participant: Int64 = 0) throws -> Facts {
    var facts = Facts()
    for (key, fact) in try all(
      BatchTable.facts, batch, participant,
      read: { row in
        (
          FactKey(row.text(0)),
          RecordedFact(
            value: row.optionalText(1), number: row.optionalText(2), date: row.optionalDay(3),
            until: row.optionalDay(4),
            person: row.optionalText(5), paper: row.optionalText(6))
        )
      })
    { facts[key] = fact }
    return facts
  }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func batch(_ id: ID) throws -> Batch { try tables.batch(id) }

  /// The one open batch, or nil.
  public func activeBatch() throws -> Batch? { try tables.first(BatchTable.active, read: Batch.init) }

  /// Newest first; `before` is the last batch of the previous page.
  public func batches(before: Batch? = nil, limit: Int = 50) throws -> [Batch] {
    try tables.all(BatchTable.page, before?.key ?? Int64.max, limit, read: Batch.init)
  }

  public func facts(of batch: Batch) throws -> Facts { try tables.facts(batch: batch.key) }
}

public import Sanatorium

/// Why a rule stopped holding; the organizer is shown it.
public enum NonconformityCause: String, Sendable, Codable, CaseIterable {
  case medical, staffing, stay, document, other

  public var name: Text {
    switch self {
    case .medical: Text("因病", "Medical")
    case .staffing: Text("人员配备", "Staffing")
    case .stay: Text("疗养时间", "Length of stay")
    case .document: Text("材料", "Documents")
    case .other: Text("其他", "Other")
    }
  }
}

/// One breach of a rule between gates. Closing the batch asks that each be explained, not that there be none.
public struct Nonconformity: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let rule: String
  /// 0 when it concerns no single person, `house` for those left in the house.
  let participant: Int64
  /// The participant, the batch, or the outing that has too few escorts.
  public let subject: ID
  public let cause: NonconformityCause
  public let article: String
  /// The clause's own words.
  public let quote: String
  /// What was found when it began.
  public let message: Text
  public let openedAt: Instant
  /// When the rule held again; nil while it doesn't.
  public let closedAt: Instant?
  public let explanation: String?
  public let explainedBy: String?
  public let explainedAt: Instant?

  /// In the place of a participant: the house that outings leave behind.
  static let house: Int64 = -1

  public var isOpen: Bool { closedAt == nil }
  /// Whether it is about the house that outings leave behind, and not the whole batch.
  public var isOfHouse: Bool { participant == Nonconformity.house }

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    rule = row.text(3)
    participant = row.int64(4)
    subject = row.id(5)
    cause = try row.code(6)
    article = row.text(7)
    quote = row.text(8)
    message = Text(row.text(9), row.text(10))
    openedAt = row.instant(11)
    closedAt = row.optionalInstant(12)
    explanation = row.optionalText(13)
    explainedBy = row.optionalText(14)
    explainedAt = row.optionalInstant(15)
  }
}

extension Connection {
  func nonconformity(_ id: ID) throws -> Nonconformity {
    guard let found = try first(NonconformityTable.byID, id, read: Nonconformity.init) else {
      throw Refusal.notFound(Text("没有这个不符合项。", "There is no such nonconformity."))
    }
    return found
  }

  func nonconformities(of batch: Int64) throws -> [Nonconformity] {
    try all(NonconformityTable.ofBatch, batch, read: Nonconformity.init)
  }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func nonconformity(_ id: ID) throws -> Nonconformity { try tables.nonconformity(id) }

  /// All of a batch, open and closed, in the order of their beginnings.
  public func nonconformities(of batch: Batch) throws -> [Nonconformity] {
    try tables.nonconformities(of: batch.key)
  }
}

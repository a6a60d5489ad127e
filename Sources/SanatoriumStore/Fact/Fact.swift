public import Sanatorium

/// Whose a fact or a departure from a rule is.
public enum FactOwner: Sendable, Hashable {
  case batch(ID)
  case participant(ID)

  public var scope: FactDefinition.Scope {
    switch self {
    case .batch: .batch
    case .participant: .participant
    }
  }
}

/// One recording of a fact; a later one takes its place, the earlier stays readable.
public struct FactEntry: Sendable, Hashable {
  public let key: FactKey
  public let fact: RecordedFact
  public let recordedAt: Instant
  /// The account that recorded it.
  public let actor: ID

  init(_ row: Row) {
    key = FactKey(row.text(0))
    fact = RecordedFact(
      value: row.optionalText(1), number: row.optionalText(2), date: row.optionalDay(3), until: row.optionalDay(4),
      person: row.optionalText(5), paper: row.optionalText(6))
    recordedAt = row.instant(7)
    actor = row.id(8)
  }
}

/// The rows behind an owner.
struct FactSubject {
  let batch: Batch
  let participant: Participant?

  var id: ID { participant?.id ?? batch.id }
  var key: Int64 { participant?.key ?? 0 }
}

private enum FactSQL {
  static let columns = "key, value, number, date, until, person, paper, recorded_at, actor"
  static let current = SQL("SELECT \(columns) FROM fact WHERE batch = ? AND participant = ? ORDER BY key")
  static let history = SQL(
    "SELECT \(columns) FROM fact_history WHERE batch = ? AND participant = ? AND key = ? ORDER BY entry DESC")
  static let ofEverybody = SQL(
    "SELECT \(columns), participant FROM fact WHERE batch = ? ORDER BY participant, key")
}

extension Connection {
  func subject(of owner: FactOwner) throws -> FactSubject {
    switch owner {
    case .batch(let id): return FactSubject(batch: try batch(id), participant: nil)
    case .participant(let id):
      let participant = try participant(id)
      return FactSubject(batch: try batch(key: participant.batch), participant: participant)
    }
  }

  /// The facts of a batch (under 0) and of each of its participants.
  func factsOfEverybody(batch: Int64) throws -> [Int64: Facts] {
    var facts: [Int64: Facts] = [:]
    for (participant, entry) in try all(FactSQL.ofEverybody, batch, read: { ($0.int64(9), FactEntry($0)) }) {
      facts[participant, default: Facts()][entry.key] = entry.fact
    }
    return facts
  }
}

extension Reader {
  /// What is recorded now, by key, with when and by whom.
  public func factEntries(of owner: FactOwner) throws -> [FactEntry] {
    let subject = try tables.subject(of: owner)
    return try tables.all(FactSQL.current, subject.batch.key, subject.key, read: FactEntry.init)
  }

  /// Every recording of one fact, the newest first.
  public func factHistory(_ key: FactKey, of owner: FactOwner) throws -> [FactEntry] {
    let subject = try tables.subject(of: owner)
    return try tables.all(FactSQL.history, subject.batch.key, subject.key, key.rawValue, read: FactEntry.init)
  }
}

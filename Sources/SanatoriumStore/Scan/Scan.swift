public import Sanatorium

/// A scanned paper of a fact.
public struct Scan: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  let participant: Int64
  /// The fact it belongs to.
  public let fact: FactKey
  /// SHA-256 of its bytes, hexadecimal.
  public let digest: String
  public let type: ScanType
  /// Bytes.
  public let size: Int
  /// What the sender's file was called, without folders; for people to read, never a path.
  public let name: String
  public let attachedAt: Instant
  /// The account that attached it.
  public let attachedBy: ID
  /// When it was taken off; nil while it belongs to the fact.
  public let removedAt: Instant?
  public let removedBy: ID?
  public let removedReason: String?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    participant = row.int64(3)
    fact = FactKey(row.text(4))
    digest = row.text(5)
    type = try row.code(6)
    size = row.int(7)
    name = row.text(8)
    attachedAt = row.instant(9)
    attachedBy = row.id(10)
    removedAt = row.optionalInstant(11)
    removedBy = row.optionalID(12)
    removedReason = row.optionalText(13)
  }
}

extension FactDefinition {
  /// Whether somebody may see what is recorded of it, and its scans: of a person's health only who may read that.
  public func isOpen(to actor: Actor) -> Bool { !(isHealth && scope == .participant) || actor.mayReadHealth }
}

extension Connection {
  /// The scan of that fact, also one that was taken off.
  func scan(_ id: ID, of key: FactKey, _ subject: FactSubject) throws -> Scan {
    guard let scan = try first(ScanTable.byID, id, read: Scan.init), scan.batch == subject.batch.key,
      scan.participant == subject.key, scan.fact == key
    else { throw Refusal.notFound(Text("这里没有这份扫描件。", "There is no such scan here.")) }
    return scan
  }

  func scans(of key: FactKey, _ subject: FactSubject) throws -> [Scan] {
    try all(ScanTable.ofFact, subject.batch.key, subject.key, key.rawValue, read: Scan.init)
  }
}

extension Reader {
  /// The scans of a fact in the order in which they were attached, those taken off among them.
  public func scans(of key: FactKey, _ owner: FactOwner) throws -> [Scan] {
    try tables.scans(of: key, tables.subject(of: owner))
  }

  /// How many scans each fact of an owner has; facts without any are absent.
  public func scanCounts(of owner: FactOwner) throws -> [FactKey: Int] {
    let subject = try tables.subject(of: owner)
    let rows = try tables.all(ScanTable.counts, subject.batch.key, subject.key) { (FactKey($0.text(0)), $0.int(1)) }
    return Dictionary(rows, uniquingKeysWith: +)
  }

  /// A scan with its bytes. One that was taken off is not shown any more.
  ///
  /// - Throws: `Refusal.notFound` where this fact has no such scan.
  public func scanFile(_ id: ID, of key: FactKey, _ owner: FactOwner) throws -> (scan: Scan, bytes: [UInt8]) {
    let scan = try tables.scan(id, of: key, tables.subject(of: owner))
    guard scan.removedAt == nil else {
      throw Refusal.notFound(Text("这份扫描件已经去掉了。", "This scan was taken off."))
    }
    guard let bytes = try tables.first(ScanFile.bytes, scan.digest, read: { $0.bytes(0) }) else {
      throw CorruptRow(column: 5, value: scan.digest)
    }
    return (scan, bytes)
  }
}

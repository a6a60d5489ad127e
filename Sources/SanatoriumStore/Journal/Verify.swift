internal import Evidence
internal import Foundation
internal import GRDB
internal import Sanatorium

/// What `verify` found. Nothing but an empty `faults` is good.
public struct Verification: Sendable {
  /// Entries read.
  public let entries: Int
  /// The chain's value after the last entry, hexadecimal.
  public let chain: String
  /// Rows compared in all tables.
  public let rows: Int
  /// Each difference in one sentence, at most a hundred.
  public let faults: [String]
  public var isIntact: Bool { faults.isEmpty }
}

extension Store {
  /// Checks the chain over every entry, rebuilds every table from the journal into a scratch database and compares row by
  /// row. Reads one consistent picture; writing goes on meanwhile. The scratch file needs about as much room as the file.
  public func verify() throws -> Verification { try Store.verify(reading: path) }

  static func verify(reading path: String) throws -> Verification {
    try readOnly(path) { source in
      var rebuild = try Rebuild()
      let outcome = Result {
        try rebuild.replay(source)
        try rebuild.compare(with: source)
        try rebuild.checkReports(source)
        try rebuild.checkScans(source)
      }
      try rebuild.discard()
      try outcome.get()
      return rebuild.verification
    }
  }
}

/// The chain's check and the scratch database.
private struct Rebuild {
  private let folder: URL
  private let queue: DatabaseQueue
  private var faults: [String] = []
  private var entries = 0
  private var rows = 0
  private var chain = Digest.zero

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("verify-\(ID.random())")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    queue = try DatabaseQueue(path: folder.appendingPathComponent("tables.sqlite").path)
    try queue.inDatabase { database in
      // A scratch file is thrown away after: it need not survive anything.
      try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
      for projection in Schema.projections { try database.execute(sql: projection.ddl) }
    }
  }

  /// The scratch file goes whatever was found; a folder that can't be removed is a fault of the machine.
  func discard() throws { try FileManager.default.removeItem(at: folder) }

  var verification: Verification {
    Verification(entries: entries, chain: chain.description, rows: rows, faults: faults)
  }

  private mutating func fault(_ sentence: String) { if faults.count < 100 { faults.append(sentence) } }

  private static let page = SQL(
    """
    SELECT seq, id, batch, kind, subject, actor, device, occurred_at, recorded_at, open_digest, personal_digest, chain,
      open_salt, open_body, personal_salt, personal_body
    FROM journal WHERE seq > ? ORDER BY seq LIMIT 1000
    """)

  mutating func replay(_ source: Connection) throws {
    var batchIDs: [Int64: ID] = [0: .none]
    var last: Int64 = 0
    while true {
      let page = try source.all(Rebuild.page, last) { try JournalRow($0) }
      guard let final = page.last else { return }
      try apply(page, &batchIDs)
      last = final.sequence
    }
  }

  private mutating func apply(_ page: [JournalRow], _ batchIDs: inout [Int64: ID]) throws {
    var found: [String] = []
    var chain = chain
    var expected = Int64(entries)
    try queue.inDatabase { database in
      let tables = try Connection(database)
      try database.execute(sql: "BEGIN")
      for row in page {
        expected += 1
        if row.sequence != expected {
          found.append("entry \(expected) is missing")
          expected = row.sequence
        }
        guard let kind = EntryKind(rawValue: UInt64(row.kind)) else {
          found.append("entry \(row.sequence): unknown kind \(row.kind)")
          continue
        }
        if kind == .batchPlanned { batchIDs[row.batch] = row.subject }
        let batchID = batchIDs[row.batch] ?? .none
        chain = row.header(kind: kind, batch: batchID).chained(to: chain)
        found += row.faults(chain: chain)
        // What follows a broken link is compared with the link as stored, so that one change is reported once.
        chain = row.chain
        found += replay(row, kind, batchID, tables)
      }
      try database.execute(sql: "COMMIT")
    }
    self.chain = chain
    entries += page.count
    for sentence in found { fault(sentence) }
  }

  private func replay(_ row: JournalRow, _ kind: EntryKind, _ batchID: ID, _ tables: Connection) -> [String] {
    guard let personal = row.personal else { return [] }
    guard let type = PayloadRegistry.byKind[kind] else { return ["entry \(row.sequence): \(kind) can't be read back"] }
    do {
      let payload = try type.init(open: JSON.parse(row.open.body), personal: JSON.parse(personal.body))
      try payload.apply(row.applied(batch: batchID), to: tables)
      return []
    } catch {
      return ["entry \(row.sequence): \(kind) could not be applied: \(error)"]
    }
  }

  /// Rows of one side that the other lacks, table by table.
  mutating func compare(with source: Connection) throws {
    for projection in Schema.projections {
      for table in projection.tables {
        let live = try rowTexts(table, source.database)
        let rebuilt = try queue.inDatabase { try rowTexts(table, $0) }
        rows += live.count
        for row in live.subtracting(rebuilt).sorted().prefix(10) {
          fault("\(table): this row does not follow from the journal: \(Rebuild.name(of: row))")
        }
        for row in rebuilt.subtracting(live).sorted().prefix(10) {
          fault("\(table): this row follows from the journal and is missing: \(Rebuild.name(of: row))")
        }
      }
    }
  }

  /// Every issued report's bytes are there and have their digest.
  mutating func checkReports(_ source: Connection) throws {
    for (digest, bytes) in try source.all(ReportFile.issued, read: { ($0.text(0), $0.isNull(1) ? nil : $0.bytes(1)) }) {
      if bytes.map({ Digest.of($0).description }) != digest { fault("report \(digest): its bytes are missing or changed") }
    }
  }

  /// Every attached scan's bytes are there and have their digest, one file in memory at a time; and no bytes lie there that
  /// no entry tells of.
  mutating func checkScans(_ source: Connection) throws {
    let wrong = try source.all(ScanFile.attached) { row -> String? in
      let digest = row.text(0)
      if row.isNull(2) { return digest }
      let bytes = row.bytes(2)
      return bytes.count == row.int(1) && Digest.of(bytes).description == digest ? nil : digest
    }
    for digest in wrong.compactMap(\.self) { fault("scan \(digest): its bytes are missing or changed") }
    for digest in try source.all(ScanFile.strays, read: { $0.text(0) }) { fault("scan \(digest): its bytes follow from no entry") }
  }

  /// A row by its first column alone: the rest may be somebody's health.
  private static func name(of row: String) -> String { String(row.prefix { $0 != "," }) }

  private func rowTexts(_ table: String, _ database: Database) throws -> Set<String> {
    // A migrated file has a later column at the end, a new one in its place; the key is the first in both.
    let names = try database.columns(in: table).map(\.name)
    let columns = (names.prefix(1) + names.dropFirst().sorted()).map { "quote(\($0))" }.joined(separator: " || ', ' || ")
    return try Set(String.fetchAll(database, sql: "SELECT \(columns) FROM \(table)"))
  }
}

/// One entry as it is stored.
private struct JournalRow {
  let sequence: Int64
  let id: ID
  let batch: Int64
  let kind: Int64
  let subject: ID
  let actor: ID
  let device: ID
  let occurredAt: Instant
  let recordedAt: Instant
  let openDigest: Digest
  let personalDigest: Digest
  let chain: Digest
  let open: SealedPayload
  /// Nil after the deletion that the law asks for.
  let personal: SealedPayload?

  init(_ row: Row) throws {
    sequence = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    kind = row.int64(3)
    subject = row.id(4)
    actor = row.id(5)
    device = row.id(6)
    occurredAt = row.instant(7)
    recordedAt = row.instant(8)
    openDigest = try row.digest(9)
    personalDigest = try row.digest(10)
    chain = try row.digest(11)
    open = SealedPayload(salt: row.bytes(12), body: row.bytes(13))
    personal = row.isNull(15) ? nil : SealedPayload(salt: row.bytes(14), body: row.bytes(15))
  }

  func header(kind: EntryKind, batch: ID) -> EntryHeader {
    EntryHeader(
      sequence: sequence, id: id, batch: batch, kind: kind, subject: subject, actor: actor, device: device,
      occurredAt: occurredAt, recordedAt: recordedAt, openDigest: openDigest, privateDigest: personalDigest)
  }

  func applied(batch batchID: ID) -> AppliedEntry {
    AppliedEntry(
      sequence: sequence, id: id, batch: batch, batchID: batchID, subject: subject, actor: actor, device: device,
      occurredAt: occurredAt, recordedAt: recordedAt)
  }

  func faults(chain expected: Digest) -> [String] {
    var faults: [String] = []
    if expected != chain { faults.append("entry \(sequence): the chain is broken") }
    if open.digest != openDigest { faults.append("entry \(sequence): the open payload was changed") }
    if let personal, personal.digest != personalDigest {
      faults.append("entry \(sequence): the personal payload was changed")
    }
    return faults
  }
}

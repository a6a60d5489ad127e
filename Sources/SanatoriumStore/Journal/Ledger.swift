public import Evidence
public import Sanatorium

/// The journal and its tables on the writer's connection. Every method that records is one event on site with all its
/// consequences; it runs inside the writer's current transaction and either happens wholly or not.
public final class Ledger {
  let tables: Connection
  /// The facility's local time; days and rounds go by it.
  public let time: LocalTime
  /// The server's time for everything recorded in this item.
  public internal(set) var now = Instant(milliseconds: 0)
  private(set) var sequence: Int64 = 0
  private(set) var chain = Digest.zero
  private var batchIDs: [Int64: ID] = [0: .none]
  /// Frozen packs by batch, decoded once.
  var frozen: [Int64: FrozenPacks] = [:]
  var baselines = Baselines()
  /// Deadlines that failed and wait for another try.
  var stuck: [Deadline.Key: StuckDeadline] = [:]
  /// What the clock could not do, for the log.
  var clockFaults: [String] = []

  init(_ tables: Connection, time: LocalTime) throws {
    self.tables = tables
    self.time = time
    if let last = try tables.first(JournalSchema.last, read: { ($0.int64(0), try $0.digest(1)) }) {
      (sequence, chain) = last
    }
  }

  /// The state that lives in memory beside the file, to be put back when something is rolled back.
  struct Mark {
    let sequence: Int64
    let chain: Digest
    fileprivate let stuck: [Deadline.Key: StuckDeadline]
    fileprivate let clockFaults: [String]
  }

  var mark: Mark { Mark(sequence: sequence, chain: chain, stuck: stuck, clockFaults: clockFaults) }

  func restore(_ mark: Mark) {
    sequence = mark.sequence
    chain = mark.chain
    stuck = mark.stuck
    clockFaults = mark.clockFaults
    frozen.removeAll()
    batchIDs = [0: .none]
    // What was undone may have moved a deadline away.
    tables.nextDue = .distantPast
  }

  /// Appends an entry and applies it to the tables. Throws `KeyUsed` when the batch has an entry of that id; nothing is
  /// changed then.
  @discardableResult
  func record<P: Payload>(_ payload: P, _ draft: EntryDraft) throws -> AppliedEntry {
    let open = SealedPayload(sealing: payload.openBody)
    let personal = SealedPayload(sealing: payload.personalBody)
    let batchID = try batchID(of: draft)
    let header = EntryHeader(
      sequence: sequence + 1, id: draft.id, batch: batchID, kind: P.kind, subject: draft.subject,
      actor: draft.actor.account, device: draft.actor.device, occurredAt: draft.occurredAt, recordedAt: now,
      openDigest: open.digest, privateDigest: personal.digest)
    let next = header.chained(to: chain)
    let added = try tables.run(
      JournalSchema.insert, header.sequence, header.id, draft.batch, Int64(P.kind.rawValue), header.subject,
      header.actor, header.device, header.occurredAt, header.recordedAt, header.openDigest, header.privateDigest, next,
      Blob(open.salt), TextBytes(open.body), Blob(personal.salt), TextBytes(personal.body),
      draft.request.map { $0.salted(personal.salt) })
    guard added == 1 else { throw KeyUsed() }
    sequence = header.sequence
    chain = next
    let applied = AppliedEntry(
      sequence: header.sequence, id: header.id, batch: draft.batch, batchID: batchID, subject: header.subject,
      actor: header.actor, device: header.device, occurredAt: header.occurredAt, recordedAt: now)
    try payload.apply(applied, to: tables)
    return applied
  }

  /// The entry that an earlier, identical request made, or nil when this request is new. The same id with other content
  /// is refused: two different things can't be one entry.
  func earlier<P: Payload>(_ type: P.Type, _ draft: EntryDraft) throws -> (entry: AppliedEntry, payload: P)? {
    let stored = try tables.first(JournalSchema.byID, draft.batch, draft.id) { row in
      StoredEntry(row: row, batchID: try batchID(of: draft))
    }
    guard let stored else { return nil }
    guard stored.kind == Int64(P.kind.rawValue), let request = draft.request,
      stored.request == request.salted(stored.salt).bytes, stored.applied.actor == draft.actor.account
    else {
      throw Refusal.conflict(
        Fault(
          "Idempotency-Key", "key-used",
          Text("这个编号已经记过别的内容。", "This key has already recorded something else.")))
    }
    let payload = try P(open: JSON.parse(stored.open), personal: JSON.parse(stored.personal))
    return (stored.applied, payload)
  }

  /// Whether an earlier write came under this key, whichever batch it was about. What it recorded then, and whether this one
  /// is the same, the event itself finds.
  public func knows(_ key: ID) throws -> Bool { try tables.first(JournalSchema.hasID, key) { _ in true } ?? false }

  private func batchID(of draft: EntryDraft) throws -> ID {
    if let known = batchIDs[draft.batch] { return known }
    // A batch that is being planned has no row yet; its entry may still be refused, so it is not remembered.
    guard let id = try tables.first(BatchTable.idOfKey, draft.batch, read: { $0.id(0) }) else { return draft.subject }
    batchIDs[draft.batch] = id
    return id
  }
}

/// The batch has an entry of this id already: an earlier request made it, or the client used its key twice.
struct KeyUsed: Error {}

/// Usual values of people, read from their rows' JSON once. What was read is found again by the text itself, so a changed
/// row or a rollback needs no word here.
struct Baselines {
  private var known: [Int64: (text: String, readings: Readings)] = [:]

  mutating func readings(of participant: Int64, compact text: String) throws -> Readings {
    if let held = known[participant], held.text == text { return held.readings }
    let readings = try Readings(compact: text)
    // Several batches' people; more are not checked at one time.
    if known.count >= 500 { known.removeAll(keepingCapacity: true) }
    known[participant] = (text, readings)
    return readings
  }
}

/// What an entry's header is made from before it has a sequence.
struct EntryDraft {
  var id: ID
  /// The batch's surrogate; 0 outside batches.
  var batch: Int64
  var subject: ID
  var actor: Actor
  var occurredAt: Instant
  /// The digest of what the client sent, by which a repeated request is known; nil for the daemon's own entries.
  var request: Digest?

  /// A consequence: recorded by the daemon with a fresh id.
  static func consequence(batch: Int64, subject: ID, actor: Actor = .daemon, at occurredAt: Instant) -> EntryDraft {
    EntryDraft(id: .random(), batch: batch, subject: subject, actor: actor, occurredAt: occurredAt, request: nil)
  }
}

/// Who sends a write, under which key, when it happened by the sender's clock, and the digest of what was sent.
public struct Submission: Sendable {
  /// `Idempotency-Key`: made by the client, or by the server where a script sends none.
  public let key: ID
  public let actor: Actor
  /// The device's time, corrected by its measured offset; nil means now.
  public let occurredAt: Instant?
  public let request: Digest

  public init(key: ID, actor: Actor, occurredAt: Instant? = nil, request: Digest) {
    self.key = key
    self.actor = actor
    self.occurredAt = occurredAt
    self.request = request
  }

  func draft(batch: Int64, subject: ID, now: Instant) -> EntryDraft {
    // A device's clock may run ahead; nothing happens in the future.
    EntryDraft(
      id: key, batch: batch, subject: subject, actor: actor, occurredAt: min(occurredAt ?? now, now), request: request)
  }

  /// Of accounts and devices: who may enter is decided here and now, so no device's clock dates it.
  func draftOfNow(subject: ID, now: Instant) -> EntryDraft {
    EntryDraft(id: key, batch: 0, subject: subject, actor: actor, occurredAt: now, request: request)
  }
}

/// What the client gets back for a recorded entry; the same for the first request and for its repetition.
public struct Recorded: Sendable, Hashable {
  public let sequence: Int64
  public let id: ID
  public let subject: ID
  public let recordedAt: Instant
  /// Whether an identical earlier request had recorded it.
  public let repeated: Bool

  init(_ entry: AppliedEntry, repeated: Bool) {
    sequence = entry.sequence
    id = entry.id
    subject = entry.subject
    recordedAt = entry.recordedAt
    self.repeated = repeated
  }
}

struct StoredEntry {
  let applied: AppliedEntry
  let kind: Int64
  let open: [UInt8]
  let personal: [UInt8]
  /// Empty after the deletion that the law asks for; no request is then known again.
  let salt: [UInt8]
  let request: [UInt8]

  init(row: Row, batchID: ID) {
    applied = AppliedEntry(
      sequence: row.int64(0), id: row.id(1), batch: row.int64(2), batchID: batchID, subject: row.id(4),
      actor: row.id(5), device: row.id(6), occurredAt: row.instant(7), recordedAt: row.instant(8))
    kind = row.int64(3)
    open = row.bytes(9)
    personal = row.bytes(10)
    request = row.bytes(11)
    salt = row.bytes(12)
  }
}

extension Digest {
  /// What is kept of a request: hashed again with the entry's personal salt, so that readings can't be found by trying
  /// once the salt is deleted.
  fileprivate func salted(_ salt: [UInt8]) -> Digest { Digest.of(salt, bytes) }
}

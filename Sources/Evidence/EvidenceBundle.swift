public import Sanatorium

/// One header of the evidence, with its open payload when it belongs to the batch.
public struct EvidenceEntry: Hashable, Sendable {
  public let header: EntryHeader
  public let open: SealedPayload?

  public init(header: EntryHeader, open: SealedPayload?) {
    self.header = header
    self.open = open
  }
}

/// Everything from which a batch's report can be recomputed: all headers from the batch's first entry to its last
/// (also those of other batches in between: headers only, they name nobody), every open payload of the batch, and the
/// chain's value before the first header.
///
/// As JSON:
///
///     {"after":   chain value after the last header, 64 hexadecimal characters,
///      "batch":   UUID,
///      "before":  chain value before the first header (64 zeros for the journal's first entry),
///      "headers": base64 of the headers one after the other, 176 bytes each,
///      "open":    [[sequence, salt, payload], …] in the order of the headers; salt is 32 hexadecimal characters}
///
/// A header, all numbers big-endian: sequence (8 bytes), entry id (16), batch (16), kind (8), subject (16), actor (16),
/// device (16), occurredAt and recordedAt (8 each, milliseconds since 1970 UTC), open digest (32), private digest (32).
///
/// To check it in any language:
/// 1. `c = before`; for each header in order: its sequence is one more than the one before, `c = SHA-256(c ‖ header)`.
///    At the end `c = after`.
/// 2. For each `[sequence, salt, payload]`: the header with that sequence has this batch, and
///    `SHA-256(salt bytes ‖ canonical JSON of payload)` (RFC 8785; the payloads hold no fractions, so that is: members
///    sorted, no white space, UTF-8) is its open digest.
/// 3. Each header of this batch has exactly one payload, and the first header belongs to the batch.
///
/// A kind that a reader doesn't know is refused where the entry is of this batch, since the figures can't be counted
/// without it. Other entries' kinds are numbers in the chain and nothing else: a house that is one release ahead has
/// kinds (a new sort of device, say) that say nothing of the batch, and its evidence is as good as before.
public struct EvidenceBundle: Hashable, Sendable {
  public let batch: ID
  public let before: Digest
  public let after: Digest
  public let entries: [EvidenceEntry]

  /// Takes what the journal holds; `after` is computed.
  public init(batch: ID, before: Digest, entries: [EvidenceEntry]) {
    self.batch = batch
    self.before = before
    self.entries = entries
    after = entries.reduce(before) { $1.header.chained(to: $0) }
  }

  public var first: Int64 { entries.first?.header.sequence ?? 0 }
  public var last: Int64 { entries.last?.header.sequence ?? 0 }

  /// The batch's own entries.
  public var ofBatch: [EvidenceEntry] { entries.filter { $0.header.batch == batch } }

  /// The chain's value after the entry of that sequence (before the first for `first - 1`); nil outside.
  public func chain(at sequence: Int64) -> Digest? {
    guard sequence >= first - 1, sequence <= last, !entries.isEmpty else { return nil }
    return entries.prefix(Int(sequence - first + 1)).reduce(before) { $1.header.chained(to: $0) }
  }

  /// The chain's value after each sequence, beginning with the one before the first.
  public var chainValues: [(sequence: Int64, chain: Digest)] {
    var values = [(sequence: first - 1, chain: before)]
    values.reserveCapacity(entries.count + 1)
    var chain = before
    for entry in entries {
      chain = entry.header.chained(to: chain)
      values.append((entry.header.sequence, chain))
    }
    return values
  }

  public var json: JSON {
    var headers: [UInt8] = []
    headers.reserveCapacity(entries.count * EntryHeader.length)
    var open: [JSON] = []
    for entry in entries {
      headers.append(contentsOf: entry.header.bytes)
      guard let payload = entry.open else { continue }
      // Sealed bodies are canonical JSON from the start.
      guard let body = try? JSON.parse(payload.body) else { preconditionFailure("a sealed payload that is no JSON") }
      open.append(.array([.int(entry.header.sequence), .string(Hex.encode(payload.salt)), body]))
    }
    return .object([
      "after": .string(after.description), "batch": .string(batch.description),
      "before": .string(before.description), "headers": .string(Base64.encode(headers)), "open": .array(open),
    ])
  }

  /// Reads and checks the form above.
  ///
  /// - Throws: `Refusal.invalid` with every broken link, digest and missing payload, by sequence.
  public init(json: JSON) throws {
    guard let members = json.members, members.count == 5,
      let after = json["after"]?.string.flatMap({ Digest(hex: $0) }),
      let before = json["before"]?.string.flatMap({ Digest(hex: $0) }),
      let batch = json["batch"]?.string.flatMap({ ID($0) }), batch != .none,
      let bytes = json["headers"]?.string.flatMap(Base64.decode), let open = json["open"]?.array,
      !bytes.isEmpty, bytes.count % EntryHeader.length == 0
    else {
      throw Refusal.invalid(
        "evidence", "malformed-evidence",
        Text("证据部分的格式不对。", "The evidence does not have the form that is described."))
    }
    var reading = EvidenceReading(batch: batch)
    reading.headers(bytes)
    reading.payloads(open)
    let bundle = EvidenceBundle(batch: batch, before: before, entries: reading.entries)
    if reading.faults.isEmpty, bundle.after != after {
      reading.refuse(
        "evidence.after", "broken-chain",
        Text(
          "记录的链条对不上：有记录被改过、删过或者插进来过。",
          "The chain does not come out: an entry was changed, taken away or put in."))
    }
    guard reading.faults.isEmpty else { throw Refusal.invalid(reading.faults) }
    self = bundle
  }
}

/// Reads headers and payloads and collects what does not fit.
private struct EvidenceReading {
  let batch: ID
  var entries: [EvidenceEntry] = []
  var faults: [Fault] = []

  init(batch: ID) { self.batch = batch }

  /// Enough to see what happened; a report with everything changed need not list thousands.
  private static let most = 50

  mutating func refuse(_ field: String, _ code: String, _ message: Text) {
    if faults.count < Self.most { faults.append(Fault(field, code, message)) }
  }

  mutating func headers(_ bytes: [UInt8]) {
    for start in stride(from: 0, to: bytes.count, by: EntryHeader.length) {
      let place = "evidence.headers[\(start / EntryHeader.length)]"
      // The length is checked before; nothing else can fail.
      guard let header = EntryHeader(bytes: bytes[start..<start + EntryHeader.length]) else { continue }
      if header.batch == batch, header.kind == nil {
        refuse(
          place, "unknown-kind",
          Text(
            "本批次第 \(header.sequence) 条是这个版本不认识的种类（\(header.kindCode)）。要换新版本才能核对。",
            "Entry \(header.sequence) of the batch has a kind (\(header.kindCode)) that this release doesn't know; a newer one is needed to check it."))
      }
      guard (1...999_999_999_999_999).contains(header.sequence), isTime(header.occurredAt), isTime(header.recordedAt)
      else {
        return refuse(place, "out-of-range", Text("序号或者时间不可能。", "The sequence or a time is impossible."))
      }
      if let last = entries.last?.header.sequence, header.sequence != last + 1 {
        refuse(
          place, "gap",
          Text("第 \(last) 条后面是第 \(header.sequence) 条，不连续。", "Entry \(last) is followed by \(header.sequence)."))
      }
      entries.append(EvidenceEntry(header: header, open: nil))
    }
    if entries.first?.header.batch != batch || entries.first?.header.kind != .batchPlanned {
      refuse(
        "evidence.headers[0]", "wrong-start",
        Text("证据不是从本批次立项开始的。", "The evidence does not begin with the batch's plan."))
    }
    if entries.last?.header.batch != batch {
      refuse("evidence.headers", "wrong-end", Text("最后一条不是本批次的。", "The last entry is not of this batch."))
    }
  }

  private func isTime(_ instant: Instant) -> Bool { (0...9_999_999_999_999).contains(instant.milliseconds) }

  mutating func payloads(_ open: [JSON]) {
    guard let first = entries.first?.header.sequence else { return }
    for (index, item) in open.enumerated() {
      let place = "evidence.open[\(index)]"
      guard case .array(let parts) = item, parts.count == 3, let sequence = parts[0].int,
        let salt = parts[1].string.flatMap(Hex.decode), salt.count == 16, parts[2].members != nil
      else {
        refuse(place, "malformed-payload", Text("这一条的格式不对。", "This payload does not have the form described."))
        continue
      }
      let position = Int(sequence - first)
      guard entries.indices.contains(position), entries[position].header.sequence == sequence,
        entries[position].header.batch == batch
      else {
        refuse(place, "no-such-entry", Text("本批次没有第 \(sequence) 条记录。", "The batch has no entry \(sequence)."))
        continue
      }
      guard entries[position].open == nil else {
        refuse(place, "twice", Text("第 \(sequence) 条给了两次。", "Entry \(sequence) is given twice."))
        continue
      }
      let payload = SealedPayload(salt: salt, body: JSONWriter.canonical(parts[2]))
      if payload.digest != entries[position].header.openDigest {
        refuse(
          place, "wrong-digest",
          Text("第 \(sequence) 条的内容和当时记下的不一样。", "The content of entry \(sequence) is not what was recorded."))
      }
      entries[position] = EvidenceEntry(header: entries[position].header, open: payload)
    }
    for entry in entries where entry.header.batch == batch && entry.open == nil {
      refuse(
        "evidence.open", "missing-payload",
        Text("第 \(entry.header.sequence) 条没有给出内容。", "The content of entry \(entry.header.sequence) is not given."))
    }
  }
}

extension EntryHeader {
  /// Bytes of one header.
  public static let length = 176

  /// Reads the hashed bytes back; nil unless there are 176.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.length else { return nil }
    let all = Array(bytes)
    func word(_ start: Int) -> UInt64 { all[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    func id(_ start: Int) -> ID { ID(high: word(start), low: word(start + 8)) }
    guard let open = Digest(bytes: Array(all[112..<144])), let personal = Digest(bytes: Array(all[144..<176])) else { return nil }
    self.init(
      sequence: Int64(bitPattern: word(0)), id: id(8), batch: id(24), kindCode: word(40), subject: id(48), actor: id(64),
      device: id(80), occurredAt: Instant(milliseconds: Int64(bitPattern: word(96))),
      recordedAt: Instant(milliseconds: Int64(bitPattern: word(104))), openDigest: open, privateDigest: personal)
  }
}

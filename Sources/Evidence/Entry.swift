public import Sanatorium

/// One payload of an entry: canonical JSON (RFC 8785) with 16 random bytes of salt.
public struct SealedPayload: Hashable, Sendable {
  public let salt: [UInt8]
  /// Canonical JSON, UTF-8.
  public let body: [UInt8]

  public init(salt: [UInt8], body: [UInt8]) {
    self.salt = salt
    self.body = body
  }

  /// Seals a payload with fresh salt.
  public init(sealing value: JSON) { self.init(sealing: JSONWriter.canonical(value)) }

  /// The same of a payload that is written already.
  /// - Parameter body: canonical JSON.
  public init(sealing body: [UInt8]) {
    self.init(salt: Salt.fresh(), body: body)
  }

  /// `SHA-256(salt ‖ payload)`.
  public var digest: Digest { Digest.of(salt, then: body) }
}

/// An entry's header: what the chain is made of. It names nobody: people are random ids.
public struct EntryHeader: Hashable, Sendable {
  public var sequence: Int64
  /// Made by the client; the same id with the same content is the same entry.
  public var id: ID
  /// `ID.none` outside batches.
  public var batch: ID
  /// The kind's code. A later release may have kinds that this one doesn't know; the chain needs their number alone.
  public var kindCode: UInt64
  public var subject: ID
  public var actor: ID
  public var device: ID
  /// The device's time, corrected by its measured offset.
  public var occurredAt: Instant
  /// The server's time.
  public var recordedAt: Instant
  public var openDigest: Digest
  public var privateDigest: Digest

  public init(
    sequence: Int64, id: ID, batch: ID, kind: EntryKind, subject: ID, actor: ID, device: ID, occurredAt: Instant,
    recordedAt: Instant, openDigest: Digest, privateDigest: Digest
  ) {
    self.init(
      sequence: sequence, id: id, batch: batch, kindCode: kind.rawValue, subject: subject, actor: actor, device: device,
      occurredAt: occurredAt, recordedAt: recordedAt, openDigest: openDigest, privateDigest: privateDigest)
  }

  public init(
    sequence: Int64, id: ID, batch: ID, kindCode: UInt64, subject: ID, actor: ID, device: ID, occurredAt: Instant,
    recordedAt: Instant, openDigest: Digest, privateDigest: Digest
  ) {
    self.sequence = sequence
    self.id = id
    self.batch = batch
    self.kindCode = kindCode
    self.subject = subject
    self.actor = actor
    self.device = device
    self.occurredAt = occurredAt
    self.recordedAt = recordedAt
    self.openDigest = openDigest
    self.privateDigest = privateDigest
  }

  /// Nil for a kind that this release doesn't know.
  public var kind: EntryKind? { EntryKind(rawValue: kindCode) }

  /// The hashed bytes: 176 in all, fixed-width big-endian fields in the order of declaration.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: EntryHeader.size) { buffer, count in
      write(to: UnsafeMutableRawBufferPointer(buffer))
      count = EntryHeader.size
    }
  }

  private static let size = 176

  private func write(to memory: UnsafeMutableRawBufferPointer) {
    var position = 0
    func append(_ value: UInt64) {
      memory.storeBytes(of: value.bigEndian, toByteOffset: position, as: UInt64.self)
      position += 8
    }
    func append(_ id: ID) {
      append(id.high)
      append(id.low)
    }
    func append(_ digest: Digest) {
      digest.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: memory[position...]).copyMemory(from: $0) }
      position += 32
    }
    append(UInt64(bitPattern: sequence))
    append(id)
    append(batch)
    append(kindCode)
    append(subject)
    append(actor)
    append(device)
    append(UInt64(bitPattern: occurredAt.milliseconds))
    append(UInt64(bitPattern: recordedAt.milliseconds))
    append(openDigest)
    append(privateDigest)
  }

  /// `SHA-256(previous chain ‖ header)`; the first entry's previous chain is 32 zero bytes.
  public func chained(to previous: Digest) -> Digest {
    withUnsafeTemporaryAllocation(byteCount: 32 + EntryHeader.size, alignment: 8) { memory in
      previous.withUnsafeBytes { memory.copyMemory(from: $0) }
      write(to: UnsafeMutableRawBufferPointer(rebasing: memory[32...]))
      return Digest.of(memory: UnsafeRawBufferPointer(memory))
    }
  }
}

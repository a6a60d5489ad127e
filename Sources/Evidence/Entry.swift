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
  public init(sealing value: JSON) {
    self.init(salt: ID.random().bytes, body: JSONWriter.canonical(value))
  }

  /// `SHA-256(salt ‖ payload)`.
  public var digest: Digest { Digest.of(salt, body) }
}

/// An entry's header: what the chain is made of. It names nobody: people are random ids.
public struct EntryHeader: Hashable, Sendable {
  public var sequence: Int64
  /// Made by the client; the same id with the same content is the same entry.
  public var id: ID
  /// `ID.none` outside batches.
  public var batch: ID
  public var kind: EntryKind
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
    self.sequence = sequence
    self.id = id
    self.batch = batch
    self.kind = kind
    self.subject = subject
    self.actor = actor
    self.device = device
    self.occurredAt = occurredAt
    self.recordedAt = recordedAt
    self.openDigest = openDigest
    self.privateDigest = privateDigest
  }

  /// The hashed bytes: 176 in all, fixed-width big-endian fields in the order of declaration.
  public var bytes: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(176)
    func append(_ value: UInt64) {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        output.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    func append(_ id: ID) {
      append(id.high)
      append(id.low)
    }
    append(UInt64(bitPattern: sequence))
    append(id)
    append(batch)
    append(kind.rawValue)
    append(subject)
    append(actor)
    append(device)
    append(UInt64(bitPattern: occurredAt.milliseconds))
    append(UInt64(bitPattern: recordedAt.milliseconds))
    output.append(contentsOf: openDigest.bytes)
    output.append(contentsOf: privateDigest.bytes)
    return output
  }

  /// `SHA-256(previous chain ‖ header)`; the first entry's previous chain is 32 zero bytes.
  public func chained(to previous: Digest) -> Digest { Digest.of(previous.bytes, bytes) }
}

internal import Crypto

/// 32 bytes of SHA-256 (FIPS 180-4), held without an allocation of its own.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  // In the machine's byte order, as they lie in memory.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// The chain's beginning.
  public static let zero = Digest()

  private init() { words = (0, 0, 0, 0) }

  /// Nil unless there are 32 bytes.
  public init?(bytes: [UInt8]) {
    guard let digest = bytes.withUnsafeBytes({ Digest(memory: $0) }) else { return nil }
    self = digest
  }

  /// Copies 32 bytes of memory; nil when there are fewer or more.
  public init?(memory: UnsafeRawBufferPointer) {
    guard memory.count == 32 else { return nil }
    self.init()
    withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: memory) }
  }

  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// The 32 bytes, valid until the closure returns.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// SHA-256 of the parts one after the other.
  public static func of(_ parts: [UInt8]...) -> Digest {
    var hash = SHA256()
    for part in parts { part.withUnsafeBytes { hash.update(bufferPointer: $0) } }
    return Digest(hash)
  }

  /// SHA-256 of one piece of memory.
  public static func of(memory: UnsafeRawBufferPointer) -> Digest {
    var hash = SHA256()
    hash.update(bufferPointer: memory)
    return Digest(hash)
  }

  /// SHA-256 of salt and payload, which are hashed for every entry.
  static func of(_ first: [UInt8], then second: [UInt8]) -> Digest {
    var hash = SHA256()
    first.withUnsafeBytes { hash.update(bufferPointer: $0) }
    second.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return Digest(hash)
  }

  private init(_ hash: SHA256) {
    self.init()
    hash.finalize().withUnsafeBytes { source in withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: source) } }
  }

  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }

  /// 64 lower-case hexadecimal characters.
  public init?(hex: String) {
    var result: [UInt8] = []
    var high: UInt8?
    for byte in hex.utf8 {
      let value: UInt8
      switch byte {
      case 48...57: value = byte - 48
      case 97...102: value = byte - 87
      default: return nil
      }
      if let upper = high {
        result.append(upper << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    guard high == nil else { return nil }
    self.init(bytes: result)
  }

  public var description: String {
    var output: [UInt8] = []
    output.reserveCapacity(64)
    for byte in bytes {
      for nibble in [byte >> 4, byte & 15] { output.append(nibble < 10 ? 48 + nibble : 87 + nibble) }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

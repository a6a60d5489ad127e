internal import Crypto

/// 32 bytes of SHA-256 (FIPS 180-4).
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  public let bytes: [UInt8]

  /// The chain's beginning.
  public static let zero = Digest(unchecked: [UInt8](repeating: 0, count: 32))

  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// SHA-256 of the parts one after the other.
  public static func of(_ parts: [UInt8]...) -> Digest {
    var hash = SHA256()
    for part in parts { hash.update(data: part) }
    return Digest(unchecked: Array(hash.finalize()))
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

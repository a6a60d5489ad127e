/// A random UUID (RFC 9562), as 16 bytes. People, batches, entries and devices are known by nothing else outside the
/// facility.
public struct ID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  /// All zero: the journal's "none" (an entry outside batches, an actor that is the daemon itself).
  public static let none = ID(high: 0, low: 0)

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A fresh version 4 UUID from the system's random numbers.
  public static func random() -> ID {
    var generator = SystemRandomNumberGenerator()
    return ID(
      high: (generator.next() & ~0xF000) | 0x4000,
      low: (generator.next() & ~(3 << 62)) | (2 << 62))
  }

  /// 16 big-endian bytes, or nil when there are fewer or more.
  public init?(bytes: some Sequence<UInt8>) {
    var words: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in bytes {
      if count < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
      count += 1
    }
    guard count == 16 else { return nil }
    self.init(high: words.0, low: words.1)
  }

  /// The canonical 36 characters, upper or lower case; nil for anything else.
  public init?(_ text: String) {
    var text = text
    guard let id = text.withUTF8({ ID(canonical: $0) }) else { return nil }
    self = id
  }

  /// The same of a part of a text.
  public init?(_ text: Substring) { self.init(String(text)) }

  // One loop over memory: this is read from every request, and a generic one costs ten times as much.
  private init?(canonical text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for position in 0..<36 {
      let byte = text[position]
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard let value = hexValue(byte) else { return nil }
        if digits < 16 { words.0 = words.0 << 4 | value } else { words.1 = words.1 << 4 | value }
        digits += 1
      }
    }
    self.init(high: words.0, low: words.1)
  }

  /// 16 bytes, big-endian, as the journal hashes them.
  public var bytes: [UInt8] {
    var pair = (high.bigEndian, low.bigEndian)
    return withUnsafeBytes(of: &pair) { Array($0) }
  }

  /// Appends the canonical 36 lower-case characters.
  public func write(to output: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { buffer in
      write(to: buffer)
      output.append(contentsOf: UnsafeBufferPointer(buffer))
    }
  }

  public var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      write(to: buffer)
      return 36
    }
  }

  private func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
    var position = 0
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        buffer[position] = UInt8(ascii: "-")
        position += 1
      }
      let word = index < 16 ? high : low
      let nibble = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index & 15))) & 15
      buffer[position] = nibble < 10 ? 48 + nibble : 87 + nibble
      position += 1
    }
  }

  public static func < (left: ID, right: ID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension ID: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = ID(text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a UUID"))
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

func hexValue(_ byte: UInt8) -> UInt64? {
  switch byte {
  case 48...57: UInt64(byte - 48)
  case 97...102: UInt64(byte - 87)
  case 65...70: UInt64(byte - 55)
  default: nil
  }
}

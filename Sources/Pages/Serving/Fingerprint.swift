/// FNV-1a over 64 bits: names content for caches. It proves nothing against somebody who wants two contents with one
/// name; nobody can do that with our own files and pages.
public struct Fingerprint: Sendable, Hashable {
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Nothing yet.
  public init() {}

  /// Of these bytes.
  public init(_ bytes: some Sequence<UInt8>) { add(bytes) }

  /// Adds bytes.
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  /// Adds words, set apart from the next by a byte that occurs in no UTF-8.
  public mutating func add(_ words: String) {
    add(words.utf8)
    value = (value ^ 0xFF) &* 0x100_0000_01b3
  }

  /// Adds a number.
  public mutating func add(_ number: Int64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      value = (value ^ UInt64(truncatingIfNeeded: number >> shift & 0xFF)) &* 0x100_0000_01b3
    }
  }

  /// Sixteen hexadecimal digits.
  public var hex: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

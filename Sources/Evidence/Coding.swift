internal import Foundation

extension JSON {
  /// The tree of a value whose coding holds text, whole numbers, booleans, lists and objects only; members that are nil
  /// are left out.
  public init(encoding value: some Encodable) {
    // Types of this kind encode to what the parser takes; anything else is a mistake of the program.
    guard let data = try? JSONEncoder().encode(value), let tree = try? JSON.parse(Array(data)) else {
      preconditionFailure("a value that is no JSON of ours: \(type(of: value))")
    }
    self = tree
  }

  /// Reads a `Codable` value; unknown members are ignored.
  ///
  /// - Throws: `DecodingError`.
  public func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try JSONDecoder().decode(type, from: Data(JSONWriter.canonical(self)))
  }
}

/// Bytes as text, RFC 4648 section 4 (with padding).
public enum Base64 {
  public static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Nil for anything but the one canonical encoding of some bytes.
  public static func decode(_ text: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
    return Array(data)
  }
}

/// Bytes as lower-case hexadecimal characters.
public enum Hex {
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var output: [UInt8] = []
    for byte in bytes {
      for nibble in [byte >> 4, byte & 15] { output.append(nibble < 10 ? 48 + nibble : 87 + nibble) }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Nil unless `text` is an even number of lower-case hexadecimal characters.
  public static func decode(_ text: String) -> [UInt8]? {
    var output: [UInt8] = []
    var high: UInt8?
    for byte in text.utf8 {
      let value: UInt8
      switch byte {
      case 48...57: value = byte - 48
      case 97...102: value = byte - 87
      default: return nil
      }
      if let upper = high {
        output.append(upper << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return high == nil ? output : nil
  }
}

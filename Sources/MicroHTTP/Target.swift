/// The target of a request line, judged and cut: origin form (`/path?query`), absolute form, or `*`.
struct Target: Sendable {
  let bytes: [UInt8]
  private(set) var pathStart = 0
  private(set) var pathEnd = 0
  private(set) var hasEscapes = false

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Finds path and query; a sentence about what is wrong, or nil.
  mutating func examine() -> String? {
    var escapes = false
    pathEnd = bytes.count
    for index in bytes.indices {
      let byte = bytes[index]
      if byte < 0x21 || byte > 0x7E || byte == 0x23 { return "the target has a byte that must be escaped" }
      if byte == 0x25 { escapes = true }
      if byte == 0x3F, pathEnd == bytes.count { pathEnd = index }
    }
    hasEscapes = escapes
    guard let first = bytes.first else { return "the target is empty" }
    if first != 0x2F, bytes != [0x2A] {
      guard let authority = ["http://", "https://"].first(where: { bytes.starts(with: $0.utf8) }) else {
        return "the target is no path"
      }
      pathStart = bytes[authority.utf8.count..<pathEnd].firstIndex(of: 0x2F) ?? pathEnd
    }
    guard escapes else { return nil }
    guard let decoded = PercentEncoding.decode(bytes[...]) else { return "the target has a broken escape" }
    if decoded.contains(0) { return "the target has an escaped zero byte" }
    if String(validating: decoded, as: UTF8.self) == nil { return "the target isn't UTF-8" }
    return nil
  }

  var path: ArraySlice<UInt8> { bytes[pathStart..<pathEnd] }

  /// What follows the question mark; nil without one.
  var query: ArraySlice<UInt8>? { pathEnd < bytes.count ? bytes[(pathEnd + 1)...] : nil }

  /// The raw pieces between slashes; `/` has none, `/a/` has two, the second empty.
  func forEachSegment(_ body: (Range<Int>) -> Void) {
    var start = pathStart
    guard start < pathEnd, bytes[start] == 0x2F else { return }
    start += 1
    if start == pathEnd { return }
    for index in start..<pathEnd where bytes[index] == 0x2F {
      body(start..<index)
      start = index + 1
    }
    body(start..<pathEnd)
  }

  /// Whether a raw segment has these bytes and stands where it should.
  /// - Parameter fits: gets the segment's place, and that of all segments.
  func holds(_ wanted: StaticString, _ fits: (Range<Int>, Range<Int>) -> Bool) -> Bool {
    guard pathStart < pathEnd else { return false }
    let segments = (pathStart + 1)..<pathEnd
    let wanted = UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
    var found = false
    forEachSegment { segment in
      found =
        found
        || segment.count == wanted.count && fits(segment, segments)
          && bytes[segment].elementsEqual(wanted)
    }
    return found
  }

  /// A segment's text. Valid once `examine` found nothing.
  func text(_ range: Range<Int>) -> String {
    let raw = bytes[range]
    return String(decoding: hasEscapes ? PercentEncoding.decode(raw) ?? Array(raw) : Array(raw), as: UTF8.self)
  }
}

/// Escapes of RFC 3986, 2.1.
public enum PercentEncoding {
  /// The bytes behind the escapes; nil where a `%` isn't followed by two hexadecimal digits.
  static func decode(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == 0x25 {
        guard index + 2 < bytes.endIndex, let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
        else { return nil }
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(plusIsSpace && byte == 0x2B ? 0x20 : byte)
        index += 1
      }
    }
    return decoded
  }

  /// A text as one path segment or one query value: everything but letters, digits and `-._~` is escaped.
  public static func encode(_ text: String) -> String {
    var encoded: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: encoded.append(byte)
      default: encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}

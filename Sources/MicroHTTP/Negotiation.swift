/// Header values that list what a client takes, read from their bytes.
enum Negotiation {
  /// Whether `Accept-Encoding` lists gzip, or everything, without a weight of zero.
  static func allowsGzip(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    var everything = false
    var allowed: Bool?
    forEachElement(value) { element in
      let semicolon = element.firstIndex(of: 0x3B) ?? element.endIndex
      let coding = trimmed(element[..<semicolon])
      if coding.elementsEqual([0x2A]) { everything = !isZeroWeight(element[semicolon...]) }
      if isGzip(coding) { allowed = !isZeroWeight(element[semicolon...]) }
    }
    return allowed ?? everything
  }

  private static func isGzip(_ coding: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    coding.count == 4 && zip(coding, "gzip".utf8).allSatisfy { $0.asciiLower == $1 }
  }

  /// Whether parameters such as `;q=0.000` say "not at all".
  private static func isZeroWeight(_ parameters: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let equals = parameters.firstIndex(of: 0x3D) else { return false }
    let weight = trimmed(parameters[(equals + 1)...])
    return !weight.isEmpty && weight.allSatisfy { $0 == 0x30 || $0 == 0x2E }
  }

  /// Whether a list of entity tags names the tag, weakly compared, or is a star.
  static func lists(_ value: UnsafeBufferPointer<UInt8>, tag: UnsafeBufferPointer<UInt8>) -> Bool {
    let wanted = opaque(tag[...])
    var found = false
    forEachElement(value) { element in
      let candidate = opaque(trimmed(element))
      if candidate.elementsEqual(wanted) || candidate.elementsEqual([0x2A]) { found = true }
    }
    return found
  }

  /// A tag without its mark of weakness.
  private static func opaque(_ tag: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    tag.starts(with: [0x57, 0x2F]) ? tag.dropFirst(2) : tag
  }

  /// The elements between commas that don't stand inside quotes.
  private static func forEachElement(
    _ value: UnsafeBufferPointer<UInt8>, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Void
  ) {
    var start = 0
    var quoted = false
    for index in value.indices {
      if value[index] == 0x22 { quoted.toggle() }
      if value[index] == 0x2C, !quoted {
        body(value[start..<index])
        start = index + 1
      }
    }
    body(value[start...])
  }

  static func trimmed(_ slice: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
    var slice = slice.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
    return slice
  }
}

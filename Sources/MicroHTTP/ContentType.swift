/// The value of `Content-Type`, read (RFC 9110, 8.3).
public struct ContentType: Sendable, Equatable {
  /// Type and subtype in lower case: `text/html`.
  public let essence: String
  /// Parameters by lower-case name, quotes taken off.
  public let parameters: [String: String]

  /// Reads a header's value; nil where it is malformed.
  public init?(_ text: String) {
    guard let (value, parameters) = ParameterizedValue.parse(text) else { return nil }
    let halves = value.lowercased().split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isTokenByte) }) else { return nil }
    essence = value.lowercased()
    self.parameters = parameters
  }
}

extension Request {
  /// The body's media type; nil where it is absent or malformed.
  public var contentType: ContentType? { header("Content-Type").flatMap { ContentType($0) } }
}

/// `value; name=token; name="quoted"`, which several headers share.
enum ParameterizedValue {
  static func parse(_ text: String) -> (value: String, parameters: [String: String])? {
    var rest = text.utf8[...]
    let value = trimmed(take(&rest, until: 0x3B))
    var parameters: [String: String] = [:]
    while rest.popFirst() != nil {
      skipSpaces(&rest)
      if rest.isEmpty || rest.first == 0x3B { continue }
      let name = trimmed(take(&rest, until: 0x3D)).lowercased()
      guard rest.popFirst() != nil, !name.isEmpty, name.utf8.allSatisfy(\.isTokenByte), parameters[name] == nil
      else { return nil }
      guard let value = rest.first == 0x22 ? quoted(&rest) : trimmed(take(&rest, until: 0x3B)) else { return nil }
      skipSpaces(&rest)
      guard rest.isEmpty || rest.first == 0x3B else { return nil }
      parameters[name] = value
    }
    return (value, parameters)
  }

  private static func take(_ rest: inout Substring.UTF8View, until end: UInt8) -> Substring.UTF8View {
    let stop = rest.firstIndex(of: end) ?? rest.endIndex
    defer { rest = rest[stop...] }
    return rest[..<stop]
  }

  private static func skipSpaces(_ rest: inout Substring.UTF8View) {
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
  }

  private static func trimmed(_ slice: Substring.UTF8View) -> String {
    var slice = slice.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = slice.last, last == 0x20 || last == 0x09 { slice = slice.dropLast() }
    return String(decoding: slice, as: UTF8.self)
  }

  /// Browsers escape a quote as `%22` and leave backslashes alone, so a backslash escapes a quote or itself only.
  private static func quoted(_ rest: inout Substring.UTF8View) -> String? {
    var bytes: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst() {
      if byte == 0x22 { return String(decoding: bytes, as: UTF8.self) }
      if byte == 0x5C, let next = rest.first, next == 0x22 || next == 0x5C {
        rest = rest.dropFirst()
        bytes.append(next)
      } else {
        bytes.append(byte)
      }
    }
    return nil
  }
}

/// Reading cookies (RFC 6265, 5.4) and writing them (RFC 6265, 4.1).
public enum Cookies {
  /// The value of the first cookie of that name in a `Cookie` header's value.
  public static func find(_ name: String, in header: String) -> String? {
    var header = header
    return header.withUTF8 { find(name, in: $0) }
  }

  static func find(_ name: String, in header: UnsafeBufferPointer<UInt8>) -> String? {
    var name = name
    return name.withUTF8 { find($0, in: header) }
  }

  // Read on every request: it goes over the bytes once and makes one text.
  private static func find(_ name: UnsafeBufferPointer<UInt8>, in header: UnsafeBufferPointer<UInt8>) -> String? {
    func isBlank(_ index: Int) -> Bool { header[index] == 0x20 || header[index] == 0x09 }
    var start = 0
    while start < header.count {
      var end = start
      while end < header.count, header[end] != 0x3B { end += 1 }
      let next = end + 1
      while start < end, isBlank(start) { start += 1 }
      while end > start, isBlank(end - 1) { end -= 1 }
      let equals = start + name.count
      if equals < end, header[equals] == 0x3D,
        UnsafeBufferPointer(rebasing: header[start..<equals]).elementsEqual(name)
      {
        var value = (equals + 1)..<end
        if value.count >= 2, header[value.lowerBound] == 0x22, header[value.upperBound - 1] == 0x22 {
          value = (value.lowerBound + 1)..<(value.upperBound - 1)
        }
        return String(decoding: UnsafeBufferPointer(rebasing: header[value]), as: UTF8.self)
      }
      start = next
    }
    return nil
  }
}

/// Builds the value of a `Set-Cookie` header. The defaults are those of a session: secure, unreadable for scripts, never
/// sent along by other sites, for the whole host.
public struct SetCookie: Sendable {
  /// Whether other sites' requests carry the cookie.
  public enum SameSite: String, Sendable {
    case strict = "Strict"
    case lax = "Lax"
  }

  /// Only letters, digits and the marks of a token.
  public let name: String
  /// Visible ASCII without quotes, commas, semicolons and backslashes.
  public let value: String
  /// Seconds to live; nil until the browser closes, 0 to delete.
  public var maxAge: Int?
  public var isSecure = true
  public var isHTTPOnly = true
  public var sameSite = SameSite.strict
  public var path = "/"

  /// A cookie. Traps where name or value can't stand in a header: both come from the program, never from a person.
  public init(_ name: String, _ value: String, maxAge: Int? = nil) {
    precondition(!name.isEmpty && name.utf8.allSatisfy(\.isTokenByte), "\(name.debugDescription) can't name a cookie")
    precondition(value.utf8.allSatisfy(Self.isValueByte), "the value of cookie \(name) can't stand in a header")
    self.name = name
    self.value = value
    self.maxAge = maxAge
  }

  /// A cookie that only this very host can have set: the browser insists on `Secure`, on `Path=/` and on no domain.
  public static func host(_ name: String, _ value: String, maxAge: Int? = nil) -> SetCookie {
    SetCookie("__Host-" + name, value, maxAge: maxAge)
  }

  /// The header's value.
  public var headerValue: String {
    precondition(
      !name.hasPrefix("__Host-") || (isSecure && path == "/"), "\(name) must be secure and for the whole host")
    var text = "\(name)=\(value); Path=\(path)"
    if let maxAge { text += "; Max-Age=\(maxAge)" }
    if isSecure { text += "; Secure" }
    if isHTTPOnly { text += "; HttpOnly" }
    return text + "; SameSite=\(sameSite.rawValue)"
  }

  /// `cookie-octet` of RFC 6265, 4.1.1.
  private static func isValueByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
    default: false
    }
  }
}

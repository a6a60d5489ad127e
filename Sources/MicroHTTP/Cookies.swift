/// Reading cookies (RFC 6265, 5.4) and writing them (RFC 6265, 4.1).
enum Cookies {
  static func find(_ name: String, in header: UnsafeBufferPointer<UInt8>) -> String? {
    for pair in header.split(separator: 0x3B) {
      let pair = Negotiation.trimmed(pair)
      guard let equals = pair.firstIndex(of: 0x3D), pair[..<equals].elementsEqual(name.utf8) else { continue }
      var value = pair[(equals + 1)...]
      if value.count >= 2, value.first == 0x22, value.last == 0x22 { value = value.dropFirst().dropLast() }
      return String(decoding: value, as: UTF8.self)
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

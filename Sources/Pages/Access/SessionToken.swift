import Crypto
public import MicroHTTP

/// What a browser or a script shows to say who it is: 256 random bits, told once.
///
/// Only its SHA-256 is kept, so that whoever reads the memory's copy on disk cannot act as anybody.
public struct SessionToken: Sendable, Hashable, CustomStringConvertible {
  /// 43 characters of base64url.
  public let text: String
  /// The digest as the table of sessions looks it up.
  @usableFromInline let key: SessionKey

  /// A new one from the system's random numbers.
  public init() {
    var random = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    for _ in 0..<4 {
      let word = random.next()
      for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
    }
    self.init(checked: Base64URL.encode(bytes))
  }

  /// One that was shown to us; nil where it can't be one.
  public init?(_ shown: String) {
    var shown = shown
    let isToken = shown.withUTF8 { bytes in
      guard bytes.count == 43 else { return false }
      for byte in bytes where !Base64URL.isDigit(byte) { return false }
      return true
    }
    guard isToken else { return nil }
    self.init(checked: shown)
  }

  private init(checked text: String) {
    self.text = text
    key = SessionToken.withHash(text) { SessionKey($0)! }
  }

  /// What is kept of it.
  public var digest: [UInt8] { SessionToken.withHash(text) { Array($0) } }

  private static func withHash<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var text = text
    var hash = SHA256()
    text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return hash.finalize().withUnsafeBytes(body)
  }

  /// Never the token: descriptions end up in logs.
  public var description: String { "token" }
}

/// The SHA-256 of a token, held without an allocation of its own.
@usableFromInline struct SessionKey: Hashable, Sendable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// Nil unless there are 32 bytes.
  init?(_ memory: UnsafeRawBufferPointer) {
    guard memory.count == 32 else { return nil }
    first = memory.loadUnaligned(as: UInt64.self)
    second = memory.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    third = memory.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    fourth = memory.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
  }

  @usableFromInline static func == (left: SessionKey, right: SessionKey) -> Bool {
    left.first == right.first && left.second == right.second && left.third == right.third && left.fourth == right.fourth
  }

  @usableFromInline func hash(into hasher: inout Hasher) {
    // It is a digest already: eight bytes of it are as good as all of them.
    hasher.combine(first)
  }
}

/// How a request says who it is.
public enum Credential: Sendable, Hashable {
  /// The browser's cookie: sent by itself, so writes need `CrossSite`.
  case cookie(SessionToken)
  /// `Authorization: Bearer`: sent on purpose.
  case bearer(SessionToken)

  /// The cookie's name; the prefix makes the browser insist on TLS, this host alone, the whole path.
  public static let cookieName = "__Host-session"

  /// The cookie that a page sets where somebody logs out and the server can't be reached: from then on the session's
  /// cookie counts for nothing, and the server ends the session when it sees both.
  public static let leavingName = "__Host-leave"

  /// The session that the mark of leaving ends; nil where there is none.
  public static func left(_ request: Request) -> SessionToken? {
    guard request.cookie(leavingName) == "1" else { return nil }
    return request.cookie(cookieName).flatMap { SessionToken($0) }
  }

  /// The `Set-Cookie` that takes the mark of leaving away: somebody logs in.
  public static var stayingCookie: SetCookie { SetCookie.host("leave", "", maxAge: 0) }

  /// The credential of a request; a bearer token goes before a cookie. Nil where there is none.
  public static func of(_ request: Request) -> Credential? {
    if let header = request.header("Authorization") {
      let parts = header.split(separator: " ", omittingEmptySubsequences: true)
      guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
      return SessionToken(String(parts[1])).map { .bearer($0) }
    }
    return request.derived(from: "Cookie", as: CookieToken.self, CookieToken.init)?.token.map { .cookie($0) }
  }

  /// The token of a `Cookie` header, read and hashed once for all of a connection's requests.
  private final class CookieToken: Sendable {
    let token: SessionToken?

    init(header: String) {
      let hasLeft = Cookies.find(Credential.leavingName, in: header) == "1"
      token = hasLeft ? nil : Cookies.find(cookieName, in: header).flatMap { SessionToken($0) }
    }
  }

  /// The token, however it came.
  public var token: SessionToken {
    switch self {
    case .cookie(let token), .bearer(let token): token
    }
  }

  /// The `Set-Cookie` that begins a session; it lives as long as the session can.
  public static func cookie(for token: SessionToken, seconds: Int) -> SetCookie {
    SetCookie.host("session", token.text, maxAge: seconds)
  }

  /// The `Set-Cookie` that ends it. The answer to a logout also clears what the browser kept (`clearSiteData`).
  public static var endingCookie: SetCookie { SetCookie.host("session", "", maxAge: 0) }

  /// The `Set-Cookie` by which a page's script knows whose session it is, for what it keeps on the device. It opens
  /// nothing: an account's id is no secret, and whoever changes it only hides their own entries from themselves.
  public static func accountCookie(for account: String, seconds: Int) -> SetCookie {
    var cookie = SetCookie.host("account", account, maxAge: seconds)
    cookie.isHTTPOnly = false
    return cookie
  }

  /// The value of `Clear-Site-Data` at logout: pages kept under `private, no-cache` go as well. What was entered and is
  /// not sent yet stays, tied to its author, and so does the worker, which drops the pages it holds.
  public static let clearSiteData = "\"cache\""
}

enum Base64URL {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// Without padding.
  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var held = 0
    var bits = 0
    for byte in bytes {
      held = (held << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(digits[held >> bits & 63])
      }
    }
    if bits > 0 { text.append(digits[held << (6 - bits) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}

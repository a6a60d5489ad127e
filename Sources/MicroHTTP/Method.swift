/// A request method.
public enum Method: Hashable, Sendable, CustomStringConvertible {
  case get, head, post, put, patch, delete, options
  /// Any other method, in the sender's own letters.
  case other(String)

  /// Reads a method; methods are case-sensitive (RFC 9110, 9.1).
  public init(_ text: String) {
    self =
      switch text {
      case "GET": .get
      case "HEAD": .head
      case "POST": .post
      case "PUT": .put
      case "PATCH": .patch
      case "DELETE": .delete
      case "OPTIONS": .options
      default: .other(text)
      }
  }

  /// The method as it stands in a request line.
  public var description: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    case .other(let text): text
    }
  }

  /// Whether the method promises to change nothing (RFC 9110, 9.2.1).
  public var isSafe: Bool { self == .get || self == .head || self == .options }

  /// Reads the two methods of nearly every request without making a string.
  init(bytes: UnsafePointer<CChar>) {
    if bytes[0] == 0x47, bytes[1] == 0x45, bytes[2] == 0x54, bytes[3] == 0 {
      self = .get
    } else {
      self.init(String(cString: bytes))
    }
  }
}

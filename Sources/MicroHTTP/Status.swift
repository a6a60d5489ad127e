/// The status code of a response.
public struct Status: Hashable, Sendable, CustomStringConvertible {
  /// Three digits, 200 to 599.
  public let code: Int

  /// A status by its number.
  public init(_ code: Int) {
    precondition((200...599).contains(code), "\(code) is no status of a final response")
    self.code = code
  }

  public static let ok = Status(200)
  public static let created = Status(201)
  public static let accepted = Status(202)
  public static let noContent = Status(204)
  public static let movedPermanently = Status(301)
  public static let found = Status(302)
  public static let seeOther = Status(303)
  public static let notModified = Status(304)
  public static let temporaryRedirect = Status(307)
  public static let permanentRedirect = Status(308)
  public static let badRequest = Status(400)
  public static let unauthorized = Status(401)
  public static let forbidden = Status(403)
  public static let notFound = Status(404)
  public static let methodNotAllowed = Status(405)
  public static let notAcceptable = Status(406)
  public static let requestTimeout = Status(408)
  public static let conflict = Status(409)
  public static let gone = Status(410)
  public static let lengthRequired = Status(411)
  public static let preconditionFailed = Status(412)
  public static let contentTooLarge = Status(413)
  public static let unsupportedMediaType = Status(415)
  public static let expectationFailed = Status(417)
  public static let misdirectedRequest = Status(421)
  public static let unprocessableContent = Status(422)
  public static let preconditionRequired = Status(428)
  public static let tooManyRequests = Status(429)
  public static let internalServerError = Status(500)
  public static let notImplemented = Status(501)
  public static let badGateway = Status(502)
  public static let serviceUnavailable = Status(503)
  public static let insufficientStorage = Status(507)

  /// The phrase of RFC 9110, or the number where it has none.
  public var reason: String { Self.reasons[code] ?? "\(code)" }

  /// Number and phrase: `404 Not Found`.
  public var description: String { Self.reasons[code].map { "\(code) \($0)" } ?? "\(code)" }

  private static let reasons: [Int: String] = [
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
    303: "See Other", 304: "Not Modified", 307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request",
    401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
    408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed",
    413: "Content Too Large", 415: "Unsupported Media Type", 417: "Expectation Failed", 421: "Misdirected Request",
    422: "Unprocessable Content", 428: "Precondition Required", 429: "Too Many Requests", 500: "Internal Server Error",
    501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 507: "Insufficient Storage",
  ]
}

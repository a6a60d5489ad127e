/// One answer with its whole body in memory.
///
/// Every response also carries the server's default headers, unless it sets a header of the same name. A header that
/// HTTP forbids (a line break in a value, a length) is never sent: the client gets 500 and the log says which it was.
/// A header with an empty value is left out.
public struct Response: Sendable {
  public var status: Status
  public var headers: Headers
  public var body: [UInt8]

  /// A response of these parts.
  public init(status: Status, headers: Headers = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Bytes of a media type.
  public init(status: Status = .ok, type: String, body: [UInt8]) {
    self.init(status: status, headers: ["Content-Type": type], body: body)
  }

  /// Plain text in UTF-8.
  public static func text(_ text: String, status: Status = .ok) -> Response {
    Response(status: status, type: "text/plain; charset=utf-8", body: Array(text.utf8))
  }

  /// A page in UTF-8.
  public static func html(_ bytes: [UInt8], status: Status = .ok) -> Response {
    Response(status: status, type: "text/html; charset=utf-8", body: bytes)
  }

  /// JSON text in UTF-8.
  public static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
    Response(status: status, type: "application/json", body: bytes)
  }

  /// No body (204).
  public static var noContent: Response { Response(status: .noContent) }

  /// Sends the client elsewhere; 303 makes it ask with GET.
  public static func redirect(to location: String, _ status: Status = .seeOther) -> Response {
    Response(status: status, headers: ["Location": location])
  }

  /// The copy that the client holds is still good. Without the body its length isn't known, so none is stated and the
  /// connection closes; `revalidated(for:)` and `PreparedResponse` keep it open.
  /// - Parameter etag: the header's whole value, with quotes.
  public static func notModified(_ etag: String) -> Response {
    Response(status: .notModified, headers: ["ETag": etag])
  }

  /// This response, or 304 without its body where the request's `If-None-Match` names this response's `ETag`.
  public func revalidated(for request: Request) -> Response {
    guard status == .ok, request.method == .get || request.method == .head, let etag = headers["ETag"],
      request.matches(etag: etag)
    else { return self }
    var unchanged = self
    unchanged.status = .notModified
    return unchanged
  }

  /// This response with its body compressed, where the client takes gzip and it makes the body smaller.
  public func compressed(for request: Request) -> Response {
    guard !headers.contains("Content-Encoding") else { return self }
    var answer = self
    answer.headers.addVary("Accept-Encoding")
    guard request.acceptsGzip, let smaller = Gzip.compress(body) else { return answer }
    answer.headers["Content-Encoding"] = "gzip"
    answer.body = smaller
    return answer
  }
}

extension Headers {
  /// Adds a name to `Vary` unless it is there.
  mutating func addVary(_ name: String) {
    guard let present = self["Vary"] else {
      self["Vary"] = name
      return
    }
    let names = present.split(separator: ",").map { $0.drop { $0 == " " } }
    if !names.contains(where: { $0 == "*" || String($0).isSameFieldName(as: name) }) {
      self["Vary"] = present + ", " + name
    }
  }
}

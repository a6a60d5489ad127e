import CMicrohttpd
import Glibc

/// One request, its body read.
///
/// Nothing is decoded that isn't asked for, and nothing asked for is kept: hold on to what you use twice. Headers are
/// looked up in the connection itself, so a handler reads them on the thread it is called on, before it returns. A
/// request answered by `Reply.later` or `Reply.events` has its headers copied first and can be read from anywhere
/// at any time. Reading headers from another thread otherwise stops the process: it would read freed memory.
///
/// Unchecked: the library's thread alone writes to a request, and only before the handler is called or after it
/// returned; what handlers read doesn't change. `connection` is used by the thread that owns it alone.
public final class Request: @unchecked Sendable {
  /// Counts the server's requests from 1.
  public let id: UInt64
  /// The method of the request line.
  public internal(set) var method: Method
  /// The whole body, decoded from chunks; empty where there was none.
  public internal(set) var body: [UInt8] = []
  /// Whether the request came over TLS.
  public let isTLS: Bool

  var parsedTarget: Target
  var course: Course
  let connection: Connection?
  private var wire: OpaquePointer?
  private let thread: pthread_t
  private var frozen: FrozenHeaders?
  private let givenAddress: String?

  /// A request as it would arrive, for calling handlers without a network. Nil where the target is one that the server
  /// would refuse.
  public init?(
    _ method: Method = .get, _ target: String, headers: Headers = [:], body: [UInt8] = [],
    remoteAddress: String = "127.0.0.1", isTLS: Bool = true
  ) {
    id = 0
    self.method = method
    self.body = body
    self.isTLS = isTLS
    parsedTarget = Target(bytes: Array(target.utf8))
    course = Course(startedAt: 0)
    connection = nil
    thread = pthread_self()
    frozen = FrozenHeaders(headers)
    givenAddress = remoteAddress
    if parsedTarget.examine() != nil { return nil }
  }

  /// The request whose target the library has just read; its other parts follow.
  init(
    id: UInt64, target: UnsafePointer<CChar>?, wire: OpaquePointer, connection: Connection, isTLS: Bool, now: UInt64
  ) {
    self.id = id
    method = .get
    self.isTLS = isTLS
    parsedTarget = Target(
      bytes: target.map { [UInt8](UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? [])
    course = Course(startedAt: now, targetStart: target)
    self.connection = connection
    self.wire = wire
    thread = pthread_self()
    givenAddress = nil
  }

  /// The target as it was sent, escapes and all.
  public var target: String { String(decoding: parsedTarget.bytes, as: UTF8.self) }

  /// The path's segments, each decoded by itself, so a `%2F` stays inside its segment. `/` has none; `/a/` has two, of
  /// which the last is empty.
  public var path: [String] {
    var segments: [String] = []
    parsedTarget.forEachSegment { segments.append(parsedTarget.text($0)) }
    return segments
  }

  /// Whether the path's first segment is this one; without making the path's texts.
  public func pathBegins(with segment: StaticString) -> Bool {
    parsedTarget.hasEscapes ? path.first == segment.description : parsedTarget.holds(segment) { $0.lowerBound == $1.lowerBound }
  }

  /// Whether the path's last segment is this one; without making the path's texts.
  public func pathEnds(with segment: StaticString) -> Bool {
    parsedTarget.hasEscapes ? path.last == segment.description : parsedTarget.holds(segment) { $0.upperBound == $1.upperBound }
  }

  /// Whether a segment of the path is this one; without making the path's texts.
  public func pathHas(_ segment: StaticString) -> Bool {
    parsedTarget.hasEscapes ? path.contains(segment.description) : parsedTarget.holds(segment) { _, _ in true }
  }

  /// What follows the question mark.
  public var query: Query { parsedTarget.query.flatMap { Query(encoded: $0) } ?? Query() }

  /// The first value of a header, nil where it is absent.
  public func header(_ name: String) -> String? {
    withHeader(name) { $0.map { String(decoding: $0, as: UTF8.self) } }
  }

  /// All headers in the order of their arrival, copied.
  public var headers: Headers { (frozen ?? FrozenHeaders(wire: liveWire)).all }

  /// The value of a cookie as it was sent, without quotes around it; the first where the name is repeated.
  public func cookie(_ name: String) -> String? {
    withHeader("Cookie") { value in
      value.flatMap { Cookies.find(name, in: $0) }
    }
  }

  /// The client's address as text, without port.
  public var remoteAddress: String { connection?.remoteAddress ?? givenAddress ?? "unknown" }

  /// Whether the client is on this machine.
  public var isLoopback: Bool {
    connection?.isLoopback ?? (givenAddress == "::1" || givenAddress?.hasPrefix("127.") == true)
  }

  /// Whether the client takes gzip (RFC 9110, 12.5.3).
  public var acceptsGzip: Bool {
    withHeader("Accept-Encoding") { $0.map(Negotiation.allowsGzip) ?? false }
  }

  /// Whether `If-None-Match` names this tag, compared weakly, or is `*`.
  /// - Parameter etag: the header's whole value, with quotes.
  public func matches(etag: String) -> Bool {
    withHeader("If-None-Match") { value in
      guard let value else { return false }
      var etag = etag
      return etag.withUTF8 { Negotiation.lists(value, tag: $0) }
    }
  }

  /// What the caller makes of a header's value, made again only when the header differs from that of the connection's
  /// request before: a browser sends the same cookie with each. All who ask for the same type must make the same of it. Nil where
  /// the header is absent.
  public func derived<Value: AnyObject & Sendable>(
    from name: StaticString, as type: Value.Type = Value.self, _ make: (String) -> Value
  ) -> Value? {
    withHeader(name.description) { bytes in
      guard let bytes else { return nil }
      guard let connection else { return make(String(decoding: bytes, as: UTF8.self)) }
      return connection.derived.withLock { held in
        if let held, held.name.utf8Start == name.utf8Start, held.header.count == bytes.count,
          bytes.isEmpty || held.header.withUnsafeBytes({ memcmp($0.baseAddress!, bytes.baseAddress!, bytes.count) }) == 0,
          let value = held.value as? Value
        {
          return value
        }
        let value = make(String(decoding: bytes, as: UTF8.self))
        held = Connection.Derived(name: name, header: Array(bytes), value: value)
        return value
      }
    }
  }

  /// Gives a header's bytes without copying; they are gone when the closure returns.
  func withHeader<R>(_ name: String, _ body: (UnsafeBufferPointer<UInt8>?) -> R) -> R {
    var name = name
    return name.withUTF8 { name in
      if let frozen { return frozen.withValue(name, body) }
      var value: UnsafePointer<CChar>?
      var size = 0
      let found = name.withMemoryRebound(to: CChar.self) {
        MHD_lookup_connection_value_n(liveWire, .HEADER_KIND, $0.baseAddress, $0.count, &value, &size)
      }
      guard found == .YES, let value else { return body(nil) }
      return value.withMemoryRebound(to: UInt8.self, capacity: size) {
        body(UnsafeBufferPointer(start: $0, count: size))
      }
    }
  }

  private var liveWire: OpaquePointer {
    precondition(pthread_self() == thread, "headers of request \(id) read from another thread than its own")
    guard let wire else { preconditionFailure("headers of request \(id) read after it was over") }
    return wire
  }

  /// Copies the headers, so that they can be read after the connection moved on.
  func freeze() {
    if frozen == nil { frozen = FrozenHeaders(wire: liveWire) }
  }

  /// The connection belongs to the next request from here on.
  func detach() { wire = nil }
}

import Glibc

/// Everything a server is told before it starts.
public struct ServerConfiguration: Sendable {
  /// Where to listen; at least one address.
  public var addresses: [ListenAddress]
  /// The certificate to show; nil speaks plain HTTP.
  public var tls: TLSIdentity?
  /// Threads that read requests and run handlers.
  public var threads = 2
  /// Seconds a connection may be silent.
  public var idleTimeout = 30.0
  /// Seconds from a request's first line to its last byte, however busily it drips; sending the answer has as long.
  public var requestDeadline = 30.0
  /// Bytes per second that extend the deadline: a large body may take longer, but not at a drip.
  public var minimumRate = 4096
  /// Open connections at once; more wait in the system's queue.
  public var connectionLimit = 1000
  /// Open connections at once from one address; more are closed. 0 means no such limit.
  public var connectionLimitPerAddress = 0
  /// Bytes of memory for one connection; the head of a request has to fit into it (414 and 431). It is wiped after each
  /// request, so more of it makes every request slower.
  public var memoryPerConnection = 16 * 1024
  /// The largest body where `bodyRule` doesn't say otherwise.
  public var maximumBodyBytes = 1024 * 1024
  /// Asked when a request announces a body, before any of it is read.
  public var bodyRule: (@Sendable (Request) -> BodyRule)?
  /// Sent with every response that has no header of the same name. `X-Content-Type-Options` and `Referrer-Policy` are
  /// there already and can be replaced.
  public var defaultHeaders: Headers = [
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
  ]
  /// Sent with what a browser shows as a page (`text/html`), instead of a default header of the same name.
  public var documentHeaders: Headers = [:]
  /// Seconds between the comments that keep an event stream alive and show that its reader is gone.
  public var heartbeat = 15.0
  /// Draws the answers that the server gives without the handler: 400, 413, 417, 500, 501, 503. The text says why, in
  /// English, for the sender of the request. The request may be malformed: read its path with care.
  public var problem: @Sendable (Request, Status, String) -> Response = { _, status, reason in
    .text("\(status)\n\(reason)\n", status: status)
  }
  /// Called once for each request when it is over, on the server's thread.
  public var finished: (@Sendable (Exchange) -> Void)?
  /// Receives what an operator should know.
  public var log: @Sendable (LogLevel, String) -> Void = { level, line in
    guard level == .error else { return }
    let bytes = Array("http: \(line)\n".utf8)
    _ = write(2, bytes, bytes.count)
  }

  /// A configuration with the defaults.
  public init(addresses: [ListenAddress], tls: TLSIdentity? = nil) {
    self.addresses = addresses
    self.tls = tls
  }
}

/// A certificate with its chain and its private key, both PEM.
public struct TLSIdentity: Sendable {
  public var certificatePEM: String
  public var keyPEM: String

  /// The server's own certificate comes first, then the authorities between it and the root.
  public init(certificatePEM: String, keyPEM: String) {
    self.certificatePEM = certificatePEM
    self.keyPEM = keyPEM
  }
}

/// What to do with a request's body.
public enum BodyRule: Sendable {
  /// Read it, unless it is larger (413).
  case accept(maximumBytes: Int)
  /// Don't read it; this is the answer.
  case refuse(Response)
}

/// How much a line of the log matters.
public enum LogLevel: Sendable {
  /// A defect or a fault of this machine.
  case error
  /// Something a client did: an aborted connection, a failed handshake, a cut-off.
  case notice
}

/// A request that is over.
public struct Exchange: Sendable {
  /// The request; its headers can be read during the call.
  public let request: Request
  /// The status sent, nil where the connection ended without one.
  public let status: Int?
  /// Whether the whole answer was handed to the network.
  public let isComplete: Bool
  /// From the request line to the end, in milliseconds, good to four of them.
  public let milliseconds: Int
}

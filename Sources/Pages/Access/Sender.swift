public import MicroHTTP

// The listener without TLS exists for a reverse proxy on the same machine alone: whoever speaks there speaks for somebody
// else.
extension Request {
  /// Where the request came from, for the log and against guessing: the client's address, or the one that the proxy
  /// tells last in `X-Forwarded-For`.
  public var sender: String {
    guard !isTLS, let told = header("X-Forwarded-For")?.split(separator: ",").last else { return remoteAddress }
    let address = told.filter { $0 != " " && $0 != "\t" }
    return address.isEmpty ? remoteAddress : String(address.prefix(45))
  }

  /// Whether a program on this machine asks for itself, over TLS. What comes through the proxy never does.
  public var isFromThisMachine: Bool { isTLS && isLoopback }
}

public import MicroHTTP

extension Response {
  /// A 401 names what would be taken instead (RFC 9110, 15.5.2); whatever names something itself keeps it. No browser
  /// asks for a name and a password because of this one.
  public func challenging(realm: String) -> Response {
    guard status == .unauthorized, headers["WWW-Authenticate"] == nil else { return self }
    var response = self
    response.headers["WWW-Authenticate"] = "Bearer realm=\"\(realm)\""
    return response
  }
}

extension Reply {
  /// The same of a reply, now or later.
  public func challenging(realm: String) -> Reply {
    switch self {
    case .response(let response): .response(response.challenging(realm: realm))
    case .later(let start): .later { responder in start(Responder { responder.answer($0.challenging(realm: realm)) }) }
    case .prepared, .events: self
    }
  }
}

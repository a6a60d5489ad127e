public import MicroHTTP

/// Refuses writes that another site made a browser send (ASVS 3.5.1).
///
/// Kept pages hold nothing of one viewer, so there is no token in a form; the browser itself says where a request comes
/// from, and the cookie is `SameSite=Strict` besides.
public enum CrossSite {
  /// Why a request is refused.
  public enum Refusal: Sendable, Hashable {
    /// `Sec-Fetch-Site` says that it comes from elsewhere.
    case otherSite(String)
    /// `Origin` is not this host.
    case otherOrigin(String)
    /// It says neither; every browser says one of them with a write.
    case unknown
  }

  /// The refusal of a request, nil where it may go on. Safe methods and bearer tokens, which no browser sends by
  /// itself, always may.
  public static func refusal(_ request: Request, credential: Credential?) -> Refusal? {
    if case .bearer = credential { return nil }
    return refusal(
      isSafe: request.method.isSafe, fetchSite: request.header("Sec-Fetch-Site"), origin: request.header("Origin"),
      host: request.header("Host"))
  }

  /// The same as a rule over the headers' values.
  ///
  /// A login has no cookie yet and is judged all the same: else another site could log somebody in as somebody else.
  public static func refusal(isSafe: Bool, fetchSite: String?, origin: String?, host: String?) -> Refusal? {
    if isSafe { return nil }
    if let fetchSite {
      // "none" is typed into the address bar or opened from a bookmark, which no write is.
      guard fetchSite == "same-origin" else { return .otherSite(fetchSite) }
      return nil
    }
    guard let origin else { return .unknown }
    guard let host, let named = hostPart(of: origin), named.lowercased() == host.lowercased() else {
      return .otherOrigin(origin)
    }
    return nil
  }

  private static func hostPart(of origin: String) -> String? {
    for scheme in ["https://", "http://"] where origin.hasPrefix(scheme) {
      return String(origin.dropFirst(scheme.count))
    }
    return nil
  }
}

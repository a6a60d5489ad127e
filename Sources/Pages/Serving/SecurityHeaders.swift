public import MicroHTTP

/// The headers that every answer carries (OWASP ASVS 5.0, 3.4), for the server's default headers.
public enum SecurityHeaders {
  /// Nothing but our own styles, scripts, pictures and addresses; no inline code of any kind.
  public static let contentSecurityPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"

  /// All of them. `isTLS: false`, for a plain address behind a proxy or on this machine, leaves out what only TLS may
  /// promise.
  public static func all(isTLS: Bool = true) -> Headers {
    var headers: Headers = [
      "Content-Security-Policy": contentSecurityPolicy,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "X-Frame-Options": "DENY",
      "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
      // What is not said otherwise is somebody's health: no cache keeps it. Kept pages and assets say otherwise.
      "Cache-Control": "no-store",
    ]
    if isTLS { headers["Strict-Transport-Security"] = "max-age=31536000" }
    return headers
  }
}

public import MicroHTTP

/// The headers that tell browsers what our answers may do (OWASP ASVS 5.0, 3.4), for the server's default headers.
public enum SecurityHeaders {
  /// Of every answer: what is no page of ours may load, run and be framed by nothing, and is kept by no cache. Kept
  /// pages and assets say otherwise, as a worker's script would have to: it is bound by the policy it came with. `isTLS: false`, for a plain address behind a proxy or on this machine, leaves out what
  /// only TLS may promise.
  public static func all(isTLS: Bool = true) -> Headers {
    var headers: Headers = [
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
      // of redirects too: a browser compares each step on the way to a page
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cache-Control": "no-store",
    ]
    if isTLS { headers["Strict-Transport-Security"] = "max-age=31536000" }
    return headers
  }

  /// Of pages: nothing but our own styles, scripts, pictures and addresses, no inline code of any kind, and none of the
  /// device's sensors but the camera that reads badges.
  public static let documents: Headers = [
    "Content-Security-Policy":
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
      + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
  ]
}

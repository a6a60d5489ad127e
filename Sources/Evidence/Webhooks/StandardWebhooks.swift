internal import Crypto
public import Sanatorium

/// A shared secret of Standard Webhooks 1.0.0: 24 to 64 bytes, `whsec_` and their base64.
public struct WebhookSecret: Hashable, Sendable {
  /// Not to be logged.
  public let bytes: [UInt8]

  public init?(_ text: String) {
    let trimmed = trim(text)
    guard trimmed.hasPrefix("whsec_"), let bytes = Base64.decode(String(trimmed.dropFirst(6))),
      (24...64).contains(bytes.count)
    else { return nil }
    self.bytes = bytes
  }

  /// 32 fresh bytes.
  public static func generate() -> WebhookSecret {
    WebhookSecret(unchecked: ID.randomBytes(32))
  }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// The text form. Secret.
  public var secretText: String { "whsec_" + Base64.encode(bytes) }
}

/// Signing and checking of webhook messages, Standard Webhooks 1.0.0 with symmetric signatures (`v1`).
public enum StandardWebhooks {
  /// How far the sender's clock may be off.
  public static let tolerance = Span.minutes(5)

  /// The headers of one attempt.
  public struct Headers: Hashable, Sendable {
    /// The same for every attempt of one message.
    public var id: String
    /// Unix seconds of this attempt.
    public var timestamp: String
    /// One or more signatures with a space between.
    public var signature: String

    public init(id: String, timestamp: String, signature: String) {
      self.id = id
      self.timestamp = timestamp
      self.signature = signature
    }

    public var fields: [(name: String, value: String)] {
      [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)]
    }
  }

  /// Signs one attempt with each secret; while a secret is being changed there are two.
  public static func sign(
    _ body: [UInt8], id: String, at now: Instant, with secrets: [WebhookSecret]
  ) -> Headers {
    let timestamp = "\(now.milliseconds / 1000)"
    let message = Array("\(id).\(timestamp).".utf8)
    let signatures = secrets.map { "v1,\(Base64.encode(code(message, body, $0)))" }
    return Headers(id: id, timestamp: timestamp, signature: signatures.joined(separator: " "))
  }

  /// Checks a received message: one of the signatures fits one of the secrets, and the timestamp is within the
  /// tolerance. Every pair is compared, in constant time.
  ///
  /// - Throws: `Refusal.invalid` with the header that is wrong.
  public static func verify(
    _ body: [UInt8], _ headers: Headers, with secrets: [WebhookSecret], now: Instant
  ) throws {
    guard (1...256).contains(headers.id.utf8.count), headers.id.utf8.allSatisfy({ (33...126).contains($0) }),
      !headers.id.contains(".")
    else {
      throw Refusal.invalid("webhook-id", "malformed", Text("webhook-id 不对。", "The webhook-id is malformed."))
    }
    guard headers.timestamp.utf8.count <= 12, let seconds = Int64(headers.timestamp), seconds >= 0,
      "\(seconds)" == headers.timestamp
    else {
      throw Refusal.invalid(
        "webhook-timestamp", "malformed",
        Text("webhook-timestamp 不是秒数。", "The webhook-timestamp is no number of seconds."))
    }
    let message = Array("\(headers.id).\(headers.timestamp).".utf8)
    var matches = false
    for part in headers.signature.split(separator: " ").prefix(16) where part.hasPrefix("v1,") {
      guard let given = Base64.decode(String(part.dropFirst(3))) else { continue }
      for secret in secrets {
        let fits = HMAC<SHA256>.isValidAuthenticationCode(
          given, authenticating: message + body, using: SymmetricKey(data: secret.bytes))
        matches = fits || matches
      }
    }
    guard matches else {
      throw Refusal.invalid(
        "webhook-signature", "wrong-signature",
        Text(
          "webhook-signature 对不上，密钥不一样或者内容变过。",
          "The webhook-signature does not fit: another secret, or the body was changed."))
    }
    let off = now - Instant(milliseconds: seconds * 1000)
    guard off <= tolerance, off >= Span(milliseconds: -tolerance.milliseconds) else {
      throw Refusal.invalid(
        "webhook-timestamp", "out-of-tolerance",
        Text(
          "发送时间和这里的钟差 \(abs(off.milliseconds / 1000)) 秒，最多可差 300 秒。",
          "The time of sending is \(abs(off.milliseconds / 1000)) s off this clock, 300 s are allowed."))
    }
  }

  private static func code(_ message: [UInt8], _ body: [UInt8], _ secret: WebhookSecret) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message + body, using: SymmetricKey(data: secret.bytes)))
  }
}

extension ID {
  static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
}

import Sanatorium
import Testing

@testable import Evidence

@Suite struct StandardWebhooksTests {
  private let secret = WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!
  private let now = Instant(milliseconds: 1_614_265_330_000)
  private let body = Array(#"{"test": 2432232314}"#.utf8)
  private let headers = StandardWebhooks.Headers(
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330",
    signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")

  private func code(
    _ headers: StandardWebhooks.Headers, _ body: [UInt8]? = nil, secrets: [WebhookSecret]? = nil, now: Instant? = nil
  ) -> String? {
    do {
      try StandardWebhooks.verify(body ?? self.body, headers, with: secrets ?? [secret], now: now ?? self.now)
      return nil
    } catch Refusal.invalid(let faults) {
      return "\(faults[0].field) \(faults[0].code)"
    } catch {
      return "\(error)"
    }
  }

  @Test("the published vector is signed and accepted")
  func vector() {
    #expect(StandardWebhooks.sign(body, id: headers.id, at: now, with: [secret]) == headers)
    #expect(code(headers) == nil)
  }

  @Test("another body, id, time or secret does not fit the signature")
  func wrong() {
    var other = headers
    other.id = "msg_other"
    #expect(code(other) == "webhook-signature wrong-signature")
    other = headers
    other.timestamp = "1614265331"
    #expect(code(other) == "webhook-signature wrong-signature")
    #expect(code(headers, body + [32]) == "webhook-signature wrong-signature")
    #expect(code(headers, secrets: [.generate()]) == "webhook-signature wrong-signature")
    #expect(code(headers, secrets: []) == "webhook-signature wrong-signature")
  }

  @Test("the sender's clock may be off by five minutes, not by more", arguments: [-300, 300])
  func tolerance(seconds: Int64) {
    #expect(code(headers, now: Instant(milliseconds: now.milliseconds + seconds * 1000)) == nil)
    let beyond = Instant(milliseconds: now.milliseconds + seconds * 1000 + seconds.signum())
    #expect(code(headers, now: beyond) == "webhook-timestamp out-of-tolerance")
  }

  @Test("while a secret is being changed either side may still use the old one")
  func rotation() {
    let fresh = WebhookSecret.generate()
    let both = StandardWebhooks.sign(body, id: "m1", at: now, with: [fresh, secret])
    #expect(both.signature.split(separator: " ").count == 2)
    #expect(code(both, secrets: [secret]) == nil)
    #expect(code(both, secrets: [fresh]) == nil)
    #expect(code(headers, secrets: [fresh, secret]) == nil)
  }

  @Test("malformed headers are named", arguments: ["", "-1", "1.5", "+1614265330", "016", "999999999999999"])
  func malformed(timestamp: String) {
    var other = headers
    other.timestamp = timestamp
    #expect(code(other) == "webhook-timestamp malformed")
    other = headers
    other.id = "a.b"
    #expect(code(other) == "webhook-id malformed")
    other = headers
    other.signature = "v1a,\(headers.signature.dropFirst(3))"
    #expect(code(other) == "webhook-signature wrong-signature")
  }

  @Test("secrets hold 24 to 64 bytes behind their prefix")
  func secrets() {
    #expect(secret.secretText == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    #expect(WebhookSecret(WebhookSecret.generate().secretText) != nil)
    #expect(WebhookSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") == nil)
    #expect(WebhookSecret("whsec_" + Base64.encode([UInt8](repeating: 1, count: 23))) == nil)
    #expect(WebhookSecret("whsec_" + Base64.encode([UInt8](repeating: 1, count: 65))) == nil)
    #expect(WebhookSecret("whsec_nonsense!") == nil)
  }
}

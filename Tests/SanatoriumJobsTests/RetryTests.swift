import Sanatorium
import Testing

@testable import SanatoriumJobs

@Suite("When an undelivered report is tried again")
struct RetryTests {
  private let now = Instant(milliseconds: 1_790_000_000_000)

  private func verdict(
    _ status: Int?, failures: Int = 0, retryAfter: Span? = nil, jitter: Double = 0
  ) -> Retry.Verdict {
    Retry.verdict(status: status, failures: failures, retryAfter: retryAfter, jitter: jitter, now: now)
  }

  @Test("the delays are those of Standard Webhooks and daily after the last")
  func delays() {
    let seconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400, 86_400]
    for (failures, wait) in seconds.enumerated() {
      #expect(verdict(503, failures: failures) == .again(now + .seconds(wait)))
      #expect(verdict(nil, failures: failures) == .again(now + .seconds(wait)))
    }
    #expect(verdict(500, failures: 1, jitter: 1) == .again(now + .seconds(330)))
    #expect(verdict(500, failures: 1, jitter: 7) == .again(now + .seconds(330)))
  }

  @Test("what the answer asks for is honoured up to a day and shortens nothing")
  func retryAfter() {
    #expect(verdict(429, retryAfter: .seconds(120)) == .again(now + .seconds(120)))
    #expect(verdict(429, failures: 2, retryAfter: .seconds(1)) == .again(now + .seconds(1_800)))
    #expect(verdict(503, retryAfter: .days(30)) == .again(now + .days(1)))
  }

  @Test("2xx is done, 3xx is no success, 410 ends it")
  func ends() {
    #expect(verdict(200) == .accepted)
    #expect(verdict(302) == .again(now + .seconds(5)))
    #expect(verdict(410, failures: 4) == .stopped)
  }
}

public import Sanatorium

/// When an undelivered report is tried again (Standard Webhooks 1.0: the example delays, then daily for as long as it
/// takes).
public enum Retry {
  /// Delays after the first, second … failed try, in seconds.
  static let delays = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

  /// What an answer means.
  public enum Verdict: Hashable, Sendable {
    case accepted
    /// Tried again at that time.
    case again(Instant)
    /// 410: the endpoint wants no more; a person must act.
    case stopped
  }

  /// - Parameters:
  ///   - status: the answer's status; nil when none came.
  ///   - failures: how many tries failed before this one.
  ///   - retryAfter: what the answer asked for; at most a day is honoured.
  ///   - jitter: 0 to 1, passed in by the caller; lengthens the delay by up to a tenth, so that many facilities do not
  ///     come back in the same second.
  public static func verdict(
    status: Int?, failures: Int, retryAfter: Span?, jitter: Double, now: Instant
  ) -> Verdict {
    if let status, (200..<300).contains(status) { return .accepted }
    if status == 410 { return .stopped }
    let seconds = delays[min(max(failures, 0), delays.count - 1)]
    var wait = Span(milliseconds: Int64(Double(seconds) * 1_000 * (1 + 0.1 * min(max(jitter, 0), 1))))
    if let retryAfter { wait = max(wait, min(retryAfter, .days(1))) }
    return .again(now + wait)
  }
}

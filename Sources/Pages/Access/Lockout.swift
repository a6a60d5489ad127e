/// Slows down guessing at passwords (ASVS 6.3.1) without letting anybody lock a colleague out.
///
/// Failures count for a pair of account and source address, so that guessing from one device delays that device alone;
/// for the source over all accounts, against trying one password on everybody; and for the account over all sources
/// that never logged in to it, against guessing from many devices. A name that is no account is counted the same. It is
/// a value: times are given in milliseconds since 1970, and a program keeps one behind a lock.
public struct Lockout: Sendable {
  /// When delays begin and how they grow.
  public struct Limits: Sendable, Hashable {
    /// Failures that are free: for a pair, for a source, for an account from unfamiliar sources.
    public var pair = 5
    public var source = 30
    public var account = 20
    /// The first delay; it doubles with each failure.
    public var first: Int64 = 5_000
    /// The longest delay.
    public var longest: Int64 = 15 * 60_000
    /// Failures are forgotten after this long without another.
    public var memory: Int64 = 60 * 60_000
    /// How many counters there may be; the oldest go first.
    public var counters = 10_000

    public init() {}
  }

  private enum Key: Hashable {
    case pair(String, String)
    case source(String)
    case account(String)
  }

  private struct Counter {
    var failures = 0
    var last: Int64
  }

  public let limits: Limits
  private var counters: [Key: Counter] = [:]
  /// Sources that logged in to an account before, with the time.
  private var familiar: [Key: Int64] = [:]

  public init(limits: Limits = Limits()) { self.limits = limits }

  /// How long this account may not be tried from this source, in milliseconds; 0 when it may be now.
  ///
  /// - Parameter account: the name as it was typed, whether there is such an account or not.
  public func wait(account: String, source: String, now: Int64) -> Int64 {
    let account = Self.folded(account)
    var longest = max(
      delay(.pair(account, source), limits.pair, now), delay(.source(source), limits.source, now))
    if familiar[.pair(account, source)] == nil { longest = max(longest, delay(.account(account), limits.account, now)) }
    return longest
  }

  /// A wrong password.
  public mutating func fail(account: String, source: String, now: Int64) {
    let account = Self.folded(account)
    count(.pair(account, source), now)
    count(.source(source), now)
    if familiar[.pair(account, source)] == nil { count(.account(account), now) }
  }

  /// A right one: forgets the pair's failures and knows the source from now on.
  public mutating func succeed(account: String, source: String, now: Int64) {
    let account = Self.folded(account)
    counters[.pair(account, source)] = nil
    if familiar.count >= limits.counters, let oldest = familiar.min(by: { $0.value < $1.value }) {
      familiar[oldest.key] = nil
    }
    familiar[.pair(account, source)] = now
  }

  /// An administrator lets an account in again at once.
  public mutating func forgive(account: String) {
    let account = Self.folded(account)
    counters = counters.filter {
      switch $0.key {
      case .pair(account, _), .account(account): false
      default: true
      }
    }
  }

  private func delay(_ key: Key, _ free: Int, _ now: Int64) -> Int64 {
    guard let counter = counters[key], now - counter.last < limits.memory, counter.failures >= free else { return 0 }
    let doublings = min(counter.failures - free, 30)
    let delay = min(limits.longest, limits.first << Int64(doublings))
    return max(0, counter.last + delay - now)
  }

  private mutating func count(_ key: Key, _ now: Int64) {
    if counters.count >= limits.counters, counters[key] == nil {
      counters = counters.filter { now - $0.value.last < limits.memory }
      if counters.count >= limits.counters, let oldest = counters.min(by: { $0.value.last < $1.value.last }) {
        counters[oldest.key] = nil
      }
    }
    var counter = counters[key] ?? Counter(last: now)
    if now - counter.last >= limits.memory { counter.failures = 0 }
    counter.failures += 1
    counter.last = max(counter.last, now)
    counters[key] = counter
  }

  private static func folded(_ account: String) -> String { account.lowercased() }
}

internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// Plays the past days of the demonstration batch through the Store, with the time given from outside: what is due by
/// itself happens at its time, as it would have.
struct DemoScript {
  let store: Store
  let now: Instant
  private(set) var clock: Instant
  private let actors: [String: Actor]

  init(store: Store, now: Instant, startingAt start: Instant) throws {
    self.store = store
    self.now = now
    clock = start
    let accounts = try store.read { try $0.accounts() }
    actors = Dictionary(uniqueKeysWithValues: accounts.map { ($0.username, $0.actor()) })
  }

  func actor(_ username: String) -> Actor {
    guard let actor = actors[username] else { preconditionFailure("the cast has no \(username)") }
    return actor
  }

  /// Lets time pass until a moment, at most until now; the clock's work is done every ten minutes on the way.
  mutating func pass(until moment: Instant) throws {
    let target = min(moment, now)
    while clock < target {
      clock = min(clock + .minutes(10), target)
      while try store.perform(at: clock, { try $0.advance() }) {}
    }
  }

  /// One event at the present of the script by one of the cast.
  @discardableResult
  func act<Result: Sendable>(
    _ username: String, _ event: @escaping @Sendable (Ledger, Submission) throws -> Result
  ) throws -> Result {
    let submission = Submission(
      key: .random(), actor: actor(username), occurredAt: clock, request: Digest.of(Array(username.utf8)))
    return try store.perform(at: clock) { try event($0, submission) }
  }
}

/// Numbers that look like a measurement and are the same at each run.
struct DemoNumbers {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ range: ClosedRange<Int>) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return range.lowerBound + Int(state % UInt64(range.count))
  }

  /// Readings of someone who is well.
  mutating func calm() -> Readings {
    Readings(
      respirationRate: next(14...19), oxygenSaturation: next(96...98), supplementalOxygen: false,
      systolic: next(116...138), diastolic: next(68...84), pulse: next(60...84), consciousness: .alert,
      temperature: next(362...369))
  }
}

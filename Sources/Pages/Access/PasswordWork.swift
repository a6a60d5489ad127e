import Dispatch
import Synchronization

/// Hashes and verifies passwords, one at a time on a thread of its own: a crowd at the login page costs time, never
/// memory, and no thread of the server waits.
public final class PasswordWork: Sendable {
  /// What became of a verification.
  public enum Verdict: Sendable, Hashable {
    /// It is the password; `renewed` where the kept hash had old parameters, to be stored in its place.
    case right(renewed: PasswordHash?)
    case wrong
    /// Too many wait already; answer 503 with `Retry-After`.
    case busy
  }

  private let queue = DispatchQueue(label: "passwords")
  private let waiting = Atomic(0)
  private let limit: Int
  /// Verified for unknown accounts, so that they take the same time.
  private let decoy = PasswordHash.decoy()

  /// - Parameter limit: how many may wait; with 40 ms each, 50 are two seconds.
  public init(limit: Int = 50) {
    self.limit = limit
  }

  /// Verifies a password against the kept hash, or against a decoy where the account is unknown, which takes the same
  /// time and is always wrong. The completion runs on the work's thread, or at once where it is busy.
  public func verify(_ password: String, against kept: PasswordHash?, done: @escaping @Sendable (Verdict) -> Void) {
    // A megabyte of password would be hashed by anybody's wish.
    let password = password.utf8.count > 4 * PasswordHash.lengths.upperBound ? "" : password
    start(busy: { done(.busy) }) { [decoy] in
      let right = (kept ?? decoy).verifies(password) && kept != nil
      guard right, let kept else { return done(.wrong) }
      done(.right(renewed: kept.isOutdated ? PasswordHash(hashing: password) : nil))
    }
  }

  /// Hashes a new password; nil where too many wait or there is no memory for it. The caller has checked its length.
  public func hash(_ password: String, done: @escaping @Sendable (PasswordHash?) -> Void) {
    start(busy: { done(nil) }) { done(PasswordHash(hashing: password)) }
  }

  /// Hashes a new password on the calling thread: for the command line.
  public static func hash(_ password: String) -> PasswordHash? { PasswordHash(hashing: password) }

  private func start(busy: () -> Void, _ work: @escaping @Sendable () -> Void) {
    guard waiting.add(1, ordering: .relaxed).newValue <= limit else {
      waiting.subtract(1, ordering: .relaxed)
      return busy()
    }
    queue.async { [self] in
      work()
      waiting.subtract(1, ordering: .relaxed)
    }
  }
}

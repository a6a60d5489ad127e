internal import Glibc
internal import Synchronization

/// 16 random bytes that keep a payload from being guessed by its digest.
enum Salt {
  private static let size = 16
  /// The system is asked for 16 salts at once: a call for each would cost more than sealing does.
  private static let pool = Mutex<[UInt8]>([])

  static func fresh() -> [UInt8] {
    pool.withLock { pool in
      if pool.isEmpty { pool = random(16 * size) }
      defer { pool.removeLast(size) }
      return Array(pool.suffix(size))
    }
  }

  private static func random(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      guard getentropy(buffer.baseAddress, count) == 0 else { fatalError("the system has no random numbers") }
      filled = count
    }
  }
}

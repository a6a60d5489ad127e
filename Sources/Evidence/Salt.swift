internal import Glibc

/// 16 random bytes that keep a payload from being guessed by its digest.
enum Salt {
  static func fresh() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      // One call for all of them; the standard generator asks the system once for every eight bytes.
      guard getentropy(buffer.baseAddress, 16) == 0 else { fatalError("the system has no random numbers") }
      count = 16
    }
  }
}

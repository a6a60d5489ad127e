import CArgon2

/// A password as it is kept: argon2id with its parameters and salt in one string (PHC format).
///
/// Memory 12 MiB, three passes, one lane, which OWASP's cheat sheet gives as equal to 19 MiB and two passes: the small
/// computer has the time rather than the memory.
public struct PasswordHash: Sendable, Hashable {
  /// `$argon2id$v=19$m=12288,t=3,p=1$…`
  public let phc: String

  static let passes: UInt32 = 3
  static let kibibytes: UInt32 = 12_288
  static let lanes: UInt32 = 1
  static let saltBytes = 16
  static let digestBytes = 32

  /// Lengths in characters; every character is allowed and none is asked for (ASVS 6.2.1, 6.2.5, 6.2.9).
  public static let lengths = 8...128

  /// One that was kept. Nil where it is no argon2id string, so that a damaged one is found when it is read.
  public init?(kept phc: String) {
    guard phc.hasPrefix("$argon2id$v=19$m="), phc.utf8.count < 256 else { return nil }
    self.phc = phc
  }

  /// Hashes a password with a new salt. Takes about 40 ms and 12 MiB: call it by `PasswordWork`, not on a server's
  /// thread. Nil where there is no memory for it.
  init?(hashing password: String) {
    var random = SystemRandomNumberGenerator()
    let salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: 0...255, using: &random) }
    let length = argon2_encodedlen(
      Self.passes, Self.kibibytes, Self.lanes, UInt32(Self.saltBytes), UInt32(Self.digestBytes), Argon2_id)
    var encoded = [CChar](repeating: 0, count: length)
    let bytes = Array(password.utf8)
    let code = argon2id_hash_encoded(
      Self.passes, Self.kibibytes, Self.lanes, bytes, bytes.count, salt, salt.count, Self.digestBytes, &encoded, length)
    guard code == ARGON2_OK.rawValue else { return nil }
    phc = String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A hash of no password that anybody knows: salt and digest are drawn, not reckoned, so that making it costs nothing
  /// while verifying it takes as long as any other's.
  static func decoy() -> PasswordHash {
    PasswordHash(
      phc: "$argon2id$v=19$m=\(kibibytes),t=\(passes),p=\(lanes)$\(drawn(bytes: saltBytes))$\(drawn(bytes: digestBytes))")
  }

  private init(phc: String) { self.phc = phc }

  /// So many bytes in base64 without padding. The last letter is the one whose spare bits are 0 whatever the length.
  private static func drawn(bytes: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return String((1..<(bytes * 4 + 2) / 3).map { _ in letters.randomElement()! }) + "A"
  }

  /// Whether it is the hash of this password, in a time that doesn't depend on where they differ.
  func verifies(_ password: String) -> Bool { verdict(on: password) == ARGON2_OK.rawValue }

  /// The library's code: ARGON2_OK, ARGON2_VERIFY_MISMATCH, or what is wrong with the kept text.
  func verdict(on password: String) -> Int32 {
    let bytes = Array(password.utf8)
    return argon2id_verify(phc, bytes, bytes.count)
  }

  /// Whether it was made with other parameters than today's and should be made again at the next login.
  public var isOutdated: Bool { !phc.hasPrefix("$argon2id$v=19$m=\(Self.kibibytes),t=\(Self.passes),p=\(Self.lanes)$") }
}

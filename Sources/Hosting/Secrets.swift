internal import Foundation

/// Random values that nobody can guess, from the kernel's generator.
public enum Secrets {
  /// `count` random bytes.
  public static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// A shared key for Standard Webhooks 1.0.0: `whsec_` and the base64 of 24 to 64 bytes.
  public static func webhookKey(bytes count: Int = 32) -> String {
    precondition((24...64).contains(count), "Standard Webhooks asks for 24 to 64 bytes, not \(count)")
    return "whsec_" + Data(bytes(count)).base64EncodedString()
  }

  /// A password to read from paper and type on a phone: groups of letters and digits that can't be mistaken for one
  /// another, joined by hyphens. Four groups of four are 74 bits.
  public static func readablePassword(groups: Int = 4, of size: Int = 4) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<groups).map { _ in
      String((0..<size).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
    }.joined(separator: "-")
  }

  /// Lower case, so that a phone's keyboard need not change; without 0 o, 1 l i, 5 s, 2 z, u v.
  private static let alphabet = Array("abcdefghjkmnpqrtwxy346789")
}

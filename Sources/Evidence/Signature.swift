internal import Crypto
public import Sanatorium

/// A public Ed25519 key (RFC 8032): who may sign for a facility or an organizer.
///
/// As text it is `sanpk_` and the base64 of its 32 bytes.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
  /// 32 bytes.
  public let bytes: [UInt8]

  /// Nil unless there are 32 bytes that are a point of the curve.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
    self.bytes = bytes
  }

  public init?(_ text: String) {
    let trimmed = trim(text)
    guard trimmed.hasPrefix(Self.prefix), let bytes = Base64.decode(String(trimmed.dropFirst(Self.prefix.count)))
    else { return nil }
    self.init(bytes: bytes)
  }

  private static let prefix = "sanpk_"

  public var description: String { Self.prefix + Base64.encode(bytes) }

  /// The first 8 bytes of SHA-256 of the key, 16 hexadecimal characters: to tell keys apart, not to trust one by.
  public var id: String { Hex.encode(Digest.of(bytes).bytes.prefix(8)) }

  /// By which both sides know a facility without having agreed on anything but its key: the first 16 bytes of SHA-256 of
  /// the first key that it enrolled with.
  public var facility: ID {
    guard let id = ID(bytes: Digest.of(bytes).bytes.prefix(16)) else { preconditionFailure("a digest of 32 bytes") }
    return id
  }

  /// For reading to one another over the telephone: `7f3a 91c2 0b5d 66e1`.
  public var spokenID: String {
    let characters = Array(id)
    return stride(from: 0, to: characters.count, by: 4).map { String(characters[$0..<$0 + 4]) }.joined(separator: " ")
  }

  public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard signature.count == 64, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }
}

/// A private Ed25519 key. Never logged, shown or sent; `bytes` go into a file with mode 0600.
public struct SigningKey: Sendable {
  /// The 32 bytes of the seed.
  public let bytes: [UInt8]
  public let publicKey: PublicKey

  /// A fresh key from the system's random numbers.
  public static func generate() -> SigningKey { SigningKey(Curve25519.Signing.PrivateKey()) }

  /// Nil unless there are 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { return nil }
    self.init(key)
  }

  /// `sansk_` and the base64 of the seed, as it stands in a secret's file.
  public init?(_ text: String) {
    let trimmed = trim(text)
    guard trimmed.hasPrefix(Self.prefix), let bytes = Base64.decode(String(trimmed.dropFirst(Self.prefix.count)))
    else { return nil }
    self.init(bytes: bytes)
  }

  private static let prefix = "sansk_"

  /// The text form. Secret.
  public var secretText: String { Self.prefix + Base64.encode(bytes) }

  private init(_ key: Curve25519.Signing.PrivateKey) {
    bytes = Array(key.rawRepresentation)
    guard let publicKey = PublicKey(bytes: Array(key.publicKey.rawRepresentation)) else {
      preconditionFailure("a key without its public half")
    }
    self.publicKey = publicKey
  }

  /// 64 bytes.
  public func sign(_ message: [UInt8]) -> [UInt8] {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes),
      let signature = try? key.signature(for: message)
    else { preconditionFailure("a key that was checked when it was made can't sign") }
    return Array(signature)
  }
}

/// A signature as it stands in a document: `{"algorithm": "Ed25519", "keyId": …, "value": base64}`.
public struct DocumentSignature: Hashable, Sendable {
  public let keyID: String
  /// 64 bytes.
  public let value: [UInt8]

  public init(of message: [UInt8], by key: SigningKey) {
    keyID = key.publicKey.id
    value = key.sign(message)
  }

  init?(_ json: JSON?) {
    guard let members = json?.members, members.count == 3, json?["algorithm"]?.string == "Ed25519",
      let keyID = json?["keyId"]?.string, let value = json?["value"]?.string.flatMap(Base64.decode), value.count == 64
    else { return nil }
    self.keyID = keyID
    self.value = value
  }

  var json: JSON {
    .object(["algorithm": "Ed25519", "keyId": .string(keyID), "value": .string(Base64.encode(value))])
  }

  /// What is wrong with it, or nil.
  func fault(for message: [UInt8], by key: PublicKey) -> Fault? {
    guard keyID == key.id else {
      return Fault(
        "signature.keyId", "unknown-key",
        Text("签名用的密钥是 \(keyID)，登记的是 \(key.id)。", "It is signed with the key \(keyID), registered is \(key.id)."))
    }
    guard key.isValid(value, for: message) else {
      return Fault(
        "signature.value", "wrong-signature",
        Text(
          "签名不对：内容在签名以后改过，或者不是这把密钥签的。",
          "The signature is wrong: the content was changed after signing, or another key signed it."))
    }
    return nil
  }
}

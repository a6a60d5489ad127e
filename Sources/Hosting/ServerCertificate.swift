internal import Crypto
internal import Foundation
internal import SwiftASN1
internal import X509

/// What the TLS listener shows and signs with.
public struct ServerCertificate: Sendable {
  /// The server's certificate, then those between it and the root, as PEM.
  public let chainPEM: String
  /// PKCS #8 or SEC 1 PEM; not to be written or logged.
  public let keyPEM: String
  /// What the certificate names.
  public let names: HostNames
  /// Seconds since 1970, UTC.
  public let expires: Int64
  /// SHA-256 of the certificate, as browsers show it.
  public let fingerprint: String

  /// The operator's own certificate and key.
  ///
  /// - Throws: `.configuration` when a file can't be read, isn't PEM, or the key belongs to another certificate.
  public init(certificateFile: String, keyFile: String) throws(HostFault) {
    let leaf: Certificate
    let key: Certificate.PrivateKey
    let chainPEM: String
    let keyPEM: String
    do {
      chainPEM = String(decoding: try AtomicFile.read(certificateFile), as: UTF8.self)
      keyPEM = String(decoding: try AtomicFile.read(keyFile), as: UTF8.self)
    } catch {
      throw HostFault(.configuration, error.wording.chinese, error.wording.english)
    }
    do { leaf = try Certificate(firstIn: chainPEM) } catch {
      throw HostFault(
        .configuration, "这不是 PEM 证书：\(certificateFile)", "not a PEM certificate: \(certificateFile): \(error)")
    }
    do { key = try Certificate.PrivateKey(pemEncoded: keyPEM) } catch {
      throw HostFault(.configuration, "这不是 PEM 私钥：\(keyFile)", "not a PEM private key: \(keyFile): \(error)")
    }
    guard key.publicKey == leaf.publicKey else {
      throw HostFault(
        .configuration, "私钥 \(keyFile) 不属于证书 \(certificateFile)",
        "the key \(keyFile) does not belong to the certificate \(certificateFile)")
    }
    self.init(leaf, chainPEM: chainPEM, keyPEM: keyPEM)
  }

  init(_ leaf: Certificate, chainPEM: String, keyPEM: String) {
    self.chainPEM = chainPEM
    self.keyPEM = keyPEM
    names = leaf.hostNames
    expires = Int64(leaf.notValidAfter.timeIntervalSince1970)
    fingerprint = leaf.fingerprint
  }
}

extension Certificate {
  /// The first certificate of a PEM text.
  init(firstIn text: String) throws {
    guard let document = try PEMDocument.parseMultiple(pemString: text).first else {
      throw ASN1Error.invalidPEMDocument(reason: "no certificate")
    }
    self = try Certificate(pemDocument: document)
  }

  var der: [UInt8] {
    get throws {
      var serializer = DER.Serializer()
      try serializer.serialize(self)
      return serializer.serializedBytes
    }
  }

  /// Upper-case hexadecimal pairs of SHA-256, joined by colons.
  var fingerprint: String {
    guard let bytes = try? der else { preconditionFailure("a parsed certificate that can't be written") }
    return SHA256.hash(data: bytes).map { String(format: "%02X", $0) }.joined(separator: ":")
  }

  /// The subject alternative names that a browser compares; other kinds are left out.
  var hostNames: HostNames {
    let listed = (try? extensions.subjectAlternativeNames).flatMap { $0 }
    let texts: [String] = (listed.map(Array.init) ?? []).compactMap { name in
      switch name {
      case .dnsName(let name): name
      case .ipAddress(let address): IPAddress(bytes: Array(address.bytes))?.description
      default: nil
      }
    }
    return HostNames(unchecked: texts)
  }
}

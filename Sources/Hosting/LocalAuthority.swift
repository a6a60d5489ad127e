internal import Crypto
internal import Foundation
internal import SwiftASN1
internal import X509

/// The house's own certificate authority: made once at set-up, trusted once by each phone, it signs the server's
/// certificate again and again without anybody noticing.
///
/// Files in its folder: `ca.pem`, `ca.key` (0600), `server.pem`, `server.key` (0600).
public struct LocalAuthority: Sendable {
  /// 10 years: the phones need not be visited again.
  public static let lifetimeDays = 3_652
  /// The longest that browsers accept.
  public static let serverLifetimeDays = 397
  /// The server's certificate is renewed with less than this left.
  public static let renewalDays = 30

  /// Absolute path of the authority's certificate as PEM.
  public let certificateFile: String
  public let certificatePEM: String
  /// The same as bytes, for phones that install it from a download (`application/x-x509-ca-cert`).
  public let certificateDER: [UInt8]
  /// SHA-256, as phones show it: to compare before trusting.
  public let fingerprint: String
  /// Seconds since 1970, UTC.
  public let expires: Int64
  private let folder: String
  private let key: Certificate.PrivateKey
  private let certificate: Certificate

  /// Opens the authority in `folder`, and makes it when there is none.
  ///
  /// - Parameters:
  ///   - name: what phones show in their list of authorities; a few characters of its key are added.
  ///   - permitting: when given, the authority can sign for these names and for private addresses only, so that a
  ///     stolen key opens nothing else on the phones that trust it. Names learnt later need a new authority then.
  ///   - now: seconds since 1970.
  /// - Throws: `.data` when its files are damaged or do not belong together. Nothing is made anew then: every phone
  ///   trusts the old one.
  public init(folder: String, name: String, permitting: HostNames? = nil, now: Int64) throws(HostFault) {
    self.folder = folder
    certificateFile = folder + "/ca.pem"
    let keyFile = folder + "/ca.key"
    if !AtomicFile.exists(keyFile) {
      guard !AtomicFile.exists(certificateFile) else {
        throw HostFault(
          .data, "有证书 \(certificateFile)，但是没有它的私钥 \(keyFile)",
          "there is a certificate \(certificateFile) but not its key \(keyFile)")
      }
      // The key first: a stop between the two leaves a key without a certificate, which the next start completes.
      try AtomicFile.write(P256.Signing.PrivateKey().pemRepresentation + "\n", to: keyFile, mode: 0o600)
    }
    let keyText = String(decoding: try AtomicFile.read(keyFile), as: UTF8.self)
    do {
      key = try Certificate.PrivateKey(pemEncoded: keyText)
      if !AtomicFile.exists(certificateFile) {
        let fresh = try Self.selfSigned(key, name, permitting, now)
        try AtomicFile.write(try fresh.serializeAsPEM().pemString + "\n", to: certificateFile)
      }
      certificatePEM = String(decoding: try AtomicFile.read(certificateFile), as: UTF8.self)
      certificate = try Certificate(firstIn: certificatePEM)
      certificateDER = try certificate.der
    } catch let fault as HostFault {
      throw fault
    } catch {
      throw HostFault(
        .data, "证书文件已损坏：\(folder)", "the authority's files are damaged: \(folder): \(error)")
    }
    guard certificate.publicKey == key.publicKey else {
      throw HostFault(
        .data, "私钥 \(keyFile) 不属于证书 \(certificateFile)",
        "the key \(keyFile) does not belong to the certificate \(certificateFile)")
    }
    fingerprint = certificate.fingerprint
    expires = Int64(certificate.notValidAfter.timeIntervalSince1970)
  }

  /// The certificate to listen with: the one on file while it names all of `names` and is good for 30 days more, else a
  /// fresh one, which is written too if the disk allows.
  ///
  /// - Parameter now: seconds since 1970.
  /// - Returns: `renewed` when the listener must load it anew.
  public func serverCertificate(
    for names: HostNames, now: Int64
  ) throws(HostFault) -> (certificate: ServerCertificate, renewed: Bool) {
    let certificateFile = folder + "/server.pem"
    let keyFile = folder + "/server.key"
    if AtomicFile.exists(certificateFile), AtomicFile.exists(keyFile) {
      do {
        let kept = try ServerCertificate(certificateFile: certificateFile, keyFile: keyFile)
        let ours = try certificate.publicKey.isValidSignature(
          Certificate(firstIn: kept.chainPEM).signature, for: Certificate(firstIn: kept.chainPEM))
        let days = (min(kept.expires, expires) - now) / 86_400
        // With the authority itself at its end a fresh certificate would live no longer than this one.
        if ours && kept.names.covers(names) && (days >= Self.renewalDays || kept.expires >= expires) {
          return (kept, false)
        }
      } catch {
        // Two files can't be replaced in one step; a pair that a power cut left halfway is simply made again.
        Log.warning("the server certificate on file is unusable and is made again", ["reason": "\(error)"])
      }
    }
    let fresh: ServerCertificate
    do {
      let key = P256.Signing.PrivateKey()
      let leaf = try issue(for: names, key: key, now: now)
      fresh = ServerCertificate(
        leaf, chainPEM: try leaf.serializeAsPEM().pemString + "\n", keyPEM: key.pemRepresentation + "\n")
    } catch {
      throw HostFault(.failure, "做不了证书：\(error)", "can't make the server certificate: \(error)")
    }
    do {
      try AtomicFile.write(fresh.keyPEM, to: keyFile, mode: 0o600)
      try AtomicFile.write(fresh.chainPEM, to: certificateFile)
    } catch {
      // A full disk must not keep the duty room from its pages: this one serves until the next start.
      Log.warning("the server certificate could not be written", ["reason": error])
    }
    return (fresh, true)
  }

  private func issue(for names: HostNames, key: P256.Signing.PrivateKey, now: Int64) throws -> Certificate {
    // Begins a day early, for phones whose clock is behind.
    let begins = Date(timeIntervalSince1970: Double(now - 86_400))
    let ends = begins.addingTimeInterval(Double(Self.serverLifetimeDays * 86_400))
    let alternatives =
      names.names.map(GeneralName.dnsName)
      + names.addresses.map { .ipAddress(ASN1OctetString(contentBytes: $0.bytes[...])) }
    return try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey), notValidBefore: begins,
      notValidAfter: min(ends, certificate.notValidAfter), issuer: certificate.subject,
      subject: DistinguishedName { CommonName(names.names.first { $0 != "localhost" } ?? "localhost") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames(alternatives)
        SubjectKeyIdentifier(hash: .init(key.publicKey))
        AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
      },
      issuerPrivateKey: self.key)
  }

  private static func selfSigned(
    _ key: Certificate.PrivateKey, _ name: String, _ permitted: HostNames?, _ now: Int64
  ) throws -> Certificate {
    let identifier = SubjectKeyIdentifier(hash: key.publicKey)
    let mark = identifier.keyIdentifier.prefix(3).map { String(format: "%02x", $0) }.joined()
    let subject = try DistinguishedName { CommonName("\(name) \(mark)") }
    let begins = Date(timeIntervalSince1970: Double(now - 86_400))
    return try Certificate(
      version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: begins,
      notValidAfter: begins.addingTimeInterval(Double(lifetimeDays * 86_400)), issuer: subject, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        identifier
        if let permitted { Critical(constraints(permitted)) }
      },
      issuerPrivateKey: key)
  }

  /// The host's names, `.local`, and the address blocks that no other network routes (RFC 1918, 3927, 4193, loopback).
  private static func constraints(_ permitted: HostNames) -> NameConstraints {
    let blocks = [
      ("10.0.0.0", "255.0.0.0"), ("172.16.0.0", "255.240.0.0"), ("192.168.0.0", "255.255.0.0"),
      ("169.254.0.0", "255.255.0.0"), ("127.0.0.0", "255.0.0.0"), ("fc00::", "fe00::"),
      ("::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ]
    var ranges: [[UInt8]] = blocks.map { IPAddress($0.0)!.bytes + IPAddress($0.1)!.bytes }
    for address in permitted.addresses {
      ranges.append(address.bytes + [UInt8](repeating: 255, count: address.bytes.count))
    }
    let domains: [String] = Set(permitted.names + ["local", "localhost"]).sorted()
    let octets: [ASN1OctetString] = ranges.map { ASN1OctetString(contentBytes: $0[...]) }
    return NameConstraints(
      permittedDNSDomains: NameConstraints.DNSNames(domains), permittedIPRanges: NameConstraints.IPRanges(octets))
  }
}

import Foundation
import Hosting
import Testing

struct LocalAuthorityTests {
  private let temporary = TemporaryFolder()
  private let now: Int64 = 1_789_948_800  // 2026-09-21 00:00 UTC
  private let day: Int64 = 86_400

  private func authority(permitting: HostNames? = nil, now: Int64? = nil) throws -> LocalAuthority {
    try LocalAuthority(
      folder: temporary.path, name: "sanatoriumd 值班室", permitting: permitting, now: now ?? self.now)
  }

  /// OpenSSL's verdict on the server's certificate, as a strict client at `time` sees it.
  private func openssl(_ arguments: String..., at time: Int64? = nil) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments =
      ["verify", "-x509_strict", "-purpose", "sslserver", "-attime", "\(time ?? now)", "-CAfile"]
      + [temporary.file("ca.pem")] + arguments + [temporary.file("server.pem")]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test("A strict client accepts each name and address, and no other")
  func names() throws {
    let names = try HostNames(["duty-room", "duty-room.local", "localhost", "127.0.0.1", "::1", "192.168.1.20"])
    let made = try authority().serverCertificate(for: names, now: now)
    #expect(made.renewed)
    #expect(made.certificate.names == names)
    for name in names.names { #expect(try openssl("-verify_hostname", name)) }
    for address in names.addresses { #expect(try openssl("-verify_ip", address.description)) }
    #expect(try !openssl("-verify_hostname", "bank.example"))
    #expect(try !openssl("-verify_ip", "192.168.1.21"))
  }

  @Test("Keys are the daemon's alone, certificates may be read")
  func modes() throws {
    _ = try authority().serverCertificate(for: HostNames(["localhost"]), now: now)
    #expect(try temporary.mode("ca.key") == 0o600)
    #expect(try temporary.mode("server.key") == 0o600)
    #expect(try temporary.mode("ca.pem") == 0o644)
    #expect(try temporary.mode("server.pem") == 0o644)
  }

  @Test("The certificate lasts at most 397 days and is made anew with fewer than 30 left, under the same authority")
  func renewal() throws {
    let names = try HostNames(["localhost"])
    let made = try authority()
    let first = try made.serverCertificate(for: names, now: now).certificate
    #expect(first.expires - (now - day) == 397 * day)
    #expect(try openssl(at: first.expires - 1))
    #expect(try !openssl(at: first.expires + 1))
    let early = try authority().serverCertificate(for: names, now: first.expires - 30 * day)
    #expect(!early.renewed && early.certificate.fingerprint == first.fingerprint)
    let late = first.expires - 30 * day + 1
    let renewed = try authority(now: late).serverCertificate(for: names, now: late)
    #expect(renewed.renewed && renewed.certificate.fingerprint != first.fingerprint)
    #expect(try authority().fingerprint == made.fingerprint)
    #expect(try openssl(at: first.expires + day))
  }

  @Test("A new address makes a new certificate, an address that went away does not")
  func changedNames() throws {
    let both = try HostNames(["localhost", "192.168.1.20"])
    let first = try authority().serverCertificate(for: both, now: now).certificate
    #expect(try !authority().serverCertificate(for: HostNames(["localhost"]), now: now).renewed)
    let moved = try authority().serverCertificate(for: HostNames(["localhost", "10.0.0.7"]), now: now)
    #expect(moved.renewed && moved.certificate.fingerprint != first.fingerprint)
    #expect(try openssl("-verify_ip", "10.0.0.7"))
  }

  @Test("A pair torn by a power cut is made again")
  func torn() throws {
    let names = try HostNames(["localhost"])
    _ = try authority().serverCertificate(for: names, now: now)
    let elsewhere = TemporaryFolder()
    let other = try LocalAuthority(folder: elsewhere.path, name: "other", now: now)
    _ = try other.serverCertificate(for: names, now: now)
    _ = try temporary.write("server.key", elsewhere.text("server.key"))
    #expect(try authority().serverCertificate(for: names, now: now).renewed)
    #expect(try openssl())
    // A whole pair, but another authority's.
    _ = try temporary.write("server.key", elsewhere.text("server.key"))
    _ = try temporary.write("server.pem", elsewhere.text("server.pem"))
    #expect(try authority().serverCertificate(for: names, now: now).renewed)
    #expect(try openssl())
  }

  @Test("A disk that takes no new certificate doesn't stop the service")
  func unwritable() throws {
    try FileManager.default.createDirectory(
      atPath: temporary.file("server.pem/full"), withIntermediateDirectories: true)
    let made = try authority().serverCertificate(for: HostNames(["localhost"]), now: now)
    #expect(made.renewed && made.certificate.names.names == ["localhost"])
    #expect(made.certificate.chainPEM.contains("BEGIN CERTIFICATE"))
  }

  @Test("A constrained authority can't vouch for the rest of the world")
  func constrained() throws {
    let inside = try HostNames(["duty-room", "duty-room.local", "192.168.1.20", "fd00::5", "::1"])
    let made = try authority(permitting: inside)
    _ = try made.serverCertificate(for: inside, now: now)
    #expect(try openssl("-verify_hostname", "duty-room.local"))
    _ = try made.serverCertificate(for: HostNames(["bank.example"]), now: now)
    #expect(try !openssl("-verify_hostname", "bank.example"))
    _ = try made.serverCertificate(for: HostNames(["8.8.8.8"]), now: now)
    #expect(try !openssl("-verify_ip", "8.8.8.8"))
  }

  @Test("An authority that lost its key is not silently replaced")
  func lostKey() throws {
    let made = try authority()
    try FileManager.default.removeItem(atPath: temporary.file("ca.key"))
    let fault = #expect(throws: HostFault.self) { try authority() }
    #expect(fault?.status == .data)
    #expect(try temporary.text("ca.pem") == made.certificatePEM)
    _ = try temporary.write("ca.key", "not a key")
    #expect(#expect(throws: HostFault.self) { try authority() }?.status == .data)
  }

  @Test("A key whose certificate was never written gets one")
  func halfMade() throws {
    let key = try {
      _ = try authority(); return try temporary.text("ca.key")
    }()
    try FileManager.default.removeItem(atPath: temporary.file("ca.pem"))
    _ = try authority().serverCertificate(for: HostNames(["localhost"]), now: now)
    #expect(try temporary.text("ca.key") == key)
    #expect(try openssl())
  }

  @Test("An own certificate is taken with its key alone")
  func own() throws {
    let names = try HostNames(["house.example"])
    _ = try authority().serverCertificate(for: names, now: now)
    let own = try ServerCertificate(
      certificateFile: temporary.file("server.pem"), keyFile: temporary.file("server.key"))
    #expect(own.names == names)
    let pairs = [("server.pem", "ca.key"), ("server.pem", "none"), ("server.key", "server.key"), ("ca.key", "ca.pem")]
    for (certificate, key) in pairs {
      let fault = #expect(throws: HostFault.self) {
        try ServerCertificate(certificateFile: temporary.file(certificate), keyFile: temporary.file(key))
      }
      #expect(fault?.status == .configuration)
    }
  }

  @Test("The machine's names hold localhost, both loopbacks and what is added")
  func current() throws {
    let names = try HostNames.current(adding: ["Duty.Example", "10.9.8.7"])
    #expect(names.names.contains("localhost") && names.names.contains("duty.example"))
    #expect(Set(names.addresses.map(\.description)).isSuperset(of: ["127.0.0.1", "::1", "10.9.8.7"]))
    for wrong in ["", "a b", "-a", "a..b", "*", "https://x", "1.2.3.4:80", "fe80::1%eth0", "名字"] {
      #expect(throws: HostFault.self) { try HostNames([wrong]) }
    }
  }
}

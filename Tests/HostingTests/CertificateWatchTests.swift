import Foundation
import Hosting
import Synchronization
import Testing

struct CertificateWatchTests {
  private let temporary = TemporaryFolder()
  private let now: Int64 = 1_789_948_800

  private final class Shown: Sendable {
    let fingerprints = Mutex<[String]>([])
    let clock = Mutex<Int64>(1_789_948_800)
    let fails = Mutex(false)
  }

  private struct Refused: Error {}

  private func watch(_ shown: Shown) throws -> (CertificateWatch, String) {
    let authority = try LocalAuthority(folder: temporary.path, name: "值班室", now: now)
    let names = try HostNames(["localhost"])
    let first = try authority.serverCertificate(for: names, now: now).certificate
    let watch = CertificateWatch(shown: first) {
      try authority.serverCertificate(for: names, now: shown.clock.withLock { $0 }).certificate
    } show: { certificate in
      if shown.fails.withLock({ $0 }) { throw Refused() }
      shown.fingerprints.withLock { $0.append(certificate.fingerprint) }
    }
    return (watch, first.fingerprint)
  }

  @Test("The same certificate is not shown again; one that is due to be renewed is, within the hour")
  func renewal() throws {
    let shown = Shown()
    let (watch, first) = try watch(shown)
    #expect(!watch.reload())
    watch.poll(now: now)
    let late = now + 390 * 86_400
    shown.clock.withLock { $0 = late }
    watch.poll(now: now + 3_599)
    #expect(shown.fingerprints.withLock { $0 }.isEmpty)
    watch.poll(now: late)
    let all = shown.fingerprints.withLock { $0 }
    #expect(all.count == 1 && all[0] != first)
    watch.poll(now: late + 3_600)
    #expect(shown.fingerprints.withLock { $0 }.count == 1)
  }

  @Test("What the listener refuses is tried again, and a clock set back puts nothing off")
  func refused() throws {
    let shown = Shown()
    let (watch, _) = try watch(shown)
    watch.poll(now: now + 10 * 86_400)
    shown.clock.withLock { $0 = now + 390 * 86_400 }
    shown.fails.withLock { $0 = true }
    #expect(!watch.reload())
    shown.fails.withLock { $0 = false }
    watch.poll(now: now)
    #expect(shown.fingerprints.withLock { $0 }.count == 1)
  }
}

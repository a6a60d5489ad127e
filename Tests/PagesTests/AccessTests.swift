import MicroHTTP
import Testing

@testable import Pages

struct SessionTests {
  private let hour: Int64 = 3_600_000

  @Test("a token opens its session and nothing else does")
  func tokens() throws {
    let table = SessionTable<Int>()
    let token = table.begin(account: "gao", payload: 1, now: 0)
    #expect(table.session(token, now: 1)?.payload == 1)
    #expect(table.session(SessionToken(), now: 1) == nil)
    #expect(token.text.count == 43 && SessionToken(token.text) == token && "\(token)" == "token")
    #expect(SessionToken("short") == nil && SessionToken(String(repeating: "=", count: 43)) == nil)
    #expect(Set((0..<100).map { _ in SessionToken().text }).count == 100)
  }

  @Test("only a digest of the token is kept")
  func digests() throws {
    let table = SessionTable<Int>()
    let token = table.begin(account: "gao", payload: 1, now: 0)
    let kept = try #require(table.sessions(now: 0).first)
    #expect(kept.digest == token.digest && kept.digest.count == 32)
    #expect(!String(describing: kept).contains(token.text))
  }

  @Test("a session ends when nobody uses it, and after its time whoever uses it")
  func limits() {
    let table = SessionTable<Int>(limits: SessionLimits(idle: hour, absolute: 3 * hour))
    let token = table.begin(account: "gao", payload: 1, now: 0)
    #expect(table.session(token, now: hour - 1) != nil)
    #expect(table.session(token, now: 2 * hour - 2) != nil)
    #expect(table.session(token, now: 3 * hour - 3) != nil)
    #expect(table.session(token, now: 3 * hour) == nil)
    let idle = table.begin(account: "gao", payload: 1, now: 0)
    #expect(table.session(idle, now: hour) == nil)
    #expect(table.session(idle, now: 0) == nil, "what ran out doesn't come back with the clock")
  }

  @Test("ending one session leaves the others, ending all leaves none but the one that asks")
  func ending() {
    let table = SessionTable<Int>()
    let phone = table.begin(account: "gao", payload: 1, now: 0)
    let tablet = table.begin(account: "gao", payload: 2, now: 0)
    let other = table.begin(account: "zhou", payload: 3, now: 0)
    #expect(table.end(phone) && !table.end(phone))
    #expect(table.session(phone, now: 1) == nil && table.session(tablet, now: 1) != nil)
    let desk = table.begin(account: "gao", payload: 4, now: 0)
    #expect(table.endAll(of: "gao", except: desk) == 1)
    #expect(
      table.session(desk, now: 1) != nil && table.session(tablet, now: 1) == nil && table.session(other, now: 1) != nil)
    let id = table.sessions(of: "zhou", now: 1)[0].id
    #expect(!table.end(id: id, of: "gao") && table.end(id: id, of: "zhou"))
  }

  @Test("sessions outlive a restart, those that ran out don't")
  func restart() {
    let table = SessionTable<String>(limits: SessionLimits(idle: hour, absolute: hour))
    let old = table.begin(account: "gao", payload: "a", now: 0)
    let young = table.begin(account: "zhou", payload: "b", now: hour / 2)
    let next = SessionTable<String>(limits: table.limits)
    next.restore(table.sessions(now: hour))
    #expect(next.session(old, now: hour) == nil && next.session(young, now: hour)?.payload == "b")
    next.update(young) { $0 = "c" }
    #expect(next.session(young, now: hour)?.payload == "c")
    let later = next.begin(account: "li", payload: "d", now: hour)
    #expect(next.sessions(of: "li", now: hour)[0].id > 2)
    next.end(later)
  }

  @Test("a request says who it is by cookie or bearer token")
  func credentials() throws {
    let token = SessionToken()
    func of(_ headers: Headers) throws -> Credential? {
      Credential.of(try #require(Request(.get, "/", headers: headers)))
    }
    #expect(try of(["Cookie": "a=b; __Host-session=\(token.text)"]) == .cookie(token))
    #expect(try of(["Authorization": "bearer \(token.text)"]) == .bearer(token))
    #expect(try of(["Authorization": "Basic eDp5", "Cookie": "__Host-session=\(token.text)"]) == nil)
    #expect(try of(["Cookie": "session=\(token.text)"]) == nil && of([:]) == nil)
    let cookie = Credential.cookie(for: token, seconds: 60).headerValue
    #expect(cookie == "__Host-session=\(token.text); Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict")
    #expect(Credential.endingCookie.headerValue.contains("Max-Age=0"))
  }
}

struct CrossSiteTests {
  @Test("reading is never refused, writing from elsewhere always")
  func refusals() {
    #expect(CrossSite.refusal(isSafe: true, fetchSite: "cross-site", origin: "https://evil.cn", host: "a.cn") == nil)
    #expect(CrossSite.refusal(isSafe: false, fetchSite: "same-origin", origin: nil, host: "a.cn") == nil)
    for site in ["cross-site", "same-site", "none", ""] {
      #expect(
        CrossSite.refusal(isSafe: false, fetchSite: site, origin: "https://a.cn", host: "a.cn") == .otherSite(site))
    }
    #expect(CrossSite.refusal(isSafe: false, fetchSite: nil, origin: "https://A.cn:8443", host: "a.cn:8443") == nil)
    for origin in ["https://evil.cn", "null", "https://a.cn.evil.cn", "https://a.cn:1", "a.cn"] {
      #expect(CrossSite.refusal(isSafe: false, fetchSite: nil, origin: origin, host: "a.cn") == .otherOrigin(origin))
    }
    #expect(
      CrossSite.refusal(isSafe: false, fetchSite: nil, origin: "https://a.cn", host: nil)
        == .otherOrigin("https://a.cn"))
    #expect(CrossSite.refusal(isSafe: false, fetchSite: nil, origin: nil, host: "a.cn") == .unknown)
  }

  @Test("a bearer token needs no origin, a cookie and a login do")
  func credentials() throws {
    let request = try #require(Request(.post, "/api/v1/check-ins", headers: ["Host": "a.cn"]))
    #expect(CrossSite.refusal(request, credential: .bearer(SessionToken())) == nil)
    #expect(CrossSite.refusal(request, credential: .cookie(SessionToken())) == .unknown)
    #expect(CrossSite.refusal(request, credential: nil) == .unknown)
  }
}

struct PasswordTests {
  private func verify(_ work: PasswordWork, _ password: String, _ kept: PasswordHash?) async -> PasswordWork.Verdict {
    await withCheckedContinuation { done in work.verify(password, against: kept) { done.resume(returning: $0) } }
  }

  @Test("a password verifies against its hash alone")
  func verification() async throws {
    let work = PasswordWork()
    let kept = try #require(
      await withCheckedContinuation { done in work.hash("白桦林 六月") { done.resume(returning: $0) } })
    #expect(kept.phc.hasPrefix("$argon2id$v=19$m=12288,t=3,p=1$") && !kept.isOutdated)
    #expect(await verify(work, "白桦林 六月", kept) == .right(renewed: nil))
    for wrong in ["白桦林 七月", "", "白桦林 六月 ", "白桦林 六月\u{0}"] { #expect(await verify(work, wrong, kept) == .wrong) }
    #expect(try #require(PasswordWork.hash("白桦林 六月")).phc != kept.phc, "each hash has its own salt")
  }

  @Test("an unknown account is hashed for as well and always wrong")
  func unknown() async { #expect(await verify(PasswordWork(), "whatever", nil) == .wrong) }

  @Test("the decoy is a sound hash of today's parameters: what is wrong is the password alone, found after the work")
  func decoy() {
    for _ in 0..<8 {
      let decoy = PasswordHash.decoy()
      #expect(!decoy.isOutdated)
      #expect(decoy.verdict(on: "whatever") == -35, "ARGON2_VERIFY_MISMATCH")
    }
    #expect(PasswordHash.decoy() != PasswordHash.decoy())
  }

  @Test("a hash made elsewhere is understood and renewed")
  func elsewhere() async throws {
    // argon2 CLI: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1
    let kept = try #require(
      PasswordHash(kept: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
    #expect(kept.isOutdated)
    guard case .right(let renewed?) = await verify(PasswordWork(), "password", kept) else {
      Issue.record("not verified")
      return
    }
    #expect(!renewed.isOutdated)
  }

  @Test("what is no argon2id string isn't taken for one")
  func damaged() {
    for text in ["", "x", "$argon2i$v=19$m=65536,t=2,p=1$a$b", "$2b$12$x"] { #expect(PasswordHash(kept: text) == nil) }
  }

  @Test("a crowd is turned away instead of filling the memory")
  func busy() async throws {
    let work = PasswordWork(limit: 2)
    let verdicts = await withTaskGroup(of: PasswordWork.Verdict.self) { group in
      for _ in 0..<8 {
        group.addTask { await verify(work, "x", nil) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(verdicts.contains(.busy) && verdicts.contains(.wrong))
    #expect(await verify(work, "x", nil) == .wrong, "it goes on afterwards")
  }
}

struct LockoutTests {
  private let minute: Int64 = 60_000

  @Test("the first failures are free, then the delay doubles up to its longest")
  func growing() {
    var lockout = Lockout()
    for _ in 0..<4 { lockout.fail(account: "gao", source: "a", now: 0) }
    #expect(lockout.wait(account: "gao", source: "a", now: 0) == 0)
    var delays: [Int64] = []
    for _ in 0..<10 {
      lockout.fail(account: "gao", source: "a", now: 0)
      delays.append(lockout.wait(account: "gao", source: "a", now: 0))
    }
    #expect(delays == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900].map { $0 * 1000 })
    #expect(lockout.wait(account: "gao", source: "a", now: 15 * minute) == 0)
  }

  @Test("nobody can lock a colleague out from another device")
  func colleague() {
    var lockout = Lockout()
    for at in 0..<15 { lockout.fail(account: "gao", source: "evil", now: Int64(at)) }
    #expect(lockout.wait(account: "gao", source: "evil", now: 20) > 0)
    #expect(lockout.wait(account: "GAO", source: "phone", now: 20) == 0)
  }

  @Test("guessing from many devices slows strange ones, not the one that was in before")
  func many() {
    var lockout = Lockout()
    lockout.succeed(account: "gao", source: "phone", now: 0)
    for device in 0..<25 { lockout.fail(account: "gao", source: "d\(device)", now: 1) }
    #expect(lockout.wait(account: "gao", source: "new", now: 1) > 0)
    #expect(lockout.wait(account: "gao", source: "phone", now: 1) == 0)
    lockout.forgive(account: "Gao")
    #expect(lockout.wait(account: "gao", source: "new", now: 1) == 0)
  }

  @Test("one password tried on everybody slows its source")
  func spraying() {
    var lockout = Lockout()
    for name in 0..<30 { lockout.fail(account: "user\(name)", source: "evil", now: 0) }
    #expect(lockout.wait(account: "zhou", source: "evil", now: 0) > 0)
    #expect(lockout.wait(account: "zhou", source: "desk", now: 0) == 0)
  }

  @Test("a success and an hour of quiet forget, and the table stays bounded")
  func forgetting() {
    var lockout = Lockout()
    for _ in 0..<8 { lockout.fail(account: "gao", source: "a", now: 0) }
    lockout.succeed(account: "gao", source: "a", now: 1)
    #expect(lockout.wait(account: "gao", source: "a", now: 1) == 0)
    for _ in 0..<8 { lockout.fail(account: "li", source: "b", now: 0) }
    lockout.fail(account: "li", source: "b", now: 61 * minute)
    #expect(lockout.wait(account: "li", source: "b", now: 61 * minute) == 0)

    var limits = Lockout.Limits()
    limits.counters = 10
    var small = Lockout(limits: limits)
    for name in 0..<100 { small.fail(account: "n\(name)", source: "s\(name)", now: Int64(name)) }
    for _ in 0..<6 { small.fail(account: "x", source: "y", now: 200) }
    #expect(small.wait(account: "x", source: "y", now: 200) > 0)
  }
}

import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Signing in")
struct SignInTests {
  private let house: House
  private let account: Account

  init() throws {
    let house = try House()
    self.house = house
    let draft = AccountDraft(username: "zhou", name: "周敏", role: .lead, passwordHash: "hash")
    let submission = house.submission(house.admin)
    try house.store.perform { try $0.addAccount(draft, submission) }
    account = try #require(try house.store.read { try $0.account(username: "zhou") })
  }

  private func session(_ byte: UInt8) -> StoredSession {
    let now = house.store.now
    return StoredSession(
      token: Array(repeating: byte, count: 32), account: account.id, device: .none, startedAt: now,
      expiresAt: now + .hours(12))
  }

  private func change(_ change: AccountChange) throws {
    let (id, submission) = (account.id, house.submission(house.admin))
    try house.store.perform { try $0.changeAccount(id, change, submission) }
  }

  @Test("an account that is disabled while its password is checked begins no session")
  func disabled() throws {
    let (first, second, hash) = (session(1), session(2), account.passwordHash)
    try house.store.perform { try $0.keepSession(first, checkedAgainst: hash) }
    try change(AccountChange(isDisabled: true))
    #expect(throws: Refusal.self) { try house.store.perform { try $0.keepSession(second, checkedAgainst: hash) } }
    #expect(try house.store.read { try $0.sessions(at: house.store.now).map(\.token) } == [first.token])
  }

  @Test("a password that is changed while the old one is checked begins no session")
  func changedPassword() throws {
    let (login, hash) = (session(1), account.passwordHash)
    try change(AccountChange(passwordHash: "new"))
    #expect(throws: Refusal.self) { try house.store.perform { try $0.keepSession(login, checkedAgainst: hash) } }
    try house.store.perform { try $0.keepSession(login) }
  }

  @Test("failures from outside can't fill the log: they are counted in few rows, each success has its own")
  func flood() throws {
    let start = House.noon("2026-06-01")
    try house.store.perform(at: start) { ledger in
      for _ in 0..<500 { try ledger.logSignIn(username: "zhou", address: "10.0.0.9", outcome: "failed") }
      for name in 0..<500 { try ledger.logSignIn(username: "user\(name)", address: "10.0.0.9", outcome: "failed") }
      for _ in 0..<2 { try ledger.logSignIn(username: "zhou", address: "10.0.0.8", outcome: "ok") }
    }
    let rows = try house.store.read { try $0.signIns(limit: 10_000) }
    #expect(rows.count == SignIn.namesPerWindow + 1 + 2)
    #expect(rows.first { $0.username == "zhou" && $0.outcome == "failed" }?.times == 500)
    #expect(rows.filter { $0.outcome == "failed" }.reduce(0) { $0 + $1.times } == 1_000)
    #expect(rows.first { $0.username == "*" }?.address == "10.0.0.9")

    try house.store.perform(at: start) { ledger in
      for host in 0..<3_000 {
        try ledger.logSignIn(username: "x", address: "fe80::\(String(host, radix: 16))", outcome: "failed")
      }
    }
    #expect(try house.store.read { try $0.signIns(limit: 10_000).count } <= SignIn.rowsPerWindow + 2)
  }

  @Test("the log is kept for six months")
  func retention() throws {
    let start = House.noon("2026-01-01")
    try house.store.perform(at: start) { try $0.logSignIn(username: "zhou", address: "a", outcome: "ok") }
    let later = start + .days(183)
    try house.store.perform(at: later) { try $0.logSignIn(username: "zhou", address: "b", outcome: "ok") }
    #expect(try house.store.read { try $0.signIns().map(\.address) } == ["b", "a"])
    let latest = start + .days(185)
    try house.store.perform(at: latest) { try $0.logSignIn(username: "zhou", address: "c", outcome: "ok") }
    #expect(try house.store.read { try $0.signIns().map(\.address) } == ["c", "b"])
  }
}

import Evidence
import Foundation
import Sanatorium
import Testing

@testable import SanatoriumStore

/// A store in a folder of its own, with a frozen clock and a small cast.
final class House {
  let folder: URL
  let store: Store
  let admin = Actor(account: .random(), role: .admin, name: "管理员")
  let lead = Actor(account: .random(), role: .lead, name: "周敏")
  let medic = Actor(account: .random(), role: .escort, isMedical: true, name: "何一鸣")
  let clerk = Actor(account: .random(), role: .staff, name: "陈立")
  let organizer = Actor(account: .random(), role: .organizer, name: "白露")

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(ID.random())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try Store(path: folder.appendingPathComponent("house.sqlite").path)
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(at: folder)
  }

  func submission(_ actor: Actor, key: ID = .random(), at: Instant? = nil, content: String = "") -> Submission {
    Submission(key: key, actor: actor, occurredAt: at, request: Digest.of(Array(content.utf8)))
  }

  static func noon(_ day: String) -> Instant { LocalTime.china.instant(Day(day)!, minute: 720) }
}

@Suite("The journal and its store")
struct JournalTests {
  @Test("the same key with the same content answers the same, with other content it is refused")
  func idempotency() throws {
    let house = try House()
    let key = ID.random()
    let draft = AccountDraft(username: "zhou", name: "周敏", role: .lead, passwordHash: "x")
    let submission = house.submission(house.admin, key: key, content: "a")
    let first = try house.store.perform { try $0.addAccount(draft, submission) }
    let second = try house.store.perform { try $0.addAccount(draft, submission) }
    #expect(!first.repeated)
    #expect(second.repeated)
    #expect(second.sequence == first.sequence)
    let other = house.submission(house.admin, key: key, content: "b")
    #expect(throws: Refusal.self) { try house.store.perform { try $0.addAccount(draft, other) } }
    #expect(house.store.sequence == 1)
    #expect(try house.store.verify().faults == [])
  }

  @Test("a refused item leaves nothing behind and does not keep its neighbours out")
  func savepoints() throws {
    let house = try House()
    for index in 0..<20 {
      let draft = AccountDraft(username: "user\(index % 10)", name: "甲", role: .staff, passwordHash: "x")
      let submission = house.submission(house.admin)
      _ = try? house.store.perform { try $0.addAccount(draft, submission) }
    }
    #expect(house.store.sequence == 10)
    #expect(try house.store.read { try $0.accounts().count } == 10)
    #expect(try house.store.verify().faults == [])
  }

  @Test("a changed row, payload or header is named by verify")
  func tampering() throws {
    let house = try House()
    let draft = AccountDraft(username: "zhou", name: "周敏", role: .lead, passwordHash: "x")
    let submission = house.submission(house.admin)
    try house.store.perform { try $0.addAccount(draft, submission) }
    try house.store.perform { ledger in
      try ledger.tables.run(SQL("UPDATE account SET role = 'admin'"))
      try ledger.tables.run(SQL("DROP TRIGGER journal_unchanged"))
      try ledger.tables.run(SQL("UPDATE journal SET personal_body = replace(personal_body, '周敏', '周明')"))
    }
    let faults = try house.store.verify().faults
    #expect(faults.contains("entry 1: the personal payload was changed"))
    #expect(faults.contains { $0.hasPrefix("account: this row does not follow") })
  }

  @Test("the journal refuses changes and deletions")
  func appendOnly() throws {
    let house = try House()
    let draft = AccountDraft(username: "zhou", name: "周敏", role: .lead, passwordHash: "x")
    let submission = house.submission(house.admin)
    try house.store.perform { try $0.addAccount(draft, submission) }
    #expect(throws: (any Error).self) {
      try house.store.perform { try $0.tables.run(SQL("DELETE FROM journal")) }
    }
    #expect(throws: (any Error).self) {
      try house.store.perform { try $0.tables.run(SQL("UPDATE journal SET occurred_at = 0")) }
    }
  }

  @Test("what is kept of a request can't be guessed, and goes with the personal payload; the chain stays whole")
  func deletion() throws {
    let house = try House()
    let key = ID.random()
    let draft = AccountDraft(username: "zhou", name: "周敏", role: .lead, passwordHash: "x")
    let submission = house.submission(house.admin, key: key, content: "a")
    try house.store.perform { try $0.addAccount(draft, submission) }
    let kept = try house.store.read {
      try $0.tables.first(SQL("SELECT request, personal_salt FROM journal")) { ($0.bytes(0), $0.bytes(1)) }
    }
    let (request, salt) = try #require(kept)
    #expect(request != submission.request.bytes)
    #expect(request == Digest.of(salt, submission.request.bytes).bytes)

    func change(_ columns: String) throws {
      let sql = SQL("UPDATE journal SET \(columns)")
      try house.store.perform { try $0.tables.run(sql) }
    }
    #expect(throws: (any Error).self) { try change("request = NULL") }
    #expect(throws: (any Error).self) { try change("personal_body = NULL, personal_salt = NULL") }
    try change("personal_body = NULL, personal_salt = NULL, request = NULL")
    #expect(try !house.store.verify().faults.contains { $0.hasPrefix("entry") })
    // The key is still taken; what it was used for is no longer known.
    #expect(throws: Refusal.self) { try house.store.perform { try $0.addAccount(draft, submission) } }
  }

  @Test("every kind that can be recorded can be read back")
  func registry() {
    #expect(PayloadRegistry.byKind.count == PayloadRegistry.types.count)
  }
}

import Evidence
import FacilityReports
import Foundation
import Sanatorium
import Testing

@testable import OrganizerStore

@Suite struct FacilityTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  @Test("a key is enrolled once, and a name must be one")
  func enrol() throws {
    #expect(throws: Refusal.self) {
      try desk.store.enrol(name: "别的", publicKey: desk.facilityKey.publicKey, by: "测试", now: desk.now)
    }
    for name in ["", "  ", String(repeating: "长", count: 101), "a\u{0}b"] {
      #expect(throws: Refusal.self) {
        try desk.store.enrol(name: name, publicKey: SigningKey.generate().publicKey, by: "测试", now: desk.now)
      }
    }
    #expect(try desk.store.facilities().map(\.id) == [desk.facilityKey.publicKey.facility])
  }

  @Test("a pairing code works once, within a day, however it is typed")
  func pairing() throws {
    let key = SigningKey.generate().publicKey
    try desk.store.offerPairing(code: "k7mn-q4rt-8hjw", name: "松林疗养院", by: "测试", now: desk.now)
    #expect(throws: Refusal.self) { try desk.store.pair(code: "k7mn-q4rt-8hjx", publicKey: key, now: desk.now) }
    #expect(throws: Refusal.self) {
      try desk.store.pair(code: "k7mn-q4rt-8hjw", publicKey: key, now: desk.now + .days(1))
    }
    let enrolment = try desk.store.pair(code: " K7MN Q4RT 8HJW", publicKey: key, now: desk.now + .hours(23))
    #expect(enrolment.facility.name == "松林疗养院")
    #expect(throws: Refusal.self) {
      try desk.store.pair(code: "k7mn-q4rt-8hjw", publicKey: SigningKey.generate().publicKey, now: desk.now)
    }
  }

  @Test("a pairing that fails leaves its code for another try")
  func failedPairing() throws {
    try desk.store.offerPairing(code: "k7mn", name: "松林疗养院", by: "测试", now: desk.now)
    #expect(throws: Refusal.self) {
      try desk.store.pair(code: "k7mn", publicKey: desk.facilityKey.publicKey, now: desk.now)
    }
    _ = try desk.store.pair(code: "k7mn", publicKey: SigningKey.generate().publicKey, now: desk.now)
  }

  @Test("everything is there after opening the file again")
  func reopened() throws {
    let path = desk.folder.appendingPathComponent("organizer.db").path
    let again = try OrganizerStore(path: path, key: desk.organizerKey, name: nil)
    #expect(try again.facility(desk.facility.id) == desk.facility)
  }

  @Test("accounts: names once, in either case, and only the organizer's roles")
  func accounts() throws {
    let id = try desk.store.addAccount(
      username: "wang", name: "王工", role: .organizer, password: "hash", now: desk.now)
    #expect(try desk.store.account(username: "WANG")?.id == id)
    #expect(throws: Refusal.self) {
      try desk.store.addAccount(username: "Wang", name: "王", role: .admin, password: "hash", now: desk.now)
    }
    for username in ["", "a", "a b", "<script>", String(repeating: "a", count: 41)] {
      #expect(throws: Refusal.self) {
        try desk.store.addAccount(username: username, name: "王", role: .admin, password: "hash", now: desk.now)
      }
    }
    #expect(throws: Refusal.self) {
      try desk.store.addAccount(username: "lead", name: "王", role: .lead, password: "hash", now: desk.now)
    }
    try desk.store.disableAccount(username: "wang", now: desk.now)
    #expect(try desk.store.account(username: "wang") == nil)
    #expect(try desk.store.account(id) == nil)
  }
}

@Suite struct EvaluationTests {
  @Test("hosts are compared by the latest revisions of a year, shares added as counts")
  func evaluation() throws {
    let desk = try Desk()
    var journal = FacilityJournal(desk.facilityKey)
    let batches = [ID.random(), ID.random()]
    journal.play(batch: batches[0], number: "第1批", month: 6, satisfied: 3)
    let first = try journal.report(batches[0])
    journal.play(batch: batches[1], number: "第2批", month: 7, satisfied: 1)
    _ = try desk.send(first.bytes, now: desk.now)
    journal.add(
      .nonconformityOpened, batches[0], batches[0], desk.now, Open.Nonconformity(rule: "WH12", cause: "staffing"))
    let second = try journal.report(batches[0], revision: 2, previous: first.digest) {
      $0.nonconformities = [
        .init(rule: "WH12", cause: "staffing", startedAt: desk.now, endedAt: nil, explanation: "送医", by: "周敏")
      ]
    }
    _ = try desk.send(second.bytes)
    _ = try desk.send(try journal.report(batches[1]).bytes)
    let line = try #require(try desk.store.evaluations(year: 2026).first)
    #expect(line.batches == 2)
    #expect(line.planned == 6)
    #expect(line.completion == Ratio(6, of: 6))
    #expect(line.satisfied == Ratio(4, of: 6))
    #expect(line.nonconformities == 1)
    #expect(line.revised == 1)
    #expect(try desk.store.evaluations(year: 2025).isEmpty)
    #expect(throws: Refusal.self) { try desk.store.evaluations(year: 0) }
  }
}

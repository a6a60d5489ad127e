import Evidence
import FacilityReports
import Foundation
import GRDB
import Sanatorium
import Testing

@testable import OrganizerStore

@Suite struct ReceptionTests {
  private let desk: Desk
  private var journal: FacilityJournal
  private let batch = ID.random()

  init() throws {
    desk = try Desk()
    journal = FacilityJournal(desk.facilityKey)
    journal.play(batch: batch, number: "2026年第1批", month: 6)
  }

  @Test("a good report is kept as it came and answered with a signed receipt")
  func accepted() throws {
    let signed = try journal.report(batch)
    let reception = try desk.send(signed.bytes)
    #expect(!reception.isRepeated)
    let receipt = try SignedReceipt.verify(
      reception.receipt.bytes, desk.organizerKey.publicKey, for: signed.digest)
    #expect(receipt.receipt.verdict == .accepted)
    #expect(receipt.receipt.figures > 60)
    #expect(try desk.store.document(reception.report) == signed.bytes)
    let stored = try desk.store.report(reception.report)
    #expect(stored.report == signed.report)
    #expect(stored.isLatest)
    #expect(stored.facilityName == "白桦湖疗养中心")
    #expect(try desk.store.recheck(reception.report).allSatisfy(\.agrees))
    #expect(try desk.store.rejections().isEmpty)
  }

  @Test("the same report again, by the same message, another or a file, gets the same receipt")
  func repeated() throws {
    let signed = try journal.report(batch)
    let headers = desk.headers(signed.bytes)
    let first = try desk.send(signed.bytes, headers)
    for reception in [
      try desk.send(signed.bytes, headers), try desk.send(signed.bytes),
      try desk.store.receive(signed.bytes, via: .file, now: desk.now),
    ] {
      #expect(reception.isRepeated)
      #expect(reception.receipt == first.receipt)
      #expect(reception.report == first.report)
    }
    #expect(try desk.store.reports().count == 1)
  }

  @Test("a secret that nobody has, a changed body and an old message are refused and recorded")
  func unauthorized() throws {
    let signed = try journal.report(batch)
    var rejection = try #require(desk.refusal(signed.bytes, desk.headers(signed.bytes, secret: .generate())))
    #expect(rejection.kind == .unauthorized)
    #expect(rejection.faults.map(\.code) == ["unknown-sender"])
    #expect(rejection.receipt == nil)
    rejection = try #require(desk.refusal(signed.bytes + [32], desk.headers(signed.bytes)))
    #expect(rejection.faults.map(\.code) == ["unknown-sender"])
    let headers = desk.headers(signed.bytes)
    rejection = try #require(desk.refusal(signed.bytes, headers, now: desk.now + .minutes(6)))
    #expect(rejection.kind == .unauthorized)
    #expect(rejection.faults.map(\.code) == ["out-of-tolerance"])
    let recorded = try desk.store.rejections()
    #expect(recorded.count == 3)
    #expect(recorded[0].facilityName == "白桦湖疗养中心")
    #expect(recorded[0].faults[0].field == "webhook-timestamp")
    #expect(recorded[2].facilityName == nil)
    #expect(recorded[2].remote == "192.0.2.7")
    #expect(try desk.store.reports().isEmpty)
  }

  @Test("a report signed by another key is refused, whatever the message's secret")
  func wrongKey() throws {
    var other = FacilityJournal(.generate())
    other.play(batch: batch, number: "2026年第1批", month: 6)
    let bytes = try other.report(batch) { $0.facility.id = desk.facility.id }.bytes
    let rejection = try #require(desk.refusal(bytes))
    #expect(rejection.kind == .unauthorized)
    #expect(rejection.faults.map(\.code) == ["unknown-key"])
    let unknown = try #require(desk.refusal(try other.report(batch).bytes))
    #expect(unknown.faults.map(\.code) == ["unknown-facility"])
  }

  @Test("a number that its signer altered is refused with a signed receipt that names it")
  func alteredNumber() throws {
    let signed = try journal.report(batch) { $0.figures.people.completed = 2 }
    let rejection = try #require(desk.refusal(signed.bytes))
    #expect(rejection.kind == .invalid)
    #expect(rejection.faults.map(\.field) == ["report.figures.people.completed"])
    let receipt = try SignedReceipt.verify(
      try #require(rejection.receipt).bytes, desk.organizerKey.publicKey, for: signed.digest)
    #expect(receipt.receipt.verdict == .refused)
    #expect(receipt.receipt.reasons[0].chinese == "“人数·按期完成”申报 2，按证据重算是 3。")
    #expect(try desk.store.reports().isEmpty)
    #expect(try desk.store.rejections().count == 1)
  }

  @Test("a later revision follows the earlier one, which stays")
  func revisions() throws {
    var journal = journal
    let first = try journal.report(batch)
    _ = try desk.send(first.bytes)
    journal.add(
      .checkIn, batch, .random(), desk.now,
      Open.CheckIn(round: nil, day: nil, complete: true, level: "low", late: false))
    let stray = try #require(desk.refusal(try journal.report(batch, revision: 2, previous: .zero).bytes))
    #expect(stray.kind == .conflict)
    #expect(stray.faults.map(\.code) == ["other-predecessor"])
    let second = try journal.report(batch, revision: 2, previous: first.digest)
    let reception = try desk.send(second.bytes)
    let kept = try desk.store.revisions(facility: desk.facility.id, batch: batch)
    #expect(kept.map(\.report.revision) == [1, 2])
    #expect(kept.map(\.isLatest) == [false, true])
    #expect(try desk.store.reports(latestOnly: true).map(\.id) == [reception.report])
    let again = try journal.report(batch, revision: 2, previous: first.digest) { $0.openMatters = "另一份" }
    #expect(desk.refusal(again.bytes)?.faults.map(\.code) == ["revision-exists"])
  }

  @Test("history that was rewritten after it was reported is noticed, in the same batch and in the next")
  func rewrittenHistory() throws {
    _ = try desk.send(try journal.report(batch).bytes)
    var rewritten = FacilityJournal(desk.facilityKey)
    rewritten.play(batch: batch, number: "2026年第1批", month: 6)
    let first = try journal.report(batch)
    let second = try rewritten.report(batch, revision: 2, previous: first.digest)
    #expect(desk.refusal(second.bytes)?.faults.contains { $0.code == "history-differs" } == true)
    let next = ID.random()
    rewritten.play(batch: next, number: "2026年第2批", month: 7)
    #expect(desk.refusal(try rewritten.report(next).bytes)?.faults.map(\.code) == ["history-differs"])
    var honest = journal
    honest.play(batch: next, number: "2026年第2批", month: 7)
    #expect(desk.refusal(try honest.report(next).bytes) == nil)
  }

  @Test("one message's id can't carry two reports")
  func reusedID() throws {
    var journal = journal
    let next = ID.random()
    journal.play(batch: next, number: "2026年第2批", month: 7)
    let first = try journal.report(batch).bytes
    let second = try journal.report(next).bytes
    _ = try desk.send(first, desk.headers(first, id: "msg_1"))
    #expect(desk.refusal(second, desk.headers(second, id: "msg_1"))?.faults.map(\.code) == ["reused"])
  }

  @Test("nonsense, an empty body and a report without its signature are refused")
  func nonsense() throws {
    for bytes in [[], Array("{}".utf8), [0xFF, 0xFE], Array(try journal.report(batch).bytes.dropLast(20))] {
      let rejection = try #require(desk.refusal(bytes))
      #expect(rejection.kind == .invalid)
      #expect(rejection.receipt == nil)
    }
  }

  @Test("a facility that was removed delivers no more; what it sent stays")
  func removed() throws {
    let signed = try journal.report(batch)
    _ = try desk.send(signed.bytes)
    try desk.store.remove(desk.facility.id, now: desk.now)
    #expect(desk.refusal(signed.bytes)?.kind == .unauthorized)
    #expect(throws: Rejection.self) { try desk.store.receive(signed.bytes, via: .file, now: desk.now) }
    #expect(try desk.store.reports().count == 1)
  }

  @Test("the secret before still works after a renewal, the one before that does not")
  func renewal() throws {
    let signed = try journal.report(batch)
    let fresh = try desk.store.renewSecret(of: desk.facility.id)
    #expect(desk.refusal(signed.bytes) == nil)
    #expect(desk.refusal(signed.bytes, desk.headers(signed.bytes, secret: fresh.secret)) == nil)
    _ = try desk.store.renewSecret(of: desk.facility.id)
    #expect(desk.refusal(signed.bytes)?.faults.map(\.code) == ["unknown-sender"])
  }

  @Test("a file that was changed behind the program's back fails its recheck")
  func recheck() throws {
    let reception = try desk.send(try journal.report(batch).bytes)
    var bytes = try desk.store.document(reception.report)
    let place = try #require(bytes.firstRange(of: Array("\"planned\":3".utf8)))
    bytes[place.upperBound - 1] = UInt8(ascii: "4")
    try desk.store.write { database in
      try database.execute(
        sql: "UPDATE document SET bytes = ? WHERE report = ?", arguments: [Data(bytes), reception.report.data])
    }
    #expect(throws: Refusal.self) { try desk.store.recheck(reception.report) }
  }
}

import Evidence
import Foundation
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Scans")
struct ScanTests {
  /// A whole PDF of a chosen length.
  static func pdf(_ words: String = "", bytes: Int = 0) -> [UInt8] {
    let (head, end) = (Array("%PDF-1.4\n% \(words)\n".utf8), Array("\nstartxref\n9\n%%EOF\n".utf8))
    return head + [UInt8](repeating: 0x25, count: max(20, bytes - head.count - end.count)) + end
  }

  @discardableResult
  private func attach(
    _ house: StayHouse, _ bytes: [UInt8], to key: FactKey = .hostAgreement, of owner: FactOwner? = nil, name: String = "协议.pdf",
    as actor: Actor = StayHouse.lead, key id: ID = .random()
  ) throws -> Recorded {
    let owner = owner ?? .batch(house.batch)
    return try house.perform(actor, key: id) { try $0.attachScan(ScanDraft(bytes: bytes, name: name), to: key, of: owner, $1) }
  }

  @Test("bytes and entry are one write: the scan comes back as it was, its open payload names nobody, and verify holds")
  func attached() throws {
    let house = try StayHouse()
    let person = FactOwner.participant(house.people[0])
    let bytes = Self.pdf(bytes: 3 << 20)
    let key = ID.random()
    let first = try attach(house, bytes, to: .consentFamily, of: person, name: "C:\\扫描\\王\u{202E}小明同意书.pdf", as: StayHouse.staff, key: key)
    let again = try attach(house, bytes, to: .consentFamily, of: person, name: "C:\\扫描\\王\u{202E}小明同意书.pdf", as: StayHouse.staff, key: key)
    #expect(again.repeated && again.sequence == first.sequence)
    let scans = try house.store.read { try $0.scans(of: .consentFamily, person) }
    #expect(scans.map(\.name) == ["王小明同意书.pdf"])
    #expect(scans.first?.size == bytes.count && scans.first?.type == .pdf)
    let file = try house.store.read { try $0.scanFile(first.subject, of: .consentFamily, person) }
    #expect(file.bytes == bytes)
    #expect(try house.store.read { try $0.scanCounts(of: person) } == [.consentFamily: 1])
    let open = try house.store.read { reader in
      try reader.tables.first(SQL("SELECT open_body FROM journal WHERE seq = ?"), first.sequence) { $0.text(0) }
    }
    #expect(open == #"{"key":"consent.family","scope":"participant","type":"pdf"}"#)
    #expect(try house.faults() == [])
  }

  @Test("the same bytes of two facts lie in the file once; on one fact they are refused")
  func same() throws {
    let house = try StayHouse()
    try attach(house, Self.pdf())
    #expect(codes { try attach(house, Self.pdf(), name: "再来.pdf") } == ["file: attached-already"])
    try attach(house, Self.pdf(), to: .venueBureauContact)
    #expect(try house.store.read { try $0.tables.count(SQL("SELECT count(*) FROM scan_file")) } == 1)
    #expect(try house.faults() == [])
  }

  @Test("refused: no scan, too many, another's fact, a fact that is none, another batch's scan; nothing is kept of it")
  func refusals() throws {
    let house = try StayHouse()
    #expect(codes { try attach(house, Array("MZ program".utf8), name: "协议.pdf") } == ["file: not-a-scan"])
    #expect(codes { try attach(house, Self.pdf(bytes: ScanLimit.bytes + 1)) } == ["file: too-large"])
    #expect(codes { try attach(house, Array(Self.pdf().dropLast(8))) } == ["file: cut-off"])
    #expect(throws: Refusal.self) { try attach(house, Self.pdf(), as: StayHouse.staff) }
    #expect(throws: Refusal.self) { try attach(house, Self.pdf(), to: .consentFamily) }
    #expect(throws: Refusal.self) { try attach(house, Self.pdf(), to: FactKey("nobody.knows")) }
    let escort = Actor(account: .random(), role: .escort, name: "高原")
    #expect(throws: Refusal.self) { try attach(house, Self.pdf(), to: .selfCare, of: .participant(house.people[0]), as: escort) }
    #expect(try house.store.read { try $0.tables.count(SQL("SELECT count(*) FROM scan_file")) } == 0)
    for number in 0..<ScanLimit.ofFact { try attach(house, Self.pdf("\(number)")) }
    #expect(codes { try attach(house, Self.pdf("one more")) } == ["file: too-many"])
    let batch = FactOwner.batch(house.batch)
    let first = try house.store.read { try $0.scans(of: .hostAgreement, batch)[0].id }
    for (key, owner) in [(FactKey.venue, batch), (.consentFamily, .participant(house.people[0]))] {
      #expect(throws: Refusal.self) { try house.store.read { _ = try $0.scanFile(first, of: key, owner) } }
    }
    #expect(try house.faults() == [])
  }

  @Test("a scan that is taken off keeps its entry, its reason and its bytes, and opens no more")
  func removed() throws {
    let house = try StayHouse()
    let owner = FactOwner.batch(house.batch)
    let scan = try attach(house, Self.pdf()).subject
    #expect(
      codes {
        _ = try house.perform(StayHouse.lead) { try $0.removeScan(scan, from: .hostAgreement, of: owner, reason: " ", $1) }
      } == ["reason: missing"])
    #expect(throws: Refusal.self) {
      try house.perform(StayHouse.staff) { try $0.removeScan(scan, from: .hostAgreement, of: owner, reason: "不对", $1) }
    }
    try house.perform(StayHouse.lead) { try $0.removeScan(scan, from: .hostAgreement, of: owner, reason: "别的单位的", $1) }
    #expect(
      codes {
        _ = try house.perform(StayHouse.lead) { try $0.removeScan(scan, from: .hostAgreement, of: owner, reason: "再来", $1) }
      } == ["scan: removed-already"])
    let kept = try house.store.read { try $0.scans(of: .hostAgreement, owner) }
    #expect(kept.map(\.removedReason) == ["别的单位的"])
    #expect(try house.store.read { try $0.scanCounts(of: owner) } == [:])
    #expect(throws: Refusal.self) { try house.store.read { _ = try $0.scanFile(scan, of: .hostAgreement, owner) } }
    #expect(try house.store.read { try $0.tables.count(SQL("SELECT count(*) FROM scan_file")) } == 1)
    #expect(try house.faults() == [])
    // The paper that was right after all can come back.
    try attach(house, Self.pdf())
    #expect(try house.faults() == [])
  }

  @Test("verify names bytes that were changed, that are gone, and that no entry tells of; the file itself refuses a change")
  func verified() throws {
    let house = try StayHouse()
    try attach(house, Self.pdf("一"))
    try attach(house, Self.pdf("二"), to: .annualPlan)
    let digest = Digest.of(Self.pdf("一")).description
    #expect(throws: (any Error).self) {
      try house.store.perform(at: house.now) { try $0.tables.run(SQL("UPDATE scan_file SET bytes = x'00'")) }
    }
    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(SQL("DROP TRIGGER scan_file_unchanged"))
      try ledger.tables.run(SQL("UPDATE scan_file SET bytes = CAST(bytes || x'0A' AS BLOB) WHERE digest = ?"), digest)
    }
    #expect(try house.faults() == ["scan \(digest): its bytes are missing or changed"])
    try house.store.perform(at: house.now) { try $0.tables.run(SQL("DELETE FROM scan_file WHERE digest = ?"), digest) }
    #expect(try house.faults() == ["scan \(digest): its bytes are missing or changed"])
    let stray = Self.pdf("三")
    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(ScanFile.insert, digest, Blob(Self.pdf("一")))
      try ledger.tables.run(ScanFile.insert, Digest.of(stray).description, Blob(stray))
    }
    #expect(try house.faults() == ["scan \(Digest.of(stray).description): its bytes follow from no entry"])
  }

  @Test("a backup carries the scans")
  func backup() throws {
    let house = try StayHouse()
    let scan = try attach(house, Self.pdf(bytes: 2 << 20)).subject
    let copy = house.folder.appendingPathComponent("copy.sqlite").path
    #expect(try Store.backup(from: house.folder.appendingPathComponent("house.sqlite").path, to: copy).isIntact)
    let restored = try Store(path: copy)
    defer { restored.close() }
    #expect(try restored.read { try $0.scanFile(scan, of: .hostAgreement, .batch(house.batch)).bytes.count } == 2 << 20)
  }
}

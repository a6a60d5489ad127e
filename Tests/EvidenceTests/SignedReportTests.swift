import Sanatorium
import Testing

@testable import Evidence

@Suite struct SignedReportTests {
  private let key = SigningKey.generate()
  private let report: CompletionReport
  private let evidence: EvidenceBundle

  init() throws {
    let history = try SmallBatch().history
    evidence = history.bundle
    report = SampleReport.of(
      evidence, figures: try history.figures(), opened: history.at(8, 7), closed: history.at(10, 17))
  }

  private func faults(_ bytes: [UInt8], _ key: PublicKey? = nil) -> [Fault] {
    do {
      _ = try SignedReport.verify(bytes, key ?? self.key.publicKey)
      return []
    } catch Refusal.invalid(let faults) {
      return faults
    } catch {
      return [Fault("", "\(error)", Text(verbatim: ""))]
    }
  }

  @Test("a report is verified by the public key alone and comes back as it was")
  func roundTrip() throws {
    let signed = SignedReport(signing: report, evidence: evidence, with: key)
    #expect(try SignedReport.verify(signed.bytes, key.publicKey) == report)
    let read = try UnverifiedReport(signed.bytes).verified(by: key.publicKey)
    #expect(read.digest == signed.digest)
    #expect(try read.comparison().allSatisfy(\.agrees))
    #expect(try read.comparison().count > 100)
  }

  @Test("another key, or one under the same id's place, is named")
  func wrongKey() {
    let signed = SignedReport(signing: report, evidence: evidence, with: key)
    #expect(faults(signed.bytes, SigningKey.generate().publicKey).map(\.code) == ["unknown-key"])
  }

  @Test("one changed byte anywhere is noticed")
  func anyByte() {
    let bytes = SignedReport(signing: report, evidence: evidence, with: key).bytes
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var changed = bytes
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      #expect(!faults(changed).isEmpty, "byte \(place)")
    }
  }

  @Test("a number that its own signer altered is named with both values")
  func alteredTotal() throws {
    var altered = report
    altered.figures.rounds.total.done += 1
    altered.figures.people.arrived = 5
    let found = faults(SignedReport(signing: altered, evidence: evidence, with: key).bytes)
    #expect(found.map(\.field) == ["report.figures.people.arrived", "report.figures.rounds.total.done"])
    #expect(found[1].message.chinese == "“检查·合计·已查”申报 16，按证据重算是 15。")
  }

  @Test("every single figure is bound to the evidence")
  func everyFigure() throws {
    let leaves = JSON(encoding: report.figures).leaves
    for path in leaves.keys.sorted() {
      guard let number = leaves[path].flatMap({ Int64($0) }) else { continue }
      let tree = JSON(encoding: report.figures).replacing(
        path.split(separator: ".").map(String.init), with: .int(number + 1))
      var altered = report
      altered.figures = try tree.decode(CompletionFigures.self)
      #expect(
        faults(SignedReport(signing: altered, evidence: evidence, with: key).bytes).map(\.field) == [
          "report.figures.\(path)"
        ])
    }
  }

  @Test("a changed identity, a left out rule or nonconformity is named")
  func tables() {
    var altered = report
    altered.batch.number = "2026年第4批"
    altered.regulation.id = "nm-2023"
    altered.compliance.removeLast()
    altered.nonconformities = []
    altered.departures = []
    let fields = faults(SignedReport(signing: altered, evidence: evidence, with: key).bytes).map(\.field)
    #expect(fields.contains("report.batch.number"))
    #expect(fields.contains("report.regulation.id"))
    #expect(fields.contains { $0.hasPrefix("report.compliance.") })
    #expect(fields.contains("report.nonconformities.WH12"))
    #expect(fields.contains("report.departures.WH10"))
  }

  @Test("a report of the earlier format keeps its staffing as declared, and nothing else; evidence of the present program does not fit it")
  func earlierFormat() throws {
    var older = report
    older.format = "completion-report/1"
    for day in older.figures.staffing.days.keys { older.figures.staffing.days[day]?.general += 1 }
    older.figures.staffing.worstDayWithMedical = nil
    older.figures.care = nil
    let read = try UnverifiedReport(SignedReport(signing: older, evidence: evidence, with: key).bytes).verified(by: key.publicKey)
    #expect(read.report.hasUncounted)
    #expect(try !read.comparison().contains { $0.path.hasPrefix("staffing.days.") } && read.comparison().allSatisfy(\.agrees))
    var forged = older
    forged.figures.care = CompletionFigures.Care(homeVisitsMade: 99)
    #expect(faults(SignedReport(signing: forged, evidence: evidence, with: key).bytes).contains { $0.field == "report.figures.care.homeVisitsMade" })
    older.figures.people.arrived += 1
    #expect(faults(SignedReport(signing: older, evidence: evidence, with: key).bytes).map(\.field) == ["report.figures.people.arrived"])
    older.format = "completion-report/3"
    #expect(faults(SignedReport(signing: older, evidence: evidence, with: key).bytes).map(\.code) == ["malformed-report"])
    var history = try SmallBatch().history
    history.add(.reportGateAsked, history.batch, at: history.at(10, 18), Open.GateDecided(gate: "report", results: []))
    var chosen = SampleReport.of(history.bundle, figures: try history.figures(), opened: history.at(8, 7), closed: history.at(10, 17))
    chosen.format = "completion-report/1"
    #expect(faults(SignedReport(signing: chosen, evidence: history.bundle, with: key).bytes).map(\.field) == ["report.format"])
  }

  @Test("a member that the reader does not know is refused: it would be signed and never shown")
  func unknownMember() throws {
    let signed = SignedReport(signing: report, evidence: evidence, with: key)
    let tree = try JSON.parse(signed.bytes)
    let extended = JSON.object((tree["report"]?.members ?? []) + [.init("promise", "everything is fine")])
    let content: [JSON.Member] = [.init("evidence", tree["evidence"] ?? .null), .init("report", extended)]
    let signature = DocumentSignature(of: JSONWriter.canonical(.object(content)), by: key)
    let bytes = JSONWriter.canonical(.object(content + [.init("signature", signature.json)]))
    #expect(faults(bytes).map(\.field) == ["report.promise"])
  }

  @Test("the same content with white space is another document")
  func notCanonical() {
    var bytes = SignedReport(signing: report, evidence: evidence, with: key).bytes
    bytes.insert(32, at: 1)
    #expect(faults(bytes).map(\.code) == ["not-a-signed-report"])
    #expect(faults([]).map(\.code) == ["malformed-json"])
    #expect(faults(Array("[]".utf8)).map(\.code) == ["not-a-signed-report"])
  }

  @Test("a receipt is verified, and refused for another report or from another key")
  func receipts() throws {
    let signed = SignedReport(signing: report, evidence: evidence, with: key)
    let organizer = SigningKey.generate()
    let receipt = SignedReceipt(
      signing: Receipt(
        organizer: "威海市退役军人事务局", facility: report.facility.id, batch: report.batch.id,
        batchNumber: report.batch.number, revision: 1, reportDigest: signed.digest,
        receivedAt: Instant(milliseconds: 1), verdict: .accepted, figures: 120),
      with: organizer)
    #expect(try SignedReceipt.verify(receipt.bytes, organizer.publicKey, for: signed.digest) == receipt)
    #expect(throws: Refusal.self) {
      try SignedReceipt.verify(receipt.bytes, organizer.publicKey, for: .zero)
    }
    #expect(throws: Refusal.self) {
      try SignedReceipt.verify(receipt.bytes, key.publicKey, for: signed.digest)
    }
  }
}

@Suite struct SigningKeyTests {
  @Test("RFC 8032, 7.1, test 2: the same signature from the same seed")
  func vector() throws {
    let seed = try #require(Hex.decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    let key = try #require(SigningKey(bytes: seed))
    #expect(Hex.encode(key.publicKey.bytes) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    let signature = try #require(
      Hex.decode(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
    #expect(key.publicKey.isValid(signature, for: [0x72]))
    #expect(!key.publicKey.isValid(signature, for: [0x73]))
    #expect(key.publicKey.isValid(key.sign([0x72]), for: [0x72]))
  }

  @Test("keys come back from their text; anything else does not")
  func texts() throws {
    let key = SigningKey.generate()
    #expect(SigningKey(key.secretText)?.bytes == key.bytes)
    #expect(PublicKey(key.publicKey.description) == key.publicKey)
    #expect(PublicKey(" \(key.publicKey)\n") == key.publicKey)
    #expect(PublicKey(key.secretText) == nil)
    #expect(SigningKey(key.publicKey.description) == nil)
    #expect(PublicKey("sanpk_") == nil)
    #expect(PublicKey("\(key.publicKey)".dropLast().description) == nil)
    #expect(key.publicKey.id.count == 16)
  }
}

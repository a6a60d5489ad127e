import Packs
import Sanatorium
import Testing

@testable import Evidence
@testable import SanatoriumStore

/// A whole small stay through the Store, and its report checked by somebody who has nothing but the facility's key.
@Suite("The report of a whole stay") struct ReportTests {
  private let house: StayHouse
  private let key = SigningKey.generate()
  private let medic = Actor(account: .random(), role: .escort, isMedical: true, name: "何一鸣")
  private let lead = Actor(account: .random(), role: .lead, name: "周敏")

  init() throws {
    house = try StayHouse(people: 4, open: false)
    try open()
    try firstDays()
    try lastDays()
  }

  private func open() throws {
    let signed = StayHouse.firstDay + -10
    let plan = RecordedFact(number: "2026-1", date: signed, person: "周敏", paper: "值班室")
    let organizers: [(FactKey, RecordedFact)] = [
      (.organizerLevel, RecordedFact(value: "city")), (.batchNumber, RecordedFact(number: "3")),
      (.annualPlan, RecordedFact(number: "8号", date: signed)), (.venue, RecordedFact(value: "白桦湖")),
      (.venueArea, RecordedFact(value: "15")), (.resourceKind, RecordedFact(value: "own")),
      (.hostAgreement, RecordedFact(number: "YZ-3", date: signed, person: "白露")),
      (.accountabilityRegistration, RecordedFact(person: "白露")), (.accountabilityBoardSafety, RecordedFact(person: "白露")),
      (.accountabilityMedical, RecordedFact(person: "白露")), (.accountabilityEmergency, RecordedFact(person: "白露")),
    ]
    let leads: [(FactKey, RecordedFact)] = [
      (.planEmergency, plan), (.planSafety, plan), (.planHealth, plan), (.planDisaster, plan),
      (.kit, RecordedFact(value: "complete", date: StayHouse.firstDay + -1, person: "何一鸣")),
      (.venueBureauContact, RecordedFact(number: "14000000100", person: "值班室")),
      (.dutyRegistration, RecordedFact(person: "陈立")), (.dutyBoardSafety, RecordedFact(person: "陈立")),
      (.dutyMedical, RecordedFact(person: "何一鸣")), (.dutyEmergency, RecordedFact(person: "周敏")),
    ]
    let id = house.batch
    var shorter = StayHouse.plan
    shorter.lastDay = StayHouse.firstDay + 2
    let draft = shorter
    try house.perform(StayHouse.organizer) { try $0.changeBatch(id, draft, $1) }
    let regulation = try Packs.regulation("nm-2023")
    for (actor, facts) in [(StayHouse.organizer, organizers), (lead, leads)] {
      for (name, fact) in facts {
        try house.perform(actor) { try $0.recordFact(name, fact, of: .batch(id), under: regulation, $1) }
      }
    }
    for (name, kind) in [("何一鸣", EscortKind.medical), ("高原", .general)] {
      let draft = EscortDraft(
        name: name, kind: kind, side: .sent, telephone: "14000000101", licence: kind == .medical ? "110150001" : nil,
        licenceUntil: kind == .medical ? StayHouse.firstDay + 300 : nil)
      let escort = try house.perform(lead) { try $0.addEscort(draft, in: id, $1) }.subject
      for day in 1...3 {
        let shift = ShiftDraft(
          escort: escort, duty: .escort, startsAt: house.at(day, 6), endsAt: house.at(day, 18))
        try house.perform(lead) { try $0.planShift(shift, in: id, $1) }
      }
    }
    try house.perform(lead) {
      try $0.acceptDeparture("NM11", at: .open, of: .batch(id), reason: "只来三个人", person: "周敏", under: regulation, $1)
    }
    let packs = FrozenPacks(
      regulation: regulation, health: try Packs.health("cn-elder-2026"), plans: [try Packs.plan("acute-illness")])
    try house.perform(lead) { try $0.openBatch(id, packs: packs, $1) }
  }

  private func check(_ index: Int) throws {
    let readings = Readings(
      respirationRate: 16, oxygenSaturation: 97, supplementalOxygen: false, systolic: 124, diastolic: 76, pulse: 72,
      consciousness: .alert, temperature: 366)
    let draft = CheckInDraft(participant: house.people[index], readings: readings, symptoms: Symptoms([.none]))
    try house.perform(medic) { try $0.checkIn(draft, $1) }
  }

  /// Every ten minutes what is due is done, as the daemon does each second.
  private func pass(to moment: Instant) throws {
    while house.now < moment { try house.advance(to: min(house.now + .minutes(10), moment)) }
  }

  /// Three arrive, one never does. On the first evening two are seen, one is asleep. The next morning one is on leave
  /// and one is forgotten, who goes to town after the limit.
  private func firstDays() throws {
    try pass(to: house.at(1, 15))
    try house.arrive(0..<3)
    let absent = house.people[3]
    try house.perform { try $0.turnAway(absent, .noShow, reason: "", $1) }
    try pass(to: house.at(1, 19, 10))
    try check(0)
    try check(1)
    let asleep = house.people[2]
    try house.perform(medic) { try $0.missCheckIn(asleep, reason: .asleep, remark: "", $1) }
    try pass(to: house.at(2, 6, 30))
    let leave = LeaveDraft(expectedBack: house.at(2, 18), destination: "镇上", companion: "")
    let away = house.people[0]
    try house.perform { try $0.startLeave(away, leave, $1) }
    try pass(to: house.at(2, 7, 40))
    try check(1)
    try pass(to: house.at(2, 13))
    try house.perform { try $0.startLeave(asleep, leave, $1) }
    try pass(to: house.at(2, 14))
    for id in [away, asleep] { try house.perform { try $0.endLeave(id, $1) } }
  }

  private func lastDays() throws {
    try pass(to: house.at(2, 19, 10))
    for index in 0..<3 { try check(index) }
    try pass(to: house.at(3, 7, 20))
    for index in 0..<3 { try check(index) }
    try pass(to: house.at(3, 9))
    try house.answerAlerts()
    for (index, reason) in [DepartureReason.completed, .completed, .early].enumerated() {
      let id = house.people[index]
      try house.perform { try $0.depart(id, reason: reason, badgeReturned: true, $1) }
    }
    try pass(to: house.at(3, 10))
    let standing = try house.store.read { try $0.nonconformities(of: $0.batch(house.batch)) }
    let closing = BatchClosing(
      satisfaction: SatisfactionCounts(distributed: 3, returned: 3, valid: 3, grades: [2, 1, 0, 0, 0]),
      soundness: RecordedIndicator(score: 9, whole: 10, basis: "会议记录"),
      explanations: Dictionary(uniqueKeysWithValues: standing.map { ($0.id, "已经说明") }))
    let id = house.batch
    try house.perform(lead) { try $0.closeBatch(id, closing, $1) }
  }

  private func issue(reason: String? = nil) throws -> [UInt8] {
    let draft = ReportDraft(
      facility: .init(id: key.publicKey.facility, name: "白桦湖疗养中心"),
      signatories: [.init(role: "承办单位", name: "周敏", unit: "白桦湖疗养中心", at: house.now)], reason: reason, key: key)
    let id = house.batch
    try house.perform(lead) { try $0.issueReport(id, draft, $1) }
    return try house.store.read { reader in
      let reports = try reader.reports(of: try reader.batch(id))
      return try reader.bytes(of: try #require(reports.first))
    }
  }

  @Test("it is verified by the key alone and its numbers are those of this test")
  func verified() throws {
    let report = try SignedReport.verify(try issue(), key.publicKey)
    let people = report.figures.people
    #expect([people.planned, people.listed, people.arrived, people.noShow] == [12, 4, 3, 1])
    #expect([people.admitted, people.completed, people.leftEarly, people.presentAtClose] == [3, 2, 1, 0])
    let total = report.figures.rounds.total
    #expect([total.done, total.notDone, total.missed, total.due] == [9, 1, 1, 11])
    #expect(report.figures.rounds.overdue == 1)
    #expect(report.figures.stay.leaves == 2)
    #expect(report.figures.indicators.satisfaction?.satisfied == Ratio(3, of: 3))
    #expect(report.figures.indicators.planSoundness == Ratio(9, of: 10))
    #expect(report.figures.staffing.sent == ["medical": 1, "general": 1])
    let worst = CompletionFigures.StaffMoment(participants: 3, general: 1, medical: 1)
    let day = CompletionFigures.StaffDay(
      participants: 3, general: 1, medical: 1, worstWithoutMedical: worst, worstWithMedical: worst)
    #expect(report.figures.staffing.days["2026-06-01"] == day)
    #expect(report.regulation.id == "nm-2023")
    #expect(!report.compliance.isEmpty)
    #expect(report.compliance.allSatisfy { !$0.quote.isEmpty })
    let accountable = report.responsibilities.filter { $0.duty.hasPrefix("accountability.") }
    #expect(accountable.map(\.person) == ["白露", "白露", "白露", "白露"], "NM18: the table of accountable persons")
  }

  @Test("the board's counts of each round are the report's")
  func boardAgrees() throws {
    let report = try SignedReport.verify(try issue(), key.publicKey)
    for day in 0..<3 {
      let counts = try house.store.read { reader in
        try reader.rounds(in: try reader.batch(house.batch), on: StayHouse.firstDay + day).map { try reader.counts(of: $0) }
      }
      let tally = report.figures.rounds.days[(StayHouse.firstDay + day).description] ?? .init()
      #expect(counts.reduce(0) { $0 + $1.due } == tally.due, "day \(day + 1)")
      #expect(counts.reduce(0) { $0 + $1.done } == tally.done)
      #expect(counts.reduce(0) { $0 + $1.open + $1.missed } == tally.missed)
      #expect(counts.reduce(0) { $0 + $1.incomplete } == tally.incomplete)
    }
  }

  private func reports() throws -> [Report] { try house.read { try $0.reports(of: $1) } }

  /// What the organizer answers to a report's bytes.
  private func receipt(_ bytes: [UInt8], by organizer: SigningKey) -> [UInt8] {
    SignedReceipt(
      signing: Receipt(
        organizer: "退役军人事务厅", facility: key.publicKey.facility, batch: house.batch, batchNumber: "2026年第3批",
        revision: 1, reportDigest: Digest.of(bytes), receivedAt: house.now, verdict: .accepted, figures: 0),
      with: organizer
    ).bytes
  }

  @Test("the receipt of an older revision that comes late does not acknowledge the batch")
  func lateReceipt() throws {
    let organizer = SigningKey.generate()
    let first = receipt(try issue(), by: organizer)
    let second = receipt(try issue(reason: "补一条迟到的记录"), by: organizer)
    let ids = try reports().map(\.id)
    try house.store.perform(at: house.now) { _ = try $0.takeReceipt(ids[1], first, from: organizer.publicKey, status: 200) }
    #expect(try reports().map(\.delivery) == [.waiting, .accepted])
    #expect(try house.read { $1.state } == .reported)
    try house.store.perform(at: house.now) { _ = try $0.takeReceipt(ids[0], second, from: organizer.publicKey, status: 200) }
    #expect(try house.read { $1.state } == .acknowledged)
    #expect(try house.faults() == [])
  }

  @Test("a report that half an hour of tries could not deliver is heard of, after the batch is closed as well")
  func undelivered() throws {
    _ = try issue()
    let id = try reports()[0].id
    func fail(next: Instant?) throws {
      try house.store.perform(at: house.now) {
        try $0.recordDeliveryFailure(id, status: nil, error: "connection refused", nextAt: next)
      }
    }
    for _ in 0..<3 { try fail(next: house.now + .minutes(5)) }
    #expect(try house.alerts("delivery").isEmpty)
    try fail(next: house.now + .hours(2))
    let alert = try #require(try house.alerts("delivery").first)
    #expect(alert.message.english.contains("connection refused"))
    #expect(try reports()[0].attempts == 4)
    // 410: the organizer wants no more, and a person must act.
    try fail(next: nil)
    #expect(try reports()[0].delivery == .stopped)
    #expect(try house.faults() == [])
  }

  @Test("verify names a report whose bytes were changed or are gone")
  func changedBytes() throws {
    _ = try issue()
    #expect(try house.faults() == [])
    let digest = try reports()[0].digest
    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(SQL("DROP TRIGGER report_file_unchanged"))
      try ledger.tables.run(SQL("UPDATE report_file SET bytes = CAST(replace(CAST(bytes AS TEXT), '2026年第3批', '2026年第4批') AS BLOB)"))
    }
    #expect(try house.faults() == ["report \(digest): its bytes are missing or changed"])
    #expect(throws: (any Error).self) { try house.store.read { try $0.bytes(of: $0.report(reports()[0].id)) } }
    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(SQL("DROP TRIGGER report_file_kept"))
      try ledger.tables.run(SQL("DELETE FROM report_file"))
    }
    #expect(try house.faults() == ["report \(digest): its bytes are missing or changed"])
  }

  @Test("a record that came late makes a second revision which names the first")
  func revision() throws {
    let first = try issue()
    try house.advance(to: house.now + .hours(1))
    let second = try SignedReport.verify(try issue(reason: "补一条迟到的记录"), key.publicKey)
    #expect(second.revision == 2)
    #expect(second.previous == Digest.of(first).description)
  }
}

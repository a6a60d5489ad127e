import Evidence
import Packs
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("The compliance board")
struct ComplianceTests {
  private func board(_ house: StayHouse) throws -> ComplianceBoard {
    let regulation = try Packs.regulation("nm-2023")
    return try house.store.read { reader in
      try reader.compliance(of: reader.batch(house.batch), under: regulation, at: house.now)
    }
  }

  private func line(_ rule: String, _ house: StayHouse) throws -> ComplianceBoard.Line {
    try #require(try board(house).lines.first { $0.rule.id == rule })
  }

  private func answers(_ rule: String, _ gate: Gate, _ house: StayHouse) throws -> [GateAnswer] {
    try #require(try line(rule, house).gates.first { $0.gate == gate }).answers
  }

  @Test("before opening every rule stands there; what lies ahead is not held against anybody yet")
  func planned() throws {
    let house = try StayHouse(open: false)
    let board = try board(house)
    #expect(board.lines.map(\.rule.id) == (try Packs.regulation("nm-2023").rules.map(\.id)))
    let plan = try line("NM10", house)
    #expect(plan.standing == .unknown && plan.needsAct && plan.gates.allSatisfy { $0.decidedAt == nil })
    #expect(try line("NM16", house).standing == .later && !line("NM16", house).needsAct)
    #expect(try line("CN05", house).standing == .later)
    #expect(try line("NM05", house).standing == .unknown, "what an arrival asks for is wanted before the arrival")
    #expect(ComplianceBoard.Standing.allCases.map { board.count($0) }.reduce(0, +) == 28)
  }

  @Test("what the opening gate was decided by stays as it was, with its facts and its time")
  func opened() throws {
    let house = try StayHouse(open: false)
    try house.openByGate()
    let opened = house.now
    let decided = try #require(try answers("NM06", .open, house).first)
    #expect(decided.outcome == .pass && decided.decidedAt == opened)
    #expect(decided.facts.contains(FactUse(.hostAgreement, "第 12 号")))
    house.now = house.now + .hours(3)
    try house.record(.hostAgreement, RecordedFact(number: "改签 9 号"), of: .batch(house.batch))
    #expect(try answers("NM06", .open, house).first == decided)
    #expect(try house.store.verify().faults == [])
  }

  @Test("of someone held the arrival gate is asked anew until it is decided")
  func held() throws {
    let house = try StayHouse(open: false)
    try house.openByGate()
    let person = house.people[0]
    try house.prepareArrival(0, without: [.consentFamily])
    try house.perform(StayHouse.staff) { try $0.arrive(person, $1) }
    func consent() throws -> GateAnswer {
      try #require(try answers("NM05", .arrival, house).first { $0.participant == person })
    }
    #expect(try consent().outcome == .unknown && consent().blocks && consent().decidedAt == nil)
    #expect(try consent().missing == [.consentFamily] && line("NM05", house).needsAct)
    try house.record(.consentFamily, of: .participant(person))
    #expect(try consent().outcome == .pass && consent().decidedAt == nil)
    house.now = house.now + .minutes(5)
    try house.perform(StayHouse.organizer) { try $0.resolveHeld(person, admit: true, reason: "", $1) }
    #expect(try consent().outcome == .pass && consent().decidedAt == house.now)
    #expect(try house.store.verify().faults == [])
  }

  @Test("a soft rule that somebody lets pass is accepted, with who and why")
  func accepted() throws {
    let house = try StayHouse(open: false)
    try house.prepareOpening()
    try house.record(.venueArea, RecordedFact(value: "37"), of: .batch(house.batch))
    #expect(try line("NM12", house).standing == .failed)
    let (id, regulation) = (house.batch, try Packs.regulation("nm-2023"))
    try house.perform(StayHouse.organizer) {
      try $0.acceptDeparture("NM12", at: .open, of: .batch(id), reason: "区外联办", person: "白露", under: regulation, $1)
    }
    let venue = try line("NM12", house)
    #expect(venue.standing == .accepted && !venue.needsAct)
    #expect(venue.departures.map(\.person) == ["白露"] && venue.gates[0].answers[0].departure?.reason == "区外联办")
  }

  @Test("a rule that is broken between gates has failed until it holds again, and asks for an explanation")
  func broken() throws {
    let house = try StayHouse(open: false)
    try house.openByGate()
    try house.prepareArrival(0)
    let person = house.people[0]
    try house.perform(StayHouse.staff) { try $0.arrive(person, $1) }
    try house.record(.screeningInfectious, RecordedFact(value: "positive"), of: .participant(person))
    #expect(try line("NM03", house).standing == .failed && line("NM03", house).needsAct)
    try house.record(.screeningInfectious, RecordedFact(value: "negative"), of: .participant(person))
    let over = try line("NM03", house)
    #expect(over.standing != .failed && over.needsAct)
    let breach = try #require(over.nonconformities.first)
    #expect(!breach.isOpen)
    try house.perform(StayHouse.lead) { try $0.explainNonconformity(breach.id, explanation: "复查阴性", $1) }
    #expect(try line("NM03", house).nonconformities.map(\.explanation) == ["复查阴性"])
  }

  @Test("an arrival recorded before answers were kept is still read")
  func older() throws {
    let bare = try JSON.parse(Array(#"{"participant":3,"blocking":[]}"#.utf8))
    #expect(try bare.decoded(as: ParticipantArrived.Personal.self).answers == nil)
  }
}

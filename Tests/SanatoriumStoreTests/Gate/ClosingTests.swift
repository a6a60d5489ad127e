import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Closing a batch")
struct ClosingTests {
  @Test("satisfaction counts that contradict each other are refused by field")
  func counts() {
    let counts = SatisfactionCounts(distributed: 10, returned: 12, valid: 13, grades: [1, 2, 3, 4, -1])
    #expect(
      counts.faults.map { "\($0.field): \($0.code)" } == [
        "satisfaction.grades.5: out-of-range", "satisfaction.returned: more-than-distributed",
        "satisfaction.valid: more-than-returned", "satisfaction.grades: sum",
      ])
    #expect(SatisfactionCounts(distributed: 10, returned: 9, valid: 8, grades: [5, 2, 1, 0, 0]).faults.isEmpty)
  }

  @Test("more forms than people are refused by field")
  func forms() throws {
    let counts = SatisfactionCounts(distributed: 5, returned: 4, valid: 4, grades: [4, 0, 0, 0, 0])
    #expect(
      counts.faults(listed: 4, arrived: 3).map { "\($0.field): \($0.code)" } == [
        "satisfaction.distributed: more-than-the-batch", "satisfaction.returned: more-than-arrived",
      ])
    #expect(counts.faults(listed: 5, arrived: 4).isEmpty)
    let house = try StayHouse(people: 4)
    try house.arrive(0..<3)
    let id = house.batch
    #expect(
      codes { try house.perform(StayHouse.lead) { _ = try $0.recordSatisfaction(counts, in: id, $1) } } == [
        "satisfaction.distributed: more-than-the-batch", "satisfaction.returned: more-than-arrived",
      ])
  }

  /// A batch that everybody has left on its third day of seven, with a fall in the meantime.
  private func emptied() throws -> (StayHouse, incident: ID) {
    let plans = try PlanHouse()
    let house = plans.house
    let (id, people) = (house.batch, house.people)
    let fall = IncidentDraft(
      kind: .acuteIllness, harm: .mild, grade: .third, place: "餐厅", participants: [people[0]], text: "头晕")
    let incident = try house.perform(StayHouse.staff) { try $0.reportIncident(fall, in: id, $1) }.subject
    let activation = try plans.only().id
    try house.perform(PlanHouse.lead) { try $0.declinePlan(activation, reason: "当天返回", $1) }
    try house.perform(PlanHouse.lead) { try $0.closeIncident(incident, conclusion: "当天返回", $1) }
    // One leaves with a re-check not made, which somebody has to hear.
    try house.perform(PlanHouse.medic) { try $0.missCheckIn(people[3], reason: .asleep, remark: "", $1) }
    for person in people { try house.perform { try $0.depart(person, reason: .early, badgeReturned: true, $1) } }
    return (house, incident)
  }

  private func close(_ house: StayHouse, reason: String) throws {
    let id = house.batch
    let explanations = try house.read { reader, batch in
      Dictionary(uniqueKeysWithValues: try reader.nonconformities(of: batch).map { ($0.id, "随队人员晚到") })
    }
    let closing = BatchClosing(
      satisfaction: SatisfactionCounts(distributed: 4, returned: 4, valid: 4, grades: [4, 0, 0, 0, 0]),
      soundness: RecordedIndicator(score: 95), explanations: explanations, reason: reason)
    try house.perform(StayHouse.lead) { try $0.closeBatch(id, closing, $1) }
  }

  @Test("the daily gate stands after the close as it was then: what was recorded on the last day counts, an accepted departure stays accepted")
  func daily() throws {
    let (house, _) = try emptied()
    let id = house.batch
    func kit() throws -> GateAnswer {
      let line = try house.store.read { try $0.compliance(of: $0.batch(id), at: house.now).lines.first { $0.rule.id == "NM09" } }
      return try #require(line?.gates.first { $0.gate == .daily }?.answers.first)
    }
    try house.record(.kit, RecordedFact(value: "short", date: StayHouse.firstDay, person: "何一鸣"), of: .batch(id))
    try house.perform(StayHouse.lead) { try $0.acceptDeparture("NM09", at: .daily, of: .batch(id), reason: "明早补货", person: "周敏", $1) }
    try house.answerAlerts()
    try close(house, reason: "台风，提前返程")
    #expect(try kit().outcome == .fail && kit().departure?.reason == "明早补货" && kit().decidedAt == house.now)
    #expect(try house.faults() == [])
  }

  @Test("of several persons' answers the gravest that nobody accepted is kept, then the gravest that somebody did")
  func worst() throws {
    let people = (0..<3).map { _ in ID.random() }
    func result(_ outcome: Outcome, _ person: ID) -> RuleResult { .sample("NM16", .soft, outcome, of: person) }
    let accepted = Departure(
      rule: "NM16", gate: .arrival, participant: people[0], reason: "老伴同行", person: "白露", at: Instant(milliseconds: 0))
    let results = [result(.fail, people[0]), result(.pass, people[1]), result(.unknown, people[2])]
    func worst(_ results: [RuleResult]) -> RecordedAnswer? { GateResults(gate: .arrival, results: results, departures: [accepted]).worst.answers.first }
    #expect(worst(results)?.participant == people[2])
    #expect(worst(Array(results.prefix(2)))?.departure?.reason == "老伴同行")
    #expect(worst([results[1]])?.outcome == .pass)
  }

  @Test("before the last day it is closed with a reason alone, and not while an alert waits for an answer")
  func early() throws {
    let (house, _) = try emptied()
    let first = codes { try close(house, reason: " ") }
    #expect(first.contains("reason: before-the-last-day"))
    #expect(first.filter { $0 != "reason: before-the-last-day" && $0 != "alert: open-alert" } == [])
    #expect(first.contains("alert: open-alert"))
    try house.answerAlerts()
    #expect(codes { try close(house, reason: "") } == ["reason: before-the-last-day"])
    try close(house, reason: "台风，提前返程")
    #expect(try house.read { $1.state } == .closed)
    #expect(try house.faults() == [])
  }

  @Test("an external report past its limit keeps the batch open; one whose limit lies ahead outlives it and is asked for")
  func owedReports() throws {
    let (house, incident) = try emptied()
    let duties = try house.store.read { try $0.duties(of: $0.incident(incident)) }
    let last = try #require(duties.map(\.dueAt).max())
    let soon = duties.filter { $0.dueAt < last }
    try house.advance(to: try #require(soon.map(\.dueAt).max()) + .seconds(1))
    try house.answerAlerts()
    let open = codes { try close(house, reason: "台风") }
    #expect(open == Array(repeating: "owed-report: open-owed-report", count: soon.count))
    for duty in soon {
      let note = IncidentNoteDraft(kind: .report, text: "电话", phase: .initial, recipient: duty.recipient)
      try house.perform { try $0.noteIncident(incident, note, $1) }
    }
    try close(house, reason: "台风")
    #expect(try house.store.read { try $0.nextDeadline() } == last)
    let standing = try house.read { try $0.alerts(of: $1, state: .open).count }
    try house.advance(to: last)
    let late = try house.read { try $0.alerts(of: $1, state: .open) }
    #expect(late.count == standing + duties.count - soon.count)
    #expect(late.allSatisfy { $0.code.hasPrefix("report-") })
    #expect(try house.faults() == [])
  }

  @Test("it names everything that is still open and records nothing; then it closes and no deadline is left")
  func closing() throws {
    let house = try StayHouse(people: 3, open: false)
    try house.openByGate()
    for index in 0...1 {
      try house.prepareArrival(index)
      let id = house.people[index]
      try house.perform { try $0.arrive(id, $1) }
    }
    let (batch, first, second, third) = (house.batch, house.people[0], house.people[1], house.people[2])
    let before = house.store.sequence
    let open = codes { _ = try house.perform(StayHouse.lead) { try $0.closeBatch(batch, BatchClosing(), $1) } }
    #expect(open.filter { $0 == "present: open-present" }.count == 2)
    #expect(open.contains("expected: open-expected"))
    #expect(open.contains("satisfaction: open-satisfaction"))
    #expect(open.contains("soundness: open-soundness"))
    #expect(house.store.sequence == before)

    try house.advance(to: house.at(7, 9))
    try house.answerAlerts()
    for id in [first, second] {
      try house.perform { try $0.depart(id, reason: .completed, badgeReturned: true, $1) }
    }
    try house.perform { try $0.turnAway(third, .noShow, reason: "", $1) }
    let closing = BatchClosing(
      satisfaction: SatisfactionCounts(distributed: 2, returned: 2, valid: 2, grades: [2, 0, 0, 0, 0]),
      soundness: RecordedIndicator(score: 95))
    let explanations = try house.read { reader, batch in
      Dictionary(uniqueKeysWithValues: try reader.nonconformities(of: batch).map { ($0.id, "随队人员晚到") })
    }
    let whole = BatchClosing(
      satisfaction: closing.satisfaction, soundness: closing.soundness, explanations: explanations)
    try house.perform(StayHouse.lead) { try $0.closeBatch(batch, whole, $1) }
    #expect(try house.read { $1.state } == .closed)
    #expect(try house.store.read { try $0.nextDeadline() } == nil)
    #expect(try house.read { try $0.satisfaction(of: $1)?.satisfied } == 2)
    #expect(codes { _ = try house.perform(StayHouse.lead) { try $0.closeBatch(batch, BatchClosing(), $1) } } == ["batch: not-open"])
    #expect(try house.read { try $0.gate(.report, of: $1, at: house.now).blocking.map(\.rule) } == [])
    #expect(try house.store.verify().faults == [])
  }
}

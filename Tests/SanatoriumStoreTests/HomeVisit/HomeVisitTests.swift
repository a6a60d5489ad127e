import Packs
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Home visits")
struct HomeVisitTests {
  private func visits(_ house: StayHouse) throws -> [HomeVisit] {
    try house.store.read { try $0.homeVisits(of: $0.batch(house.batch)) }
  }

  @Test("whoever leaves ill or stays away for their health is owed one; whoever just doesn't come is not")
  func owed() throws {
    let house = try StayHouse()
    let people = house.people
    try house.perform { try $0.arrive(people[0], results: [], $1) }
    try house.perform { try $0.depart(people[0], reason: .medical, badgeReturned: true, $1) }
    try house.perform { try $0.turnAway(people[1], .withdrawn, reason: "住院", forHealth: true, $1) }
    try house.perform { try $0.turnAway(people[2], .noShow, reason: "", $1) }
    #expect(try Set(visits(house).map(\.cause)) == [.leftIll, .keptAway])
    #expect(try Set(visits(house).map(\.participant)) == [people[0], people[1]])
    #expect(try house.store.verify().faults == [])
  }

  @Test("whoever comes after all is owed nothing")
  func lapses() throws {
    let house = try StayHouse()
    let person = house.people[0]
    try house.perform { try $0.turnAway(person, .noShow, reason: "", forHealth: true, $1) }
    #expect(try visits(house).count == 1)
    try house.perform { try $0.arrive(person, results: [], $1) }
    #expect(try visits(house).isEmpty)
    #expect(try house.store.verify().faults == [])
  }

  @Test("it is made once, by somebody, on a day that has been")
  func made() throws {
    let house = try StayHouse()
    let (person, today) = (house.people[0], StayHouse.firstDay)
    try house.perform { try $0.turnAway(person, .withdrawn, reason: "住院", forHealth: true, $1) }
    #expect(
      codes { _ = try house.perform(StayHouse.organizer) { try $0.makeHomeVisit(person, on: today + 1, by: " ", $1) } }
        == ["visitor: missing", "day: in-the-future"])
    #expect(codes { _ = try house.perform(StayHouse.organizer) { try $0.makeHomeVisit(person, on: today + -31, by: "白露", $1) } } == ["day: too-early"])
    try house.perform(StayHouse.organizer) { try $0.makeHomeVisit(person, on: today, by: "白露", $1) }
    #expect(try visits(house).map(\.visitedOn) == [today])
    #expect(codes { _ = try house.perform(StayHouse.organizer) { try $0.makeHomeVisit(person, on: today, by: "白露", $1) } } == ["participant: visited-already"])
    let other = house.people[1]
    #expect(codes { _ = try house.perform(StayHouse.organizer) { try $0.makeHomeVisit(other, on: today, by: "白露", $1) } } == ["participant: not-owed"])
  }

  @Test("a stay in an earlier batch of this house is known again, even where the list says there was none")
  func repeats() throws {
    let house = try StayHouse()
    let birth = BirthDate.day(StayHouse.firstDay.adding(months: -70 * 12))
    func list(_ batch: ID) throws -> ID {
      try house.perform { try $0.listParticipants([ParticipantDraft(name: "孟和", birth: birth)], in: batch, $1).recorded }
      return try #require(try house.store.read { try $0.participants(of: $0.batch(batch)).first { $0.name == "孟和" } }).id
    }
    let first = try list(house.batch)
    try house.perform { try $0.arrive(first, results: [], $1) }
    var plan = StayHouse.plan
    plan.number = "下一批"
    plan.firstDay = StayHouse.firstDay + 365
    plan.lastDay = StayHouse.firstDay + 371
    let next = plan
    let batch = try house.perform(StayHouse.organizer) { try $0.planBatch(next, $1) }.subject
    let again = try list(batch)
    try house.record(.previousStay, RecordedFact(value: "none"), of: .participant(again))
    let regulation = try Packs.regulation("nm-2023")
    let result = try #require(
      try house.store.read { reader in
        try reader.arrivalGate(of: reader.participant(again), under: regulation, at: house.now).results.first { $0.rule == "NM04" }
      })
    #expect(result.outcome == .unknown, "when the last stay was is known, how long a cycle lasts is not")
    #expect(result.facts.contains(FactUse(.previousStay, StayHouse.firstDay.description)))
    let whole = try house.store.read { try $0.gate(.arrival, of: $0.batch(batch), under: regulation, at: house.now) }
    #expect(whole.results.contains(result))
  }
}

import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("The daily gate by the clock")
struct DailyGateTests {
  /// Seven days were planned, ten are allowed (NM15).
  private func stay() throws -> StayHouse {
    let house = try StayHouse(people: 3)
    try house.arrive(0..<3)
    return house
  }

  private func breaches(_ house: StayHouse, _ rule: String) throws -> [Nonconformity] {
    try house.read { try $0.nonconformities(of: $1) }.filter { $0.rule == rule }
  }

  private func asked(_ house: StayHouse) throws -> Int {
    try house.store.read {
      try $0.tables.count(SQL("SELECT count(*) FROM journal WHERE kind = ?"), Int64(EntryKind.dailyGate.rawValue))
    }
  }

  @Test("a stay that overruns opens one nonconformity and one alert for each person by itself, and the departure ends both")
  func overrun() throws {
    let house = try stay()
    let early = house.people[2]
    try house.advance(to: house.at(7, 9))
    try house.perform { try $0.depart(early, reason: .completed, badgeReturned: true, $1) }
    try house.advance(to: house.at(10, 23, 59))
    #expect(try breaches(house, "NM15").isEmpty)
    try house.advance(to: house.at(11, 0, 5))
    let open = try breaches(house, "NM15")
    #expect(open.map(\.subject) == Array(house.people.prefix(2)))
    #expect(open.allSatisfy { $0.cause == .stay && $0.openedAt == house.at(11, 0, 5) && $0.isOpen })
    #expect(try house.alerts("rule-NM15").count == 2)
    #expect(try house.alerts("rule-NM15").allSatisfy { $0.from == .dutyLead })

    try house.advance(to: house.at(12, 8))
    #expect(try breaches(house, "NM15").count == 2)
    #expect(try house.alerts("rule-NM15").count == 2)
    let late = house.people[0]
    try house.perform { try $0.depart(late, reason: .completed, badgeReturned: true, $1) }
    #expect(try breaches(house, "NM15").map(\.closedAt) == [house.at(12, 8), nil])
    #expect(try house.alerts("rule-NM15").map(\.subject) == [house.people[1]])
    #expect(try house.faults() == [])
  }

  @Test("in hospital an overrun is medical, and nobody is sent away for it")
  func hospital() throws {
    let house = try stay()
    let ill = house.people[0]
    try house.advance(to: house.at(9, 9))
    try house.perform { try $0.transferToHospital(ill, HospitalDraft(hospital: "旗医院"), $1) }
    try house.advance(to: house.at(11, 1))
    #expect(try breaches(house, "NM15").first { $0.subject == ill }?.cause == .medical)
    #expect(try house.participant(0).place == .hospital)
  }

  @Test("after a stop each day is asked once, at its own time")
  func catchingUp() throws {
    let house = try stay()
    try house.advance(to: house.at(14, 12))
    #expect(try asked(house) == 13)
    #expect(try breaches(house, "NM15").map(\.openedAt) == Array(repeating: house.at(11, 0, 5), count: 3))
    try house.advance(to: house.at(14, 13))
    #expect(try asked(house) == 13)
    #expect(try house.faults() == [])
  }

  @Test("a case of an infectious disease raises its alert at once; it ends when the person is free of it, and comes anew")
  func infection() throws {
    let house = try stay()
    let (ill, medic) = (house.people[1], StayHouse.medic)
    func screen(_ value: String) throws {
      try house.perform(medic) {
        try $0.recordFact(.screeningInfectious, RecordedFact(value: value), of: .participant(ill), $1)
      }
    }
    try house.advance(to: house.at(3, 10))
    try screen("negative")
    #expect(try breaches(house, "NM03").isEmpty)
    try screen("positive")
    let alert = try #require(try house.alerts("rule-health-NM03").first)
    #expect(alert.severity == .urgent)
    #expect(alert.subject == ill)
    #expect(alert.tellsHealth)
    let breach = try #require(try breaches(house, "NM03").first)
    #expect(breach.cause == .medical)
    #expect(!breach.message.chinese.contains(StayHouse.names[1]))
    try house.advance(to: house.at(5, 10))
    #expect(try breaches(house, "NM03").count == 1)
    try screen("negative")
    #expect(try breaches(house, "NM03").map(\.isOpen) == [false])
    #expect(try house.alerts("rule-health-NM03").isEmpty)
    try screen("positive")
    #expect(try breaches(house, "NM03").map(\.isOpen) == [false, true])
    #expect(try house.faults() == [])
  }

  @Test("a soft rule that somebody answers for is no breach")
  func departure() throws {
    let house = try stay()
    let (id, lead) = (house.batch, StayHouse.lead)
    try house.record(.kit, RecordedFact(value: "short", date: StayHouse.firstDay, person: "何一鸣"), of: .batch(id))
    #expect(try breaches(house, "NM09").map(\.isOpen) == [true])
    try house.perform(lead) {
      try $0.acceptDeparture("NM09", at: .daily, of: .batch(id), reason: "明早补货", person: "周敏", $1)
    }
    #expect(try breaches(house, "NM09").map(\.isOpen) == [false])
    try house.advance(to: house.at(2, 1))
    #expect(try breaches(house, "NM09").count == 1)
  }
}

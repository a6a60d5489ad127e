import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("A person's checks")
struct CheckInListTests {
  @Test("newest first by when they were made, whatever the order they came in; other people's are not among them")
  func order() throws {
    let house = try StayHouse(people: 2)
    try house.arrive(0..<2)
    try house.advance(to: house.at(2, 12))
    let id = house.people[0]
    let made = [house.at(2, 9), house.at(2, 11), house.at(2, 8), house.at(2, 10)]
    for (number, moment) in made.enumerated() {
      // Recorded in this order, two of them late.
      try house.check(0, at: moment)
      if number == 1 { try house.check(1, at: house.at(2, 10)) }
      if number == 2 {
        try house.perform(StayHouse.medic) { try $0.missCheckIn(id, reason: .refused, remark: "", $1) }
      }
    }
    try house.read { reader, _ in
      let person = try reader.participant(id)
      let checks = try reader.checkIns(of: person)
      #expect(checks.map(\.occurredAt) == [house.at(2, 12)] + made.sorted(by: >))
      #expect(checks.map { $0.reason } == [.refused, nil, nil, nil, nil])
      // Page by page.
      let first = try reader.checkIns(of: person, limit: 2)
      let second = try reader.checkIns(of: person, before: try #require(first.last).occurredAt, limit: 2)
      #expect((first + second).map(\.entry) == checks.prefix(4).map(\.entry))
      #expect(try reader.checkIns(of: reader.participant(house.people[1])).map(\.occurredAt) == [house.at(2, 10)])
      let nobody = try reader.checkIns(of: person, before: house.at(2, 8))
      #expect(nobody.isEmpty)
    }
    #expect(try house.faults() == [])
  }
}

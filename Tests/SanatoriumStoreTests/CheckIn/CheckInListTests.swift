import Evidence
import GRDB
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

  @Test("a file from before the chain has it after it is opened, and the rebuild agrees")
  func migrated() throws {
    let house = try StayHouse(people: 2)
    try house.arrive(0..<2)
    try house.advance(to: house.at(2, 12))
    for hour in [9, 11, 10] { for index in 0..<2 { try house.check(index, at: house.at(2, hour)) } }
    let checks = try house.read { reader, _ in
      try house.people.map { try reader.checkIns(of: reader.participant($0)) }
    }
    house.store.close()
    let old = try DatabaseQueue(path: house.store.path)
    try old.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          ALTER TABLE check_in DROP COLUMN earlier;
          ALTER TABLE participant DROP COLUMN last_check;
          CREATE INDEX check_in_participant ON check_in(participant, occurred_at);
          DELETE FROM grdb_migrations WHERE identifier LIKE '%chain%';
          """)
    }
    try old.close()
    let store = try Store(path: house.store.path)
    defer { store.close() }
    try store.read { (reader: Reader) throws -> Void in
      #expect(try house.people.map { try reader.checkIns(of: reader.participant($0)) } == checks)
    }
    #expect(checks[0].count == 3)
    #expect(try store.verify().faults == [])
  }
}

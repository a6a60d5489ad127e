import Evidence
import Packs
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("The clock")
struct ClockTests {
  private let set = DeadlineTable.set

  @Test("a deadline that fails is told, tried again later, and keeps no other from its time")
  func stuck() throws {
    let house = try StayHouse(people: 2)
    try house.arrive(0..<2)
    let batch = try house.read { $1.key }
    try house.advance(to: house.at(1, 12))
    let due = house.at(1, 13)
    // Nobody has this number: the re-check can't be recorded. The other is of a kind that nobody knows.
    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(set, "followUp", Int64(999_999), batch, due)
      try ledger.tables.run(set, "unheard-of", Int64(1), batch, due)
    }
    try house.advance(to: house.at(1, 19, 1))
    let round = try house.read { try $0.round(in: $1, at: house.now) }
    #expect(round?.code == "evening")
    let alert = try #require(try house.alerts("clock").first)
    #expect(alert.severity == .urgent)
    let faults = try house.store.perform(at: house.now) { $0.takeClockFaults() }
    #expect(faults.contains { $0.contains("followUp 999999") })
    #expect(faults.contains { $0.contains("unheard-of 1") })
    #expect(try house.store.perform(at: house.now) { $0.takeClockFaults() } == [])

    // Not again before ten seconds have passed, then again and again with longer rests.
    try house.advance(to: house.now + .seconds(9))
    #expect(try house.store.perform(at: house.now) { $0.takeClockFaults() } == [])
    try house.advance(to: house.now + .seconds(2))
    #expect(try house.store.perform(at: house.now) { $0.takeClockFaults().count } == 2)
    #expect(try house.alerts("clock").count == 1)

    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(DeadlineTable.clear, "unheard-of", Int64(1))
      try ledger.tables.run(DeadlineTable.clear, "followUp", Int64(999_999))
    }
    #expect(try house.faults() == [])
  }

  @Test("a deadline that can be kept at last ends the alert about it")
  func mended() throws {
    let house = try StayHouse(people: 1)
    try house.arrive(0..<1)
    let (batch, person) = try house.read { ($1.key, try $0.participants(of: $1)[0].key) }
    let due = house.at(1, 12)
    // The person's row goes and comes back.
    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(set, "followUp", person, batch, due)
      try ledger.tables.run(SQL("UPDATE participant SET id = id + 1000 WHERE id = ?"), person)
    }
    try house.advance(to: due)
    #expect(try house.alerts("clock").count == 1)
    try house.store.perform(at: house.now) { ledger in
      try ledger.tables.run(SQL("UPDATE participant SET id = id - 1000 WHERE id = ?"), person + 1000)
    }
    try house.advance(to: due + .minutes(1))
    #expect(try house.alerts("clock").isEmpty)
    #expect(try house.alerts("follow-up-overdue").count == 1)
    #expect(try house.faults() == [])
  }

  @Test("a check that is sent before the clock's next tick answers the round that has opened by then")
  func jump() throws {
    let plans = try PlanHouse()
    let house = plans.house
    try house.advance(to: house.at(2, 5))
    // Nobody advances: the wall clock jumps and the check is the first to be written.
    house.now = house.at(2, 7, 10)
    try plans.check()
    let (round, outcome) = try house.read { reader, batch in
      let round = try #require(try reader.round(in: batch, at: house.now))
      return (round, try reader.outcome(of: round, for: reader.participant(house.people[0])))
    }
    #expect(round.code == "morning")
    #expect(round.day == StayHouse.firstDay + 1)
    #expect(outcome == "done")
    #expect(try house.faults() == [])
  }

  @Test("a refused act does not lose what was due before it")
  func refusedAct() throws {
    let plans = try PlanHouse()
    let house = plans.house
    house.now = house.at(2, 7, 10)
    let person = house.people[0]
    #expect(throws: Refusal.self) { try house.perform { try $0.endLeave(person, $1) } }
    #expect(try house.read { try $0.round(in: $1, at: house.now)?.code } == "morning")
  }
}

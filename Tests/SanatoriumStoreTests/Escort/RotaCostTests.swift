import GRDB
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("What the start page's look at the rota costs")
struct RotaCostTests {
  private final class Trace {
    var statements: [String] = []
  }

  /// The statements that a reading executes.
  private func statements(_ house: StayHouse, _ body: (SanatoriumStore.Reader, Batch) throws -> Void) throws -> [String] {
    let trace = Trace()
    try house.read { reader, batch in
      reader.tables.database.trace { event in trace.statements.append("\(event)") }
      defer { reader.tables.database.trace(nil) }
      try body(reader, batch)
    }
    return trace.statements
  }

  @Test("as many reads for six planned outings as for one, and none of the people for outings that are over")
  func outings() throws {
    let house = try StayHouse(people: 6)
    let escort = try house.escort("王洁")
    try house.arrive(0..<6)
    let batch = house.batch
    func plan(_ day: Int) throws {
      let draft = OutingDraft(
        activity: .redEducation, destination: "纪念馆", leavesAt: house.at(day, 9), returnsAt: house.at(day, 12),
        participants: Array(house.people[0..<2]), escorts: [escort])
      try house.perform { try $0.planOuting(draft, in: batch, $1) }
    }
    try plan(2)
    // The regulation is read once for a connection's life.
    _ = try house.read { try $0.rota(of: $1, at: house.now) }
    let one = try statements(house) { _ = try $0.rota(of: $1, at: house.now) }
    for day in 3...7 { try plan(day) }
    let six = try statements(house) { _ = try $0.rota(of: $1, at: house.now) }
    #expect(!one.isEmpty)
    #expect(one == six)
    let over = try statements(house) { _ = try $0.rota(of: $1, at: house.at(8, 0)) }
    #expect(over.count < six.count && !over.contains { $0.contains("FROM participant") })
  }

  @Test("owed signatures are found without reading a word of any note")
  func handOvers() throws {
    let house = try StayHouse()
    let (batch, lead) = (house.batch, try house.escort("周敏", .general, .host))
    for day in 1...3 {
      let draft = ShiftDraft(escort: lead, duty: .dutyLead, startsAt: house.at(day, 8), endsAt: house.at(day, 20))
      let shift = try house.perform { try $0.planShift(draft, in: batch, $1) }.subject
      house.now = house.at(day, 10)
      try house.perform(StayHouse.lead) { try $0.writeHandOver(of: shift, HandOverDraft(), signs: day < 3, $1) }
    }
    let read = try statements(house) { reader, batch in
      let calls = try reader.handOverCalls(of: batch, at: house.at(3, 19, 45))
      #expect(calls.map(\.side) == [.take, .give] && calls.map(\.accounts) == [[], []])
    }
    #expect(!read.contains { $0.contains("people") || $0.contains("tasks") })
    #expect(read.filter { $0.contains("FROM hand_over") }.count == 2)
  }

  @Test("a file from before the roster's index gets it when it is opened")
  func migrated() throws {
    let house = try StayHouse()
    let path = house.store.path
    house.store.close()
    let file = try DatabaseQueue(path: path)
    try file.write {
      try $0.execute(sql: "DROP INDEX journal_roster; DELETE FROM grdb_migrations WHERE identifier LIKE '%roster''s entries%'")
    }
    try file.close()
    let store = try Store(path: path)
    defer { store.close() }
    #expect(try store.read { try $0.tables.rosterChanges(batch: 1, since: 0, time: $0.time) }.isEmpty)
    #expect(try store.verify().faults == [])
  }
}

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

    house.now = house.at(7, 9)
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

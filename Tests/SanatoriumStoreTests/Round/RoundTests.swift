import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

/// The morning round opens at 7, should be done at 8 and is late at 9:30.
@Suite("What a round asks and what answers it")
struct RoundTests {
  private let house: StayHouse

  init() throws {
    house = try StayHouse(people: 4)
    try house.arrive(0..<4)
    try house.advance(to: house.at(2, 7, 5))
  }

  private func outcome(_ index: Int) throws -> String? {
    try house.read { reader, batch in
      let round = try #require(try reader.rounds(in: batch, on: StayHouse.firstDay + 1).first)
      return try reader.outcome(of: round, for: reader.participant(house.people[index]))
    }
  }

  private func counts() throws -> RoundCounts {
    try house.read { reader, batch in
      try reader.counts(of: #require(try reader.rounds(in: batch, on: StayHouse.firstDay + 1).first))
    }
  }

  private func leave(_ index: Int) throws {
    let (id, back) = (house.people[index], house.now + .hours(5))
    try house.perform { try $0.startLeave(id, LeaveDraft(expectedBack: back, destination: "镇上"), $1) }
  }

  @Test("who goes unseen after the round's time was missed, who goes before it or to hospital was not")
  func leaving() throws {
    try leave(0)
    #expect(try outcome(0) == "suspended")
    try house.advance(to: house.at(2, 8, 45))
    let (second, third) = (house.people[1], house.people[2])
    try house.perform { try $0.depart(second, reason: .early, badgeReturned: true, $1) }
    try house.perform { try $0.transferToHospital(third, HospitalDraft(hospital: "旗医院"), $1) }
    #expect(try outcome(1) == "missed")
    #expect(try outcome(2) == "suspended")
    try house.check(3)
    try house.advance(to: house.at(2, 9, 31))
    let counts = try counts()
    #expect([counts.due, counts.done, counts.open, counts.missed] == [2, 1, 0, 1])
    let alert = try #require(try house.alerts("round-overdue").first { $0.openedAt == house.at(2, 9, 30) })
    #expect(alert.message.chinese.contains("1 人没查就离开了"))
    #expect(try house.faults() == [])
  }

  @Test("who comes back before the limit is due again, and a late check answers for who was missed")
  func returning() throws {
    try house.advance(to: house.at(2, 8, 40))
    try leave(0)
    try leave(1)
    #expect(try outcome(0) == "missed")
    house.now = house.at(2, 9)
    let id = house.people[0]
    try house.perform { try $0.endLeave(id, $1) }
    #expect(try outcome(0) == "open")
    // Made before the person left, and sent only now.
    try house.check(1, at: house.at(2, 8, 35))
    #expect(try outcome(1) == "done")
    #expect(try house.faults() == [])
  }

  @Test("one reading answers the round as incomplete and says what is missing; the rest completes it")
  func incomplete() throws {
    let receipt = try house.check(0, Readings(temperature: 366))
    #expect(receipt.total == nil)
    #expect(try outcome(0) == "incomplete")
    #expect(try [counts().done, counts().incomplete] == [1, 1])
    try house.advance(to: house.at(2, 7, 10))
    let second = try house.check(0)
    #expect(second.total == 0)
    #expect(try outcome(0) == "done")
    #expect(try [counts().done, counts().incomplete] == [1, 0])
    // What is left out afterwards takes nothing away.
    try house.check(0, Readings(temperature: 366))
    #expect(try outcome(0) == "done")
    let id = house.people[1]
    try house.check(1, Readings(pulse: 72))
    try house.perform(StayHouse.medic) { try $0.missCheckIn(id, reason: .refused, remark: "", $1) }
    #expect(try outcome(1) == "incomplete")
    #expect(try house.faults() == [])
  }

  @Test("nobody is checked before they are here; who is held is checked like everybody")
  func arrival() throws {
    let house = try StayHouse(people: 3, open: false)
    try house.openByGate()
    let refused = ["participant: not-arrived"]
    #expect(codes { try house.check(0) } == refused)
    let (second, third) = (house.people[1], house.people[2])
    #expect(
      codes {
        try house.perform(StayHouse.medic) { _ = try $0.missCheckIn(second, reason: .out, remark: "", $1) }
      } == refused)
    try house.perform { try $0.turnAway(third, .noShow, reason: "", $1) }
    #expect(codes { try house.check(2) } == refused)

    house.now = house.at(1, 15)
    try house.perform { try $0.arrive(second, $1) }
    #expect(try house.participant(1).admission == .held)
    #expect(codes { try house.check(1, at: house.at(1, 14, 59)) } == ["occurredAt: before-arrival"])
    try house.check(1)
    #expect(try house.participant(1).lastTotal == 0)
    #expect(try house.faults() == [])
  }
}

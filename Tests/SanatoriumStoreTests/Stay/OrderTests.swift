import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Movements in their order")
struct OrderTests {
  private let house: StayHouse

  init() throws {
    house = try StayHouse(people: 3)
    try house.advance(to: house.at(2, 10))
    try house.arrive(0..<2)
  }

  private func leave(at occurred: Instant? = nil) throws {
    let (id, back) = (house.people[0], house.now + .hours(3))
    try house.perform(at: occurred) { try $0.startLeave(id, LeaveDraft(expectedBack: back, destination: "镇上"), $1) }
  }

  @Test("a movement before the arrival or before the last movement is refused by field; what is told late is taken")
  func order() throws {
    let id = house.people[0]
    house.now = house.at(2, 15)
    #expect(codes { try leave(at: house.at(2, 9, 59)) } == ["occurredAt: before-arrival"])
    #expect(
      codes { try house.perform(at: house.at(1, 9)) { _ = try $0.depart(id, reason: .early, badgeReturned: true, $1) } }
        == ["occurredAt: before-arrival"])
    try leave(at: house.at(2, 13))
    #expect(
      codes { try house.perform(at: house.at(2, 12)) { _ = try $0.endLeave(id, $1) } }
        == ["occurredAt: before-last-movement"])
    try house.perform(at: house.at(2, 14)) { try $0.endLeave(id, $1) }
    let places = try house.read { reader, _ in try reader.whereabouts(of: reader.participant(id)) }
    #expect(places.map(\.since) == [house.at(2, 10), house.at(2, 13), house.at(2, 14)])
    #expect(try house.faults() == [])
  }

  @Test("nothing is recorded as having happened in the future")
  func future() throws {
    let id = house.people[0]
    try house.perform(at: house.at(3, 9)) { try $0.depart(id, reason: .early, badgeReturned: true, $1) }
    #expect(try house.participant(0).departedAt == house.at(2, 10))
  }

  @Test("a transfer to hospital is taken as it is told, whatever was recorded meanwhile")
  func hospital() throws {
    let id = house.people[0]
    house.now = house.at(2, 15)
    try leave(at: house.at(2, 13))
    try house.perform(at: house.at(2, 12)) { try $0.transferToHospital(id, HospitalDraft(hospital: "旗医院"), $1) }
    #expect(try house.participant(0).place == .hospital)
    #expect(try house.faults() == [])
  }

  @Test("before the last day a stay is left early or for medical reasons, and not completed")
  func early() throws {
    let (first, second) = (house.people[0], house.people[1])
    house.now = house.at(6, 9)
    #expect(
      codes { try house.perform { _ = try $0.depart(first, reason: .completed, badgeReturned: true, $1) } }
        == ["reason: before-the-last-day"])
    try house.perform { try $0.depart(first, reason: .early, badgeReturned: true, $1) }
    house.now = house.at(7, 0)
    try house.perform { try $0.depart(second, reason: .completed, badgeReturned: true, $1) }
  }

  @Test("who departs with a re-check not made is not stopped, and whoever asked for it hears of it")
  func recheck() throws {
    let (first, second) = (house.people[0], house.people[1])
    house.now = house.at(2, 11)
    try house.check(0)
    try house.perform(StayHouse.medic) { try $0.missCheckIn(second, reason: .asleep, remark: "", $1) }
    for id in [first, second] {
      try house.perform { try $0.depart(id, reason: .early, badgeReturned: true, $1) }
    }
    let alerts = try house.alerts("departed-unchecked")
    #expect(alerts.map(\.subject) == [second])
    #expect(alerts.first?.severity == .attention)
    #expect(alerts.first?.message.chinese.contains(StayHouse.names[1]) == true)
    #expect(try house.faults() == [])
  }

  @Test("nobody in hospital, and nobody who did not come, is put on an outing's list")
  func outings() throws {
    let (ill, absent) = (house.people[1], house.people[2])
    try house.perform { try $0.transferToHospital(ill, HospitalDraft(hospital: "旗医院"), $1) }
    try house.perform { try $0.turnAway(absent, .noShow, reason: "", $1) }
    let escort = try house.escort("苏和")
    let id = house.batch
    func draft(_ people: [ID]) -> OutingDraft {
      OutingDraft(
        activity: .redEducation, destination: "纪念馆", leavesAt: house.at(3, 9), returnsAt: house.at(3, 11),
        participants: people, escorts: [escort])
    }
    let wrong = draft(house.people)
    #expect(
      codes { try house.perform { _ = try $0.planOuting(wrong, in: id, $1) } }
        == ["participants[1]: not-staying", "participants[2]: not-staying"])
    let right = draft([house.people[0]])
    let outing = try house.perform { try $0.planOuting(right, in: id, $1) }.subject
    for person in [ill, absent] {
      #expect(
        codes { try house.perform { _ = try $0.joinOuting(person, outing, $1) } } == ["participant: not-staying"])
    }
  }
}

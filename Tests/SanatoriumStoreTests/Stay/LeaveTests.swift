import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Leave and hospital")
struct LeaveTests {
  private func onLeave(_ house: StayHouse, back: Instant) throws -> ID {
    try house.arrive(0..<1)
    house.now = house.at(2, 9)
    let id = house.people[0]
    try house.perform { try $0.startLeave(id, LeaveDraft(expectedBack: back, destination: "女儿家"), $1) }
    return id
  }

  @Test("an overdue return raises one urgent alert, at the time it was due, and the return ends it")
  func overdue() throws {
    let house = try StayHouse()
    let id = try onLeave(house, back: house.at(2, 17))
    #expect(try house.participant(0).place == .leave)
    try house.advance(to: house.at(2, 16, 59))
    #expect(try house.alerts("leave-overdue").isEmpty)
    // The daemon was stopped for three hours: the entry still tells when it became late.
    try house.advance(to: house.at(2, 20))
    let alert = try #require(try house.alerts("leave-overdue").first)
    #expect(alert.severity == .urgent && alert.openedAt == house.at(2, 17))
    #expect(alert.message.chinese == "巴特尔请假去女儿家，说好 17:00 回来，还没回来。")
    #expect(try house.read { try $0.overdueReturns(in: $1).map(\.id) } == [id])
    try house.perform { try $0.endLeave(id, $1) }
    #expect(try house.alerts("leave-overdue").isEmpty)
    let back = try house.participant(0)
    #expect(back.place == .present && !back.isBackOverdue && back.expectedBack == nil)
    #expect(try house.faults() == [])
  }

  @Test("a later return ends the alert and makes a new deadline")
  func extended() throws {
    let house = try StayHouse()
    let id = try onLeave(house, back: house.at(2, 17))
    try house.advance(to: house.at(2, 18))
    let later = house.at(2, 20)
    try house.perform { try $0.extendLeave(id, expectedBack: later, $1) }
    #expect(try house.alerts("leave-overdue").isEmpty)
    #expect(try !house.participant(0).isBackOverdue)
    try house.advance(to: house.at(2, 20, 1))
    #expect(try house.alerts("leave-overdue").count == 1)
    #expect(try house.faults() == [])
  }

  @Test("leave asks for a destination and a return ahead, and for somebody who is in the house")
  func refusals() throws {
    let house = try StayHouse()
    let (id, stranger) = (house.people[0], house.people[1])
    try house.arrive(0..<1)
    let past = LeaveDraft(expectedBack: house.now, destination: " ")
    #expect(
      codes { try house.perform { _ = try $0.startLeave(id, past, $1) } }
        == ["destination: missing", "expectedBack: in-the-past"])
    let fine = LeaveDraft(expectedBack: house.at(1, 18), destination: "县城")
    #expect(codes { try house.perform { _ = try $0.startLeave(stranger, fine, $1) } } == ["place: wrong-place"])
    #expect(codes { try house.perform { _ = try $0.endLeave(id, $1) } } == ["place: wrong-place"])
    #expect(try house.participant(0).place == .present)
    #expect(try house.faults() == [])
  }

  @Test("someone on leave is taken to hospital: nobody waits for their return any more")
  func hospital() throws {
    let house = try StayHouse()
    let id = try onLeave(house, back: house.at(2, 17))
    try house.advance(to: house.at(2, 18))
    try house.perform { try $0.transferToHospital(id, HospitalDraft(hospital: "旗医院", reason: "胸痛"), $1) }
    let patient = try house.participant(0)
    #expect(patient.place == .hospital && patient.placeNote == "旗医院" && patient.expectedBack == nil)
    #expect(try house.alerts("leave-overdue").isEmpty)
    #expect(
      codes { try house.perform { _ = try $0.transferToHospital(id, HospitalDraft(hospital: "旗医院"), $1) } }
        == ["place: wrong-place"])
    house.now = house.at(4, 10)
    try house.perform { try $0.returnFromHospital(id, $1) }
    #expect(try house.participant(0).place == .present)
    let way = try house.read { reader, _ in try reader.whereabouts(of: reader.participant(id)) }
    #expect(way.map(\.place) == [.present, .leave, .hospital, .present])
    #expect(way[2].since == house.at(2, 18) && way[2].until == house.at(4, 10) && way[3].until == nil)
    #expect(try house.faults() == [])
  }

  @Test("a transfer told late does not reach back behind the one before it")
  func late() throws {
    let house = try StayHouse()
    let id = try onLeave(house, back: house.at(2, 17))
    house.now = house.at(2, 12)
    try house.perform(at: house.at(2, 8)) { try $0.transferToHospital(id, HospitalDraft(hospital: "旗医院"), $1) }
    let way = try house.read { reader, _ in try reader.whereabouts(of: reader.participant(id)) }
    #expect(zip(way, way.dropFirst()).allSatisfy { $0.until! <= $1.since && $0.since <= $0.until! })
    #expect(try house.faults() == [])
  }
}

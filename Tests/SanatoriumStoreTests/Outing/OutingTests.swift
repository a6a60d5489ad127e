import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Outings")
struct OutingTests {
  /// Six people and three escorts, an outing of the first four with one escort from 9:00 to 12:00 on day 2.
  private struct Trip {
    let house: StayHouse
    let outing: ID
    let escorts: [ID]

    init() throws {
      house = try StayHouse(people: 6)
      escorts = [try house.escort("王洁"), try house.escort("赵磊"), try house.escort("何一鸣", .medical)]
      try house.arrive(0..<6)
      house.now = house.at(2, 8, 30)
      let draft = OutingDraft(
        activity: .visit, destination: "白桦林", vehicle: "蒙A12345", leavesAt: house.at(2, 9), returnsAt: house.at(2, 12),
        participants: Array(house.people[0..<4]), escorts: [escorts[0]])
      let batch = house.batch
      outing = try house.perform { try $0.planOuting(draft, in: batch, $1) }.subject
      house.now = house.at(2, 9)
    }

    func leave(_ counted: Int = 4, missing: [ID] = [], _ changes: OutingChanges = OutingChanges()) throws {
      let id = outing
      try house.perform { try $0.leaveOuting(id, HeadcountDraft(counted: counted, missing: missing), changes: changes, $1) }
    }

    func state() throws -> Outing { try house.store.read { try $0.outing(outing) } }
  }

  @Test("an outing leaves counted, is counted on site and comes back: everybody's place follows")
  func there() throws {
    let trip = try Trip()
    let (house, id) = (trip.house, trip.outing)
    try trip.leave()
    #expect(try house.participant(0).place == .outing && house.participant(0).expectedBack == house.at(2, 12))
    #expect(try house.participant(4).place == .present)
    let away = try house.read { try $0.presence(in: $1) }
    #expect(away.outing == 4 && away.present == 2)
    house.now = house.at(2, 10)
    try house.perform { try $0.countOuting(id, HeadcountDraft(counted: 4), $1) }
    house.now = house.at(2, 11, 50)
    try house.perform { try $0.returnOuting(id, HeadcountDraft(counted: 4), $1) }
    #expect(try trip.state().state == .returned)
    #expect(try house.participant(0).place == .present)
    let counts = try house.store.read { try $0.headcounts(of: $0.outing(id)) }
    #expect(counts.map(\.point) == [.out, .onSite, .back] && counts.allSatisfy(\.matches))
    try house.advance(to: house.at(2, 13))
    #expect(try house.alerts("outing-overdue").isEmpty)
    #expect(try house.store.read { try $0.escort(trip.escorts[0]).place } == .present)
    #expect(try house.faults() == [])
  }

  @Test("an outing that is not back in time raises an urgent alert; word of a later return ends it")
  func overdue() throws {
    let trip = try Trip()
    let (house, id) = (trip.house, trip.outing)
    try trip.leave()
    try house.advance(to: house.at(2, 12, 5))
    let alert = try #require(try house.alerts("outing-overdue").first)
    #expect(alert.severity == .urgent && alert.openedAt == house.at(2, 12))
    #expect(try house.read { try $0.overdueReturns(in: $1).count } == 4)
    let later = house.at(2, 13)
    try house.perform { try $0.delayOuting(id, returnsAt: later, $1) }
    #expect(try house.alerts("outing-overdue").isEmpty)
    #expect(try house.participant(0).expectedBack == later && !house.participant(0).isBackOverdue)
    try house.advance(to: house.at(2, 13, 1))
    #expect(try house.alerts("outing-overdue").count == 1)
    try house.perform { try $0.returnOuting(id, HeadcountDraft(counted: 4), $1) }
    #expect(try house.alerts("outing-overdue").isEmpty)
    #expect(try house.faults() == [])
  }

  @Test("a headcount that does not match is critical and names who is missing until a count matches")
  func missing() throws {
    let trip = try Trip()
    let (house, id) = (trip.house, trip.outing)
    try trip.leave()
    let (first, second) = (house.people[0], house.people[1])
    try house.perform { try $0.countOuting(id, HeadcountDraft(counted: 2, missing: [first, second]), $1) }
    let both = try #require(try house.alerts("headcount").first)
    #expect(both.severity == .critical && both.message.chinese == "“白桦林”点名缺 2 人：巴特尔、白天恩。")
    try house.perform { try $0.countOuting(id, HeadcountDraft(counted: 3, missing: [second]), $1) }
    let one = try #require(try house.alerts("headcount").first)
    #expect(one.id != both.id && one.message.chinese == "“白桦林”点名缺 1 人：白天恩。")
    // The bus comes back without him: he stays on the outing, the alert stands.
    try house.perform { try $0.returnOuting(id, HeadcountDraft(counted: 3, missing: [second]), $1) }
    #expect(try house.participant(1).place == .outing && house.participant(0).place == .present)
    #expect(try house.alerts("headcount").count == 1)
    try house.perform { try $0.returnAlone(second, id, $1) }
    #expect(try house.participant(1).place == .present)
    #expect(try house.alerts("headcount").isEmpty)
    #expect(try house.faults() == [])
  }

  @Test("a count that its own names contradict is refused")
  func contradiction() throws {
    let trip = try Trip()
    let (house, id) = (trip.house, trip.outing)
    let (first, other) = (house.people[0], house.people[5])
    #expect(
      codes { try house.perform { _ = try $0.leaveOuting(id, HeadcountDraft(counted: 3), $1) } }
        == ["missing: contradiction"])
    #expect(
      codes { try house.perform { _ = try $0.leaveOuting(id, HeadcountDraft(counted: 4, missing: [first]), $1) } }
        == ["missing: contradiction"])
    #expect(
      codes { try house.perform { _ = try $0.leaveOuting(id, HeadcountDraft(counted: 3, missing: [other]), $1) } }
        == ["missing[0]: not-expected"])
    #expect(try trip.state().state == .planned)
    try house.perform { try $0.leaveOuting(id, HeadcountDraft(counted: 5), $1) }
    #expect(try house.alerts("headcount").first?.message.chinese == "“白桦林”点名：应到 4 人，点到 5 人，多了 1 人。")
    #expect(try house.faults() == [])
  }

  @Test("people stay behind, join and leave by ambulance, and the headcount expects the right ones")
  func members() throws {
    let trip = try Trip()
    let (house, id) = (trip.house, trip.outing)
    var changes = OutingChanges()
    changes.stayingParticipants = [house.people[0]]
    changes.joiningParticipants = [house.people[4]]
    try trip.leave(4, changes)
    #expect(try house.participant(0).place == .present && house.participant(4).place == .outing)
    let (stayed, joins, ill) = (house.people[1], house.people[5], house.people[2])
    try house.perform { try $0.stayBehind(stayed, id, $1) }
    try house.perform { try $0.joinOuting(joins, id, $1) }
    try house.perform { try $0.countOuting(id, HeadcountDraft(counted: 3, missing: [ill]), $1) }
    #expect(try house.alerts("headcount").count == 1)
    try house.perform { try $0.transferToHospital(ill, HospitalDraft(hospital: "旗医院"), $1) }
    #expect(try house.alerts("headcount").isEmpty)
    #expect(try house.participant(2).place == .hospital)
    try house.perform { try $0.returnOuting(id, HeadcountDraft(counted: 3), $1) }
    #expect(try house.participant(2).place == .hospital && house.participant(5).place == .present)
    #expect(codes { try house.perform { _ = try $0.returnAlone(ill, id, $1) } } == ["participant: not-on-it"])
    #expect(try house.faults() == [])
  }

  @Test("an outing needs people, an escort, an order of times, and nobody who is elsewhere then")
  func refusals() throws {
    let trip = try Trip()
    let (house, batch) = (trip.house, trip.house.batch)
    let empty = OutingDraft(
      activity: .visit, destination: "", leavesAt: house.at(2, 12), returnsAt: house.at(2, 9), participants: [], escorts: [])
    #expect(
      codes { try house.perform { _ = try $0.planOuting(empty, in: batch, $1) } } == [
        "destination: missing", "returnsAt: ends-before-start", "participants: empty", "escorts: empty",
      ])
    let doubled = OutingDraft(
      activity: .lecture, destination: "礼堂", leavesAt: house.at(2, 10), returnsAt: house.at(2, 11),
      participants: [house.people[5], house.people[0]], escorts: [trip.escorts[1]])
    #expect(
      codes { try house.perform { _ = try $0.planOuting(doubled, in: batch, $1) } } == [
        "participants[1]: on-another-outing"
      ])
    let id = trip.outing
    #expect(codes { try house.perform { _ = try $0.returnOuting(id, HeadcountDraft(counted: 4), $1) } } == ["state: wrong-state"])
    try house.perform { try $0.cancelOuting(id, reason: "下雨", $1) }
    #expect(codes { try trip.leave() } == ["state: wrong-state"])
    try house.perform { try $0.planOuting(doubled, in: batch, $1) }
    #expect(try house.faults() == [])
  }

  @Test("nobody departs from an outing or goes on leave from it")
  func elsewhere() throws {
    let trip = try Trip()
    let (house, id) = (trip.house, trip.house.people[0])
    try trip.leave()
    #expect(
      codes { try house.perform { _ = try $0.depart(id, reason: .early, badgeReturned: true, $1) } }
        == ["place: wrong-place"])
    let leave = LeaveDraft(expectedBack: house.at(2, 18), destination: "县城")
    #expect(codes { try house.perform { _ = try $0.startLeave(id, leave, $1) } } == ["place: wrong-place"])
  }
}

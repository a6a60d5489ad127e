import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Coverage now")
struct CoverageTests {
  @Test("nm-2023: twelve people need two general escorts; the medical one is asked for apart")
  func needed() throws {
    let house = try StayHouse(people: 12)
    let general = try house.escort("王洁")
    _ = try house.escort("赵磊")
    _ = try house.escort("何一鸣", .medical)
    _ = try house.escort("酒店小李", .general, .host)
    try house.arrive(0..<12)
    var coverage = try #require(try house.read { try $0.coverageNow(of: $1) })
    #expect(coverage.whole.verdict?.fewest == 2 && coverage.whole.verdict?.staff == 2 && coverage.holds)
    #expect(coverage.whole.ratioRule?.id == "NM11" && coverage.whole.medicalRule?.id == "NM08")
    #expect(try house.read { try $0.nonconformities(of: $1) }.isEmpty)

    house.now = house.at(2, 9)
    try house.perform { try $0.moveEscort(general, to: .left, note: "家里有事", $1) }
    coverage = try #require(try house.read { try $0.coverageNow(of: $1) })
    #expect(coverage.whole.isShort && coverage.whole.missing == 1)
    let breach = try #require(try house.read { try $0.nonconformities(of: $1) }.first)
    #expect(breach.rule == "NM11" && breach.isOpen && breach.cause == .staffing && breach.openedAt == house.at(2, 9))
    #expect(breach.quote.contains("1:10"))
    #expect(try house.alerts("ratio").first?.severity == .attention)

    house.now = house.at(2, 11)
    try house.perform { try $0.moveEscort(general, to: .present, $1) }
    let closed = try #require(try house.read { try $0.nonconformities(of: $1) }.first)
    #expect(closed.closedAt == house.at(2, 11))
    #expect(try house.alerts("ratio").isEmpty)
    let id = closed.id
    try house.perform { try $0.explainNonconformity(id, explanation: "临时回家两小时", $1) }
    #expect(
      codes { try house.perform { _ = try $0.explainNonconformity(id, explanation: "再说一次", $1) } }
        == ["explanation: explained-already"])
    #expect(try house.faults() == [])
  }

  @Test("without the medical escort NM08 is broken until one is there")
  func medical() throws {
    let house = try StayHouse(people: 3)
    _ = try house.escort("王洁")
    let medic = try house.escort("何一鸣", .medical)
    try house.arrive(0..<3)
    let patient = house.people[0]
    try house.perform {
      try $0.transferToHospital(patient, HospitalDraft(hospital: "旗医院", escort: medic), $1)
    }
    #expect(try house.store.read { try $0.escort(medic).place } == .hospital)
    #expect(try house.read { try $0.nonconformities(of: $1).map(\.rule) } == ["NM08"])
    try house.perform { try $0.moveEscort(medic, to: .present, $1) }
    #expect(try house.read { try $0.nonconformities(of: $1).allSatisfy { !$0.isOpen } })
    #expect(try house.alerts("ratio-medical").isEmpty)
    #expect(try house.faults() == [])
  }

  @Test("an outing that takes the escorts along leaves the house short: the plan shows it, leaving raises an alert")
  func split() throws {
    let house = try StayHouse(people: 12)
    let escorts = [try house.escort("王洁"), try house.escort("赵磊"), try house.escort("何一鸣", .medical)]
    try house.arrive(0..<12)
    house.now = house.at(2, 8, 30)
    let batch = house.batch
    let draft = OutingDraft(
      activity: .redEducation, destination: "纪念馆", leavesAt: house.at(2, 9), returnsAt: house.at(2, 12),
      participants: Array(house.people[0..<5]), escorts: Array(escorts[0..<2]))
    let outing = try house.perform { try $0.planOuting(draft, in: batch, $1) }.subject
    let forecast = try #require(try house.store.read { try $0.forecast(of: $0.outing(outing), at: house.now) })
    #expect(!forecast.outing.isShort && forecast.house.isShort && forecast.house.missing == 1)
    try house.perform { try $0.leaveOuting(outing, HeadcountDraft(counted: 5), $1) }
    let coverage = try #require(try house.read { try $0.coverageNow(of: $1) })
    #expect(coverage.whole.holds && coverage.house.isShort && coverage.outings.first?.coverage.isShort == false)
    #expect(try house.alerts("ratio-house").count == 1)
    func breaches() throws -> [Nonconformity] { try house.read { try $0.nonconformities(of: $1) } }
    #expect(try breaches().map(\.isOfHouse) == [true] && breaches()[0].isOpen)
    // Explained for the outing; that the batch gets too few is another thing, told from then on.
    let first = try breaches()[0].id
    try house.perform(StayHouse.lead) { try $0.explainNonconformity(first, explanation: "院方人员照看", $1) }
    house.now = house.at(2, 10)
    try house.perform { try $0.moveEscort(escorts[0], to: .left, $1) }
    #expect(try breaches().map(\.isOfHouse) == [true, false] && breaches().map(\.closedAt) == [house.now, nil])
    #expect(try breaches()[1].explanation == nil && house.alerts("ratio").count == 1 && house.alerts("ratio-house").isEmpty)
    try house.perform { try $0.moveEscort(escorts[0], to: .present, $1) }
    house.now = house.at(2, 11)
    try house.perform { try $0.returnOuting(outing, HeadcountDraft(counted: 5), $1) }
    #expect(try house.alerts("ratio-house").isEmpty)
    #expect(try breaches().allSatisfy { !$0.isOpen })
    #expect(try house.faults() == [])
  }

  @Test("an outing with too few escorts is a breach of its own until it is back; the batch's own covers it while that has too few")
  func short() throws {
    let house = try StayHouse(people: 12)
    let escorts = [try house.escort("王洁"), try house.escort("赵磊"), try house.escort("何一鸣", .medical)]
    try house.arrive(0..<12)
    house.now = house.at(2, 8, 30)
    let batch = house.batch
    let draft = OutingDraft(
      activity: .redEducation, destination: "纪念馆", leavesAt: house.at(2, 9), returnsAt: house.at(2, 12),
      participants: Array(house.people[0..<11]), escorts: [escorts[0]])
    let outing = try house.perform { try $0.planOuting(draft, in: batch, $1) }.subject
    try house.perform { try $0.leaveOuting(outing, HeadcountDraft(counted: 11), $1) }
    func breaches() throws -> [Nonconformity] { try house.read { try $0.nonconformities(of: $1) } }
    #expect(try breaches().map(\.subject) == [outing] && house.alerts("ratio-outing").count == 1)
    // The other one leaves the house: the batch has too few, and the outing's breach goes on without an alert beside.
    house.now = house.at(2, 10)
    try house.perform { try $0.moveEscort(escorts[1], to: .left, $1) }
    #expect(try breaches().map(\.subject) == [outing, batch] && breaches().allSatisfy(\.isOpen))
    #expect(try house.alerts("ratio-outing").isEmpty && house.alerts("ratio").count == 1)
    house.now = house.at(2, 11)
    try house.perform { try $0.returnOuting(outing, HeadcountDraft(counted: 11), $1) }
    #expect(try breaches().map(\.closedAt) == [house.now, nil])
    #expect(try house.faults() == [])
  }

  @Test("activities are logged with their day and their number of people")
  func activities() throws {
    let house = try StayHouse()
    try house.arrive(0..<4)
    house.now = house.at(2, 20)
    let batch = house.batch
    let (today, future) = (StayHouse.firstDay + 1, StayHouse.firstDay + 3)
    try house.perform { try $0.logActivity(.lecture, on: today, participants: 4, note: "健康讲座", in: batch, $1) }
    #expect(try house.read { try $0.activityCounts(of: $1) } == [.lecture: 1])
    #expect(
      codes { try house.perform { _ = try $0.logActivity(.visit, on: future, participants: 5, in: batch, $1) } }
        == ["day: in-the-future", "participants: out-of-range"])
    #expect(try house.faults() == [])
  }
}

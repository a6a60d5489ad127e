@testable import Evidence
import Packs
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Coverage day by day")
struct CoverageHistoryTests {
  private func timeline(_ house: StayHouse) throws -> CoverageTimeline {
    try house.read { reader, batch in
      try #require(try reader.coverage(of: batch, from: Instant(milliseconds: 0), until: house.now)).timeline
    }
  }

  private func outing(
    _ house: StayHouse, _ people: Range<Int>, _ escorts: [ID], from: Instant, until: Instant
  ) throws -> ID {
    let (draft, batch) = (
      OutingDraft(
        activity: .redEducation, destination: "纪念馆", leavesAt: from, returnsAt: until,
        participants: Array(house.people[people]), escorts: escorts), house.batch
    )
    return try house.perform { try $0.planOuting(draft, in: batch, $1) }.subject
  }

  @Test("a breach is the time between two movements, told with its clause, and it is the recorded nonconformity's")
  func breach() throws {
    let house = try StayHouse(people: 12)
    let general = try house.escort("王洁")
    _ = try house.escort("赵磊")
    _ = try house.escort("何一鸣", .medical)
    _ = try house.escort("酒店小李", .general, .host)
    try house.arrive(0..<12)
    house.now = house.at(2, 12)
    // Told three hours late, and the return at once.
    try house.perform(at: house.at(2, 9)) { try $0.moveEscort(general, to: .left, $1) }
    try house.perform(at: house.at(2, 11, 30)) { try $0.moveEscort(general, to: .present, $1) }
    house.now = house.at(3, 8)
    let found = try timeline(house)
    #expect(found.breaches.map(\.rule.id) == ["NM11"])
    #expect(found.breaches[0].from == house.at(2, 9) && found.breaches[0].until == house.at(2, 11, 30))
    let recorded = try house.read { try $0.nonconformities(of: $1) }
    #expect(recorded.map(\.openedAt) == [house.at(2, 9)] && recorded.map(\.closedAt) == [house.at(2, 11, 30)])
    #expect(found.days(house.store.time).map(\.holds) == [true, false, true])
  }

  @Test("hospital and leave don't count, whoever is held does; a departure ends it, an undone leave its own moments")
  func places() throws {
    let house = try StayHouse(people: 4)
    _ = try house.escort("王洁")
    _ = try house.escort("何一鸣", .medical)
    try house.arrive(0..<4)
    let people = house.people
    house.now = house.at(2, 9)
    let leave = LeaveDraft(expectedBack: house.at(2, 12), destination: "镇上")
    try house.perform { try $0.startLeave(people[0], leave, $1) }
    try house.perform { try $0.transferToHospital(people[1], HospitalDraft(hospital: "旗医院"), $1) }
    house.now = house.at(2, 9, 1)
    // Taken back: they never left.
    try house.perform { try $0.endLeave(people[0], $1) }
    house.now = house.at(2, 15)
    try house.perform { try $0.depart(people[2], reason: .early, badgeReturned: true, $1) }
    house.now = house.at(3, 9)
    let pieces = try #require(try timeline(house).pieces[.whole])
    let counted = pieces.filter { $0.count.participants > 0 }
    #expect(counted.map(\.count.participants) == [4, 2, 3, 2])
    #expect(counted.map(\.from) == [house.at(1, 8), house.at(2, 9), house.at(2, 9, 1), house.at(2, 15)])
    #expect(counted.last?.until == house.now)
  }

  @Test("who stayed in the house after all was never out; who was missing at the return is counted with the batch alone")
  func outings() throws {
    let house = try StayHouse(people: 12)
    let escorts = [try house.escort("王洁"), try house.escort("赵磊"), try house.escort("何一鸣", .medical)]
    try house.arrive(0..<12)
    let people = house.people
    let away = try outing(house, 0..<5, [escorts[0]], from: house.at(2, 9), until: house.at(2, 12))
    house.now = house.at(2, 9)
    try house.perform { try $0.leaveOuting(away, HeadcountDraft(counted: 5), $1) }
    house.now = house.at(2, 9, 20)
    try house.perform { try $0.stayBehind(people[4], away, $1) }
    house.now = house.at(2, 11)
    try house.perform { try $0.returnOuting(away, HeadcountDraft(counted: 3, missing: [people[0]]), $1) }
    house.now = house.at(2, 12)
    try house.perform { try $0.returnAlone(people[0], away, $1) }
    house.now = house.at(2, 13)
    let found = try timeline(house)
    let there = try #require(found.pieces[.outing(away)])
    #expect(there.map(\.count) == [CoverageCount(participants: 4, general: 1)])
    #expect(there[0].from == house.at(2, 9) && there[0].until == house.at(2, 11))
    #expect(found.pieces[.house]?.map(\.count.participants) == [8] && found.pieces[.house]?[0].until == house.at(2, 11))
    #expect(found.pieces[.whole]?.filter { $0.count.participants > 0 }.count == 1, "nobody of the batch was ever gone")
    #expect(found.breaches.isEmpty)
  }

  @Test("a forecast looks at the planned time: people awaited, people agreed to be back, and outings that overlap")
  func forecast() throws {
    let house = try StayHouse(people: 12)
    let escorts = [try house.escort("王洁"), try house.escort("赵磊"), try house.escort("何一鸣", .medical)]
    try house.arrive(0..<8)
    let people = house.people
    house.now = house.at(2, 8)
    let early = LeaveDraft(expectedBack: house.at(2, 9), destination: "镇上")
    let late = LeaveDraft(expectedBack: house.at(2, 20), destination: "亲戚家")
    try house.perform { try $0.startLeave(people[0], early, $1) }
    try house.perform { try $0.startLeave(people[7], late, $1) }
    try house.perform { try $0.transferToHospital(people[6], HospitalDraft(hospital: "旗医院"), $1) }
    let first = try outing(house, 0..<4, [escorts[0]], from: house.at(2, 10), until: house.at(2, 14))
    var seen = try #require(try house.store.read { try $0.forecast(of: $0.outing(first), at: house.now) })
    // Four go, one of them back from leave; of the others two are here and four awaited.
    #expect(seen.outing.count == CoverageCount(participants: 4, general: 1))
    #expect(seen.house.count == CoverageCount(participants: 6, general: 1, medical: 1))
    #expect(seen.leavesAt == house.at(2, 10) && seen.houseAt == house.at(2, 10))
    #expect(seen.awaited == 4 && seen.backByThen == 1 && seen.absent == 2 && seen.others.isEmpty)
    let second = try outing(house, 4..<6, [escorts[1]], from: house.at(2, 11), until: house.at(2, 12))
    seen = try #require(try house.store.read { try $0.forecast(of: $0.outing(first), at: house.now) })
    #expect(seen.house.count == CoverageCount(participants: 4, general: 0, medical: 1) && seen.house.isShort)
    #expect(seen.houseAt == house.at(2, 11) && seen.others.map(\.id) == [second])
    // One reading of the batch forecasts all of them as one by one; what is over asks nothing of the rota.
    _ = try outing(house, 0..<4, [escorts[2]], from: house.at(3, 10), until: house.at(3, 14))
    let all = try house.read { try $0.forecasts(of: $1, at: house.now) }
    #expect(all.count == 3)
    for one in all { #expect(try house.store.read { try $0.forecast(of: one.outing, at: house.now) } == one.forecast) }
    let rota = try house.read { try $0.rota(of: $1, at: house.at(3, 9)) }
    #expect(rota.outings.map { $0.shortage == nil } == [true, true, false])
    // Past its time it leaves now.
    let now = house.at(2, 13)
    seen = try #require(try house.store.read { try $0.forecast(of: $0.outing(first), at: now) })
    #expect(seen.leavesAt == now && seen.houseAt == now)
  }

  @Test("the report's days are the timeline's, on random histories", arguments: 1...6)
  func report(seed: UInt64) throws {
    var dice = RepeatedDice(seed)
    let house = try StayHouse(people: 12)
    var escorts = [try house.escort("王洁"), try house.escort("何一鸣", .medical), try house.escort("酒店小李", .general, .host)]
    var done = 0
    for step in 0..<150 {
      house.now = house.now + .minutes(Int.random(in: 0...60, using: &dice))
      if step == 70 { escorts.append(try house.escort("赵磊")) }
      do {
        try move(house, escorts.randomElement(using: &dice)!, house.people.randomElement(using: &dice)!, &dice)
        done += 1
      } catch is Refusal {}
    }
    #expect(done > 30)
    let found = try timeline(house).days(house.store.time)
    let batch = house.batch
    let evidence = try house.store.perform(at: house.now) { try $0.evidence(of: $0.tables.batch(batch)) }
    let figures = try CompletionFigures(of: evidence.ofBatch, time: house.store.time).staffing.days
    #expect(found.map(\.day.description) == figures.keys.sorted())
    for day in found {
      let (worst, told) = (try #require(day.whole), try #require(figures[day.day.description]))
      let moment = CompletionFigures.StaffMoment(
        participants: worst.count.participants, general: worst.count.general, medical: worst.count.medical)
      #expect(told.worstWithoutMedical == moment, "\(day.day)")
    }
    #expect(try house.faults() == [])
  }

  private func move(_ house: StayHouse, _ escort: ID, _ person: ID, _ dice: inout RepeatedDice) throws {
    // Some are told late.
    let at = Bool.random(using: &dice) ? nil : house.now - .minutes(Int.random(in: 0...90, using: &dice))
    switch Int.random(in: 0..<10, using: &dice) {
    case 0...3: try house.perform(at: at) { try $0.arrive(person, results: [], $1) }
    case 4:
      let leave = LeaveDraft(expectedBack: house.now + .hours(3), destination: "镇上")
      try house.perform(at: at) { try $0.startLeave(person, leave, $1) }
    case 5: try house.perform(at: at) { try $0.endLeave(person, $1) }
    case 6:
      let hospital = HospitalDraft(hospital: "旗医院", escort: Bool.random(using: &dice) ? escort : nil)
      try house.perform(at: at) { try $0.transferToHospital(person, hospital, $1) }
    case 7: try house.perform(at: at) { try $0.returnFromHospital(person, $1) }
    default:
      let place = [EscortPlace.present, .left, .hospital].randomElement(using: &dice)!
      try house.perform(at: at) { try $0.moveEscort(escort, to: place, $1) }
    }
  }
}

/// A generator that gives the same history at each run.
private struct RepeatedDice: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

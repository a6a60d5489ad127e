import Evidence
import Foundation
import Sanatorium
import Testing

@testable import SanatoriumStore

/// A generator that gives the same history at each run.
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

@Suite("Random histories")
struct RandomHistoryTests {
  static let medic = Actor(account: .random(), role: .escort, isMedical: true, name: "何一鸣")
  static let lead = Actor(account: .random(), role: .lead, name: "周敏")

  @Test("the tables equal those rebuilt from the journal, and a repeated key records nothing twice", arguments: 1...6)
  func rebuild(seed: UInt64) throws {
    let house = try StayHouse(people: 8, plans: ["acute-illness"])
    var dice = Dice(seed)
    let escort = try house.escort("高原", .medical)
    let id = house.batch
    let shift = ShiftDraft(escort: escort, duty: .escort, startsAt: house.at(1, 8), endsAt: house.at(1, 20))
    try house.perform { try $0.planShift(shift, in: id, $1) }
    var sent: [(ID, Int64)] = []
    var refused = 0
    for _ in 0..<160 {
      if Int.random(in: 0..<6, using: &dice) == 0 {
        try house.advance(to: house.now + .minutes(Int.random(in: 5...300, using: &dice)))
      }
      let person = house.people.randomElement(using: &dice)!
      let key = ID.random()
      do {
        let entry = try act(Int.random(in: 0..<12, using: &dice), house, person, key, &dice)
        sent.append((key, entry))
      } catch is Refusal {
        refused += 1
      }
    }
    #expect(sent.count > 20)
    #expect(refused > 0)
    #expect(try house.faults() == [])
    let entries = house.store.sequence
    let known = try house.store.read { reader in
      try sent.allSatisfy { key, entry in
        try reader.tables.first(JournalSchema.byID, reader.batch(id).key, key) { $0.int64(0) } == entry
      }
    }
    #expect(known)
    #expect(house.store.sequence == entries)
  }

  @Test("the roster, the kit and home visits: rebuilt they are the same, and what is sent again is answered as the first time", arguments: 1...6)
  func roster(seed: UInt64) throws {
    let house = try StayHouse(people: 10)
    var dice = Dice(seed)
    let writes = try RandomWrites(house)
    var sent: [(write: RandomWrite, first: Recorded)] = []
    var refused = 0
    for _ in 0..<300 {
      if Int.random(in: 0..<6, using: &dice) == 0 {
        try house.advance(to: house.now + .minutes(Int.random(in: 5...240, using: &dice)))
      }
      guard let write = try writes.next(&dice) else { continue }
      do { sent.append((write, try write.send(to: house))) } catch is Refusal { refused += 1 }
    }
    #expect(sent.count > 60)
    #expect(refused > 0)
    #expect(try house.faults() == [])
    let entries = house.store.sequence
    for (write, first) in sent {
      let again = try write.send(to: house)
      #expect(again.repeated && again.sequence == first.sequence && again.subject == first.subject)
    }
    #expect(house.store.sequence == entries)
    let kinds = try house.store.read { try Set($0.tables.all(SQL("SELECT DISTINCT kind FROM journal")) { $0.int64(0) }) }
    let reached: [EntryKind] = [
      .shiftPlanned, .shiftRemoved, .shiftStoodIn, .handOverWritten, .handOverSigned, .handOverLate, .rotaTemplateSaved, .rotaTemplateRemoved,
      .kitItemKept, .kitItemRemoved, .kitMoved, .kitSigned, .homeVisitOwed, .homeVisitMade,
    ]
    for kind in reached { #expect(kinds.contains(Int64(kind.rawValue)), "\(kind)") }
  }

  private func act(_ kind: Int, _ house: StayHouse, _ person: ID, _ key: ID, _ dice: inout Dice) throws -> Int64 {
    let now = house.now
    switch kind {
    case 0, 1: return try house.perform(key: key) { try $0.arrive(person, room: "201", results: [], $1) }.sequence
    case 2:
      let leave = LeaveDraft(expectedBack: now + .hours(3), destination: "镇上", companion: "")
      return try house.perform(key: key) { try $0.startLeave(person, leave, $1) }.sequence
    case 3: return try house.perform(key: key) { try $0.endLeave(person, $1) }.sequence
    case 4:
      let hospital = HospitalDraft(hospital: "旗医院", reason: "")
      return try house.perform(key: key) { try $0.transferToHospital(person, hospital, $1) }.sequence
    case 5: return try house.perform(key: key) { try $0.returnFromHospital(person, $1) }.sequence
    case 6:
      return try house.perform(RandomHistoryTests.medic, key: key) {
        try $0.missCheckIn(person, reason: .asleep, remark: "", $1)
      }.sequence
    case 7 where Int.random(in: 0..<4, using: &dice) == 0:
      return try house.perform(key: key) {
        try $0.depart(person, reason: .early, badgeReturned: true, $1)
      }.sequence
    case 10:
      let duty = ServiceDuty.ofHost.randomElement(using: &dice)!
      let draft = ServiceGroupTests.member("陈立", [duty], lead: Bool.random(using: &dice), telephone: "139\(Int.random(in: 100...999, using: &dice))")
      let batch = house.batch
      let known = try house.read { try $0.serviceMembers(of: $1) }.randomElement(using: &dice)
      return try house.perform(RandomHistoryTests.lead, key: key) { ledger, submission in
        guard let known else { return try ledger.addServiceMember(draft, to: .host, in: batch, submission) }
        return known.person.isLead
          ? try ledger.addServiceMember(draft, to: .host, in: batch, submission)
          : try ledger.changeServiceMember(known.id, draft, basedOn: known.revision, in: batch, submission)
      }.sequence
    case 11:
      let owner = FactOwner.participant(person)
      let file = ScanDraft(bytes: ScanTests.pdf("\(Int.random(in: 0...3, using: &dice))"), name: "保单.pdf")
      let known = try house.store.read { try $0.scans(of: .insuranceAccident, owner) }.first { $0.removedAt == nil }
      return try house.perform(key: key) { ledger, submission in
        guard let known, known.digest == file.digest.description else {
          return try ledger.attachScan(file, to: .insuranceAccident, of: owner, submission)
        }
        return try ledger.removeScan(known.id, from: .insuranceAccident, of: owner, reason: "换新的", submission)
      }.sequence
    default:
      let readings = Readings(
        respirationRate: Int.random(in: 8...30, using: &dice), oxygenSaturation: Int.random(in: 85...100, using: &dice),
        supplementalOxygen: Bool.random(using: &dice), systolic: Int.random(in: 85...225, using: &dice),
        pulse: Int.random(in: 38...135, using: &dice), consciousness: .alert,
        temperature: Bool.random(using: &dice) ? Int.random(in: 350...395, using: &dice) : nil)
      let check = CheckInDraft(participant: person, readings: readings, symptoms: Symptoms([.none]))
      return try house.perform(RandomHistoryTests.medic, key: key) { try $0.checkIn(check, $1) }.recorded.sequence
    }
  }
}

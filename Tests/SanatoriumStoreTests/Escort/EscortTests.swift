import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Escorts and shifts")
struct EscortTests {
  @Test("an escort is changed on the ground of what was seen, never over somebody else's change")
  func revision() throws {
    let house = try StayHouse()
    let id = try house.escort("王洁")
    let seen = try house.store.read { try $0.escort(id).revision }
    let mine = EscortDraft(name: "王洁", kind: .medical, side: .sent, telephone: "13800000009", licence: "11015")
    try house.perform { try $0.changeEscort(id, mine, basedOn: seen, $1) }
    #expect(
      codes { try house.perform { _ = try $0.changeEscort(id, mine, basedOn: seen, $1) } } == [
        "revision: changed-since"
      ])
    let other = EscortDraft(name: "王洁", kind: .medical, side: .sent, telephone: "13800000008", licence: "11015")
    #expect(words { try house.perform { _ = try $0.changeEscort(id, other, basedOn: seen, $1) } }.contains("现在是：电话 13800000009"))
    let changed = try house.store.read { try $0.escort(id) }
    #expect(changed.kind == .medical && changed.licence == "11015" && changed.telephone == "13800000009")
    #expect(try house.faults() == [])
  }

  @Test("an escort needs a name and a telephone that can be called; one account is one person")
  func contact() throws {
    let house = try StayHouse()
    let batch = house.batch
    let blank = EscortDraft(name: " ", kind: .general, side: .sent, telephone: "问前台", account: .random())
    #expect(
      codes { try house.perform { _ = try $0.addEscort(blank, in: batch, $1) } } == [
        "name: missing", "telephone: not-a-telephone", "account: unknown",
      ])
    let nowhere = EscortDraft(name: "赵磊", kind: .general, side: .sent, telephone: "")
    #expect(codes { try house.perform { _ = try $0.addEscort(nowhere, in: batch, $1) } } == ["telephone: no-contact"])
    _ = try house.escort("王洁")
    let again = EscortDraft(name: "王洁", kind: .general, side: .sent, telephone: "13800000001")
    #expect(codes { try house.perform { _ = try $0.addEscort(again, in: batch, $1) } } == ["name: known-already"])
  }

  @Test("nobody has two shifts at the same time, none ends before it begins, and the rota names every fault")
  func shifts() throws {
    let house = try StayHouse()
    let (batch, id) = (house.batch, try house.escort("王洁"))
    func shift(_ from: Instant, _ until: Instant) -> ShiftDraft {
      ShiftDraft(escort: id, duty: .dutyLead, startsAt: from, endsAt: until)
    }
    let day = shift(house.at(2, 8), house.at(2, 20))
    let recorded = try house.perform { try $0.planShifts([day], in: batch, $1) }
    let bad = [
      shift(house.at(2, 19), house.at(2, 22)), shift(house.at(3, 12), house.at(3, 8)),
      shift(house.at(40, 8), house.at(40, 20)), shift(house.at(4, 8), house.at(4, 12)),
      shift(house.at(4, 11), house.at(4, 14)),
    ]
    #expect(
      codes { try house.perform { _ = try $0.planShifts(bad, in: batch, $1) } } == [
        "shifts[0].startsAt: twice-at-the-same-time", "shifts[1].endsAt: ends-before-start",
        "shifts[2].startsAt: outside-the-batch", "shifts[4].startsAt: twice-at-the-same-time",
      ])
    let long = shift(house.at(3, 4), house.at(3, 18))
    try house.perform { try $0.planShift(long, in: batch, $1) }
    let week = try house.read { try $0.shifts(of: $1, on: StayHouse.firstDay, days: 7) }
    #expect(week.map(\.startsAt) == [house.at(2, 8), house.at(3, 4)])
    let problems = try house.read { try $0.rota(of: $1, at: house.now).problems(at: house.now, $0.time) }.filter { $0.person == id }
    #expect(problems.map(\.kind) == [.unreachable, .long, .shortRest])
    #expect(try house.read { try $0.onDuty(in: $1, at: house.at(2, 12)).map(\.name) } == ["王洁"])
    let key = ID.random()
    try house.perform(key: key) { try $0.removeShift(recorded.subject, in: batch, $1) }
    #expect(try house.perform(key: key) { try $0.removeShift(recorded.subject, in: batch, $1) }.repeated)
    #expect(try house.read { try $0.onDuty(in: $1, at: house.at(2, 12)) }.isEmpty)
    let worked = week[1].id
    house.now = house.at(5, 8)
    #expect(codes { try house.perform { _ = try $0.removeShift(worked, in: batch, $1) } } == ["shift: over"])
    #expect(try house.faults() == [])
  }

  @Test("participants are assigned in one step and moved in one step")
  func assignment() throws {
    let house = try StayHouse()
    let (batch, people) = (house.batch, house.people)
    let (first, second) = (try house.escort("王洁"), try house.escort("赵磊"))
    try house.perform { try $0.assign(people, to: first, in: batch, $1) }
    try house.perform { try $0.assign(Array(people[0..<2]), to: second, in: batch, $1) }
    let assigned = try house.read { try $0.assignments(in: $1) }
    #expect(assigned[first]?.map(\.id) == Array(people[2...]) && assigned[second]?.map(\.id) == Array(people[0..<2]))
    #expect(
      codes { try house.perform { _ = try $0.assign([people[0], people[0], .random()], to: first, in: batch, $1) } }
        == ["participants[1]: doubled", "participants[2]: unknown"])
    try house.perform { try $0.assign([people[0]], to: nil, in: batch, $1) }
    #expect(try house.store.read { try $0.escort(of: $0.participant(people[0])) } == nil)
    #expect(try house.faults() == [])
  }

  @Test("whoever can't be called, has no account or no licence is remarked on, and stays")
  func remarks() throws {
    let house = try StayHouse()
    let batch = house.batch
    let draft = EscortDraft(name: "何一鸣", kind: .medical, side: .sent, telephone: "8012")
    let id = try house.perform { try $0.addEscort(draft, in: batch, $1) }.subject
    let last = StayHouse.firstDay + 6
    #expect(
      try house.store.read { try $0.escort(id).remarks(until: last).map(\.code) } == ["telephone-unreadable", "no-account", "no-licence"])
    let licensed = EscortDraft(name: "何一鸣", kind: .medical, side: .sent, telephone: "13800000009", licence: "1", licenceUntil: last + -1)
    try house.perform { try $0.changeEscort(id, licensed, basedOn: nil, $1) }
    #expect(try house.store.read { try $0.escort(id).remarks(until: last).map(\.code) } == ["no-account", "licence-expired"])
  }
}

import Sanatorium
import Testing

@Suite("What will go wrong with a rota")
struct RotaTests {
  private let time = LocalTime.china
  private let first = Day("2026-06-01")!
  private let lead = RotaPerson(id: .random(), name: "周敏", isSent: false)
  private let second = RotaPerson(id: .random(), name: "李桂芳", isSent: false)
  private let medic = RotaPerson(id: .random(), name: "何一鸣", isMedical: true, licence: "11015")
  private let nurse = RotaPerson(id: .random(), name: "娜仁", isMedical: true, licence: "11016", licenceUntil: Day("2026-06-30")!)

  private func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant { time.instant(first + (day - 1), minute: hour * 60 + minute) }

  private func serve(_ person: RotaPerson, _ duty: Duty, _ from: Instant, _ until: Instant) -> RotaTime {
    RotaTime(shift: .random(), person: person.id, duty: duty, from: from, until: until)
  }

  /// A stay of two days without a fault.
  private func whole(_ people: [RotaPerson]? = nil) -> Rota {
    Rota(
      people: people ?? [lead, second, medic, nurse],
      times: [
        serve(lead, .dutyLead, at(1, 8), at(1, 20)), serve(second, .dutyLead, at(1, 20), at(2, 8)), serve(lead, .dutyLead, at(2, 8), at(2, 20)),
        serve(medic, .escort, at(1, 8), at(1, 20)), serve(nurse, .medicalLead, at(1, 20), at(2, 8)), serve(medic, .escort, at(2, 8), at(2, 20)),
      ], firstDay: first, lastDay: first + 1, time: time)
  }

  private func kinds(_ rota: Rota, at now: Instant? = nil) -> [RotaProblem.Kind] { rota.problems(at: now ?? at(1, 7), time).map(\.kind) }

  @Test("a rota without a gap, with twelve hours each and the night before free, has none")
  func flawless() { #expect(kinds(whole()).isEmpty) }

  @Test("nobody leads for a night: from when to when, and somebody who is free then")
  func noLead() throws {
    var rota = whole()
    let other = RotaPerson(id: .random(), name: "陈立", isSent: false)
    rota.people.append(other)
    rota.times.removeAll { $0.person == second.id }
    let problem = try #require(rota.problems(at: at(1, 7), time).first)
    #expect(problem.kind == .noLead && problem.from == at(1, 20) && problem.until == at(2, 8) && problem.weight == .hard)
    // The one who leads by day has not rested; the medic is no lead.
    #expect(problem.proposal == second.id || problem.proposal == other.id)
    rota.people.removeAll { $0.id == second.id || $0.id == other.id }
    #expect(rota.problems(at: at(1, 7), time).first?.proposal == nil)
  }

  @Test("a medical lead is a medical escort, and a lead whom alerts can't reach is told of once")
  func leading() {
    var rota = whole()
    rota.times.append(serve(second, .medicalLead, at(2, 20), at(2, 22)))
    rota.times.append(serve(second, .medicalLead, at(2, 23), at(2, 24)))
    #expect(kinds(rota).filter { $0 == .notMedical }.count == 2)
    let before = rota
    rota.times.append(serve(second, .medicalLead, at(2, 22), at(2, 23)))
    #expect(before.caused(by: rota, at: at(1, 7), time).contains { $0.kind == .notMedical && $0.from == at(2, 22) })
    rota = whole()
    rota.people[0].hasAccount = false
    #expect(kinds(rota) == [.unreachable] && rota.problems(at: at(1, 7), time)[0].weight == .principle)
    // The first of the two services is over, the other is not.
    #expect(rota.problems(at: at(2, 9), time).map(\.from) == [at(2, 8)])
    rota.people[0].hasAccount = true
    rota.people[2].hasAccount = false
    #expect(kinds(rota).isEmpty, "an escort is found through who leads")
  }

  @Test("what is over is no problem any more, what goes on is one")
  func past() {
    var rota = whole()
    rota.times.removeAll { $0.person == second.id }
    #expect(kinds(rota, at: at(2, 7)) == [.noLead])
    #expect(kinds(rota, at: at(2, 9)).isEmpty)
  }

  @Test("an hour without a medical escort is a gap, at night too; on call is on duty; a general escort is none")
  func noMedical() {
    var rota = whole()
    rota.times.removeAll { $0.person == nurse.id }
    rota.times.append(serve(nurse, .medicalLead, at(1, 20), at(2, 2)))
    rota.times.append(serve(second, .escort, at(2, 2), at(2, 8)))
    let problems = rota.problems(at: at(1, 7), time)
    #expect(problems.contains { $0.kind == .noMedical && $0.from == at(2, 2) && $0.until == at(2, 8) })
  }

  @Test("a licence that has run out by a shift's last minute is expired; one that ends during the stay is a reminder")
  func licences() {
    var ended = nurse
    ended.licenceUntil = first
    // her night ends on the second
    #expect(kinds(whole([lead, second, medic, ended])) == [.licenceExpired])
    ended.licenceUntil = first + -1
    #expect(kinds(whole([lead, second, medic, ended])) == [.licenceExpired])
    var early = medic
    early.licenceUntil = first
    var rota = whole([lead, second, early, nurse])
    rota.times.removeAll { $0.person == early.id && $0.from == at(2, 8) }
    rota.times.append(serve(nurse, .escort, at(2, 19), at(2, 23)))
    #expect(kinds(rota).contains(.licenceExpires))
    var none = medic
    none.licence = nil
    #expect(kinds(whole([lead, second, none, nurse])) == [.unlicensed])
  }

  @Test("more than twelve hours, in one shift or in two that follow each other; twelve are not")
  func long() {
    var rota = whole()
    rota.times.append(serve(lead, .reception, at(1, 20), at(1, 21)))
    let problems = rota.problems(at: at(1, 7), time)
    #expect(problems.map(\.kind) == [.long] && problems[0].from == at(1, 8) && problems[0].until == at(1, 21))
    rota = whole()
    rota.times.append(serve(lead, .reception, at(1, 20, 31), at(1, 21)))
    // a pause of more than half an hour is one, and a short rest as well; the next morning is eleven hours away
    #expect(kinds(rota) == [.shortRest])
  }

  @Test("a day after a night with less than eleven hours of rest")
  func shortRest() throws {
    var rota = whole()
    rota.times.append(serve(second, .reception, at(2, 14), at(2, 18)))
    let problem = try #require(rota.problems(at: at(1, 7), time).first)
    #expect(problem.kind == .shortRest && problem.from == at(2, 14) && problem.message.chinese.contains("只歇 6 小时"))
    rota.times[rota.times.count - 1].from = at(2, 19)
    rota.times[rota.times.count - 1].until = at(2, 20)
    #expect(kinds(rota).isEmpty)
  }

  @Test("two places at once: two shifts, a duty in the house while on an outing, a shift after leaving")
  func twoPlaces() {
    var rota = whole()
    rota.times.append(serve(medic, .reception, at(1, 10), at(1, 12)))
    #expect(kinds(rota) == [.twoShifts])
    rota = whole()
    rota.outings = [RotaOuting(id: .random(), destination: "湿地", from: at(1, 9), until: at(1, 12), people: [lead.id, medic.id])]
    // who looks after people goes where they go
    #expect(kinds(rota) == [.onOuting])
    var gone = lead
    gone.hasLeft = true
    #expect(Set(kinds(whole([gone, second, medic, nurse]))) == [.hasLeft])
  }

  @Test("an outing with too few escorts shows the clause and somebody of those sent who is free")
  func outing() throws {
    var rota = whole()
    let escort = RotaPerson(id: .random(), name: "图雅")
    rota.people.append(escort)
    rota.outings = [
      RotaOuting(
        id: .random(), destination: "湿地", from: at(1, 9), until: at(1, 12), people: [],
        shortage: RotaShortage(participants: 38, escorts: 3, needed: 4, clause: "NM11·第十条", quote: "原则上按1:10"))
    ]
    let problem = try #require(rota.problems(at: at(1, 7), time).first)
    #expect(problem.kind == .outingShort && problem.weight == .principle && problem.clause?.source == "NM11·第十条" && problem.proposal == escort.id)
  }

  @Test("a change brings what was not there before, and only that")
  func caused() {
    var before = whole()
    before.times.removeAll { $0.person == second.id }
    var after = before
    after.times.append(serve(lead, .dutyLead, at(1, 20), at(1, 23)))
    // the gap is shorter than it was; the lead serves fifteen hours and rests nine
    #expect(before.caused(by: after, at: at(1, 7), time).map(\.kind) == [.long, .shortRest])
    #expect(after.caused(by: before, at: at(1, 7), time).map(\.kind) == [.noLead])
    #expect(before.caused(by: before, at: at(1, 7), time).isEmpty)
  }
}

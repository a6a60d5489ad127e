import Foundation
import Packs
import Sanatorium
import Testing

@Suite("Plan packs")
struct PlanPackTests {
  @Test("every built-in plan loads complete")
  func builtIn() throws {
    for id in Packs.planPacks {
      let plan = try Packs.plan(id)
      #expect(plan.id == id)
      #expect(plan.steps.map(\.number) == Array(1...plan.steps.count))
      #expect(plan.levels.count == 4)
      #expect(plan.calls.contains { $0.number == "120" })
      #expect(!plan.end.all.isEmpty && !plan.review.questions.isEmpty && !plan.drill.isEmpty && !plan.kit.isEmpty)
    }
  }

  @Test("the acute illness plan has the paper plan's steps, roles and minutes")
  func acuteIllness() throws {
    let plan = try Packs.plan("acute-illness")
    #expect(plan.steps.map(\.role) == [.finder, .medical, .medical, .dutyLead, .medical, .organizer])
    #expect(plan.steps.map(\.minutes) == [0, 3, 5, 5, 10, 30])
    #expect(plan.step(3)?.after == [2])
    #expect(plan.step(5)?.repeats == PlanRepeat(everyMinutes: 5, limitMinutes: 15))
    #expect(plan.reports.allSatisfy { $0.code == "R0" })
    let cards = try #require(plan.step(3)?.cards)
    #expect(
      Set(cards.map(\.code)).isSuperset(of: ["chest-pain", "stroke", "low-glucose", "high-glucose", "breathing"]))
    let facts = HealthFacts(readings: Readings(glucose: 25), symptoms: [.face], redFlags: [])
    #expect(cards.filter { $0.isSuggested(by: facts) }.map(\.code) == ["stroke", "low-glucose"])
  }

  @Test("a frozen plan comes back from its JSON unchanged")
  func frozen() throws {
    let plan = try Packs.plan("acute-illness")
    #expect(try JSONDecoder().decode(PlanPack.self, from: JSONEncoder().encode(plan)) == plan)
  }

  @Test("the faults of a plan are told with line and field")
  func refused() throws {
    let found = faults {
      _ = try Packs.plan(
        Array(
          """
          pack: plan
          id: x
          version: "1"
          name: {zh: 名, en: Name}
          class: weather
          scope: {zh: 范围, en: Scope}
          sources: {a: b}
          start-level: 2
          proposal: {raise-minutes: 5, activate-minutes: 5, level: 4}
          triggers:
            - {code: t, effect: activate, reason: {zh: 因, en: R}, source: a}
            - {code: t, effect: propose, incidents: [meteor], reason: {zh: 因, en: R}, source: a}
          levels:
            - {level: 2, start: [D], raise: [D], lower: [D]}
          steps:
            - number: 2
              role: X
              minutes: -1
              after: [2]
              title: {zh: 题, en: T}
              instruction: {zh: 做, en: Do}
              source: a
          reports:
            - {code: R0, recipient: o, label: {zh: 报, en: R}, minutes: {V: 3}, source: a}
          end: {}
          """.utf8), file: "x.yaml")
    }
    let places = Set(found.map { "\($0.line) \($0.field)" })
    for place in [
      "5 class", "8 start-level", "9 proposal.activate-minutes", "11 triggers[1].any", "12 triggers[2].code",
      "12 triggers[2].incidents", "13 levels", "16 steps[1].number", "17 steps[1].role", "18 steps[1].minutes",
      "19 steps[1].after", "24 reports[R0].minutes", "24 reports[R0].minutes.V", "25 end.all", "1 review", "1 calls",
    ] {
      #expect(places.contains(place), "\(place) in \(places.sorted())")
    }
  }
}

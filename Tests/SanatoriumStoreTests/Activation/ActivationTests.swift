import Foundation
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Plans put into effect")
struct ActivationTests {
  @Test("a calm check starts nothing, a grave one starts the plan once, at its level")
  func trigger() throws {
    let plans = try PlanHouse()
    try plans.check()
    #expect(try plans.activations().isEmpty)
    try plans.grave()
    plans.house.now = plans.house.at(1, 8, 5)
    try plans.grave()
    let running = try plans.activations()
    #expect(running.count == 1)
    #expect(running.first?.state == .active)
    #expect(running.first?.level == .l3)
    #expect(running.first?.origin == .automatic)
    #expect(try plans.house.alerts("plan-started").count == 1)
    #expect(try plans.house.faults() == [])
  }

  @Test("two people at once: the duty lead is asked for the higher level")
  func simultaneous() throws {
    let plans = try PlanHouse()
    try plans.grave(0)
    try plans.grave(1)
    #expect(try plans.activations().map(\.raise) == [nil, .l2])
    #expect(try plans.house.alerts("plan-raise").first?.tier == .dutyLead)
    #expect(try plans.house.faults() == [])
  }

  @Test("an unanswered proposal goes up after 5 minutes and starts at L4 after 10, also when the daemon was stopped")
  func unanswered() throws {
    let plans = try PlanHouse()
    try plans.worrying()
    #expect(try plans.only().state == .proposed)
    try plans.house.advance(to: plans.house.at(1, 8, 6))
    #expect(try plans.only().state == .proposed)
    #expect(try plans.house.alerts("plan-proposed").first?.tier == .medicalLead)
    try plans.house.advance(to: plans.house.at(1, 8, 40))
    let started = try plans.only()
    #expect(started.state == .active)
    #expect(started.level == .l4)
    #expect(started.t0 == plans.house.at(1, 8, 10))
    #expect(try plans.house.alerts("plan-proposed").isEmpty)
    #expect(try plans.house.faults() == [])
  }

  @Test("where the pack lets only a person start the level, nobody's answer starts nothing and calls the leads")
  func personAlone() throws {
    let plans = try PlanHouse()
    let house = plans.house
    try house.store.perform(at: house.now) { ledger in
      // As a pack would be frozen that starts nothing at L4 by itself.
      try ledger.tables.run(
        SQL("UPDATE batch_pack SET body = replace(body, '\"automatic\":true', '\"automatic\":false') WHERE kind = 'plan'"))
      ledger.frozen.removeAll()
    }
    try plans.worrying()
    let id = try plans.only().id
    try house.advance(to: house.at(1, 9))
    let waiting = try plans.only()
    #expect(waiting.state == .proposed)
    #expect(waiting.activatesAt == nil)
    let alert = try #require(try house.alerts("plan-proposed-late").first)
    #expect(alert.severity == .critical)
    #expect(alert.openedAt == house.at(1, 8, 10))
    #expect(alert.tellsHealth)
    try house.perform(PlanHouse.lead) { _ = try $0.startProposal(id, level: nil, $1) }
    #expect(try house.alerts("plan-proposed-late").isEmpty)
    #expect(try plans.only().state == .active)
  }

  @Test("a proposal is declined by those who may, and a declined one stays quiet")
  func declined() throws {
    let plans = try PlanHouse()
    try plans.worrying()
    let id = try plans.only().id
    let refused = codes { try plans.house.perform(StayHouse.staff) { _ = try $0.declinePlan(id, reason: "不用", $1) } }
    #expect(refused.first?.contains("forbidden") == true)
    try plans.house.perform(PlanHouse.medic) { _ = try $0.declinePlan(id, reason: "刚爬完楼", $1) }
    try plans.house.advance(to: plans.house.at(1, 8, 40))
    #expect(try plans.activations().isEmpty)
    #expect(try plans.house.faults() == [])
  }

  @Test("a late step is told once to its role's tier; doing it ends the alert; a repeated step comes again")
  func steps() throws {
    let plans = try PlanHouse()
    try plans.grave()
    let id = try plans.only().id
    try plans.house.advance(to: plans.house.at(1, 8, 6))
    let late = try plans.house.alerts("plan-step-4")
    #expect(late.count == 1)
    #expect(late.first?.tier == .facilityHead || late.first?.tier == .dutyLead)
    #expect(late.first?.severity == .critical)
    for step in [1, 2, 3, 4, 5] {
      try plans.house.perform(PlanHouse.lead) { _ = try $0.finishStep(id, step: step, note: "", $1) }
    }
    #expect(try plans.house.alerts("plan-step-4").isEmpty)
    let again = codes { try plans.house.perform(PlanHouse.lead) { _ = try $0.finishStep(id, step: 4, note: "", $1) } }
    #expect(again == ["step: done-already"])
    try plans.house.advance(to: plans.house.at(1, 8, 22))
    #expect(try plans.house.alerts("plan-step-5").count == 1)
    try plans.house.perform(PlanHouse.medic) { _ = try $0.finishStep(id, step: 5, note: "血压 120", $1) }
    #expect(try plans.house.alerts("plan-step-5").isEmpty)
    #expect(try plans.house.faults() == [])
  }

  @Test("the end asks for every condition, from those who may confirm it")
  func end() throws {
    let plans = try PlanHouse()
    try plans.grave()
    let id = try plans.only().id
    let all: Set<String> = ["stable-twice", "people-safe", "counted", "no-new-danger", "reported", "guests-told"]
    let missing = codes {
      try plans.house.perform(PlanHouse.lead) { _ = try $0.terminatePlan(id, confirmed: ["counted"], text: "", $1) }
    }
    #expect(missing.contains("confirmed.handed-over: missing"))
    let wrong = codes {
      try plans.house.perform(StayHouse.staff) { _ = try $0.terminatePlan(id, confirmed: all, text: "", $1) }
    }
    #expect(wrong == ["confirmed.stable-twice: wrong-role"])
    try plans.house.perform(PlanHouse.lead) { _ = try $0.terminatePlan(id, confirmed: all, text: "平稳", $1) }
    #expect(try plans.house.alerts("plan-started").isEmpty)
    try plans.house.perform(PlanHouse.lead) { _ = try $0.reviewPlan(id, text: "无", $1) }
    let ended = try plans.house.store.read { try $0.activation(id) }
    #expect(ended.state == .reviewed)
    #expect(try plans.house.faults() == [])
  }

  @Test("a drill runs beside the real thing and is marked everywhere; sending it twice starts it once")
  func drill() throws {
    let plans = try PlanHouse()
    try plans.grave()
    let (key, batch) = (ID.random(), plans.house.batch)
    let draft = ActivationDraft(plan: "acute-illness", isDrill: true, reason: "餐厅卒中")
    let first = try plans.house.perform(PlanHouse.lead, key: key) { try $0.startPlan(draft, in: batch, $1) }
    let second = try plans.house.perform(PlanHouse.lead, key: key) { try $0.startPlan(draft, in: batch, $1) }
    #expect(second.repeated && second.subject == first.subject)
    #expect(try plans.activations().count == 2)
    #expect(try plans.house.alerts("plan-started").filter(\.isDrill).count == 1)
    let level = codes {
      try plans.house.perform(StayHouse.staff) {
        _ = try $0.startPlan(ActivationDraft(plan: "acute-illness", level: .l2, reason: "x"), in: batch, $1)
      }
    }
    #expect(level.first?.contains("forbidden") == true)
    #expect(try plans.house.faults() == [])
  }

  @Test("with nobody on duty the alert says so and reaches whoever comes next")
  func nobody() throws {
    let plans = try PlanHouse(onDuty: false)
    try plans.grave()
    #expect(try plans.house.alerts("plan-started").first?.isNobodys == true)
    #expect(try plans.house.faults() == [])
  }
}

import Foundation
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Incidents")
struct IncidentTests {
  private func report(
    _ plans: PlanHouse, kind: IncidentKind = .acuteIllness, grade: FacilityGrade = .third, harm: HarmDegree = .mild
  ) throws -> ID {
    let (batch, person) = (plans.house.batch, plans.house.people[0])
    let draft = IncidentDraft(kind: kind, harm: harm, grade: grade, place: "餐厅", participants: [person], text: "突然说不清话")
    return try plans.house.perform(StayHouse.staff) { try $0.reportIncident(draft, in: batch, $1) }.subject
  }

  @Test("a report is checked whole: the future, strangers, a death below grade I")
  func refusals() throws {
    let plans = try PlanHouse()
    let batch = plans.house.batch
    let draft = IncidentDraft(
      kind: .fall, harm: .death, grade: .third, place: "浴室", happenedAt: plans.house.at(2, 8), participants: [.random()],
      text: "摔倒")
    let faults = codes { try plans.house.perform { _ = try $0.reportIncident(draft, in: batch, $1) } }
    #expect(faults == ["participants: not-in-batch", "happenedAt: in-the-future", "grade: too-low"])
    #expect(try plans.house.faults() == [])
  }

  @Test("an illness proposes its plan and belongs to it; closing waits for the plan's end")
  func plan() throws {
    let plans = try PlanHouse()
    let id = try report(plans)
    let activation = try plans.only()
    #expect(activation.state == .proposed)
    let early = codes { try plans.house.perform(PlanHouse.lead) { _ = try $0.closeIncident(id, conclusion: "好了", $1) } }
    #expect(early == ["activations: still-running"])
    try plans.house.perform(PlanHouse.lead) { _ = try $0.declinePlan(activation.id, reason: "已送医", $1) }
    let stranger = codes { try plans.house.perform(PlanHouse.medic) { _ = try $0.closeIncident(id, conclusion: "好了", $1) } }
    #expect(stranger.first?.contains("forbidden") == true)
    try plans.house.perform(PlanHouse.lead) { _ = try $0.closeIncident(id, conclusion: "当天返回", $1) }
    #expect(try plans.house.read { try $0.openIncidents(of: $1).isEmpty })
    #expect(try plans.house.faults() == [])
  }

  @Test("reports have limits by grade; a late one is alerted, a made one ends the alert; regrading moves them")
  func duties() throws {
    let plans = try PlanHouse()
    let id = try report(plans)
    func duties() throws -> [IncidentDuty] {
      try plans.house.store.read { try $0.duties(of: $0.incident(id)) }
    }
    #expect(try duties().first { $0.recipient == "organizer" }?.dueAt == plans.house.at(1, 9))
    try plans.house.perform(PlanHouse.lead) {
      _ = try $0.noteIncident(id, IncidentNoteDraft(kind: .regrade, text: "住院", grade: .second), $1)
    }
    #expect(try duties().first { $0.recipient == "organizer" }?.dueAt == plans.house.at(1, 8, 15))
    try plans.house.advance(to: plans.house.at(1, 8, 31))
    #expect(try plans.house.alerts("report-organizer").count == 1)
    #expect(try plans.house.alerts("report-family").count == 1)
    let vague = codes {
      try plans.house.perform { _ = try $0.noteIncident(id, IncidentNoteDraft(kind: .report, text: "报了"), $1) }
    }
    #expect(vague == ["phase: missing", "authority: missing"])
    let note = IncidentNoteDraft(kind: .report, text: "电话", phase: .initial, recipient: "organizer")
    try plans.house.perform { _ = try $0.noteIncident(id, note, $1) }
    #expect(try plans.house.alerts("report-organizer").isEmpty)
    #expect(try duties().first { $0.recipient == "organizer" }?.madeBy == StayHouse.staff.name)
    #expect(try plans.house.faults() == [])
  }

  @Test("command passes only to a named person who accepts it")
  func command() throws {
    let plans = try PlanHouse()
    let id = try report(plans)
    let account = try plans.house.perform {
      try $0.addAccount(AccountDraft(username: "gao", name: "高原", role: .lead, passwordHash: "x"), $1)
    }.subject
    let unknown = codes { try plans.house.perform { _ = try $0.offerCommand(id, to: .random(), text: "", $1) } }
    #expect(unknown == ["to: no-such-account"])
    try plans.house.perform { _ = try $0.offerCommand(id, to: account, text: "病人在 412", $1) }
    let wrong = codes { try plans.house.perform(PlanHouse.lead) { _ = try $0.acceptCommand(id, $1) } }
    #expect(wrong.first?.contains("forbidden") == true)
    try plans.house.perform(Actor(account: account, role: .lead, name: "高原")) { _ = try $0.acceptCommand(id, $1) }
    let incident = try plans.house.store.read { try $0.incident(id) }
    #expect(incident.commanderName == "高原")
    #expect(incident.offered == nil)
    #expect(try plans.house.faults() == [])
  }

  @Test("an alert ends by hand only after somebody has answered it")
  func resolution() throws {
    let plans = try PlanHouse()
    _ = try report(plans)
    guard let alert = try plans.house.alerts("incident").first else { throw PlanHouse.Missing() }
    let early = codes { try plans.house.perform { _ = try $0.resolveAlert(alert.id, reason: "好了", $1) } }
    #expect(early == ["state: unanswered"])
    try plans.house.perform { _ = try $0.acknowledgeAlert(alert.id, $1) }
    try plans.house.perform { _ = try $0.resolveAlert(alert.id, reason: "好了", $1) }
    #expect(try plans.house.alerts("incident").isEmpty)
    #expect(try plans.house.faults() == [])
  }
}

import Evidence
import Foundation
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Alarms that must be heard")
struct HeardAgainTests {
  private func answer(_ alert: Alert, _ plans: PlanHouse) throws {
    try plans.house.perform(PlanHouse.lead) { try $0.acknowledgeAlert(alert.id, $1) }
  }

  @Test("an answer to an earlier state does not silence the next grave check")
  func answeredThenWorse() throws {
    let plans = try PlanHouse()
    try plans.grave()
    let first = try #require(plans.house.alerts("health").first)
    try answer(first, plans)
    try plans.house.advance(to: plans.house.at(1, 8, 30))
    try plans.grave()
    let again = try plans.house.alerts("health")
    #expect(again.count == 1)
    #expect(again.first?.id != first.id)
    #expect(again.first?.state == .open)
    #expect(try plans.house.faults() == [])
  }

  @Test("an unanswered alert is not doubled by the next check of the same gravity")
  func unansweredStaysOne() throws {
    let plans = try PlanHouse()
    try plans.grave()
    let first = try #require(plans.house.alerts("health").first)
    try plans.grave()
    #expect(try plans.house.alerts("health").map(\.id) == [first.id])
  }

  @Test("a calm check that arrives late does not end the answered alert of a newer one")
  func lateAndCalm() throws {
    let plans = try PlanHouse()
    let house = plans.house
    try house.advance(to: house.at(1, 8, 30))
    try plans.grave()
    let alert = try #require(house.alerts("health").first)
    try answer(alert, plans)
    let person = house.people[0]
    let late = Submission(
      key: .random(), actor: PlanHouse.medic, occurredAt: house.at(1, 8, 5), request: Digest.of(Array("late".utf8)))
    let calm = Readings(
      respirationRate: 16, oxygenSaturation: 97, supplementalOxygen: false, systolic: 124, diastolic: 76, pulse: 72,
      consciousness: .alert, temperature: 366)
    try house.store.perform(at: house.now) {
      try $0.checkIn(CheckInDraft(participant: person, readings: calm, symptoms: [.none]), late)
    }
    #expect(try house.alerts("health").map(\.id) == [alert.id])
    #expect(try house.participant(0).lastAt == house.at(1, 8, 30))
    #expect(try house.faults() == [])
  }

  @Test("an alert that nobody was on duty to hear is told to whoever is put on the rota")
  func unheard() throws {
    let plans = try PlanHouse(onDuty: false)
    let house = plans.house
    try plans.grave()
    #expect(try house.alerts("health").first?.people == "")
    let escort = try house.escort("高原", .medical)
    let batch = house.batch
    let shift = ShiftDraft(escort: escort, duty: .escort, startsAt: house.at(1, 8), endsAt: house.at(1, 20))
    try house.perform { try $0.planShift(shift, in: batch, $1) }
    #expect(try house.alerts("health").first?.people == "高原")
    #expect(try house.faults() == [])
  }

  @Test("the same key from another account is refused, not answered with a colleague's entry")
  func ownKeys() throws {
    let plans = try PlanHouse()
    let (house, key, person) = (plans.house, ID.random(), plans.house.people[0])
    let other = Actor(account: .random(), role: .escort, isMedical: true, name: "苏布德")
    try house.perform(PlanHouse.medic, key: key) { try $0.missCheckIn(person, reason: .asleep, remark: "", $1) }
    #expect(throws: Refusal.self) {
      try house.perform(other, key: key) { try $0.missCheckIn(person, reason: .asleep, remark: "", $1) }
    }
  }
}

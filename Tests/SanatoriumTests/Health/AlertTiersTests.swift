import Packs
import Sanatorium
import Testing

@Suite("Alert tiers")
struct AlertTiersTests {
  let pack: HealthPack
  let opened = Instant(milliseconds: 1_780_000_000_000)
  let all: [AlertTier: [ID]] = Dictionary(uniqueKeysWithValues: AlertTier.allCases.map { ($0, [ID.random()]) })

  init() throws { pack = try Packs.health("cn-elder-2026") }

  func tiers(
    _ severity: Severity, after minutes: Int, people: [AlertTier: [ID]], answered: Int? = nil, nextShift: Int? = nil
  ) -> AlertTiers {
    AlertTiers(
      pack.alerts(for: severity), opened: opened, answered: answered.map { opened + .minutes($0) }, people: people,
      nextShift: nextShift.map { opened + .minutes($0) }, now: opened + .minutes(minutes))
  }

  @Test(
    "an urgent alert climbs at its minutes",
    arguments: [
      (0, AlertTier.assigned), (4, .assigned), (5, .medicalLead), (9, .medicalLead), (10, .dutyLead), (19, .dutyLead),
      (20, .facilityHead), (29, .facilityHead), (30, .organizer), (5000, .organizer),
    ])
  func climbs(minutes: Int, tier: AlertTier) {
    #expect(tiers(.urgent, after: minutes, people: all).current == tier)
  }

  @Test("the next tier and its instant are known; at the end there is none")
  func next() {
    let state = tiers(.urgent, after: 6, people: all)
    #expect(state.next?.tier == .dutyLead && state.next?.at == opened + .minutes(10))
    let last = tiers(.urgent, after: 30, people: all)
    #expect(last.next == nil && last.isExhausted && !last.nobody)
  }

  @Test("a critical alert is with three tiers at once and rings all")
  func critical() {
    let state = tiers(.critical, after: 0, people: all)
    #expect(state.reached.map(\.tier) == [.assigned, .medicalLead, .dutyLead])
    #expect(state.next?.at == opened + .minutes(3))
    #expect(pack.alerts(for: .critical).ringsAll && !pack.alerts(for: .urgent).ringsAll)
    #expect(tiers(.critical, after: 5, people: all).current == .organizer)
  }

  @Test("an empty tier is skipped at once, its time goes to the next")
  func empty() {
    var people = all
    people[.assigned] = []
    let state = tiers(.urgent, after: 0, people: people)
    #expect(state.current == .medicalLead && state.reached.map(\.at) == [opened])
    #expect(state.next?.tier == .dutyLead && state.next?.at == opened + .minutes(10))

    people[.medicalLead] = nil
    people[.dutyLead] = []
    #expect(tiers(.urgent, after: 0, people: people).current == .facilityHead)

    var middle = all
    middle[.medicalLead] = []
    middle[.dutyLead] = []
    #expect(tiers(.urgent, after: 4, people: middle).current == .assigned)
    #expect(tiers(.urgent, after: 5, people: middle).current == .facilityHead)
    #expect(tiers(.urgent, after: 5, people: middle).next?.at == opened + .minutes(30))
  }

  @Test("empty tiers at the end leave the last one that has people")
  func emptyEnd() {
    let people: [AlertTier: [ID]] = [.assigned: [.random()]]
    let state = tiers(.urgent, after: 90, people: people)
    #expect(state.current == .assigned && state.isExhausted)
  }

  @Test("with nobody on duty that is told")
  func nobody() {
    let state = tiers(.attention, after: 10, people: [:])
    #expect(state.nobody && state.current == nil && state.next == nil)
    #expect(tiers(.attention, after: 0, people: [.organizer: [.random()]]).nobody)
  }

  @Test("an answer ends the climbing where it was")
  func answered() {
    let state = tiers(.urgent, after: 60, people: all, answered: 6)
    #expect(state.reached.map(\.tier) == [.assigned, .medicalLead] && state.next == nil)
  }

  @Test("after a stop every tier is reached at its own time, not at the restart")
  func catchUp() {
    let state = tiers(.urgent, after: 600, people: all)
    #expect(state.reached.map { ($0.at - opened).minutes } == [0, 5, 10, 20, 30])
    for minutes in [0, 5, 11, 25, 31] {
      let earlier = tiers(.urgent, after: minutes, people: all)
      #expect(state.reached.starts(with: earlier.reached))
    }
  }

  @Test("a notice waits for the next shift, or twelve hours when none is planned")
  func nextShift() {
    #expect(tiers(.notice, after: 0, people: all, nextShift: 90).next?.at == opened + .minutes(90))
    #expect(tiers(.notice, after: 91, people: all, nextShift: 90).current == .medicalLead)
    #expect(tiers(.notice, after: 719, people: all).current == .assigned)
    #expect(tiers(.notice, after: 720, people: all).current == .medicalLead)
    #expect(tiers(.notice, after: 0, people: all, nextShift: -5).current == .medicalLead)
  }

  @Test("before the opening nobody is told")
  func early() {
    #expect(tiers(.urgent, after: -1, people: all).current == nil)
  }
}

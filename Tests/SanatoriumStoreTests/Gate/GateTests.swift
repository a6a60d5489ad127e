import Packs
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Facts and gates")
struct GateTests {
  @Test("a fact is refused by role, by part and by option; a later one takes its place and the earlier stays")
  func facts() throws {
    let house = try StayHouse(open: false)
    let owner = FactOwner.batch(house.batch)
    #expect(throws: Refusal.self) {
      _ = try house.perform(StayHouse.staff) { try $0.recordFact(.hostAgreement, RecordedFact(number: "1"), of: owner, $1) }
    }
    let wrong = codes {
      _ = try house.perform(StayHouse.organizer) {
        try $0.recordFact(.venueArea, RecordedFact(value: "99", number: "1"), of: owner, $1)
      }
    }
    #expect(wrong == ["value: unknown-option", "number: unknown-part"])
    let person = FactOwner.participant(house.people[0])
    #expect(
      codes {
        _ = try house.perform(StayHouse.organizer) {
          try $0.recordFact(.hostAgreement, RecordedFact(number: "1"), of: person, $1)
        }
      } == ["key: unknown-fact"])
    #expect(throws: Refusal.self) {
      let sender = Actor(account: .random(), role: .escort, name: "苏和")
      _ = try house.perform(sender) { try $0.recordFact(.selfCare, RecordedFact(value: "full"), of: person, $1) }
    }
    for number in ["甲 1", "甲 2"] {
      try house.perform(StayHouse.organizer) {
        try $0.recordFact(.hostAgreement, RecordedFact(number: " \(number) "), of: owner, $1)
      }
    }
    let history = try house.store.read { try $0.factHistory(.hostAgreement, of: owner) }
    #expect(history.map(\.fact.number) == ["甲 2", "甲 1"])
    #expect(try house.store.read { try $0.factEntries(of: owner).count } == 1)
    #expect(try house.store.verify().faults == [])
  }

  @Test("a batch with nothing recorded is not opened, and the refusal leaves no entry")
  func refusedOpening() throws {
    let house = try StayHouse(open: false)
    let (id, packs, before) = (house.batch, try StayHouse.packs(), house.store.sequence)
    let rules = stopping { _ = try house.perform(StayHouse.organizer) { try $0.openBatch(id, packs: packs, $1) } }
    #expect(rules.contains("NM06"))
    #expect(rules.contains("NM08"))
    #expect(rules.contains("NM10"))
    #expect(house.store.sequence == before)
    #expect(throws: Refusal.self) {
      _ = try house.perform(StayHouse.staff) { try $0.openBatch(id, packs: packs, $1) }
    }
  }

  @Test("with every fact recorded it opens, freezes its packs and sets the first round; no second batch opens beside it")
  func opening() throws {
    let house = try StayHouse(open: false)
    try house.openByGate()
    let (batch, packs) = try house.read { reader, batch in (batch, try reader.packs(of: batch)) }
    #expect(batch.state == .open)
    #expect(packs == (try StayHouse.packs()))
    #expect(try house.store.read { try $0.nextDeadline() } != nil)
    let again = codes {
      let (id, packs) = (house.batch, try StayHouse.packs())
      _ = try house.perform(StayHouse.organizer) { try $0.openBatch(id, packs: packs, $1) }
    }
    #expect(again == ["state: not-planned"])
    let second = try house.perform(StayHouse.organizer) { try $0.planBatch(StayHouse.plan, $1) }.subject
    let other = codes {
      let packs = try StayHouse.packs()
      _ = try house.perform(StayHouse.organizer) { try $0.openBatch(second, packs: packs, $1) }
    }
    #expect(other == ["batch: another-open"])
    #expect(try house.store.verify().faults == [])
  }

  @Test("a soft rule lets go with reason and person; a hard one never")
  func departures() throws {
    let house = try StayHouse(open: false)
    try house.prepareOpening()
    try house.record(.venueArea, RecordedFact(value: "37"), of: .batch(house.batch))
    let (id, packs) = (house.batch, try StayHouse.packs())
    #expect(
      stopping { _ = try house.perform(StayHouse.organizer) { try $0.openBatch(id, packs: packs, $1) } } == ["NM12"])
    #expect(
      codes {
        _ = try house.perform(StayHouse.lead) {
          try $0.acceptDeparture(
            "NM12", at: .open, of: .batch(id), reason: " ", person: "", under: packs.regulation, $1)
        }
      } == ["reason: required", "person: required"])
    #expect(
      codes {
        _ = try house.perform(StayHouse.lead) {
          try $0.acceptDeparture(
            "NM06", at: .open, of: .batch(id), reason: "急", person: "周敏", under: packs.regulation, $1)
        }
      } == ["rule: rule-passes"])
    try house.perform(StayHouse.lead) {
      try $0.acceptDeparture(
        "NM12", at: .open, of: .batch(id), reason: "海滨康复", person: "白露", under: packs.regulation, $1)
    }
    try house.perform(StayHouse.organizer) { try $0.openBatch(id, packs: packs, $1) }
    #expect(try house.store.read { try $0.departures(of: $0.batch(id)).map(\.rule) } == ["NM12"])
    #expect(try house.store.verify().faults == [])
  }

  @Test("someone lacking a consent is held, the organizer can't override it, and admits them once it is there")
  func held() throws {
    let house = try StayHouse(open: false)
    try house.openByGate()
    try house.prepareArrival(0)
    try house.prepareArrival(1, without: [.consentFamily])
    for index in 0...1 {
      let id = house.people[index]
      try house.perform { try $0.arrive(id, room: "41\(index)", $1) }
    }
    #expect(try house.participant(0).admission == .admitted)
    #expect(try house.participant(1).admission == .held)
    #expect(try house.participant(1).place == .present)
    let id = house.people[1]
    #expect(
      stopping {
        _ = try house.perform(StayHouse.organizer) { try $0.resolveHeld(id, admit: true, reason: "家属电话同意", $1) }
      } == ["NM05"])
    try house.record(.consentFamily, of: .participant(id))
    try house.perform(StayHouse.organizer) { try $0.resolveHeld(id, admit: true, reason: "补签", $1) }
    #expect(try house.participant(1).admission == .admitted)
    #expect(try house.store.verify().faults == [])
  }
}

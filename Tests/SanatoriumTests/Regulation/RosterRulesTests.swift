import Packs
import Sanatorium
import Testing

/// The rules as a list is judged by them, with the columns that lists have.
@Suite("Rules on a list")
struct RosterRulesTests {
  private let columns = FactCatalogue.rosterColumns.union([FactColumn(.birth)])

  private func person(_ change: (inout PersonFacts) -> Void = { _ in }) -> PersonFacts {
    var person = PersonFacts(
      facts: Facts([
        .qualifyingGround: RecordedFact(value: "merit_1"), .certifyingUnit: RecordedFact(value: "第一军休所"),
        .category: RecordedFact(value: "退休干部"), .consentSelf: RecordedFact(value: "yes"),
        .consentFamily: RecordedFact(value: "yes"), .consentUnit: RecordedFact(value: "yes"),
        .participantAgreement: RecordedFact(number: "JN2026-03-XY001"),
        .insuranceAccident: RecordedFact(value: "yes", number: "PICC1"),
        .insurancePersonal: RecordedFact(value: "yes", number: "PICC1"), .selfCare: RecordedFact(value: "full"),
        .screeningInfectious: RecordedFact(value: "negative"), .checkup: RecordedFact(date: day("2026-08-12")),
      ]), birth: BirthDate("1952-03-07"))
    change(&person)
    return person
  }

  private func faults(_ id: String, _ person: PersonFacts) throws -> [String] {
    try Packs.regulation(id).rosterResults(for: person, firstDay: day("2026-09-21"), columns: columns)
      .filter { $0.outcome != .pass }
      .flatMap { result in
        result.findings.filter { $0.outcome != .pass }.map {
          "\(result.rule) \(result.force.letter) \($0.key?.rawValue ?? "").\($0.part?.rawValue ?? "")"
        }
      }
  }

  @Test("a complete row has no fault under any regulation", arguments: Packs.regulations)
  func complete(id: String) throws { #expect(try faults(id, person()) == []) }

  @Test("each thing wrong is found by its rule, fact and part, under Jining")
  func jining() throws {
    let id = "jn-2026-draft"
    #expect(try faults(id, person { $0.facts[.consentFamily]?.value = "no" }) == ["JN07 H consent.family.value"])
    #expect(try faults(id, person { $0.facts[.consentUnit] = nil }) == ["JN07 H consent.unit.value"])
    #expect(
      try faults(id, person { $0.facts[.insuranceAccident]?.number = nil }) == ["JN08 H insurance.accident.number"])
    #expect(try faults(id, person { $0.facts[.selfCare]?.value = "none" }) == [])
    #expect(
      try faults(id, person { $0.facts[.screeningInfectious]?.value = "positive" }) == [
        "JN06 H screening.infectious.value"
      ])
    #expect(try faults(id, person { $0.birth = BirthDate("1945-07-14") }) == ["JN05 H birth."])
    #expect(try faults(id, person { $0.birth = BirthDate("1946-09-21") }) == [])
    #expect(try faults(id, person { $0.birth = nil }) == ["JN05 H birth."])
    #expect(try faults(id, person { $0.facts[.participantAgreement] = nil }) == ["JN08 H agreement.participant.number"])
    #expect(try faults(id, person { $0.facts[.certifyingUnit] = nil }) == ["JN01 H certifying_unit.value"])
    #expect(try faults(id, person { $0.facts[.checkup]?.date = day("2025-09-20") }) == ["CN03 S checkup.date"])
  }

  @Test("who can't care for himself fails under Weihai and Inner Mongolia")
  func selfCare() throws {
    let dependent = person { $0.facts[.selfCare]?.value = "none" }
    #expect(try faults("wh-2023", dependent) == ["WH06 H self_care.value"])
    #expect(try faults("nm-2023", dependent) == ["NM02 H self_care.value"])
  }

  @Test("one kind of insurance is not two")
  func insurance() throws {
    let one = person { $0.facts[.insurancePersonal] = RecordedFact(value: "no") }
    #expect(try faults("nm-2023", one) == ["NM07 H insurance.personal.value"])
    #expect(try faults("wh-2023", one) == [])
  }

  @Test("over eighty is a soft fault under Weihai, none under Inner Mongolia")
  func age() throws {
    let old = person { $0.birth = BirthDate("1941-08-06") }
    #expect(try faults("wh-2023", old) == ["WH08 S birth."])
    #expect(try faults("nm-2023", old) == [])
  }

  @Test("rules with a fact that has no column are named once; opening, batch and informational rules never")
  func notAsked() throws {
    #expect(try Packs.regulation("jn-2026-draft").notAsked(columns: columns) == ["JN06", "JN10", "JN17"])
    #expect(try Packs.regulation("wh-2023").notAsked(columns: columns) == ["WH07", "WH09"])
    #expect(try Packs.regulation("nm-2023").notAsked(columns: columns) == ["NM02", "NM04", "NM17"])
    let known = Set(columns.map(\.key))
    #expect(try Packs.regulation("jn-2026-draft").notAsked(known: known) == ["JN06", "JN10", "JN17"])
  }

  @Test("a list with names alone is asked nothing, and says so")
  func empty() throws {
    let regulation = try Packs.regulation("jn-2026-draft")
    #expect(regulation.rosterResults(for: PersonFacts(), firstDay: day("2026-09-21"), columns: []).isEmpty)
    #expect(
      regulation.notAsked(columns: [])
        == ["JN01", "JN05", "JN06", "JN07", "JN08", "JN10", "JN17", "CN03"])
  }

  @Test("a column more is judged: a list with the declaration")
  func more() throws {
    let regulation = try Packs.regulation("jn-2026-draft")
    let more = columns.union([FactColumn(.declaration)])
    #expect(regulation.notAsked(columns: more) == ["JN06", "JN10"])
    let results = regulation.rosterResults(for: person(), firstDay: day("2026-09-21"), columns: more)
    #expect(results.first { $0.rule == "JN17" }?.outcome == .unknown)
  }
}

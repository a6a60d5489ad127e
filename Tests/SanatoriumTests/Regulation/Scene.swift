import Packs
import Sanatorium

/// A batch, a person and a day under which every rule of a regulation passes; tests spoil one thing.
struct Scene {
  let regulation: Regulation
  var batch: BatchFacts
  var person: PersonFacts
  var today: Day

  init(_ id: String) throws {
    regulation = try Packs.regulation(id)
    let first = day(id == "wh-2023" ? "2025-05-12" : id == "nm-2023" ? "2026-06-08" : "2026-09-14")
    today = first + 2
    batch = BatchFacts(
      facts: Facts(), firstDay: first, lastDay: first + 6, plannedParticipants: 40, admitted: 10, present: 40,
      escorts: (1...4).map { EscortFacts(name: "随行\($0)", isMedical: false) }
        + [EscortFacts(name: "医生", isMedical: true, licence: "110330000012345", licenceUntil: first + 400)],
      activities: Dictionary(uniqueKeysWithValues: ActivityKind.allCases.map { ($0, 1) }))
    person = PersonFacts(id: ID(high: 1, low: 1), birth: .day(first.adding(months: -70 * 12)), sex: .male)
    for definition in FactCatalogue.all where definition.key != .successor && definition.key != .contradiction {
      let fact = Scene.complete(definition, first)
      if definition.scope == .batch { batch.facts[definition.key] = fact } else { person.facts[definition.key] = fact }
    }
    batch.facts[.venueArea]?.value = id == "nm-2023" ? "15" : "37"
    batch.facts[.statedSize]?.number = "60"
    batch.facts[.cycleLength]?.number = "2"
    person.facts[.qualifyingGround]?.value = "merit_2"
    person.facts[.previousStay] = RecordedFact(value: "none")
    for key in [FactKey.insuranceAccident, .insurancePersonal] {
      person.facts[key]?.date = first
      person.facts[key]?.until = first + 6
    }
    batch.facts[.insurancePeriod] = nil
    batch.facts[.consentsCollected] = nil
  }

  /// Each part given; of options the first, which is the good one.
  private static func complete(_ definition: FactDefinition, _ first: Day) -> RecordedFact {
    var fact = RecordedFact()
    for part in definition.parts {
      switch part.part {
      case .value: fact.value = part.options.first?.code ?? "有"
      case .number: fact.number = part.range == nil ? "第 12 号" : "12"
      case .date: fact.date = first + -20
      case .until: fact.until = first + 400
      case .person: fact.person = "周敏"
      case .paper: fact.paper = "档案柜 2"
      }
    }
    return fact
  }

  func results(at gate: Gate) -> [RuleResult] {
    regulation.results(at: gate, on: today, batch: batch)
      + regulation.results(at: gate, on: today, batch: batch, person: person)
  }

  func result(_ rule: String, at gate: Gate) -> RuleResult? { results(at: gate).first { $0.rule == rule } }

  /// The same with one thing changed.
  func but(_ change: (inout Scene) -> Void) -> Scene {
    var copy = self
    change(&copy)
    return copy
  }

  subscript(key: FactKey) -> RecordedFact? {
    get { FactCatalogue[key]?.scope == .batch ? batch.facts[key] : person.facts[key] }
    set { if FactCatalogue[key]?.scope == .batch { batch.facts[key] = newValue } else { person.facts[key] = newValue } }
  }
}

func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

import Packs
import Sanatorium
import Testing

@Suite("Facts")
struct FactCatalogueTests {
  @Test("every fact that a rule asks for is defined, for the right scope", arguments: Packs.regulations)
  func covered(id: String) throws {
    let regulation = try Packs.regulation(id)
    for rule in regulation.rules {
      for check in rule.checks {
        for demand in check.demands {
          let definition = try #require(FactCatalogue[demand.key], "\(rule.id) asks for \(demand.key)")
          for part in demand.parts { #expect(definition[part] != nil, "\(rule.id): \(demand.key) has no \(part)") }
        }
      }
    }
    for gate in Gate.allCases {
      for scope in FactDefinition.Scope.allCases {
        for key in regulation.asked(at: gate, of: scope) { #expect(FactCatalogue[key]?.scope == scope) }
      }
    }
    let missing = try emptyResults(regulation).flatMap(\.missing)
    let computed: Set<FactKey> = [
      .birth, .firstDay, .lastDay, .plannedParticipants, .presentParticipants, .escorts, .medicalEscorts,
      .medicalLicence,
      .activities,
    ]
    for key in missing where !computed.contains(key) { #expect(FactCatalogue[key] != nil, "\(key)") }
  }

  @Test("a ground has its name wherever it is shown")
  func grounds() throws {
    let definition = try #require(FactCatalogue[.qualifyingGround])
    for option in FactCatalogue.groundOptions { #expect(definition.label(of: option.code) == option.label) }
  }

  private func emptyResults(_ regulation: Regulation) throws -> [RuleResult] {
    let today = try #require(Day("2026-06-08"))
    return Gate.allCases.flatMap { gate in
      regulation.results(at: gate, on: today, batch: BatchFacts())
        + regulation.results(at: gate, on: today, batch: BatchFacts(), person: PersonFacts())
    }
  }

  @Test("where nothing is recorded, no rule passes but the ones that count", arguments: Packs.regulations)
  func nothingRecorded(id: String) throws {
    let regulation = try Packs.regulation(id)
    for result in try emptyResults(regulation) where result.outcome == .pass {
      // A batch cap counts those admitted, none so far; there are no medical escorts without a licence; WH's is no draft.
      #expect(["WH02"].contains(result.rule), "\(result.rule) at \(result.gate): \(result.message.chinese)")
    }
  }

  @Test("keys and parts are unique, labelled in both languages, with a role")
  func definitions() {
    #expect(Set(FactCatalogue.all.map(\.key)).count == FactCatalogue.all.count)
    for definition in FactCatalogue.all {
      #expect(!definition.parts.isEmpty && !definition.roles.isEmpty)
      #expect(Set(definition.parts.map(\.part)).count == definition.parts.count)
      for text in [definition.label] + definition.parts.map(\.label) {
        #expect(!text.chinese.isEmpty && !text.english.isEmpty)
      }
      for part in definition.parts { #expect(Set(part.options.map(\.code)).count == part.options.count) }
    }
  }

  @Test(
    "the whole of a good record is taken, also that there is none", arguments: FactCatalogue.all.map(\.key.rawValue))
  func good(key: String) throws {
    let definition = try #require(FactCatalogue[FactKey(key)])
    var fact = RecordedFact()
    for part in definition.parts {
      switch part.part {
      case .value: fact.value = part.options.last?.code ?? "有"
      case .number: fact.number = part.range.map { String($0.lowerBound) } ?? "1"
      case .date: fact.date = Day("2026-05-01")
      case .until: fact.until = Day("2026-05-01")
      case .person: fact.person = "周敏"
      case .paper: fact.paper = "柜 1"
      }
    }
    #expect(definition.faults(in: fact).isEmpty)
    #expect(definition.faults(in: .confirmedMissing).isEmpty)
    #expect(!definition.faults(in: RecordedFact()).isEmpty)
  }

  @Test("every fault of a record is told, by part")
  func faults() throws {
    func faults(_ key: FactKey, _ fact: RecordedFact) throws -> [String] {
      try #require(FactCatalogue[key]).faults(in: fact).map { "\($0.field) \($0.code)" }
    }
    #expect(try faults(.consentFamily, RecordedFact(value: "maybe")) == ["value unknown-option"])
    #expect(try faults(.consentFamily, RecordedFact(value: "yes", number: "3")) == ["number unknown-part"])
    #expect(try faults(.planEmergency, RecordedFact(number: "1")) == ["date required", "person required"])
    #expect(
      try faults(.planEmergency, RecordedFact(number: "  ", date: Day("2026-01-01"), person: "周敏")) == [
        "number required"
      ])
    #expect(try faults(.statedSize, RecordedFact(number: "0")) == ["number out-of-range"])
    #expect(try faults(.statedSize, RecordedFact(number: "六十")) == ["number out-of-range"])
    #expect(
      try faults(.insurancePeriod, RecordedFact(date: Day("2026-06-08"), until: Day("2026-06-07"))) == [
        "until before-start"
      ])
    #expect(try faults(.careFlags, RecordedFact(value: "dementia,living_alone")).isEmpty)
    #expect(try faults(.careFlags, RecordedFact(value: "dementia,bored")) == ["value unknown-option"])
    #expect(try faults(.venue, RecordedFact(value: "a\u{0}b")) == ["value control-character"])
    #expect(try faults(.venue, RecordedFact(value: String(repeating: "长", count: 501))) == ["value too-long"])
  }

  @Test("names that look like a formula or a script are only text")
  func text() throws {
    for name in ["=HYPERLINK(\"http://x\")", "<script>alert(1)</script>"] {
      #expect(try #require(FactCatalogue[.venue]).faults(in: RecordedFact(value: name)).isEmpty)
    }
  }
}

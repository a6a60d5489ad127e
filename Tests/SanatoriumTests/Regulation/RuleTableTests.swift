import Packs
import Sanatorium
import Testing

/// For one rule at one gate: what makes it fail and what makes it unknown; nil where it can't.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let regulation: String
  let rule: String
  let gate: Gate
  let force: Force
  let fail: (@Sendable (inout Scene) -> Void)?
  let unknown: (@Sendable (inout Scene) -> Void)?
  var testDescription: String { "\(rule) at \(gate.letter)" }

  /// A fact: gone is unknown; a bad value, or that there is none, fails.
  static func fact(
    _ regulation: String, _ rule: String, _ gate: Gate, _ force: Force, _ key: FactKey, bad: String = "missing"
  ) -> RuleCase {
    RuleCase(
      regulation: regulation, rule: rule, gate: gate, force: force,
      fail: { $0[key] = RecordedFact(value: bad) }, unknown: { $0[key] = nil })
  }

  init(
    regulation: String, rule: String, gate: Gate, force: Force, fail: (@Sendable (inout Scene) -> Void)?,
    unknown: (@Sendable (inout Scene) -> Void)?
  ) {
    self.regulation = regulation
    self.rule = rule
    self.gate = gate
    self.force = force
    self.fail = fail
    self.unknown = unknown
  }

  init(
    _ regulation: String, _ rule: String, _ gate: Gate, _ force: Force, fail: (@Sendable (inout Scene) -> Void)? = nil,
    unknown: (@Sendable (inout Scene) -> Void)? = nil
  ) {
    self.init(regulation: regulation, rule: rule, gate: gate, force: force, fail: fail, unknown: unknown)
  }
}

private let noPlan: @Sendable (inout Scene) -> Void = { $0.batch.plannedParticipants = nil }
private let noDays: @Sendable (inout Scene) -> Void = { $0.batch.firstDay = nil }
private let fewEscorts: @Sendable (inout Scene) -> Void = { $0.batch.escorts.removeFirst(4) }
private let noEscorts: @Sendable (inout Scene) -> Void = { $0.batch.escorts = [] }
private let noMedical: @Sendable (inout Scene) -> Void = { $0.batch.escorts.removeLast() }
private let eleventhDay: @Sendable (inout Scene) -> Void = { $0.today = ($0.batch.firstDay ?? $0.today) + 10 }
private let longer: @Sendable (inout Scene) -> Void = { $0.batch.lastDay = ($0.batch.firstDay ?? $0.today) + 10 }
private let tooOld: @Sendable (inout Scene) -> Void = { $0.person.birth = .day($0.today.adding(months: -82 * 12)) }
private let noBirth: @Sendable (inout Scene) -> Void = { $0.person.birth = nil }
private let tooLongAgo: @Sendable (inout Scene) -> Void = { $0[.checkup] = RecordedFact(date: $0.today + -400) }
private let issuedLater: @Sendable (inout Scene) -> Void = {
  $0[.issued] = RecordedFact(number: "第 1 号", date: $0.today)
}
private let licenceEnds: @Sendable (inout Scene) -> Void = { scene in
  let today = scene.today
  scene.batch.escorts[4].licenceUntil = today
}
private let repeated: @Sendable (inout Scene) -> Void = {
  $0[.previousStay] = RecordedFact(value: "yes", date: $0.today + -300)
}

let ruleCases: [RuleCase] = {
  let (nm, jn, wh) = ("nm-2023", "jn-2026-draft", "wh-2023")
  return [
    .fact(nm, "CN01", .open, .informational, .organizerLevel),
    .fact(nm, "CN02", .open, .hard, .planHealth), .fact(jn, "CN02", .open, .hard, .planDisaster),
    RuleCase(nm, "CN03", .arrival, .soft, fail: tooLongAgo, unknown: { $0[.checkup] = nil }),
    .fact(wh, "CN04", .arrival, .informational, .careFlags), .fact(wh, "CN04", .daily, .informational, .careFlags),
    .fact(wh, "CN05", .close, .soft, .satisfactionOffered, bad: "no"),
    .fact(wh, "CN06", .report, .informational, .recordHandover),
    .fact(wh, "CN07", .arrival, .informational, .category), .fact(wh, "CN08", .open, .informational, .annualPlan),

    .fact(nm, "NM01", .arrival, .hard, .qualifyingGround), .fact(nm, "NM01", .arrival, .hard, .certifyingUnit),
    .fact(nm, "NM02", .arrival, .hard, .selfCare, bad: "able"),
    .fact(nm, "NM02", .arrival, .hard, .outdoorFit, bad: "no"),
    .fact(nm, "NM03", .arrival, .hard, .screeningInfectious, bad: "positive"),
    .fact(nm, "NM03", .daily, .hard, .screeningInfectious, bad: "positive"),
    RuleCase(nm, "NM04", .arrival, .soft, fail: repeated, unknown: { $0[.previousStay] = nil }),
    .fact(nm, "NM05", .arrival, .hard, .consentSelf, bad: "no"),
    .fact(nm, "NM05", .arrival, .hard, .consentFamily, bad: "no"),
    RuleCase(
      nm, "NM05", .arrival, .hard, fail: { $0[.consentUnit]?.value = "no" }, unknown: { $0[.consentUnit]?.date = nil }),
    .fact(nm, "NM06", .open, .hard, .hostAgreement), .fact(nm, "NM06", .arrival, .hard, .participantAgreement),
    .fact(nm, "NM07", .arrival, .hard, .insuranceAccident, bad: "no"),
    .fact(nm, "NM07", .arrival, .hard, .insurancePersonal, bad: "no"),
    RuleCase(nm, "NM08", .open, .hard, fail: noMedical, unknown: noEscorts),
    RuleCase(nm, "NM08", .daily, .hard, fail: { $0.batch.escorts[4].isPresent = false }),
    .fact(nm, "NM09", .open, .hard, .kit, bad: "short"), .fact(nm, "NM09", .daily, .soft, .kit, bad: "short"),
    .fact(nm, "NM10", .open, .hard, .planEmergency),
    RuleCase(nm, "NM11", .open, .soft, fail: fewEscorts, unknown: noPlan),
    RuleCase(nm, "NM11", .daily, .soft, fail: fewEscorts, unknown: { $0.batch.present = nil }),
    .fact(nm, "NM12", .open, .soft, .venueArea, bad: "37"), .fact(nm, "NM13", .open, .informational, .resourceKind),
    RuleCase(nm, "NM14", .open, .soft, fail: longer, unknown: noDays),
    RuleCase(nm, "NM15", .open, .hard, fail: longer, unknown: noDays),
    RuleCase(nm, "NM15", .arrival, .hard, fail: longer, unknown: { $0.batch.lastDay = nil }),
    RuleCase(nm, "NM15", .daily, .hard, fail: eleventhDay, unknown: noDays),
    .fact(nm, "NM16", .report, .hard, .indicatorPlanSoundness),
    .fact(nm, "NM16", .report, .hard, .indicatorSatisfaction),
    .fact(nm, "NM16", .report, .hard, .indicatorCompletion),
    .fact(nm, "NM17", .arrival, .hard, .declaration, bad: "refused"),
    .fact(nm, "NM18", .open, .informational, .accountabilityMedical),
    RuleCase(
      nm, "NM19", .daily, .informational, fail: { $0.batch.activities = [:] }, unknown: { $0.batch.activities = nil }),
    .fact(nm, "NM20", .arrival, .informational, .handoverArrival),
    .fact(nm, "NM20", .close, .informational, .handoverReturn),

    .fact(jn, "JN01", .arrival, .hard, .qualifyingGround), .fact(jn, "JN01", .arrival, .hard, .certifyingUnit),
    .fact(jn, "JN02", .open, .soft, .venueArea, bad: "15"),
    RuleCase(jn, "JN03", .open, .hard, fail: longer, unknown: noDays),
    RuleCase(jn, "JN03", .arrival, .hard, fail: longer, unknown: { $0.batch.lastDay = nil }),
    RuleCase(jn, "JN03", .daily, .hard, fail: eleventhDay, unknown: noDays),
    RuleCase(jn, "JN04", .open, .hard, fail: { $0.batch.plannedParticipants = 61 }, unknown: noPlan),
    RuleCase(jn, "JN05", .arrival, .hard, fail: tooOld, unknown: noBirth),
    .fact(jn, "JN06", .arrival, .hard, .screeningInfectious, bad: "positive"),
    .fact(jn, "JN06", .arrival, .hard, .exclusionMental, bad: "present"),
    .fact(jn, "JN06", .arrival, .hard, .exclusionCritical, bad: "present"),
    .fact(jn, "JN07", .arrival, .hard, .consentSelf, bad: "no"),
    .fact(jn, "JN07", .arrival, .hard, .consentFamily, bad: "no"),
    .fact(jn, "JN07", .arrival, .hard, .consentUnit, bad: "no"),
    .fact(jn, "JN08", .arrival, .hard, .participantAgreement),
    RuleCase(
      jn, "JN08", .arrival, .hard, fail: { $0[.insuranceAccident]?.value = "no" },
      unknown: { $0[.insuranceAccident]?.number = nil }),
    .fact(jn, "JN09", .open, .hard, .hostAgreement),
    RuleCase(jn, "JN10", .arrival, .soft, fail: repeated, unknown: { $0[.previousStay] = nil }),
    .fact(jn, "JN11", .open, .hard, .planSafety), .fact(jn, "JN11", .open, .hard, .planEmergency),
    .fact(jn, "JN11", .open, .soft, .venueBureauContact),
    RuleCase(
      jn, "JN12", .open, .hard, fail: licenceEnds,
      unknown: { $0.batch.escorts[4].licence = nil }),
    RuleCase(jn, "JN13", .open, .hard, fail: fewEscorts, unknown: noPlan),
    RuleCase(jn, "JN13", .daily, .hard, fail: fewEscorts, unknown: { $0.batch.present = nil }),
    .fact(jn, "JN14", .open, .hard, .serviceGroupOrganizer), .fact(jn, "JN14", .open, .hard, .serviceGroupHost),
    .fact(jn, "JN15", .open, .hard, .dutyRegistration), .fact(jn, "JN15", .open, .hard, .dutyBoardSafety),
    .fact(jn, "JN15", .open, .hard, .dutyMedical), .fact(jn, "JN15", .open, .hard, .dutyEmergency),
    .fact(jn, "JN16", .report, .hard, .indicatorCompletion), .fact(jn, "JN16", .report, .hard, .indicatorSatisfaction),
    .fact(jn, "JN17", .arrival, .hard, .declaration, bad: "refused"),
    RuleCase(
      jn, "JN18", .daily, .informational, fail: { $0.batch.activities = [:] }, unknown: { $0.batch.activities = nil }),
    RuleCase(jn, "JN19", .open, .hard, fail: issuedLater, unknown: { $0[.issued] = nil }),

    .fact(wh, "WH01", .arrival, .hard, .qualifyingGround), .fact(wh, "WH01", .arrival, .hard, .certifyingUnit),
    RuleCase(wh, "WH02", .open, .hard, fail: { $0.batch.plannedParticipants = 101 }, unknown: noPlan),
    RuleCase(wh, "WH02", .arrival, .hard, fail: { $0.batch.admitted = 100 }),
    RuleCase(wh, "WH03", .open, .hard, fail: longer, unknown: noDays),
    RuleCase(wh, "WH03", .arrival, .hard, fail: longer, unknown: { $0.batch.lastDay = nil }),
    RuleCase(wh, "WH03", .daily, .hard, fail: eleventhDay, unknown: noDays),
    .fact(wh, "WH04", .arrival, .hard, .consentSelf, bad: "no"),
    .fact(wh, "WH04", .arrival, .hard, .consentFamily, bad: "no"),
    .fact(wh, "WH04", .arrival, .hard, .consentUnit, bad: "no"),
    .fact(wh, "WH05", .arrival, .hard, .participantAgreement),
    .fact(wh, "WH05", .arrival, .hard, .insuranceAccident, bad: "no"),
    .fact(wh, "WH06", .arrival, .hard, .selfCare, bad: "none"),
    .fact(wh, "WH07", .arrival, .hard, .screeningInfectious, bad: "positive"),
    .fact(wh, "WH07", .arrival, .hard, .exclusionMental, bad: "present"),
    .fact(wh, "WH07", .arrival, .hard, .exclusionCritical, bad: "present"),
    RuleCase(wh, "WH08", .arrival, .soft, fail: tooOld, unknown: noBirth),
    RuleCase(wh, "WH09", .arrival, .soft, fail: repeated, unknown: { $0[.previousStay] = nil }),
    .fact(wh, "WH10", .open, .soft, .venueArea, bad: "15"),
    RuleCase(
      wh, "WH11", .daily, .informational, fail: { $0.batch.activities = [:] }, unknown: { $0.batch.activities = nil }),
    RuleCase(wh, "WH12", .open, .hard, fail: fewEscorts, unknown: noPlan),
    RuleCase(wh, "WH12", .daily, .hard, fail: fewEscorts, unknown: { $0.batch.present = nil }),
    .fact(wh, "WH13", .open, .hard, .planSafety), .fact(wh, "WH13", .open, .hard, .planEmergency),
    .fact(wh, "WH13", .open, .soft, .venueBureauContact),
    .fact(wh, "WH14", .open, .hard, .hostQualification), .fact(wh, "WH14", .open, .hard, .hostAgreement),
    .fact(wh, "WH15", .open, .hard, .serviceGroupOrganizer), .fact(wh, "WH15", .open, .hard, .serviceGroupHost),
    .fact(wh, "WH16", .open, .hard, .dutyRegistration), .fact(wh, "WH16", .open, .hard, .dutyBoardSafety),
    .fact(wh, "WH16", .open, .hard, .dutyMedical), .fact(wh, "WH16", .open, .hard, .dutyEmergency),
    .fact(wh, "WH16", .open, .hard, .dutyCoordination),
    .fact(wh, "WH17", .report, .hard, .indicatorCompletion), .fact(wh, "WH17", .report, .hard, .indicatorSatisfaction),
    .fact(wh, "WH17", .report, .hard, .hostEvaluation),
    .fact(wh, "WH18", .open, .informational, .accountabilityEmergency),
    RuleCase(
      wh, "WH19", .open, .hard,
      fail: {
        $0.batch.firstDay = day("2026-01-01")
        $0.batch.lastDay = day("2026-01-05")
      }, unknown: noDays),
  ]
}()

@Suite("Every rule")
struct RuleTableTests {
  @Test("in a complete batch every rule of every gate passes", arguments: ["nm-2023", "jn-2026-draft", "wh-2023"])
  func allPass(regulation: String) throws {
    let scene = try Scene(regulation)
    var seen: Set<String> = []
    for gate in Gate.allCases {
      let results = scene.results(at: gate)
      seen.formUnion(results.map(\.rule))
      for result in results {
        #expect(result.outcome == .pass, "\(result.rule) at \(gate): \(result.message.chinese)")
        #expect(result.missing.isEmpty)
        #expect(!result.quote.isEmpty && !result.article.isEmpty && !result.message.chinese.isEmpty)
      }
      #expect(results.blocking().isEmpty)
    }
    #expect(seen == Set(scene.regulation.rules.map(\.id)))
  }

  @Test("fails and is unknown, with the gate's effect", arguments: ruleCases)
  func spoiled(one: RuleCase) throws {
    let scene = try Scene(one.regulation)
    for (change, outcome) in [(one.fail, Outcome.fail), (one.unknown, .unknown)] {
      guard let change else { continue }
      let spoiled = scene.but(change)
      let result = try #require(spoiled.result(one.rule, at: one.gate))
      #expect(result.outcome == outcome, "\(result.message.chinese)")
      #expect(result.force == one.force)
      if outcome == .unknown { #expect(!result.missing.isEmpty) }
      #expect(result.findings.contains { $0.outcome == outcome && $0.force == one.force })

      let departure = Departure(
        rule: one.rule, gate: one.gate, participant: result.participant, reason: "当地安排", person: "周敏",
        at: Instant(milliseconds: 0))
      let stops = one.gate.stops && one.force != .informational
      #expect([result].blocking().isEmpty == !stops)
      #expect([result].blocking(departures: [departure]).isEmpty == !(stops && one.force == .hard))
    }
  }

  @Test("each rule of the four regulations is in the table, at each of its gates with its force")
  func complete() throws {
    for id in Packs.regulations {
      let own = try Packs.regulation(id)
      for rule in own.rules {
        for gate in rule.gates {
          let wanted = ruleCases.contains { $0.rule == rule.id && $0.gate == gate }
          #expect(wanted, "\(rule.id) at \(gate) has no case")
        }
        let count = ruleCases.filter { $0.rule == rule.id && $0.fail != nil }.count
        #expect(count > 0)
      }
    }
  }
}

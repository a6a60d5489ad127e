import Packs
import Sanatorium
import Testing

/// The readings of the regulations' open questions; ratios by number are in RatioTests, ages in BirthDateTests.
@Suite("Readings of open questions")
struct ReadingTests {
  private func escorts(general: Int, medical: Int) -> [EscortFacts] {
    (0..<general).map { EscortFacts(name: "随行\($0)", isMedical: false) }
      + (0..<medical).map { EscortFacts(name: "医护\($0)", isMedical: true, licence: "1") }
  }

  private func ratio(_ id: String, _ rule: String, n: Int, general: Int, medical: Int) throws -> RuleResult {
    let scene = try Scene(id).but {
      $0.batch.plannedParticipants = n
      $0.batch.escorts = escorts(general: general, medical: medical)
    }
    return try #require(scene.result(rule, at: .open))
  }

  @Test("Q3: one general and one medical escort for twenty")
  func medicalInRatio() throws {
    let nm = try ratio("nm-2023", "NM11", n: 20, general: 1, medical: 1)
    #expect(nm.outcome == .fail && nm.force == .soft)
    let wh = try ratio("wh-2023", "WH12", n: 20, general: 1, medical: 1)
    #expect(wh.outcome == .pass && wh.warning == nil)
    let jn = try ratio("jn-2026-draft", "JN13", n: 20, general: 1, medical: 1)
    #expect(jn.outcome == .pass && jn.warning != nil)
  }

  @Test("Q4: below blocks, above needs a reason")
  func aboveAndBelow() throws {
    #expect(try ratio("jn-2026-draft", "JN13", n: 20, general: 2, medical: 0).outcome == .pass)
    #expect(try ratio("jn-2026-draft", "JN13", n: 20, general: 4, medical: 0).outcome == .pass)
    let below = try ratio("jn-2026-draft", "JN13", n: 20, general: 1, medical: 0)
    #expect(below.outcome == .fail && below.force == .hard)
    let above = try ratio("jn-2026-draft", "JN13", n: 20, general: 5, medical: 0)
    #expect(above.outcome == .fail && above.force == .soft)
    #expect(try ratio("jn-2026-draft", "JN13", n: 3, general: 1, medical: 0).outcome == .pass)
  }

  @Test("Q5, Q6: daily those count who are on site, against those who are present")
  func daily() throws {
    let scene = try Scene("wh-2023").but {
      $0.batch.escorts = escorts(general: 2, medical: 0)
      $0.batch.present = 20
    }
    #expect(scene.result("WH12", at: .daily)?.outcome == .pass)
    #expect(scene.but { $0.batch.present = 21 }.result("WH12", at: .daily)?.outcome == .fail)
    let away = scene.but { $0.batch.escorts[0].isPresent = false }
    #expect(away.result("WH12", at: .daily)?.outcome == .fail)
    #expect(away.results(at: .daily).blocking().isEmpty)
    #expect(away.results(at: .daily).breaches.contains { $0.rule == "WH12" })
  }

  @Test("Q7: the cap itself passes, a year more does not; the reading can be turned")
  func ageCap() throws {
    func result(_ id: String, _ rule: String, born: String) throws -> RuleResult? {
      let scene = try Scene(id).but {
        $0.batch.firstDay = day("2026-05-01")
        $0.person.birth = BirthDate(born)
      }
      return scene.result(rule, at: .arrival)
    }
    #expect(try result("jn-2026-draft", "JN05", born: "1946-05-01")?.outcome == .pass)
    #expect(try result("wh-2023", "WH08", born: "1946-05-01")?.outcome == .pass)
    let jn = try #require(try result("jn-2026-draft", "JN05", born: "1945-04-30"))
    #expect(jn.outcome == .fail && jn.force == .hard)
    #expect(jn.facts.contains(FactUse(.age, "81")))
    let wh = try #require(try result("wh-2023", "WH08", born: "1945-04-30"))
    #expect(wh.outcome == .fail && wh.force == .soft)

    let built = try Packs.regulation("wh-2023")
    var sheet = built.parameters
    sheet.ageCapInclusive = false
    let exclusive = Regulation(
      id: built.id, edition: 2, title: built.title, issuer: built.issuer, documentNumber: built.documentNumber,
      status: built.status, validity: built.validity, bases: built.bases, parameters: sheet, rules: built.rules)
    let person = PersonFacts(birth: BirthDate("1946-05-01"))
    let results = exclusive.results(
      at: .arrival, on: day("2026-05-01"), batch: BatchFacts(firstDay: day("2026-05-01")), person: person)
    #expect(results.first { $0.rule == "WH08" }?.outcome == .fail)
  }

  @Test("Q7: with only the month of birth, the age at the limit is unknown")
  func ageByMonth() throws {
    let scene = try Scene("jn-2026-draft").but { $0.batch.firstDay = day("2026-09-14") }
    #expect(scene.but { $0.person.birth = BirthDate("1945-09") }.result("JN05", at: .arrival)?.outcome == .unknown)
    #expect(scene.but { $0.person.birth = BirthDate("1945-10") }.result("JN05", at: .arrival)?.outcome == .pass)
    #expect(scene.but { $0.person.birth = BirthDate("1945-08") }.result("JN05", at: .arrival)?.outcome == .fail)
  }

  @Test("Q8: 29 February completes on the 28th; the person's own first day counts")
  func leapDay() throws {
    let scene = try Scene("jn-2026-draft").but {
      $0.person.birth = BirthDate("1944-02-29")
      $0.person.firstDay = day("2025-02-28")
    }
    #expect(scene.result("JN05", at: .arrival)?.facts.contains(FactUse(.age, "81")) == true)
    let dayBefore = scene.but { $0.person.firstDay = day("2025-02-27") }
    #expect(dayBefore.result("JN05", at: .arrival)?.outcome == .pass)
  }

  @Test("Q9: both travel days count, for each person from the own first day")
  func days() throws {
    let scene = try Scene("jn-2026-draft").but {
      $0.batch.firstDay = day("2026-10-01")
      $0.batch.lastDay = day("2026-10-07")
    }
    #expect(scene.result("JN03", at: .open)?.outcome == .pass)
    #expect(scene.but { $0.batch.lastDay = day("2026-10-08") }.result("JN03", at: .open)?.outcome == .fail)
    let late = scene.but {
      $0.person.firstDay = day("2026-10-03")
      $0.person.lastDay = day("2026-10-09")
      $0.today = day("2026-10-09")
    }
    #expect(late.result("JN03", at: .arrival)?.outcome == .pass)
    #expect(late.result("JN03", at: .daily)?.outcome == .pass)
    #expect(late.result("JN03", at: .daily)?.warning != nil)
    #expect(late.but { $0.today = day("2026-10-10") }.result("JN03", at: .daily)?.outcome == .fail)
  }

  @Test("Q10: day 8 in hospital is a medical nonconformity and stops nothing")
  func medicalOverrun() throws {
    let scene = try Scene("jn-2026-draft").but { $0.today = ($0.batch.firstDay ?? $0.today) + 7 }
    let well = try #require(scene.result("JN03", at: .daily))
    #expect(well.outcome == .fail && well.cause == nil)
    let ill = try #require(scene.but { $0.person.isInHospital = true }.result("JN03", at: .daily))
    #expect(ill.outcome == .fail && ill.cause == .medical)
    #expect([well, ill].blocking().isEmpty)
  }

  @Test(
    "Q11: the first day decides; a later end is remarked on",
    arguments: [
      ("2025-12-20", "2025-12-26", Outcome.pass, false), ("2025-12-30", "2026-01-05", .pass, true),
      ("2025-12-31", "2025-12-31", .pass, false), ("2026-01-01", "2026-01-05", .fail, false),
      ("2023-11-29", "2023-12-02", .fail, false),
    ])
  func expiry(first: String, last: String, outcome: Outcome, warns: Bool) throws {
    let scene = try Scene("wh-2023").but {
      $0.batch.firstDay = day(first)
      $0.batch.lastDay = day(last)
    }
    let result = try #require(scene.result("WH19", at: .open))
    #expect(result.outcome == outcome)
    #expect((result.warning != nil) == warns)
  }

  @Test("Q11: a notice that extends the rules is a fact; a replacement needs its own pack")
  func successor() throws {
    let lapsed = try Scene("wh-2023").but { $0.batch.firstDay = day("2026-03-01") }
    func with(_ kind: String, _ until: String?) -> Outcome? {
      lapsed.but {
        $0[.successor] = RecordedFact(value: kind, number: "威退役军人发〔2025〕9号", until: until.flatMap { Day($0) })
      }.result("WH19", at: .open)?.outcome
    }
    #expect(with("extension", "2026-12-31") == .pass)
    #expect(with("extension", "2026-02-01") == .fail)
    #expect(with("extension", nil) == .fail)
    #expect(with("replacement", nil) == .fail)
  }

  @Test("Q12: the hundred are participants; the next one is held")
  func batchCap() throws {
    let scene = try Scene("wh-2023").but { $0.batch.plannedParticipants = 100 }
    #expect(scene.result("WH02", at: .open)?.outcome == .pass)
    #expect(scene.but { $0.batch.admitted = 99 }.result("WH02", at: .arrival)?.outcome == .pass)
    let next = scene.but { $0.batch.admitted = 100 }.results(at: .arrival)
    #expect(next.blocking().map(\.rule) == ["WH02"])
  }

  @Test("Q13: a cycle of unknown length is unknown; Weihai's has three years at most")
  func cycle() throws {
    let scene = try Scene("nm-2023").but {
      $0[.cycleLength] = nil
      $0[.previousStay] = RecordedFact(value: "yes", date: day("2016-05-01"))
    }
    let nm = try #require(scene.result("NM04", at: .arrival))
    #expect(nm.outcome == .unknown && nm.force == .soft && nm.missing == [.cycleLength])

    let weihai = try Scene("wh-2023").but { $0[.cycleLength] = nil }
    func outcome(_ previous: String, _ years: String?) -> Outcome? {
      weihai.but {
        $0[.previousStay] = RecordedFact(value: "yes", date: day(previous))
        if let years { $0[.cycleLength] = RecordedFact(number: years) }
      }.result("WH09", at: .arrival)?.outcome
    }
    #expect(outcome("2022-05-12", nil) == .pass)
    #expect(outcome("2022-05-13", nil) == .unknown)
    #expect(outcome("2023-05-12", "2") == .pass)
    #expect(outcome("2023-05-13", "2") == .fail)
    let regulation = weihai.regulation
    #expect(regulation.faults(in: RecordedFact(number: "4"), for: .cycleLength).map(\.code) == ["out-of-range"])
    #expect(regulation.faults(in: RecordedFact(number: "3"), for: .cycleLength).isEmpty)
    #expect(scene.regulation.faults(in: RecordedFact(number: "5"), for: .cycleLength).isEmpty)
  }

  @Test("Q14: both named kinds of insurance, more are allowed")
  func insuranceKinds() throws {
    let scene = try Scene("nm-2023").but { $0[.insurancePersonal] = nil }
    let result = try #require(scene.result("NM07", at: .arrival))
    #expect(result.outcome == .unknown && result.missing == [.insurancePersonal])
    #expect(scene.results(at: .arrival).blocking().map(\.rule) == ["NM07"])
    #expect(try Scene("wh-2023").but { $0[.insurancePersonal] = nil }.result("WH05", at: .arrival)?.outcome == .pass)
  }

  @Test("insurance covers every day of the stay, by the own policy or the group's")
  func cover() throws {
    let scene = try Scene("nm-2023")
    let first = try #require(scene.batch.firstDay)
    let short = scene.but { $0[.insuranceAccident]?.until = first + 5 }
    let result = try #require(short.result("NM07", at: .arrival))
    #expect(result.outcome == .fail && result.message.chinese.contains("6月14日"))
    #expect(scene.but { $0[.insuranceAccident]?.date = first + 1 }.result("NM07", at: .arrival)?.outcome == .fail)

    let undated = scene.but {
      for key in [FactKey.insuranceAccident, .insurancePersonal] {
        $0[key]?.date = nil
        $0[key]?.until = nil
      }
    }
    #expect(undated.result("NM07", at: .arrival)?.outcome == .unknown)
    let group = undated.but { $0[.insurancePeriod] = RecordedFact(date: first, until: first + 6) }
    #expect(group.result("NM07", at: .arrival)?.outcome == .pass)

    let weihai = try Scene("wh-2023").but {
      $0[.insuranceAccident]?.date = nil
      $0[.insuranceAccident]?.until = nil
    }
    let whResult = try #require(weihai.result("WH05", at: .arrival))
    #expect(whResult.outcome == .pass && whResult.warning != nil)
  }

  @Test("Inner Mongolia's consents are dated, one by one or by a checked date for the list")
  func datedConsents() throws {
    let scene = try Scene("nm-2023").but { $0[.consentSelf]?.date = nil }
    #expect(scene.result("NM05", at: .arrival)?.outcome == .unknown)
    let collected = scene.but { $0[.consentsCollected] = RecordedFact(date: day("2026-05-20"), person: "周敏") }
    #expect(collected.result("NM05", at: .arrival)?.outcome == .pass)
    #expect(try Scene("wh-2023").but { $0[.consentSelf]?.date = nil }.result("WH04", at: .arrival)?.outcome == .pass)
  }

  @Test("Q15: exclusions are somebody's judgement, never taken from readings")
  func judgement() throws {
    let scene = try Scene("jn-2026-draft").but { $0[.exclusionCritical] = nil }
    let result = try #require(scene.result("JN06", at: .arrival))
    #expect(result.outcome == .unknown && result.missing == [.exclusionCritical] && result.by == [.medical])
  }

  @Test("Q16: no medical escort blocks in Inner Mongolia, elsewhere needs a reason; the kit there is a remark")
  func noMedicalEscort() throws {
    for (id, rule, force) in [
      ("nm-2023", "NM08", Force.hard), ("jn-2026-draft", "JN12", .soft), ("wh-2023", "WH12", .soft),
    ] {
      let scene = try Scene(id).but { $0.batch.escorts.removeLast() }
      let result = try #require(scene.result(rule, at: .open))
      #expect(result.outcome == .fail && result.force == force)
    }
    for (id, rule) in [("jn-2026-draft", "JN15"), ("wh-2023", "WH16")] {
      let scene = try Scene(id).but { $0[.kit] = nil }
      let result = try #require(scene.result(rule, at: .open))
      #expect(result.outcome == .pass && result.warning != nil)
      #expect(scene.results(at: .open).blocking().isEmpty)
    }
  }

  @Test("the size of a Jining batch binds only once it is stated")
  func statedSize() throws {
    let scene = try Scene("jn-2026-draft").but { $0[.statedSize] = nil }
    let result = try #require(scene.result("JN04", at: .open))
    #expect(result.outcome == .unknown && result.force == .informational)
    #expect(scene.results(at: .open).blocking().isEmpty)
  }

  @Test("a ground the regulation does not list is the sender's to certify")
  func otherGround() throws {
    let scene = try Scene("jn-2026-draft").but { $0[.qualifyingGround]?.value = "hardship_10y" }
    let result = try #require(scene.result("JN01", at: .arrival))
    #expect(result.outcome == .pass && result.warning != nil)
    let first = scene.but { $0[.qualifyingGround]?.value = "merit_1" }.result("JN01", at: .arrival)
    #expect(first?.warning == nil)
  }

  @Test(
    "a check-up counts for twelve months before day 1",
    arguments: [("2025-06-08", Outcome.pass), ("2025-06-07", .fail), ("2026-06-08", .pass), ("2026-06-09", .fail)])
  func checkup(date: String, outcome: Outcome) throws {
    let scene = try Scene("nm-2023").but { $0[.checkup]?.date = day(date) }
    #expect(scene.result("CN03", at: .arrival)?.outcome == outcome)
  }
}

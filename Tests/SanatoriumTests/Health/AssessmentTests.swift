import Packs
import Sanatorium
import Testing

@Suite("Assessment")
struct AssessmentTests {
  let pack: HealthPack

  init() throws { pack = try Packs.health("cn-elder-2026") }

  func codes(_ readings: Readings, _ symptoms: Symptoms = [], baseline: Readings? = nil) -> [String] {
    Assessment.assess(readings, symptoms: symptoms, baseline: baseline, pack: pack).findings.map(\.code)
  }

  @Test(
    "each absolute limit on both sides",
    arguments: [
      (Reading.glucose, 27, "glucose-critical-low"), (.glucose, 28, "glucose-act-low"),
      (.glucose, 29, "glucose-act-low"),
      (.glucose, 30, "glucose-low"), (.glucose, 38, "glucose-low"), (.glucose, 39, nil), (.glucose, 167, nil),
      (.glucose, 168, "glucose-high"), (.glucose, 222, "glucose-high"), (.glucose, 223, "glucose-critical-high"),
      (.glucose, 333, "glucose-critical-high"), (.glucose, 334, "glucose-hyperosmolar"),
      (.oxygenSaturation, 89, "spo2-critical"), (.oxygenSaturation, 90, "spo2-review"),
      (.oxygenSaturation, 94, "spo2-review"), (.oxygenSaturation, 95, nil),
      (.systolic, 139, nil), (.systolic, 140, "bp-grade-1"), (.systolic, 159, "bp-grade-1"),
      (.systolic, 160, "bp-grade-2"), (.systolic, 179, "bp-grade-2"), (.systolic, 180, "bp-grade-3"),
      (.systolic, 181, "bp-crisis"),
      (.temperature, 350, "temperature-low"), (.temperature, 351, nil), (.temperature, 372, nil),
      (.temperature, 373, "temperature-low-fever"), (.temperature, 380, "temperature-low-fever"),
      (.temperature, 381, "temperature-fever"), (.temperature, 390, "temperature-fever"),
      (.temperature, 391, "temperature-high-fever"), (.temperature, 410, "temperature-high-fever"),
      (.temperature, 411, "temperature-hyperpyrexia"),
      (.pulse, 34, "pulse-critical-low"), (.pulse, 35, nil), (.pulse, 179, nil), (.pulse, 180, "pulse-critical-high"),
    ] as [(Reading, Int, String?)])
  func limit(reading: Reading, value: Int, code: String?) {
    #expect(codes(with { $0[reading] = value }) == (code.map { [$0] } ?? []))
  }

  @Test("while a reading is missing the advice is to complete the set, after what is urgent already")
  func incomplete() {
    let one = Assessment.assess(Readings(temperature: 366), pack: pack)
    #expect(one.news2.total == nil)
    #expect(one.action.chinese.hasPrefix("请测全，还缺："))
    #expect(one.action.chinese.contains("呼吸"))
    #expect(!one.action.chinese.contains("体温"))
    let grave = Assessment.assess(Readings(oxygenSaturation: 88, pulse: 140), pack: pack)
    #expect(!grave.action.chinese.hasPrefix("请测全"))
    #expect(grave.action.chinese.contains("请测全"))
    let whole = Readings(
      respirationRate: 16, oxygenSaturation: 97, supplementalOxygen: false, systolic: 124, pulse: 72,
      consciousness: .alert, temperature: 366)
    #expect(!Assessment.assess(whole, pack: pack).action.chinese.contains("测全"))
  }

  @Test(
    "the diastolic counts as the systolic does, the higher grade wins",
    arguments: [
      (128, 89, nil), (128, 90, "bp-grade-1"), (128, 99, "bp-grade-1"), (128, 100, "bp-grade-2"),
      (150, 109, "bp-grade-2"), (150, 110, "bp-grade-3"), (150, 120, "bp-grade-3"), (150, 121, "bp-crisis"),
      (180, 121, "bp-crisis"), (181, 80, "bp-crisis"),
    ] as [(Int, Int, String?)])
  func pressure(systolic: Int, diastolic: Int, code: String?) {
    let readings = with {
      $0.systolic = systolic
      $0.diastolic = diastolic
    }
    #expect(codes(readings) == (code.map { [$0] } ?? []))
  }

  @Test(
    "a pressure crisis is urgent and measured again after 5 minutes; with a red flag it is critical",
    arguments: [
      .chestPain, .chestPainLasting, .breathless, .balance, .vision, .face, .arm, .speech, .severeHeadache, .seizure,
      .fainted,
    ] as [Symptom])
  func crisis(symptom: Symptom) {
    let readings = with { $0.systolic = 185 }
    let alone = Assessment.assess(readings, symptoms: [.none], pack: pack)
    #expect(alone.findings.map(\.code) == ["bp-crisis"])
    #expect(alone.severity == .urgent && alone.nextMinutes == 5)
    let flagged = Assessment.assess(readings, symptoms: [symptom], pack: pack)
    #expect(flagged.findings.contains { $0.code == "bp-crisis-red-flag" && $0.severity == .critical })
    #expect(flagged.severity == .critical)
  }

  @Test("changed consciousness is a red flag; dizziness is none")
  func redFlags() {
    #expect(
      codes(
        with {
          $0.systolic = 185; $0.consciousness = .confused
        }
      ).contains("bp-crisis-red-flag"))
    #expect(codes(with { $0.systolic = 185 }, [.dizzy]) == ["bp-crisis"])
  }

  @Test(
    "on scale 2 the doctor's target counts",
    arguments: [
      (83, "spo2-critical-scale-2"), (84, "spo2-below-target"), (87, "spo2-below-target"), (88, "spo2-in-target"),
      (89, "spo2-in-target"), (90, nil), (94, nil),
    ] as [(Int, String?)])
  func scale2(saturation: Int, code: String?) {
    let readings = with {
      $0.oxygenScale = .scale2
      $0.oxygenSaturation = saturation
    }
    #expect(codes(readings) == (code.map { [$0] } ?? []))
  }

  @Test("a fall of 5 points from the baseline is found, of 4 or without a baseline not")
  func change() {
    let readings = with { $0.oxygenSaturation = 95 }
    #expect(codes(readings, baseline: Readings(oxygenSaturation: 100)) == ["spo2-fall"])
    #expect(codes(readings, baseline: Readings(oxygenSaturation: 99)) == [])
    #expect(codes(readings, baseline: Readings(pulse: 60)) == [])
    #expect(codes(readings) == [])
    #expect(codes(with { $0.oxygenSaturation = nil }, baseline: Readings(oxygenSaturation: 100)) == [])
  }

  @Test("a normal check-in finds nothing and asks for no alert; nothing measured finds nothing")
  func quiet() {
    let assessment = Assessment.assess(normal, symptoms: [.none], pack: pack)
    #expect(assessment.findings.isEmpty && assessment.severity == nil && assessment.nextMinutes == 720)
    #expect(assessment.reasons.isEmpty)
    #expect(Assessment.assess(Readings(), pack: pack).findings.isEmpty)
  }

  @Test(
    "implausible combinations are findings, never faults",
    arguments: [
      (Readings(systolic: 80, diastolic: 80), "implausible-pressure"),
      (Readings(systolic: 80, diastolic: 120), "implausible-pressure"),
      (Readings(systolic: 89, diastolic: 80), "implausible-pulse-pressure"),
      (Readings(systolic: 120), "half-pressure"), (Readings(diastolic: 80), "half-pressure"),
      (Readings(respirationRate: 60, pulse: 60), "implausible-respirations"),
      (Readings(oxygenScale: .scale2), "scale-without-saturation"),
    ])
  func implausible(readings: Readings, code: String) {
    #expect(readings.faults().isEmpty)
    #expect(codes(readings).contains(code))
  }

  @Test("a plausible pressure is not questioned")
  func plausible() {
    #expect(codes(Readings(systolic: 90, diastolic: 80)).isEmpty)
    #expect(codes(Readings(respirationRate: 59, pulse: 60)).isEmpty)
  }

  @Test("the worst finding comes first and sets the severity; each names its source and both languages")
  func order() {
    let readings = with {
      $0.glucose = 20
      $0.systolic = 150
      $0.temperature = 395
    }
    let assessment = Assessment.assess(readings, symptoms: [.rash], pack: pack)
    #expect(assessment.findings.map(\.code) == ["glucose-critical-low", "temperature-high-fever", "bp-grade-1"])
    #expect(assessment.severity == .critical)
    #expect(assessment.findings.allSatisfy { !$0.source.isEmpty && !$0.message.chinese.isEmpty })
    #expect(assessment.nextMinutes == 15)
  }

  @Test(
    "symptoms alone are found",
    arguments: [
      (Symptom.face, "stroke-suspected", Severity.critical), (.chestPain, "chest-pain", .urgent),
      (.chestPainLasting, "chest-pain-lasting", .critical), (.breathless, "breathless", .urgent),
      (.seizure, "seizure", .critical), (.fainted, "fainted", .urgent), (.fall, "fall", .attention),
      (.looseStools, "gastroenteritis-case", .attention),
    ])
  func symptom(symptom: Symptom, code: String, severity: Severity) {
    let assessment = Assessment.assess(normal, symptoms: [symptom], pack: pack)
    #expect(assessment.findings.map(\.code) == [code])
    #expect(assessment.severity == severity)
  }

  @Test("case definitions need both halves")
  func cases() {
    let fever = with { $0.temperature = 380 }
    #expect(codes(fever, [.cough]).contains("influenza-like-case"))
    #expect(!codes(with { $0.temperature = 379 }, [.cough]).contains("influenza-like-case"))
    #expect(!codes(fever, [.rash]).contains("influenza-like-case"))
    #expect(codes(fever, [.vomiting]).contains("gastroenteritis-case-vomiting"))
    #expect(codes(normal, [.vomiting, .diarrhoea]) == ["gastroenteritis-case-vomiting"])
    #expect(codes(normal, [.vomiting]).isEmpty && codes(normal, [.diarrhoea]).isEmpty)
  }

  @Test("the score's band asks for its alert and interval, also while incomplete")
  func bands() {
    let low = Assessment.assess(with { $0.pulse = 91 }, pack: pack)
    #expect(low.severity == nil && low.nextMinutes == 360)
    let single = Assessment.assess(with { $0.pulse = 40 }, pack: pack)
    #expect(single.severity == .urgent && single.nextMinutes == 60)
    let medium = Assessment.assess(
      with {
        $0.pulse = 112; $0.respirationRate = 25
      }, pack: pack)
    #expect(medium.news2.band == .medium && medium.severity == .urgent && medium.nextMinutes == 60)
    let high = Assessment.assess(NEWS2Tests.vectors[5].0, pack: pack)
    #expect(high.severity == .critical && high.nextMinutes == 5)
    #expect(high.reasons.first?.chinese == "NEWS2 20 分（高）")
    let partial = Assessment.assess(Readings(respirationRate: 26, supplementalOxygen: true, pulse: 115), pack: pack)
    #expect(partial.news2.total == nil && partial.severity == .critical)
    #expect(partial.reasons.first?.chinese == "NEWS2 没测全，已有 7 分")
  }
}

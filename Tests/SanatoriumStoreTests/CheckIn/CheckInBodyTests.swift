import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("The bodies of a check's entry")
struct CheckInBodyTests {
  private static let full = CheckInMade(
    day: Day("2026-06-08"), roundCode: "morning", isLate: true, participant: 7, round: 3,
    readings: Readings(
      respirationRate: 0, oxygenSaturation: 96, oxygenScale: .scale2, supplementalOxygen: true, systolic: 120, diastolic: 80,
      pulse: 72, consciousness: .voice, temperature: 366, glucose: 61),
    symptoms: [.cough, .fall], remark: "他说“没事”\n\u{1}\\\"\t—孛儿只斤", points: "0120000", total: 3, level: "low",
    severity: "attention", findings: ["fever", "glucose-high"], followUpDue: Instant(milliseconds: 1_780_000_000_000),
    followUpLate: Instant(milliseconds: 1_780_000_060_000), nextDue: Instant(milliseconds: -1), nextRound: 4,
    isBaseline: true)

  private static let bare = CheckInMade(
    day: nil, roundCode: nil, isLate: false, participant: 1, round: nil, readings: Readings(), symptoms: [], remark: "",
    points: "-------", total: nil, level: nil, severity: nil, findings: [], followUpDue: nil, followUpLate: nil,
    nextDue: nil, nextRound: nil, isBaseline: false)

  @Test("written by hand they are the same bytes as the canonical writer's", arguments: [full, bare])
  func canonical(check: CheckInMade) {
    #expect(check.openBody == JSONWriter.canonical(check.open))
    #expect(check.personalBody == JSONWriter.canonical(check.personal))
    #expect(check.readings.canonical == JSONWriter.canonical(check.readings.json))
  }

  @Test("they are read back as what was recorded")
  func readBack() throws {
    for check in [Self.full, Self.bare] {
      let again = try CheckInMade(open: JSON.parse(check.openBody), personal: JSON.parse(check.personalBody))
      #expect(again.personalBody == check.personalBody && again.openBody == check.openBody)
    }
  }
}

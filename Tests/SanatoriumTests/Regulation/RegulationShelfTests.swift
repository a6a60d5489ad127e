import Foundation
import Packs
import Sanatorium
import Testing

@Suite("A facility's own regulations")
struct RegulationShelfTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "packs-\(UUID().uuidString)")

  private func pack(_ id: String, days: Int = 8) -> String {
    """
    id: \(id)
    edition: 1
    title: {zh: 某旗办法, en: A banner's rules}
    issuer: {zh: 某旗退役军人事务局, en: A bureau}
    document: 1号
    status: in_force
    extends: [nm-2023]
    allowed_by: {article: 第十四条, quote: 细化具体措施}
    parameters: {max_days: \(days)}
    """
  }

  private func put(_ text: String, _ name: String) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  @Test("a file that comes, changes and goes counts from the next look on")
  func live() throws {
    try put(pack("nm-banner"), "nm-banner.yaml")
    defer { try? FileManager.default.removeItem(at: folder) }
    let shelf = RegulationShelf(folder: folder.path)
    #expect(shelf.content["nm-banner"]?.parameters.maxDays == 8 && shelf.content.faults.isEmpty)
    #expect(shelf.content.ids == ["jn-2026-draft", "nm-2023", "nm-banner", "wh-2023"])
    try put(pack("nm-banner", days: 10), "nm-banner.yaml")
    #expect(shelf.content["nm-banner"]?.parameters.maxDays == 10)
    try FileManager.default.removeItem(at: folder.appending(path: "nm-banner.yaml"))
    #expect(shelf.content["nm-banner"] == nil && shelf.content["nm-2023"] != nil)
  }

  @Test("a faulty file is told with its line and leaves the others alone")
  func faulty() throws {
    try put(pack("nm-banner"), "nm-banner.yaml")
    try put(pack("nm-league", days: 99), "nm-league.yaml")
    try put(pack("wh-2023"), "wh-2023.yaml")
    try put("no pack at all", "readme.txt")
    defer { try? FileManager.default.removeItem(at: folder) }
    let content = RegulationShelf(folder: folder.path).content
    #expect(content.ids == ["jn-2026-draft", "nm-2023", "nm-banner", "wh-2023"])
    #expect(Set(content.faults.map { "\($0.file):\($0.line)" }) == ["nm-league.yaml:9", "wh-2023.yaml:0"])
    #expect(content["wh-2023"]?.parameters.batchCap == 100)
  }

  @Test("a folder that isn't there is a fault, and the built-in regulations stand")
  func missing() {
    let content = RegulationShelf(folder: folder.path + "/nowhere").content
    #expect(content.faults.count == 1 && content.ids.count == 3)
  }
}

@Suite("Facts written by hand")
struct FactsFileTests {
  private func read(_ text: String) throws(PackFaults) -> FactsFile {
    try FactsFile.read(Array(text.utf8), file: "facts.yaml")
  }

  @Test("YAML and JSON give the same facts")
  func both() throws {
    let yaml = """
      day: 2026-06-10
      batch:
        first_day: 2026-06-08
        last_day: 2026-06-14
        planned: 20
        escorts: [{name: 甲}, {name: 乙, medical: true, licence: "1", licence_until: 2027-01-01}]
        activities: {lecture: 2}
        facts:
          plan.health: {number: "1", date: 2026-05-01, person: 周敏}
      people:
        - {name: 丙, birth: 1946-05, sex: male, facts: {consent.self: {value: yes, date: 2026-05-02}}}
      """
    let json = """
      {"day": "2026-06-10", "batch": {"first_day": "2026-06-08", "last_day": "2026-06-14", "planned": 20,
      "escorts": [{"name": "甲"}, {"name": "乙", "medical": true, "licence": "1", "licence_until": "2027-01-01"}],
      "activities": {"lecture": 2}, "facts": {"plan.health": {"number": "1", "date": "2026-05-01", "person": "周敏"}}},
      "people": [{"name": "丙", "birth": "1946-05", "sex": "male", "facts": {"consent.self": {"value": "yes", "date": "2026-05-02"}}}]}
      """
    for text in [yaml, json] {
      let file = try read(text)
      #expect(file.day == Day("2026-06-10") && file.batch.plannedParticipants == 20)
      #expect(file.batch.escorts.map(\.isMedical) == [false, true] && file.batch.activities == [.lecture: 2])
      #expect(file.batch.facts[.planHealth]?.person == "周敏")
      #expect(file.people.map(\.name) == ["丙"] && file.people[0].facts.birth == .month(year: 1946, month: 5))
      #expect(file.people[0].facts.facts[.consentSelf]?.value == "yes")
      let results = try Packs.regulation("wh-2023").results(at: .open, on: file.day, batch: file.batch)
      #expect(results.first { $0.rule == "WH12" }?.outcome == .pass)
    }
  }

  @Test(
    "every fault is told with its line and field",
    arguments: [
      ("batch: {planned: 0, first_day: 2026-06-08}", "1 batch.planned"),
      ("batch: {first_day: 2026-06-08, facts: {checkup: {date: 2026-01-01}}}", "1 batch.facts.checkup"),
      ("batch: {first_day: 2026-06-08, facts: {kit: {value: full}}}", "1 batch.facts.kit.value"),
      ("batch: {first_day: 2026-06-08}\npeople: [{birth: 46.5}]", "2 people[1].birth"),
      ("batch: {first_day: 2026-06-08}\npeople: [{name: 甲}, {name: 甲}]", "2 people"),
      ("batch: {first_day: 2026-06-08}\ndepartures: [{rule: NM11, gate: noon, reason: x, person: y}]", "2 departures[NM11].gate"),
      ("batch: {last_day: 2026-06-01, first_day: 2026-06-08}", "1 batch.last_day"),
      ("batch: {}", "1 day"), ("day: 2026-06-08", "1 batch"), ("batch: {first_day: 2026-06-08, present: -1}", "1 batch.present"),
    ])
  func refused(text: String, place: String) {
    let faults = #expect(throws: PackFaults.self) { try read(text) }
    #expect(faults?.faults.map { "\($0.line) \($0.field)" }.contains(place) == true, "\(String(describing: faults))")
  }
}

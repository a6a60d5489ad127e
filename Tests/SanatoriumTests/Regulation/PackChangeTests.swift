import Packs
import Sanatorium
import Testing

@Suite("What a pack changes")
struct PackChangeTests {
  private static let pack = """
    id: nm-county
    edition: 1
    title: {zh: 某县实施细则, en: A county's rules}
    issuer: {zh: 某县退役军人事务局, en: A county bureau}
    document: 1号
    status: in_force
    extends: [nm-2023]
    allowed_by: {article: 第十四条, quote: 细化具体措施}
    parameters:
      max_days: 14
      usual_days: 7
      batch_cap: 40
      outdoor: false
    changes:
      - rule: NM12
        force: H
      - rule: NM14
        title: {zh: 一般七天, en: Seven days}
        checks:
          - {kind: usual_days, gates: [open, arrival], force: S, by: [HOST]}
    """

  private func told(_ text: String) throws -> [PackChange] {
    try #require(try RegulationPacks.builtIn.adding([("nm-county.yaml", Array(text.utf8))]).told("nm-county")).changes
  }

  private func faults(_ old: String, _ new: String) -> [PackFault] {
    #expect(Self.pack.contains(old))
    let faults = #expect(throws: PackFaults.self) { try told(Self.pack.replacing(old, with: new)) }
    return faults?.faults ?? []
  }

  @Test("every figure and every part of a rule is told with its old and its new value, and the clause")
  func changes() throws {
    let changes = try told(Self.pack)
    func find(_ subject: String, _ part: String? = nil) -> PackChange? {
      changes.first { $0.subject == subject && $0.part == part }
    }
    #expect(changes.map { $0.part ?? "" } == ["", "", "", "force", "checks", "title"])
    let days = try #require(find("max_days"))
    #expect(days.old?.chinese == "10" && days.new.chinese == "14" && days.base == "nm-2023")
    #expect(days.permission?.article == "第十四条")
    let sentence = days.sentence(.chinese)
    #expect(sentence.hasPrefix("max_days：nm-2023 是 10，改为 14，依据第十四条“"))
    let size = try #require(find("batch_cap"))
    #expect(size.old == nil && size.new.english == "40" && size.permission == nil)
    #expect(find("outdoor")?.old?.chinese == "true" && find("outdoor")?.new.chinese == "false")
    // What is written as it was is no change.
    #expect(find("usual_days") == nil)
    let force = try #require(find("NM12", "force"))
    #expect(force.old?.chinese == "S（原则上）" && force.new.chinese == "H（必须）" && force.permission?.article == "第十四条")
    let checks = try #require(find("NM14", "checks"))
    #expect(checks.new.chinese == "[{kind: usual_days, gates: [open, arrival], force: S, by: [HOST]}]")
    #expect(checks.old != checks.new && find("NM14", "title")?.new.chinese == "{zh: 一般七天, en: Seven days}")
  }

  @Test("a regulation that stands alone sets its own figures")
  func alone() throws {
    let changes = try #require(try RegulationPacks.builtIn.told("wh-2023")).changes
    #expect(changes.allSatisfy { $0.base == nil && $0.part == nil })
    #expect(changes.map(\.subject).contains("ratio"))
  }

  @Test(
    "a change that changes nothing is refused",
    arguments: [
      ("  - rule: NM12\n    force: H\n", "  - rule: NM12\n", "changes[NM12].rule"),
      ("    force: H\n", "    force: S\n", "changes[NM12].force"),
      ("{zh: 一般七天, en: Seven days}", "{zh: 一般 7 天, en: Usually 7 days}", "changes[NM14].title"),
    ])
  func idle(old: String, new: String, field: String) {
    let found = faults(old, new)
    #expect(found.map(\.field) == [field] && found.allSatisfy { $0.line > 13 })
  }

  @Test("a draft has no document number")
  func draft() {
    #expect(faults("status: in_force", "status: draft").map { "\($0.line) \($0.field)" } == ["5 document"])
  }

  @Test("a wrong force is told as such, not as no change")
  func wrong() {
    #expect(faults("    force: H\n", "    force: X\n").map(\.field) == ["changes[NM12].force"])
  }
}

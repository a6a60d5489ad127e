import Foundation
import Packs
import Sanatorium
import Testing

@Suite("Regulation packs")
struct RegulationPackTests {
  @Test(
    "the built-in regulations hold every rule of theirs, over the baseline's",
    arguments: [("nm-2023", "NM", 20), ("jn-2026-draft", "JN", 19), ("wh-2023", "WH", 19)])
  func builtIn(id: String, prefix: String, count: Int) throws {
    let regulation = try Packs.regulation(id)
    func ids(_ prefix: String, _ count: Int) -> [String] {
      (1...count).map { "\(prefix)\($0 < 10 ? "0" : "")\($0)" }
    }
    #expect(regulation.rules.map(\.id) == ids(prefix, count) + ids("CN", 8))
    #expect(regulation.bases == ["cn-base"])
    #expect(regulation.rules.allSatisfy { !$0.article.isEmpty && !$0.quote.isEmpty && $0.report != nil })
    #expect(regulation.rules.filter { $0.regulation == "cn-base" }.count == 8)
  }

  @Test("the parameter sheets are those of the texts")
  func parameters() throws {
    let nm = try Packs.regulation("nm-2023").parameters
    #expect(nm.maxDays == 10 && nm.usualDays == 7 && nm.batchCap == nil && nm.ageCap == nil && nm.selfCare == .full)
    #expect(nm.exclusions == [.infectious] && nm.insurance == [.accident, .personal] && nm.cycleYears == nil)
    #expect(
      nm.ratio?.medical == .excluded && nm.ratio?.participantsPerEscortAtLeast == nil && nm.venueArea?.code == "15")
    let jn = try Packs.regulation("jn-2026-draft")
    #expect(jn.parameters.maxDays == 7 && jn.parameters.ageCap == 80 && jn.parameters.selfCare == nil)
    #expect(jn.status == .draft && jn.documentNumber == nil && jn.validity == Validity())
    let wh = try Packs.regulation("wh-2023")
    #expect(wh.parameters.batchCap == 100 && wh.parameters.selfCare == .able && wh.parameters.cycleYearsLimit == 3)
    #expect(wh.validity.until == Day("2025-12-31") && wh.validity.from == Day("2023-11-30"))
    #expect(wh.parameters.checkupMonths == 12)
  }

  @Test("a frozen regulation comes back from its JSON unchanged", arguments: Packs.regulations)
  func frozen(id: String) throws {
    let regulation = try Packs.regulation(id)
    let json = try JSONEncoder().encode(regulation)
    #expect(try JSONDecoder().decode(Regulation.self, from: json) == regulation)
  }

  @Test("a sheet frozen before a parameter existed sets nothing of it")
  func olderSheet() throws {
    let sheet = try JSONDecoder().decode(RegulationParameters.self, from: Data(#"{"maxDays":7}"#.utf8))
    #expect(sheet.maxDays == 7 && sheet.ageCapInclusive && sheet.insurance.isEmpty)
  }

  @Test("results can be kept with a gate's record")
  func results() throws {
    let results = try Scene("nm-2023").results(at: .arrival)
    #expect(try JSONDecoder().decode([RuleResult].self, from: JSONEncoder().encode(results)) == results)
  }

  @Test("an unknown regulation is refused, naming those there are")
  func unknown() {
    #expect(throws: PackFaults.self) { try Packs.regulation("xx-1999") }
  }

  // A county's pack, line by line; tests change one line.
  private static let county = """
    id: nm-county
    edition: 1
    title: {zh: 某县实施细则, en: A county's rules}
    issuer: {zh: 某县退役军人事务局, en: A county bureau}
    document: 某退役军人发〔2025〕1号
    status: in_force
    valid_from: 2025-01-01
    extends: [nm-2023]
    allowed_by: {article: 第十四条, quote: 结合本地实际情况细化具体措施}
    parameters:
      max_days: 8
    rules:
      - id: NC01
        article: 第三条
        quote: 每批安排一名护士
        title: {zh: 护士, en: Nurse}
        checks:
          - {kind: facts, facts: [duty.medical], gates: [open], force: S, by: [HOST]}
    changes:
      - rule: NM12
        force: H
    """

  private func load(_ text: String, file: String = "nm-county.yaml") throws -> Regulation {
    try #require(try RegulationPacks.builtIn.adding([(file, Array(text.utf8))]).regulation("nm-county"))
  }

  /// `line field` of every fault.
  private func faults(_ old: String, _ new: String) -> [String] {
    let text = Self.county.replacing(old, with: new)
    do {
      _ = try load(text)
      return []
    } catch let faults as PackFaults {
      return faults.faults.map { "\($0.line) \($0.field)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("a county's pack refines the city's, naming the clause")
  func extended() throws {
    let regulation = try load(Self.county)
    #expect(regulation.bases == ["nm-2023", "cn-base"])
    #expect(regulation.parameters.maxDays == 8 && regulation.parameters.usualDays == 7)
    #expect(regulation.rules.count == 1 + 20 + 8)
    let venue = try #require(regulation.rule("NM12"))
    #expect(venue.checks.allSatisfy { $0.force == .hard } && venue.changedBy?.regulation == "nm-county")
    #expect(venue.changedBy?.article == "第十四条" && venue.changedBy?.quote.contains("盟市") == true)
    #expect(regulation.rule("NC01")?.regulation == "nm-county" && regulation.rule("NM02")?.regulation == "nm-2023")
    let first = day("2025-05-12")
    let results = regulation.results(at: .open, on: first, batch: BatchFacts(firstDay: first, lastDay: first + 8))
    #expect(results.first { $0.rule == "NM15" }?.outcome == .fail)
    #expect(try Packs.regulation("nm-2023").parameters.maxDays == 10)
  }

  @Test(
    "each fault is refused with its line and field",
    arguments: [
      ("kind: facts", "kind: guess", "18 rules[NC01].checks[1].kind"),
      ("    article: 第三条\n", "", "13 rules[NC01].article"),
      ("    quote: 每批安排一名护士\n", "", "13 rules[NC01].quote"),
      ("id: NC01", "id: NM02", "13 rules[NM02].id"),
      ("max_days: 8", "max_days: 0", "11 parameters.max_days"),
      ("max_days: 8", "max_days: many", "11 parameters.max_days"),
      ("max_days: 8", "cycle_years: 40", "11 parameters.cycle_years"),
      ("max_days: 8", "usual_days: 11", "11 parameters.usual_days"),
      ("max_days: 8", "bed_cap: 60", "11 parameters.bed_cap"),
      ("max_days: 8", "insurance: [accident, fire]", "11 parameters.insurance"),
      ("max_days: 8", "grounds: [merit_9]", "11 parameters.grounds"),
      ("max_days: 8", "venue_area: {code: \"99\", zh: 某地, en: There}", "11 parameters.venue_area.code"),
      ("max_days: 8", "insurance: []", "11 parameters.insurance"),
      ("max_days: 8", "grounds:\n    - merit_2\n    - merit_9", "13 parameters.grounds"),
      ("allowed_by: {article: 第十四条, quote: 结合本地实际情况细化具体措施}\n", "", "10 parameters.max_days"),
      ("allowed_by: {article: 第十四条, quote: 结合本地实际情况细化具体措施}\n", "", "19 changes[NM12].rule"),
      ("article: 第十四条", "article: 第十五条", "9 allowed_by.article"),
      ("quote: 结合本地实际情况细化具体措施", "quote: 可以放宽", "9 allowed_by.quote"),
      ("{article: 第十四条", "{regulation: cn-base, article: 第十四条", "9 allowed_by.regulation"),
      ("- rule: NM12", "- rule: CN03", "20 changes[CN03].rule"),
      ("max_days: 8", "checkup_months: 24", "11 parameters.checkup_months"),
      ("extends: [nm-2023]", "extends: [wh-2019]", "8 extends"),
      ("extends: [nm-2023]", "extends: [nm-county]", "8 extends"),
      ("extends: [nm-2023]", "extends: [nm-2023, wh-2023]", "8 extends"),
      ("rule: NM12", "rule: NM99", "20 changes[NM99].rule"),
      ("duty.medical", "duty.cook", "18 rules[NC01].checks[1].facts"),
      ("duty.medical]", "duty.medical, checkup]", "18 rules[NC01].checks[1].facts"),
      ("facts: [duty.medical]", "facts: [kit], values: [full]", "18 rules[NC01].checks[1].values"),
      ("facts: [duty.medical]", "facts: [kit], parts: [until]", "18 rules[NC01].checks[1].parts"),
      ("kind: facts, facts: [duty.medical]", "kind: batch_cap", "18 rules[NC01].checks[1].kind"),
      ("gates: [open]", "gates: []", "18 rules[NC01].checks[1].gates"),
      ("gates: [open]", "gates: [noon]", "18 rules[NC01].checks[1].gates"),
      ("force: S", "force: X", "18 rules[NC01].checks[1].force"),
      ("valid_from: 2025-01-01", "valid_from: 2025-02-30", "7 valid_from"),
      ("valid_from: 2025-01-01", "valid_from: 2025-01-01\nvalid_until: 2024-01-01", "8 valid_until"),
      ("status: in_force", "status: dead", "6 status"),
      ("document: 某退役军人发〔2025〕1号\n", "", "1 document"),
      ("edition: 1", "edition: 1\nedition: 2", "2 edition"),
      ("id: nm-county", "id: wh county", "1 id"),
      ("title: {zh: 某县实施细则", "title: {zh: ''", "3 title.zh"),
      ("issuer: {", "issuer: {zh2: x, ", "4 issuer.zh2"),
    ])
  func refused(old: String, new: String, place: String) {
    #expect(Self.county.contains(old))
    #expect(faults(old, new).contains(place), "\(faults(old, new))")
  }

  @Test("all faults of a file are told at once, in the order of its lines")
  func all() {
    let text = Self.county.replacing("edition: 1", with: "edition: x").replacing("max_days: 8", with: "batch_cap: 0")
      .replacing("force: S", with: "force: X")
    do {
      _ = try load(text)
      Issue.record("it was taken")
    } catch let faults as PackFaults {
      #expect(faults.faults.map(\.line) == [2, 11, 18])
      #expect(faults.faults.allSatisfy { $0.file == "nm-county.yaml" && !$0.reason.chinese.isEmpty })
    } catch {
      Issue.record(error)
    }
  }

  @Test("a pack of packs that extend each other is refused, naming the circle")
  func circle() throws {
    let other = Self.county.replacing("id: nm-county", with: "id: nm-town").replacing("[nm-2023]", with: "[nm-county]")
    let packs = RegulationPacks.builtIn.adding([
      ("nm-county.yaml", Array(Self.county.replacing("[nm-2023]", with: "[nm-town]").utf8)),
      ("nm-town.yaml", Array(other.utf8)),
    ])
    let faults = #expect(throws: PackFaults.self) { try packs.regulation("nm-county") }
    let fault = try #require(faults?.faults.first { $0.field == "extends" })
    #expect(fault.file == "nm-town.yaml" && fault.line == 8)
    #expect(fault.reason.chinese.contains("nm-county → nm-town → nm-county"))
  }

  @Test("anchors and aliases are refused before they unfold, wherever they hide")
  func bomb() {
    let bomb =
      "a: &a [x, x, x, x, x, x, x, x, x]\n"
      + zip("bcdefghi", "abcdefgh").map {
        "\($0): &\($0) [\(Array(repeating: "*\($1)", count: 9).joined(separator: ","))]"
      }
      .joined(separator: "\n")
    for text in [bomb, "id: !!str &a x", "k: [*a]", "k: {b:&a 1}", "- &a", "\"#\": *a"] {
      let faults = #expect(throws: PackFaults.self) { try load(text) }
      #expect(faults?.faults.map(\.line) == [1])
    }
    #expect(faults("每批安排一名护士", "自2026年*月*日起 & 施行") == [])
  }

  @Test("depth, size, encoding and emptiness have their limits")
  func limits() {
    let deep = "id: " + String(repeating: "[", count: 100_000)
    let long = Self.county + "\n#" + String(repeating: "长", count: 200_000)
    for text in [deep, long, "", "- a", "just words", "id: [unclosed", "\tid: x", "rules: {}"] {
      #expect(throws: PackFaults.self) { try load(text) }
    }
    #expect(throws: PackFaults.self) {
      try RegulationPacks.builtIn.adding([("nm-county.yaml", [0x69, 0xFF, 0xFE])]).regulation("nm-county")
    }
  }

  @Test("a regulation without a clause that allows it can't be refined")
  func notRefinable() {
    let text = Self.county.replacing("[nm-2023]", with: "[wh-2023]").replacing("rule: NM12", with: "rule: WH10")
    let faults = #expect(throws: PackFaults.self) { try load(text) }
    #expect(faults?.faults.map { "\($0.line) \($0.field)" } == ["9 allowed_by.article", "11 parameters.max_days", "20 changes[WH10].rule"])
    #expect(faults?.faults.last?.reason.chinese.contains("wh-2023 没有允许下级细化的条款") == true)
  }

  @Test("a pack on several regulations says which of two figures counts")
  func several() throws {
    let joint = Self.county.replacing("[nm-2023]", with: "[nm-2023, cn-county]")
    let base = """
      id: cn-county
      edition: 1
      title: {zh: 某通知, en: A notice}
      issuer: {zh: 某局, en: A bureau}
      document: 1号
      status: in_force
      parameters: {max_days: 6, batch_cap: 50}
      rules: [{id: CC01, article: 一, quote: 每批不超过50人, title: {zh: 人数, en: Size}, checks: [{kind: batch_cap, gates: [open], force: H, by: [ORG]}]}]
      """
    func read(_ text: String) throws -> Regulation? {
      try RegulationPacks.builtIn.adding([("nm-county.yaml", Array(text.utf8)), ("cn-county.yaml", Array(base.utf8))])
        .regulation("nm-county")
    }
    let regulation = try #require(try read(joint))
    #expect(regulation.parameters.batchCap == 50 && regulation.parameters.maxDays == 8)
    #expect(regulation.bases == ["nm-2023", "cn-base", "cn-county"])
    let faults = #expect(throws: PackFaults.self) { try read(joint.replacing("max_days: 8", with: "usual_days: 6")) }
    #expect(faults?.faults.map(\.field).contains("extends") == true)
  }

  @Test("a pack that takes the id of a built-in one is left out")
  func taken() throws {
    let packs = RegulationPacks.builtIn.adding([("nm-2023.yaml", Array(Self.county.utf8))])
    #expect(packs.faults.map(\.file) == ["nm-2023.yaml"])
    #expect(try packs.regulation("nm-2023")?.parameters.maxDays == 10)
  }

  @Test("a file is named after its id")
  func fileName() throws {
    let packs = RegulationPacks([("other.yaml", Array(Self.county.replacing("[nm-2023]", with: "[]").utf8))])
    #expect(throws: PackFaults.self) { try packs.regulation("other") }
    #expect(try packs.regulation("nm-county") == nil)
  }
}

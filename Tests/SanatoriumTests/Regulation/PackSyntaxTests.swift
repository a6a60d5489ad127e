import Packs
import Sanatorium
import Testing

@Suite("Slips in a pack's YAML")
struct PackSyntaxTests {
  private static let pack = """
    id: nm-county
    edition: 1
    title:
      zh: 某县：实施细则，试行
      en: A county's rules
    issuer: {zh: 某县退役军人事务局, en: A county bureau}
    document: 1号
    status: in_force
    extends: [nm-2023]
    allowed_by: {article: 第十四条, quote: 细化具体措施}
    parameters:
      max_days: 8
    changes:
      - rule: NM12
        force: H
      - rule: NM14
        force: H

    """

  private func read(_ bytes: [UInt8]) throws -> Regulation? {
    try RegulationPacks.builtIn.adding([("nm-county.yaml", bytes)]).regulation("nm-county")
  }

  private func faults(_ bytes: [UInt8]) -> [PackFault] {
    let faults = #expect(throws: PackFaults.self) { try read(bytes) }
    return faults?.faults ?? []
  }

  private func faults(_ old: String, _ new: String) -> [PackFault] {
    #expect(Self.pack.contains(old))
    return faults(Array(Self.pack.replacing(old, with: new).utf8))
  }

  @Test(
    "the slip behind the parser's message is told with its own line and that line's text",
    arguments: [
      ("edition: 1", "edition：1", 2, "全角冒号", "edition：1"),
      ("  - rule: NM14", "  - rule：NM14", 16, "全角冒号", "- rule：NM14"),
      ("  zh: 某县", "\tzh: 某县", 4, "TAB", "zh: 某县"),
      ("局, en", "局，en", 6, "全角逗号", "issuer: "),
      ("bureau}", "bureau", 6, "“{”没有对应的“}”", "issuer: "),
      ("[nm-2023]", "[nm-2023", 9, "“[”没有对应的“]”", "extends: [nm-2023"),
      ("[nm-2023]", "［nm-2023］\n  a: b", 9, "全角括号", "extends: ［"),
      ("1号", "文号: 1号", 7, "两个冒号", "document: 文号: 1号"),
      ("document: 1号", "document:1号", 7, "冒号后面少了空格", "document:1号"),
      ("  en: A county's", "   en: A county's", 5, "缩进没有对齐：这一行行首有 3 个空格，上面各层是 0、2 个", "en: A county's"),
      ("  en: A county's", " en: A county's", 5, "缩进没有对齐", "en: A county's"),
      ("    force: H\n  -", "     force: H\n  -", 15, "缩进没有对齐", "force: H"),
      ("  - rule: NM14", " - rule: NM14", 16, "缩进没有对齐", "- rule: NM14"),
      ("1号", "\"1号", 7, "引号只写了一半", "document: \"1号"),
      ("zh: 某县", "zh: \"某县", 4, "引号只写了一半", "zh: \"某县"),
      ("- rule: NM12", "-rule: NM12", 14, "“-”后面少了空格", "-rule: NM12"),
      ("  - rule: NM14\n    force: H", "  {rule: NM14, force: H}", 16, "行首少了“- ”", "{rule: NM14"),
      ("max_days: 8", "max_days: @8", 12, "文字不能以这个符号开头", "max_days: @8"),
    ])
  func slips(old: String, new: String, line: Int, words: String, text: String) {
    let found = faults(old, new)
    let reason = found.first?.reason
    #expect(found.map(\.line) == [line], "\(found)")
    #expect(reason?.chinese.contains(words) == true, "\(found)")
    #expect(reason?.chinese.contains("这一行是：\(text)") == true, "\(reason?.chinese ?? "")")
    #expect(reason?.chinese.contains("expected") == false && reason?.english.hasPrefix("not valid YAML: ") == true)
  }

  @Test("marks of full width where the YAML itself is right are told as well")
  func wide() {
    let check = "allowed_by: {article：第十四条, article: 第十四条, quote: 细化具体措施}"
    let key = faults("allowed_by: {article: 第十四条, quote: 细化具体措施}", check)
    #expect(key.count == 1 && key.first?.reason.chinese.contains("全角冒号") == true)
    let value = faults("max_days: 8", "insurance: [accident，personal]")
    #expect(value.count == 1 && value.first?.reason.chinese.contains("全角逗号") == true)
  }

  @Test("a byte order mark and Windows' line ends are taken")
  func windows() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array(Self.pack.replacing("\n", with: "\r\n").utf8)
    #expect(try read(bytes)?.parameters.maxDays == 8)
    let found = faults([0xEF, 0xBB, 0xBF] + Array(Self.pack.replacing("\n", with: "\r\n").replacing("edition:", with: "edition：").utf8))
    #expect(found.map(\.line) == [2] && found.first?.reason.chinese.contains("全角冒号") == true)
  }

  @Test("a file of another encoding is told how to be saved")
  func encoding() {
    // 某县 in GBK.
    let found = faults([0xC4, 0xB3, 0xCF, 0xD8])
    #expect(found.count == 1 && found.first?.reason.chinese.contains("另存为") == true)
  }

  @Test("a field given twice is named")
  func twice() {
    let found = faults("max_days: 8", "max_days: 8\n  max_days: 9")
    #expect(found.map(\.field) == ["max_days"] && found.map(\.line) == [12])
    #expect(found.first?.reason.chinese == "同一个字段写了两次：max_days")
  }

  @Test("what could not be read is not told as emptied")
  func unread() {
    #expect(faults("max_days: 8", "indicators: [x]").map(\.reason.chinese).contains { $0.contains("不能清空") } == false)
    #expect(faults("max_days: 8", "indicators: []").map(\.reason.chinese).contains { $0.contains("不能清空") })
  }

  @Test("an unknown regulation above is answered with those there are")
  func parent() {
    let found = faults("[nm-2023]", "[nm-2022]").first { $0.field == "extends" }
    #expect(found?.reason.chinese.contains("有 cn-base, jn-2026-draft, nm-2023, wh-2023") == true)
  }

  @Test("what is no list is told once")
  func noList() {
    let found = faults(
      "changes:\n  - rule: NM12\n    force: H\n  - rule: NM14\n    force: H\n",
      "rules:\n  - {id: A, article: 一, quote: 一, title: {zh: 一, en: 1}, checks: {kind: issued}}\n")
    #expect(found.map(\.field) == ["rules[A].checks"])
  }

  @Test("an item without a name of its own is told by its place, from 1")
  func place() {
    let found = faults("    force: H\n  -", "    checks:\n      - {kind: guess, gates: [open], force: H, by: [ORG]}\n  -")
    #expect(found.map(\.field) == ["changes[NM12].checks[1].kind"])
    let nameless = faults("  - rule: NM14\n", "  - title: {zh: 甲, en: A}\n")
    #expect(nameless.map(\.field).contains("changes[2].rule"))
  }
}

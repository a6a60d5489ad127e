import Foundation
import Packs
import Sanatorium
import Testing

@testable import Documents

@Suite struct RosterCheckTests {
  private func check(_ name: String, _ regulation: String, _ start: String) throws -> RosterCheck {
    try RosterCheck.run(
      bytes: try Fixture.bytes(name), regulation: try Packs.regulation(regulation), startsOn: .of(start))
  }

  @Test("The faulty list gives exactly the planted faults under Jining, each once, by row")
  func planted() throws {
    let check = try check("roster-jining-24-with-faults.csv", "jn-2026-draft", "2026-09-21")
    #expect(check.rows == 24)
    #expect(
      check.summary == [
        "2 身份证号 identity-check-digit error", "3 出生日期 birth-no-such-day error", "4 家属同意 JN07 H",
        "5 单位批准 JN07 H", "6 保险单号 JN08 H", "8 传染病筛查 JN06 H", "9 出生日期 JN05 H",
        "11 身份证号 duplicate-person error", "12 身份证号 duplicate-person error", "13 姓名 name-missing error",
        "14 姓名 name-formula ask", "15 姓名 name-script ask", "17 性别 sex-contradicts-identity error",
      ])
    #expect(check.notAsked == ["JN06", "JN10", "JN17"])
    #expect(check.isStopped)
    #expect(check.faults.allSatisfy { ($0.rule == nil) == ($0.clause == nil) })
    #expect(check.participants[12].name == "=HYPERLINK(\"http://example.invalid\",\"点我\")")
    #expect(check.participants[13].name == "<script>alert(1)</script>")
  }

  @Test("The one who cannot care for himself fails under Weihai, where 81 years only need a reason")
  func weihai() throws {
    let check = try check("roster-jining-24-with-faults.csv", "wh-2023", "2026-09-21")
    #expect(check.summary.contains("7 生活自理 WH06 H"))
    #expect(check.summary.contains("9 出生日期 WH08 S"))
    #expect(!check.summary.contains { $0.hasPrefix("10 ") || $0.hasPrefix("16 ") })
  }

  @Test(
    "The three sound lists pass under their regulations",
    arguments: [
      ("roster-jining-62.xlsx", "jn-2026-draft", "2026-09-14"), ("roster-neimenggu-48.csv", "nm-2023", "2026-06-08"),
      ("roster-weihai-100-gb18030.csv", "wh-2023", "2025-05-12"),
    ])
  func sound(_ name: String, _ regulation: String, _ start: String) throws {
    #expect(try check(name, regulation, start).summary == [])
  }

  @Test("Only what has a column is judged; a missing column is named once and is nobody's fault")
  func onlyAsked() throws {
    let regulation = try Packs.regulation("nm-2023")
    let check = try RosterCheck.run(
      bytes: Array("姓名,性别,险种,保单号,生活自理\n张三,男,意外险,A100,基本自理\n李四,女,,A200,是\n".utf8),
      regulation: regulation, startsOn: .of("2026-06-08"))
    #expect(check.summary == ["2 险种 NM07 H", "2 生活自理 NM02 H", "3 险种 NM07 H"])
    #expect(check.notAsked.contains("NM05") && check.notAsked.contains("NM02") && !check.notAsked.contains("NM07"))
  }

  @Test("A birth known to the month is unknown at the age limit only")
  func monthAtLimit() throws {
    let regulation = try Packs.regulation("jn-2026-draft")
    let check = try RosterCheck.run(
      bytes: Array("姓名,出生年月\n张三,1945年9月\n李四,1946年5月\n".utf8), regulation: regulation, startsOn: .of("2026-09-21"))
    #expect(check.summary == ["2 出生年月 JN05 H", "3 出生年月 birth-month-only ask"])
  }

  @Test("A wrong identity number does not hide that its owner is too old")
  func independentFaults() throws {
    let regulation = try Packs.regulation("jn-2026-draft")
    let check = try RosterCheck.run(
      bytes: Array("姓名,出生日期,身份证号\n张三,1940-01-01,990101194501010021\n李四,,1.1E+17\n".utf8), regulation: regulation,
      startsOn: .of("2026-09-21"))
    #expect(
      check.summary == [
        "2 出生日期 JN05 H", "2 身份证号 identity-check-digit error", "3 出生日期 birth-missing error",
        "3 身份证号 identity-damaged error",
      ])
    let alone = try RosterCheck.run(
      bytes: Array("姓名,身份证号\n李四,1.1E+17\n王五,\n".utf8), regulation: regulation, startsOn: .of("2026-09-21"))
    #expect(alone.summary == ["2 身份证号 identity-damaged error", "3 身份证号 JN05 H"])
  }

  @Test("The result as JSON names every row, fault and rule that was not asked")
  func json() throws {
    let check = try check("roster-jining-24-with-faults.csv", "jn-2026-draft", "2026-09-21")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(try check.json(.chinese))) as? [String: Any])
    #expect(object["rows"] as? Int == 24)
    #expect((object["participants"] as? [[String: Any]])?.count == 24)
    #expect(object["notAsked"] as? [String] == check.notAsked)
    let faults = try #require(object["faults"] as? [[String: Any]])
    #expect(faults.count == 13)
    #expect(faults[0]["rule"] is NSNull && faults[0]["code"] as? String == "identity-check-digit")
    #expect(faults[2]["rule"] as? String == "JN07" && faults[2]["force"] as? String == "H")
    #expect(faults[2]["value"] as? String == "否" && (faults[2]["clause"] as? String)?.contains("家属同意") == true)
    let english = try #require(String(validating: try check.json(.english), as: UTF8.self))
    #expect(english.contains("no such day"))
    #expect(!english.contains("999910196201156455") && english.contains("999910********6455"))
  }
}

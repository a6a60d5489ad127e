import Sanatorium
import Testing

@testable import Documents

@Suite struct RosterValueTests {
  @Test(
    "Dates of birth as people write them",
    arguments: [
      ("1946-05-01", "1946-05-01"), ("1946.5.1", "1946-05-01"), ("1946/5/1", "1946-05-01"), ("19460501", "1946-05-01"),
      ("1946年5月1日", "1946-05-01"), ("１９４６年５月１日", "1946-05-01"), ("1946年05月01号", "1946-05-01"),
      ("1946-5-1 0:00:00", "1946-05-01"), ("1946-05-01T00:00:00", "1946-05-01"), (" 1946. 5. 1 ", "1946-05-01"),
      ("1946.05.01.", "1946-05-01"), ("17671", "1948-05-18"), ("46.5.1", "1946-05-01"), ("460501", "1946-05-01"),
      ("12/25/1953", "1953-12-25"), ("1946年5月", "1946-05"), ("46.5", "1946-05"), ("1946-05", "1946-05"),
      ("194605", "1946-05"), ("1946.5月", "1946-05"), ("1951-02-30", "none"), ("1946年13月", "none"), ("19461301", "none"),
      ("3/7/1952", "ambiguous"), ("1946", "?"), ("四六年五月", "?"), ("1946年", "?"), ("不详", "?"), ("/", "?"),
      ("1946-05-01-02", "?"),
      ("99999999999999999999", "?"), ("1946--05", "?"),
    ])
  func births(_ text: String, _ expected: String) {
    let read: String =
      switch RosterDate(SheetCell(.text, text: text)) {
      case .day(let day, _): day.description
      case .month(let year, let month): BirthDate.month(year: year, month: month).description
      case .noSuchDay: "none"
      case .ambiguous: "ambiguous"
      case .unreadable: "?"
      case .blank: ""
      }
    #expect(read == expected)
  }

  @Test("A number 1946.1 may be January or October, for a spreadsheet drops the zero")
  func lostZero() {
    #expect(RosterDate(SheetCell(.number, text: "1946.1")) == .ambiguous)
    #expect(RosterDate(SheetCell(.number, text: "1946.5")) == .month(year: 1946, month: 5))
    #expect(RosterDate(SheetCell(.number, text: "17671")) == .day(.of("1948-05-18"), shortYear: false))
  }

  @Test(
    "Answers as people tick them; blank, / and 无 are three things",
    arguments: [
      ("是", "yes"), ("√", "yes"), ("有", "yes"), ("同意", "yes"), ("已签", "yes"), ("Ｙ", "yes"), ("1", "yes"), ("否", "no"),
      ("×", "no"), ("无", "no"), ("N", "no"), ("0", "no"), ("不同意", "no"), ("", "blank"), ("　", "blank"), ("/", "n/a"),
      ("—", "n/a"), ("同意（张三签）", "yes"), ("☑是 □否", "yes"), ("□是 ☑否", "no"), ("是√ 否□", "yes"), ("再说", "?"),
      ("同意（2026.8.1）", "yes 2026-08-01"), ("2026-08-01", "yes 2026-08-01"),
    ])
  func answers(_ text: String, _ expected: String) {
    let read: String =
      switch RosterAnswer(SheetCell(text.isEmpty ? .blank : .text, text: text)) {
      case .yes(let day): "yes" + (day.map { " \($0)" } ?? "")
      case .no: "no"
      case .blank: "blank"
      case .notApplicable: "n/a"
      case .unreadable: "?"
      }
    #expect(read == expected)
  }

  @Test(
    "Identity numbers: typed with gaps, cut by a spreadsheet, or wrong",
    arguments: [
      ("99010119450101008X", "sound"), ("99010119450101008x", "sound"), ("９９０１０１19450101008Ｘ", "sound"),
      ("990101 19450101 008X", "sound"), ("'990101194501010020", "sound"), ("990101450101008", "old"),
      ("1.10E+17", "damaged"), ("999905194805182000", "damaged"), ("990101194501010021", "identity-check-digit"),
      ("990101194502300021", "identity-no-such-day"), ("99010119450101008", "identity-length"),
      ("99010119450101A08X", "other"), ("军字第1234567号", "other"), ("", "blank"), ("无", "blank"),
    ])
  func identities(_ text: String, _ expected: String) {
    let read: String =
      switch RosterIdentity(SheetCell(text.isEmpty ? .blank : .text, text: text)) {
      case .blank: "blank"
      case .sound(let number): number.isOldForm ? "old" : "sound"
      case .damaged: "damaged"
      case .otherDocument: "other"
      case .wrong(let fault): fault.code
      }
    #expect(read == expected)
  }

  @Test("A numeric cell of more than 15 digits is damaged even when its check digit fits")
  func numericIdentity() {
    guard case .damaged = RosterIdentity(SheetCell(.number, text: "990101194501010020")) else {
      Issue.record("taken for a sound number")
      return
    }
  }

  @Test(
    "Grounds: several in a cell, unknown words kept",
    arguments: [
      ("一等功", ["merit_1"]), ("二等功", ["merit_2"]), ("三等战功", ["war_merit_3"]), ("战斗英雄称号", ["honor_title"]),
      ("高原边海防连续服役10年以上", ["hardship_10y"]), ("市委市政府表彰", ["city_award"]), ("先进军休干部", ["model_cadre"]),
      ("一等功、先进（优秀）军休干部", ["merit_1", "model_cadre"]), ("二等功/二等功", ["merit_2"]), ("三等功", ["merit_3"]), ("副大军区级表彰", ["deputy_theater_award"]),
      ("县委县政府表彰", ["county_award"]),
      ("县级先进军休干部", ["county_model_cadre"]), ("参战", ["war_service"]), ("某某奖章", ["某某奖章"]), ("无", []),
      ("大军区级单位表彰；荣立二等功1次", ["theater_award", "merit_2"]), ("市先进军休干部", ["model_cadre"]), ("", []),
    ])
  func grounds(_ text: String, _ expected: [String]) { #expect(RosterGround.read(text) == expected) }

  @Test(
    "A family contact written into one cell",
    arguments: [
      ("邓广林（配偶）14000018458", RosterContact(name: "邓广林", relation: "配偶", telephones: ["14000018458"])),
      ("配偶 邓广林 140 0001 8458", RosterContact(name: "邓广林", relation: "配偶", telephones: ["140 0001 8458"])),
      ("女儿李娜：14000012580", RosterContact(name: "李娜", relation: "女儿", telephones: ["14000012580"])),
      ("李娜 电话14000012580/0537-2345678", RosterContact(name: "李娜", telephones: ["14000012580", "0537-2345678"])),
      ("李娜", RosterContact(name: "李娜")),
    ])
  func contacts(_ text: String, _ expected: RosterContact) { #expect(RosterTelephone.contact(text) == expected) }

  @Test("Telephones: gaps, two numbers, a landline, a word behind; what can't be dialled is asked about")
  func telephones() {
    let read = { (text: String) in RosterTelephone.read(SheetCell(.text, text: text)) }
    #expect(read("138 0000 0000").isReadable)
    #expect(read("14000000001、0537-2345678").numbers == ["14000000001", "0537-2345678"])
    #expect(read("+86 14000000001").isReadable)
    #expect(read("14000000001（女儿）").isReadable)
    #expect(read("无").numbers.isEmpty)
    #expect(!read("1.4E+10").isReadable)
    #expect(!read("12345").isReadable)
  }

  @Test(
    "Headers are known whatever their width, gaps, brackets and line breaks",
    arguments: [
      ("姓　名", RosterField.name), ("姓名（曾用名）", .name), ("出生\n年月", .birth), ("公民身份号码", .identity),
      ("身份证号（18位）", .identity),
      ("家属／紧急联系人、关系、电话", .contact), ("选送单位", .unit), ("有何特殊病情", .conditions), ("联系电话：", .telephone), ("*性别", .sex),
      ("保单号", .policyNumber), ("立功情况", .ground), ("自理", .selfCare), ("民 族", .ethnicity),
    ])
  func headings(_ text: String, _ field: RosterField) { #expect(RosterField(header: text) == field) }

  @Test("No heading belongs to two fields")
  func headingsAreUnique() {
    var seen: [String: RosterField] = [:]
    for field in RosterField.allCases {
      for heading in field.headings {
        let key = RosterField.key(heading)
        #expect(seen[key] == nil || seen[key] == field, "\(heading)")
        seen[key] = field
      }
    }
  }

  @Test(
    "Names are kept as typed; what is no ordinary name is asked about",
    arguments: [
      ("=HYPERLINK(\"http://example.invalid\",\"点我\")", "name-formula"), ("＠张三", "name-formula"),
      ("-张三", "name-formula"),
      ("<script>alert(1)</script>", "name-script"), ("张\u{200B}三", "name-control"), ("张\u{202E}三", "name-control"),
      ("张三1", "name-unusual"), ("田?", "name-unusual"), ("张", "name-unusual"), ("张\u{E000}", "name-unusual"),
      ("张三", nil),
      ("孟其其格", nil), ("阿不都·买买提", nil), ("田㛃", nil), ("张　三", nil), ("𠮷野", nil),
    ] as [(String, String?)])
  func names(_ name: String, _ expected: String?) throws {
    let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
    let check = try RosterCheck.reading("姓名,性别\n\(quoted),男\n")
    #expect(check.participants[0].name == name)
    #expect(check.faults.map(\.code) == (expected.map { [$0] } ?? []))
    #expect(check.faults.allSatisfy { $0.force == .ask && $0.value == name })
  }

  @Test("One mistake is one fault: a birth that is no day is not compared with the identity number")
  func oneFaultEach() throws {
    let check = try RosterCheck.reading(
      """
      姓名,性别,出生日期,身份证号
      张三,男,1951-02-30,999901195003081017
      张四,不详,1950-03-08,
      张五,,,
      张六,,,999901195206192024
      张七,男,46.5.1,
      张八,男,2030-01-01,
      张九,女,1950-03-09,999902194812011124
      张十,男,1950-03-08,990101450101008
      """)
    #expect(
      check.summary == [
        "2 出生日期 birth-no-such-day error", "3 性别 sex-unreadable error", "4 性别 sex-missing error",
        "4 出生日期 birth-missing error", "5 性别 sex-from-identity ask", "5 出生日期 birth-from-identity ask",
        "6 出生日期 birth-short-year ask", "7 出生日期 birth-implausible error",
        "8 身份证号 identity-check-digit error", "9 性别 sex-contradicts-identity error",
        "9 出生日期 birth-contradicts-identity error", "9 身份证号 identity-old-form ask",
      ])
  }

  @Test("Insurance by kinds and numbers, or by a column for each kind")
  func insurance() throws {
    let check = try RosterCheck.reading(
      """
      姓名,险种,保单号,人身险保单号
      张三,意外伤害险、人身险,A100/B200,
      张四,意外险、人身险,A100,
      张五,意外险,统一购买,P300
      张六,财产险,A400,无
      张七,,A500,/
      """)
    let facts = check.participants.map(\.facts)
    #expect(facts[0][.insuranceAccident]?.number == "A100" && facts[0][.insurancePersonal]?.number == "B200")
    #expect(facts[1][.insuranceAccident]?.number == "A100" && facts[1][.insurancePersonal]?.number == "A100")
    #expect(facts[2][.insuranceAccident] == RecordedFact(value: "yes"))
    #expect(facts[2][.insurancePersonal] == RecordedFact(value: "yes", number: "P300"))
    #expect(facts[3][.insuranceAccident] == nil && facts[3][.insurancePersonal] == RecordedFact(value: "no"))
    #expect(facts[4][.insuranceAccident] == nil && facts[4][.insurancePersonal] == nil)
    #expect(check.summary == ["4 保单号 number-missing ask", "5 险种 insurance-unknown ask"])
  }

  @Test("Every code has a sentence in both languages and stands in its table once")
  func codes() {
    #expect(Set(RosterFaultCode.allCases.map(\.rawValue)).count == RosterFaultCode.allCases.count)
    for code in RosterFaultCode.allCases {
      #expect(code.message.chinese.hasSuffix("。") && code.message.english.hasSuffix("."))
      #expect(code.force == .error || code.force == .ask)
    }
  }
}

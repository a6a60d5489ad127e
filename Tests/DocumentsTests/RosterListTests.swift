import Sanatorium
import Testing

@testable import Documents

@Suite struct RosterListTests {
  @Test(
    "The lists that units send are read whole and without a fault",
    arguments: [
      ("roster-jining-62.xlsx", 62, "2026-09-14"), ("roster-neimenggu-48.csv", 48, "2026-06-08"),
      ("roster-weihai-100-gb18030.csv", 100, "2025-05-12"),
    ])
  func samples(_ name: String, _ people: Int, _ start: String) throws {
    let check = try RosterCheck.run(bytes: try Fixture.bytes(name), regulation: nil, startsOn: .of(start))
    #expect(check.rows == people)
    #expect(check.summary == [])
    #expect(check.passedOver.isEmpty)
    for person in check.participants {
      #expect(person.identityNumber != nil && person.birth != nil && person.sex != nil && !person.name.isEmpty)
      #expect(person.unit != nil && person.telephones.count == 1 && person.contact.telephones.count == 1)
      #expect(person.facts[.consentFamily]?.value == "yes" && person.facts[.insuranceAccident]?.number != nil)
      #expect(person.facts[.screeningInfectious]?.value == "negative" && person.facts[.checkup]?.date != nil)
      #expect(person.grounds.allSatisfy { ground in FactCatalogue.groundOptions.contains { $0.code == ground } })
      for (key, fact) in person.facts.recorded { #expect(FactCatalogue[key]?.faults(in: fact) == [], "\(key)") }
    }
  }

  @Test("A character outside GBK survives GB18030")
  func rareCharacter() throws {
    let check = try RosterCheck.run(
      bytes: try Fixture.bytes("roster-weihai-100-gb18030.csv"), regulation: nil, startsOn: .of("2025-05-12"))
    #expect(check.participants.contains { $0.name.unicodeScalars.contains { (0x3400...0x4DBF).contains($0.value) } })
  }

  @Test("Title, 填报单位 line, two header rows, unit rows, hidden rows, footers: five people, each under the right unit")
  func departmentSheet() throws {
    let check = try RosterCheck.run(
      bytes: try Fixture.bytes("two-row-header.xlsx"), regulation: nil, startsOn: .of("2026-09-21"))
    #expect(check.sheet == "疗养人员")
    #expect(check.otherSheets == ["汇总说明", "Sheet3"])
    #expect(check.participants.map(\.row) == [6, 7, 8, 11, 12])
    #expect(check.participants.map(\.name) == ["张　三", "王玉兰", "赵德海", "孙㐀林", "周建业"])
    #expect(check.participants[0].matchName == "张三")
    #expect(check.participants[1].formerName == "王小兰")
    #expect(
      check.participants.map(\.unit) == ["济宁市军休一所", "济宁市军休一所", "济宁市军休一所", "济宁市军休二所", "济宁市军休二所"])
    #expect(check.participants.map(\.sex) == [.male, .female, .male, .female, .female])
    #expect(
      check.participants.map { $0.birth?.description } == [
        "1950-03-08", "1952-06-19", "1949-11-02", "1948-07", "1948-12-01",
      ])
    #expect(check.participants[0].contact == RosterContact(name: "李梅", relation: "配偶", telephones: ["138 0000 0000"]))
    #expect(check.participants[1].contact.telephones == ["14000000022", "0537-2345678"])
    #expect(check.participants[3].contact.telephones == ["14000000044"])
    #expect(check.participants[3].diet == "/")
    #expect(check.participants[2].diet == "无")
    #expect(check.participants[4].diet == nil)
    #expect(check.participants[0].remarks == "车次：G123")
    #expect(check.participants.map { $0.facts[.selfCare]?.value } == ["full", "able", "full", "full", "none"])
    #expect(check.participants[1].facts[.consentFamily]?.value == "no")
    #expect(check.participants[4].facts[.consentUnit] == nil)
    #expect(check.participants[2].facts[.insuranceAccident] == RecordedFact(value: "yes", number: "PICC0000003"))
    #expect(check.participants[2].facts[.insurancePersonal] == nil)
    #expect(
      check.summary == [
        "7 出生年月 birth-month-only ask", "8 身份证号码 identity-damaged error", "11 出生年月 birth-month-only ask",
      ])
    #expect(check.faults[1].column == "身份证\n号码")
    #expect(check.faults[1].value == "999901194911020030")
    #expect(check.passedOver.map(\.row) == [9, 14, 15, 16])
    #expect(!check.participants.contains { $0.remarks?.contains("序") ?? false })
  }

  @Test("Vertically merged units hold for every row of theirs; a second list is named and not lost")
  func mergedUnits() throws {
    let check = try RosterCheck.run(
      bytes: try Fixture.bytes("merged-units-1904.xlsx"), regulation: nil, startsOn: .of("2026-09-21"))
    #expect(check.participants.map(\.unit) == ["军休一所", "军休一所", "军休一所", "军休二所", "军休二所"])
    #expect(check.participants.map(\.row) == [2, 3, 4, 5, 6])
    #expect(check.participants[0].facts[.consentSelf]?.value == "yes")
    #expect(check.participants[1].facts[.consentFamily]?.value == "no")
    #expect(check.participants[4].facts[.consentFamily] == nil)
    #expect(check.participants[2].remarks == "老红军")
    #expect(check.participants[3].birth == .day(.of("1953-12-25")))
    #expect(
      check.summary == [
        "0  other-sheet ask", "3 出生日期 birth-month-only ask", "5 家属同意 answer-unreadable error",
        "6 出生日期 birth-ambiguous error",
      ])
    #expect(check.faults[2].value == "签了吗")
    let second = try RosterCheck.run(
      bytes: try Fixture.bytes("merged-units-1904.xlsx"), sheet: "第二批", regulation: nil, startsOn: .of("2026-09-21"))
    #expect(second.participants.map(\.name) == ["己六"])
  }

  @Test("CSV keeps no merges: group headers reach to the next one, unit rows stand in the first cell")
  func departmentCSV() throws {
    let check = try RosterCheck.reading(
      """
      济宁市军休干部疗养名单;;;;;;
      填报单位（盖章）：;市军休中心;填报人：;王敏;;;
      序号;姓名;性别;家属;;;单位批准
      ;;;姓名;关系;联系电话;
      军休一所（2人）;;;;;;
      1;甲一;男;李一;妻子;14000000011;√
      2;乙二;女;王二;丈夫;14000000012;×
      3;;;;;;
      军休二所;;;;;;
      1;丙三;男;赵三;儿子;14000000013;
      序号;姓名;性别;家属;;;单位批准
      ;;;姓名;关系;联系电话;
      合计：3人;;;;;;
      审核人：;;制表人：;;;;

      """)
    #expect(check.participants.map(\.row) == [6, 7, 10])
    #expect(check.participants.map(\.unit) == ["军休一所", "军休一所", "军休二所"])
    #expect(check.participants[1].contact == RosterContact(name: "王二", relation: "丈夫", telephones: ["14000000012"]))
    #expect(check.participants.map { $0.facts[.consentUnit]?.value } == ["yes", "no", nil])
    #expect(check.summary == [])
  }

  @Test("Groups over both header rows, the name in the lower one")
  func nameInLowerRow() throws {
    let check = try RosterCheck.reading(
      """
      2026年名单,,,,,,,
      基本情况,,,,家属情况,,,意见
      姓名,性别,出生年月,电话,姓名,与本人关系,电话,单位意见
      张三,男,1950-03-08,14000000001,李梅,妻子,14000000002,同意
      """)
    #expect(check.summary == [])
    #expect(check.participants[0].telephones == ["14000000001"])
    #expect(check.participants[0].contact == RosterContact(name: "李梅", relation: "妻子", telephones: ["14000000002"]))
    #expect(check.participants[0].facts[.consentUnit]?.value == "yes")
  }

  @Test("A first person without a name is no second header row")
  func namelessFirstPerson() throws {
    let check = try RosterCheck.reading("姓名,性别,单位,备注\n,男,军休一所,无\n张三,男,军休一所,\n")
    #expect(check.participants.map(\.row) == [2, 3])
    #expect(check.summary == ["2 姓名 name-missing error"])
  }

  @Test("Without unit column and unit rows, the 填报单位 line names the unit")
  func reportingUnit() throws {
    let check = try RosterCheck.reading("填报单位（盖章）：高新区军休所　填报人：王敏\n姓名,电话\n张三,14000000001\n")
    #expect(check.participants[0].unit == "高新区军休所")
  }

  @Test("Semicolons, TAB and UTF-16 hold the same list")
  func shapes() throws {
    let text = "姓名\t性别\t出生年月\n张三\t男\t1946年5月\n"
    let check = try RosterCheck.run(
      bytes: utf16(text, bigEndian: false), regulation: nil,
      startsOn: .of("2026-09-21"))
    #expect(check.participants.map(\.birth) == [.month(year: 1946, month: 5)])
    #expect(check.summary == ["2 出生年月 birth-month-only ask"])
  }

  @Test("A file without a header or without people is refused with what is missing")
  func nothingToRead() {
    #expect(
      code(
        refusal { () throws(Refusal) in
          try RosterCheck.run(bytes: Array("a,b\n1,2\n".utf8), regulation: nil, startsOn: .of("2026-09-21"))
        }) == "no-header")
    #expect(
      code(
        refusal { () throws(Refusal) in
          try RosterCheck.run(bytes: Array("姓名,性别\n".utf8), regulation: nil, startsOn: .of("2026-09-21"))
        }) == "no-people")
    #expect(
      code(
        refusal { () throws(Refusal) in
          try RosterCheck.run(
            bytes: Array("姓名,性别\n张三,男\n".utf8), sheet: "x", regulation: nil, startsOn: .of("2026-09-21"))
        }) == "no-such-sheet")
  }

  @Test("One person twice is a fault of both rows, each naming the other")
  func duplicates() throws {
    let check = try RosterCheck.reading(
      """
      姓名,性别,出生日期,身份证号
      张三,男,1950-03-08,999901195003081017
      李四,男,1950-03-09,
      张　三,男,1950-03-08,
      张三丰,男,1950-03-08,999901195003081017
      王五,男,1950-03-08,
      王五,男,1951-03-08,
      """)
    #expect(
      check.summary == [
        "2 身份证号 duplicate-person error", "4 姓名 duplicate-person error", "5 身份证号 duplicate-person error",
      ])
    #expect(check.faults[0].message.chinese.contains("4、5"))
    #expect(check.faults[1].message.chinese.contains("第 2 行"))
    let unsure = try RosterCheck.reading("姓名,电话\n张三,14000000001\n张三,14000000002\n")
    #expect(unsure.summary == ["2 姓名 same-name ask", "3 姓名 same-name ask"])
  }

  @Test("What no rule or field knows is kept as a remark under its header")
  func unknownColumns() throws {
    let check = try RosterCheck.reading("姓名,性别,年龄,衣服尺码,备注\n张三,男,80,XL,老红军\n")
    #expect(check.participants[0].remarks == "老红军；年龄：80；衣服尺码：XL")
  }

  @Test("Unit rows with an ordinal before and a count behind; a cell under no header is kept")
  func unitRowsOfSeveralCells() throws {
    let check = try RosterCheck.reading(
      """
      序号,姓名,性别,
      一,济宁市军休一所,,12人
      1,张三,男,已电话核实
      （二）,市军休二所,,
      2,李四,男,
      3,/,男,
      """)
    #expect(check.participants.map(\.unit) == ["济宁市军休一所", "市军休二所", "市军休二所"])
    #expect(check.participants[0].remarks == "已电话核实")
    #expect(check.summary == ["6 姓名 name-missing error"])
  }

  @Test("A note or an unnamed line is never lost silently")
  func strayLines() throws {
    let check = try RosterCheck.reading("序号,姓名,性别,备注\n1,张三,男,\n2,,女,\n3,,,\n以上人员均已通过资格审核并公示,,,\n")
    #expect(check.rows == 2)
    #expect(check.summary == ["3 姓名 name-missing error"])
    #expect(check.passedOver == [RosterCheck.PassedOver(row: 5, text: "以上人员均已通过资格审核并公示")])
  }
}

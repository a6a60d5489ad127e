import Sanatorium
import Testing

@testable import Documents

@Suite struct SheetFileTests {
  private func rows(_ text: String) throws -> [[String]] {
    try SheetFile(bytes: Array(text.utf8)).sheets[0].rows.map { $0.cells.map(\.text) }
  }

  @Test("Quotes, doubled quotes and line breaks inside a cell are read as RFC 4180 says")
  func quotes() throws {
    #expect(try rows("a,\"b,\"\"c\"\"\nd\",e\r\n1,2,3") == [["a", "b,\"c\"\nd", "e"], ["1", "2", "3"]])
    #expect(try rows("a,5\"6,c") == [["a", "5\"6", "c"]])
  }

  @Test("Line ends of Windows, Unix and old Macs are the same", arguments: ["\r\n", "\n", "\r"])
  func lineEnds(_ end: String) throws {
    #expect(try rows(["a,b", "c,d", ""].joined(separator: end)) == [["a", "b"], ["c", "d"]])
  }

  @Test("Comma, semicolon and TAB are told apart", arguments: [",", ";", "\t"])
  func separators(_ separator: String) throws {
    let text =
      ["姓名", "性别", "既往病史"].joined(separator: separator) + "\n"
      + ["张三", "男", "\"高血压,糖尿病;痛风\""].joined(separator: separator) + "\n"
    #expect(try rows(text) == [["姓名", "性别", "既往病史"], ["张三", "男", "高血压,糖尿病;痛风"]])
  }

  @Test("Excel's sep line names the separator and takes no row")
  func separatorLine() throws {
    let sheet = try SheetFile(bytes: Array("sep=;\r\na;b,c\r\n".utf8)).sheets[0]
    #expect(sheet.rows.map { $0.cells.map(\.text) } == [["a", "b,c"]])
    #expect(sheet.rows[0].number == 1)
  }

  @Test("Rows are numbered as a spreadsheet does: blank ones count, line breaks inside a cell don't")
  func numbering() throws {
    let sheet = try SheetFile(bytes: Array("a,b\n\n,,\n\"x\ny\",z\nlast,1\n".utf8)).sheets[0]
    #expect(sheet.rows.map(\.number) == [1, 4, 5])
  }

  @Test("UTF-8 with a mark, GB18030 and UTF-16 of both byte orders give the same text")
  func encodings() throws {
    let text = "姓名,性别\n田㛃,男\n"
    let little = utf16(text, bigEndian: false)
    let big = utf16(text, bigEndian: true)
    // 㛃 lies outside GBK and takes four bytes.
    let gb: [UInt8] =
      [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xD0, 0xD4, 0xB1, 0xF0, 0x0A, 0xCC, 0xEF] + [0x82, 0x30, 0xB7, 0x31]
      + [0x2C, 0xC4, 0xD0, 0x0A]
    let expected = try rows(text)
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), little, big] {
      #expect(try SheetFile(bytes: bytes).sheets[0].rows.map { $0.cells.map(\.text) } == expected)
    }
    #expect(try SheetFile(bytes: gb).sheets[0].rows.map { $0.cells.map(\.text) } == expected)
  }

  @Test("Bytes that are text in no encoding are refused, never guessed")
  func brokenText() {
    #expect(
      code(refusal { () throws(Refusal) in try SheetFile(bytes: [0xEF, 0xBB, 0xBF, 0x61, 0xFF]) }) == "unreadable-text")
    #expect(
      code(refusal { () throws(Refusal) in try SheetFile(bytes: [0x61, 0xFF, 0xFF, 0x0A]) }) == "unreadable-text")
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: [0xFF, 0xFE, 0x61]) }) == "unreadable-text")
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: [0x61, 0x00, 0x62, 0x00]) }) == "not-a-sheet")
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: []) }) == "empty-file")
  }

  @Test("Old Office files, web pages, PDF and pictures are told by content and refused with what to do")
  func otherFiles() throws {
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    let locked = old + utf16("EncryptedPackage", bigEndian: false)
    let refused: [([UInt8], String)] = [
      (old, "old-office-file"), (locked, "encrypted-file"), (Array("%PDF-1.7".utf8), "not-a-sheet"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "not-a-sheet"), ([0xFF, 0xD8, 0xFF, 0xE0], "not-a-sheet"),
      (Array(" <HTML><table>".utf8), "not-a-sheet"), (Array("<?xml version=\"1.0\"?><Workbook/>".utf8), "not-a-sheet"),
      (Array("{\\rtf1".utf8), "not-a-sheet"), (try Fixture.bytes("word.docx"), "not-a-sheet"),
    ]
    for (bytes, expected) in refused {
      let refusal = refusal { () throws(Refusal) in try SheetFile(bytes: bytes) }
      #expect(code(refusal) == expected)
    }
    #expect(SheetRefusal.oldOffice.message.chinese == "请另存为 .xlsx 后再导入")
    #expect(SheetRefusal.notASheet.message.chinese == "请另存为 .xlsx 后再导入")
  }

  @Test("A file beyond the limits is refused before it fills the memory")
  func limits() throws {
    let bomb = try Fixture.bytes("expands-too-much.xlsx")
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: bomb) }) == "file-expands-too-much")
    let wide = Array(String(repeating: "a,", count: 250).utf8) + Array("b\n".utf8)
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: wide) }) == "too-many-columns")
    let long = Array(String(repeating: "a,b\n", count: 5_001).utf8)
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: long) }) == "too-many-rows")
    let cell = [UInt8](repeating: 0x61, count: 200_000)
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: cell) }) == "cell-too-long")
    let large = [UInt8](repeating: 0x61, count: SheetLimit.fileBytes + 1)
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: large) }) == "file-too-large")
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: Array("a,\"b\n".utf8)) }) == "unclosed-quote")
  }

  @Test("A workbook with a document type is refused, so its entities are never expanded")
  func documentType() throws {
    let bytes = try Fixture.bytes("document-type.xlsx")
    #expect(code(refusal { () throws(Refusal) in try SheetFile(bytes: bytes) }) == "xml-document-type")
  }

  @Test("Shared strings: rich runs are joined, phonetic readings left out; every sheet is read")
  func sharedStrings() throws {
    let file = try SheetFile(bytes: try Fixture.bytes("two-row-header.xlsx"))
    #expect(file.sheets.map(\.name) == ["汇总说明", "疗养人员", "Sheet3"])
    let row = try #require(file.sheets[1].rows.first { $0.number == 6 })
    #expect(row[1].text == "张　三")
    #expect(row[0] == SheetCell(.number, text: "1"))
  }

  @Test("Dates, booleans and numbers come out as a person reads them, in the 1904 system too")
  func typedCells() throws {
    let sheet = try SheetFile(bytes: try Fixture.bytes("merged-units-1904.xlsx")).sheets[0]
    #expect(sheet.rows[1][3].kind == .date(.of("1950-01-02"), showsDay: true))
    #expect(sheet.rows[2][3].kind == .date(.of("1951-05-01"), showsDay: false))
    #expect(sheet.rows[2][3].text == "1951-05")
    #expect(sheet.rows[1][4] == SheetCell(.number, text: "14000000001"))
    #expect(sheet.rows[1][5] == SheetCell(.boolean, text: "TRUE", raw: "1"))
    #expect(sheet.rows[3].isHidden)
    #expect(sheet.merges.contains(SheetMerge(rows: 2...4, columns: 0...0)))
  }

  @Test("A long number keeps its digits and says that they are damaged")
  func longNumbers() throws {
    let sheet = try SheetFile(bytes: try Fixture.bytes("two-row-header.xlsx")).sheets[1]
    let cell = try #require(sheet.rows.first { $0.number == 8 })[4]
    #expect(cell.raw == "9.9990119491102003E+17")
    #expect(cell.text == "999901194911020030")
    #expect(cell.isDamaged)
    #expect(PlainNumber.text("1946.0999999999999", 1946.0999999999999) == "1946.1")
    #expect(PlainNumber.text("1.4000005866E10", 1.4000005866e10) == "14000005866")
    #expect(!SheetCell(.number, text: "14000005866").isDamaged)
  }

  @Test(
    "Number formats that show a date are told from those that don't",
    arguments: [
      (14, nil, true), (22, nil, true), (31, nil, true), (57, nil, false), (17, nil, false), (0, nil, nil),
      (2, nil, nil),
      (49, nil, nil), (20, nil, nil), (164, "yyyy-mm-dd", true), (164, "yyyy\"年\"m\"月\";@", false),
      (164, "[$-804]yyyy\"年\"m\"月\"d\"日\";@", true), (164, "0.00", nil), (164, "General", nil), (164, "[h]:mm:ss", nil),
      (164, "#,##0.00_);[Red](#,##0.00)", nil), (164, "\"day\" 0", nil), (164, "mmm-yy", false), (164, "@", nil),
    ] as [(Int, String?, Bool?)])
  func dateFormats(_ id: Int, _ format: String?, _ showsDay: Bool?) {
    #expect(DateFormat(id: id, code: format)?.showsDay == showsDay)
  }

  @Test("Serial numbers count from 1900 with its day that never was, or from 1904")
  func serials() {
    #expect(DateFormat.day(serial: 1, startsIn1904: false) == .of("1900-01-01"))
    #expect(DateFormat.day(serial: 59, startsIn1904: false) == .of("1900-02-28"))
    #expect(DateFormat.day(serial: 60, startsIn1904: false) == nil)
    #expect(DateFormat.day(serial: 61, startsIn1904: false) == .of("1900-03-01"))
    #expect(DateFormat.day(serial: 17_671.75, startsIn1904: false) == .of("1948-05-18"))
    #expect(DateFormat.day(serial: 0, startsIn1904: true) == .of("1904-01-01"))
    #expect(DateFormat.day(serial: -1, startsIn1904: false) == nil)
    #expect(DateFormat.day(serial: 3e6, startsIn1904: false) == nil)
  }

  @Test("A file cut off or damaged anywhere is refused or read, never a crash", arguments: Fixture.names)
  func truncation(_ name: String) throws {
    let bytes = try Fixture.bytes(name)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 40)) {
      let part = Array(bytes.prefix(length))
      _ = refusal { () throws(Refusal) in try RosterCheck.run(bytes: part, regulation: nil, startsOn: .of("2026-09-21"))
      }
      var flipped = bytes
      flipped[length] ^= UInt8(truncatingIfNeeded: 1 + length * 31)
      _ = refusal { () throws(Refusal) in
        try RosterCheck.run(bytes: flipped, regulation: nil, startsOn: .of("2026-09-21"))
      }
    }
  }
}

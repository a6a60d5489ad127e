import Sanatorium

/// `workbook.xml.rels` and its like: what each id points to.
final class RelationshipsPart: XMLContent {
  private(set) var targets: [String: String] = [:]
  /// The last word of a relationship's type (`sharedStrings`) to its target.
  private(set) var byType: [String: String] = [:]

  func start(_ name: String, _ attributes: XMLAttributes) throws(Refusal) {
    guard targets.count < 10_000 else { throw SheetRefusal.bomb.refusal }
    guard name == "Relationship", attributes["TargetMode"] != "External", let target = attributes["Target"] else {
      return
    }
    if let id = attributes["Id"] { targets[id] = target }
    if let type = attributes["Type"]?.split(separator: "/").last, byType[String(type)] == nil {
      byType[String(type)] = target
    }
  }

  func end(_ name: String) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// `workbook.xml`: the sheets and the date system.
final class WorkbookPart: XMLContent {
  struct Entry {
    let name: String
    let relation: String
    let isHidden: Bool
  }

  private(set) var sheets: [Entry] = []
  private(set) var startsIn1904 = false

  func start(_ name: String, _ attributes: XMLAttributes) throws(Refusal) {
    switch name {
    case "workbookPr": startsIn1904 = attributes.flag("date1904")
    case "sheet":
      guard sheets.count < SheetLimit.sheets else { throw SheetRefusal.tooManySheets.refusal }
      guard let relation = attributes["id"] else { return }
      let state = attributes["state"] ?? "visible"
      sheets.append(Entry(name: attributes["name"] ?? "", relation: relation, isHidden: state != "visible"))
    default: break
    }
  }

  func end(_ name: String) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// `styles.xml`: which cell style shows a number as a date.
final class StylesPart: XMLContent {
  private var codes: [Int: String] = [:]
  private var cellFormats: [Int] = []
  private var isInCells = false
  private lazy var dates: [DateFormat?] = cellFormats.map { DateFormat(id: $0, code: codes[$0]) }

  /// Nil when the style shows no date.
  func dateFormat(style: Int) -> DateFormat? { dates.indices.contains(style) ? dates[style] : nil }

  func start(_ name: String, _ attributes: XMLAttributes) throws(Refusal) {
    switch name {
    case "numFmt":
      guard codes.count < 10_000 else { throw SheetRefusal.bomb.refusal }
      if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] ?? "" }
    case "cellXfs": isInCells = true
    case "xf" where isInCells:
      // A spreadsheet's own limit is 65,490.
      guard cellFormats.count < 65_536 else { throw SheetRefusal.bomb.refusal }
      cellFormats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
    default: break
    }
  }

  func end(_ name: String) { if name == "cellXfs" { isInCells = false } }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// `sharedStrings.xml`: the texts that cells refer to, runs joined, phonetic readings left out.
final class SharedStringsPart: XMLContent {
  private(set) var strings: [String] = []
  private var run = TextRun()

  func start(_ name: String, _ attributes: XMLAttributes) { run.start(name) }

  func end(_ name: String) throws(Refusal) {
    run.end(name)
    guard name == "si" else { return }
    guard strings.count < SheetLimit.rows * SheetLimit.columns else { throw SheetRefusal.bomb.refusal }
    strings.append(try run.take())
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) { run.append(bytes) }
}

/// The text of `<si>` and `<is>`: every `<t>` but those inside `<rPh>`.
struct TextRun {
  private var bytes: [UInt8] = []
  private var isText = false
  private var phonetic = 0

  mutating func start(_ name: String) {
    if name == "rPh" { phonetic += 1 }
    if name == "t" { isText = phonetic == 0 }
  }

  mutating func end(_ name: String) {
    if name == "rPh" { phonetic -= 1 }
    if name == "t" { isText = false }
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) { if isText { bytes.append(contentsOf: piece) } }

  mutating func take() throws(Refusal) -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    guard bytes.count <= SheetLimit.cellCharacters * 4 else { throw SheetRefusal.cellTooLong.refusal }
    return TextRun.unescape(String(decoding: bytes, as: UTF8.self))
  }

  /// `_x000D_` stands for a character that XML can't hold or would change.
  static func unescape(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    var result = ""
    var rest = text[...]
    while let found = rest.firstRange(of: "_x") {
      let digits = rest[found.upperBound...].prefix(4)
      let after = rest[digits.endIndex...]
      if digits.utf8.count == 4, after.first == "_", let code = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        result += rest[..<found.lowerBound]
        result.unicodeScalars.append(scalar)
        rest = after.dropFirst()
      } else {
        result += rest[..<found.upperBound]
        rest = rest[found.upperBound...]
      }
    }
    return result + rest
  }
}

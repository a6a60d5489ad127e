import Sanatorium

/// `sheet1.xml`: rows, cells and merges, row by row as they stream by.
final class WorksheetPart: XMLContent {
  private(set) var rows: [SheetRow] = []
  private(set) var merges: [SheetMerge] = []

  private let strings: [String]
  private let styles: StylesPart
  private let startsIn1904: Bool

  private var row: (number: Int, isHidden: Bool) = (0, false)
  private var cells: [SheetCell] = []
  private var column = -1
  private var type = ""
  private var style = 0
  private var value: [UInt8] = []
  private var isValue = false
  private var hasFormula = false
  private var run = TextRun()

  init(strings: [String], styles: StylesPart, startsIn1904: Bool) {
    self.strings = strings
    self.styles = styles
    self.startsIn1904 = startsIn1904
  }

  func start(_ name: String, _ attributes: XMLAttributes) throws(Refusal) {
    switch name {
    case "row":
      let number = attributes["r"].flatMap { Int($0) } ?? row.number + 1
      guard number > row.number, number <= 1_048_576 else { throw SheetRefusal.damaged.refusal }
      row = (number, attributes.flag("hidden"))
      cells.removeAll(keepingCapacity: true)
      column = -1
    case "c":
      column = attributes["r"].flatMap { WorksheetPart.position($0)?.column } ?? column + 1
      type = attributes["t"] ?? "n"
      style = attributes["s"].flatMap { Int($0) } ?? 0
      value.removeAll(keepingCapacity: true)
      hasFormula = false
      run = TextRun()
    case "v": isValue = true
    case "f": hasFormula = true
    case "mergeCell":
      guard merges.count < SheetLimit.rows else { throw SheetRefusal.bomb.refusal }
      if let merge = attributes["ref"].flatMap(WorksheetPart.merge) { merges.append(merge) }
    default: run.start(name)
    }
  }

  func end(_ name: String) throws(Refusal) {
    switch name {
    case "v": isValue = false
    case "c":
      let cell = try cell()
      guard !cell.isBlank else { return }
      guard column < SheetLimit.columns else { throw SheetRefusal.tooManyColumns.refusal }
      while cells.count < column { cells.append(.blank) }
      // A column that comes twice or backwards is no sheet that a spreadsheet wrote.
      guard cells.count == column else { throw SheetRefusal.damaged.refusal }
      cells.append(cell)
    case "row":
      guard !cells.isEmpty else { return }
      rows.append(SheetRow(number: row.number, cells: cells, isHidden: row.isHidden))
      guard rows.count <= SheetLimit.rows else { throw SheetRefusal.tooManyRows.refusal }
    default: run.end(name)
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) {
    guard isValue else { return run.append(bytes) }
    value.append(contentsOf: bytes)
    guard value.count <= SheetLimit.cellCharacters * 4 else { throw SheetRefusal.cellTooLong.refusal }
  }

  private func cell() throws(Refusal) -> SheetCell {
    let raw = String(decoding: value, as: UTF8.self)
    switch type {
    case "s":
      guard let index = Int(raw.filter { !$0.isWhitespace }), strings.indices.contains(index) else {
        if raw.isEmpty { return .blank }
        throw SheetRefusal.damaged.refusal
      }
      return SheetCell(.text, text: strings[index], isFormula: hasFormula)
    case "inlineStr": return SheetCell(.text, text: try run.take(), isFormula: hasFormula)
    case "str": return SheetCell(.text, text: TextRun.unescape(raw), isFormula: hasFormula)
    case "b": return SheetCell(.boolean, text: raw == "1" ? "TRUE" : "FALSE", raw: raw, isFormula: hasFormula)
    case "e": return SheetCell(.error, text: raw, isFormula: hasFormula)
    case "d":
      guard let day = Day(raw.prefix(10)) else { return SheetCell(.text, text: raw, isFormula: hasFormula) }
      return SheetCell(.date(day, showsDay: true), text: day.description, raw: raw, isFormula: hasFormula)
    default: return number(raw)
    }
  }

  private func number(_ raw: String) -> SheetCell {
    let trimmed = raw.trimmed
    guard !trimmed.isEmpty else { return .blank }
    guard let number = Double(trimmed), number.isFinite else {
      return SheetCell(.text, text: raw, isFormula: hasFormula)
    }
    if let format = styles.dateFormat(style: style),
      let day = DateFormat.day(serial: number, startsIn1904: startsIn1904)
    {
      let text = format.showsDay ? day.description : String(day.description.dropLast(3))
      return SheetCell(.date(day, showsDay: format.showsDay), text: text, raw: raw, isFormula: hasFormula)
    }
    return SheetCell(.number, text: PlainNumber.text(trimmed, number), raw: raw, isFormula: hasFormula)
  }

  /// `AB12` → row 12, column 27.
  static func position(_ reference: some StringProtocol) -> (row: Int, column: Int)? {
    var column = 0
    var row = 0
    for byte in reference.utf8 where byte != UInt8(ascii: "$") {
      switch byte {
      case 65...90 where row == 0: column = column * 26 + Int(byte - 64)
      case 97...122 where row == 0: column = column * 26 + Int(byte - 96)
      case 48...57: row = row * 10 + Int(byte - 48)
      default: return nil
      }
      guard column <= 16_384, row <= 1_048_576 else { return nil }
    }
    return column > 0 && row > 0 ? (row, column - 1) : nil
  }

  private static func merge(_ reference: String) -> SheetMerge? {
    let corners = reference.split(separator: ":")
    guard corners.count == 2, let first = position(corners[0]), let last = position(corners[1]),
      first.row <= last.row, first.column <= last.column
    else { return nil }
    return SheetMerge(rows: first.row...last.row, columns: first.column...last.column)
  }
}

import Sanatorium

/// A date as lists write it: `1946-05-01`, `1946.5.1`, `1946/5/1`, `19460501`, `1946年5月1日`, `1946年5月`, `46.5`, a date
/// cell, a serial number.
enum RosterDate: Hashable {
  case blank
  /// A whole date. `shortYear`: two digits of the year were left out.
  case day(Day, shortYear: Bool)
  case month(year: Int, month: Int)
  /// It has the shape of a date, but the calendar has no such day.
  case noSuchDay
  /// It can be two dates: a number `1946.1` (January, or October with its zero lost), `3/7/1952`.
  case ambiguous
  case unreadable

  /// Reads a cell. Two-digit years are of the 1900s where `isBirth`, else of the 2000s.
  init(_ cell: SheetCell, isBirth: Bool = true) {
    switch cell.kind {
    case .blank: self = .blank
    case .date(let day, showsDay: true): self = .day(day, shortYear: false)
    case .date(let day, showsDay: false):
      // Typed `1946年5月`, kept as the first; any other day of the month was typed as such.
      let (year, month, number) = day.civil
      self = number == 1 ? .month(year: year, month: month) : .day(day, shortYear: false)
    case .boolean, .error: self = .unreadable
    case .number: self = RosterDate.read(cell.text, isNumber: true, century: isBirth ? 1900 : 2000)
    case .text: self = RosterDate.read(cell.text, isNumber: false, century: isBirth ? 1900 : 2000)
    }
  }

  private static func read(_ text: String, isNumber: Bool, century: Int) -> RosterDate {
    var text = text.halfWidth.trimmed
    // A time behind the date, as programs export it.
    if let space = text.firstIndex(where: { $0 == " " || $0 == "T" }), text[space...].contains(":") {
      text = text[..<space].trimmed
    }
    text = text.folded.replacing("号", with: "日")
    for ending in ["出生", "生"] where text.hasSuffix(ending) { text = String(text.dropLast(ending.count)) }
    while text.hasSuffix(".") || text.hasSuffix("'") { text.removeLast() }
    if text.hasPrefix("'") { text.removeFirst() }
    guard !text.isEmpty else { return .blank }
    if text.isDigits { return digits(text, century: century) }

    var parts: [Int] = []
    var marks: [Character] = []
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        if digits.count > 4 { return .unreadable }
      } else {
        guard "-./年月日、,".contains(character), let value = Int(digits) else { return .unreadable }
        parts.append(value)
        marks.append(character)
        digits = ""
      }
    }
    if let value = Int(digits) { parts.append(value) }
    let widths = text.split { "-./年月日、,".contains($0) }.map(\.count)
    guard (2...3).contains(parts.count), isOrdered(marks) else { return .unreadable }
    let year = widths[0] == 4 ? parts[0] : widths[0] == 2 ? century + parts[0] : nil
    if widths.last == 4, parts.count == 3, widths[0] <= 2 { return american(parts) }
    guard let year, widths.dropFirst().allSatisfy({ $0 <= 2 }) else { return .unreadable }
    if parts.count == 2 {
      guard (1...12).contains(parts[1]) else { return .noSuchDay }
      if isNumber, parts[1] == 1, widths[1] == 1 { return .ambiguous }
      return .month(year: year, month: parts[1])
    }
    guard let day = Day(year: year, month: parts[1], day: parts[2]) else { return .noSuchDay }
    return .day(day, shortYear: widths[0] == 2)
  }

  /// 年 first, 月 second, 日 third, where they are written.
  private static func isOrdered(_ marks: [Character]) -> Bool {
    for (index, mark) in marks.enumerated() {
      if let place = ["年": 0, "月": 1, "日": 2][mark], place != index { return false }
      if index == 2, mark != "日" { return false }
    }
    return true
  }

  /// Digits alone: 8 are a date, 6 a month (or a date with a short year), 5 a serial number; 4 are a year, not a date.
  private static func digits(_ text: String, century: Int) -> RosterDate {
    guard let value = Int(text) else { return .unreadable }
    switch text.utf8.count {
    case 8:
      return Day(year: value / 10_000, month: value / 100 % 100, day: value % 100).map { .day($0, shortYear: false) }
        ?? .noSuchDay
    case 6:
      if (1900...2099).contains(value / 100), (1...12).contains(value % 100) {
        return .month(year: value / 100, month: value % 100)
      }
      return Day(year: century + value / 10_000, month: value / 100 % 100, day: value % 100)
        .map { .day($0, shortYear: true) } ?? .noSuchDay
    case 5:
      return DateFormat.day(serial: Double(value), startsIn1904: false).map { .day($0, shortYear: false) }
        ?? .unreadable
    default: return .unreadable
    }
  }

  /// `5/1/1946`: which is the month is only sure when the other is above 12.
  private static func american(_ parts: [Int]) -> RosterDate {
    let asMonthFirst = Day(year: parts[2], month: parts[0], day: parts[1])
    let asDayFirst = Day(year: parts[2], month: parts[1], day: parts[0])
    switch (asMonthFirst, asDayFirst) {
    case (let day?, nil), (nil, let day?): return .day(day, shortYear: false)
    case (let one?, let other?): return one == other ? .day(one, shortYear: false) : .ambiguous
    case (nil, nil): return .noSuchDay
    }
  }
}

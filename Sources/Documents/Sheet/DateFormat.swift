import Sanatorium

/// A number format that shows a date, and the date systems behind it.
struct DateFormat: Hashable {
  /// False when the format stops at the month.
  let showsDay: Bool

  /// Nil when the format shows no date. Ids below 164 are built in; those of 27 to 36 and 50 to 58 are the East Asian
  /// ones as Chinese Windows shows them (ECMA-376 part 1, 18.8.30).
  init?(id: Int, code: String?) {
    if let code, let format = DateFormat(code: code) {
      self = format
      return
    }
    guard code == nil else { return nil }
    switch id {
    case 14...16, 22, 28...31, 51, 53, 54, 58: showsDay = true
    case 17, 27, 36, 50, 52, 57: showsDay = false
    default: return nil
    }
  }

  /// A custom format, `yyyy"年"m"月"d"日";@`: quoted text, escapes and brackets say nothing; a year, or a month with a
  /// day, makes a date; hours and minutes alone don't.
  private init?(code: String) {
    var letters = Set<Character>()
    var characters = code.makeIterator()
    while let character = characters.next() {
      switch character {
      case "\"": while let next = characters.next(), next != "\"" { if "年月日".contains(next) { letters.insert(next) } }
      case "[": while let next = characters.next(), next != "]" {}
      case "\\", "_", "*": if let next = characters.next(), "年月日".contains(next) { letters.insert(next) }
      case ";" where !letters.isEmpty: characters = "".makeIterator()
      case "G" where code.lowercased().hasPrefix("general"): return nil
      default: letters.formUnion(character.lowercased())
      }
    }
    let hasYear = letters.contains("y") || letters.contains("e")
    let hasDay = letters.contains("d")
    let hasMonth = letters.contains("m")
    guard hasYear && (hasMonth || hasDay) || hasDay && hasMonth else { return nil }
    if letters.contains("0") || letters.contains("#") { return nil }
    showsDay = hasDay
  }

  /// The day of a serial number. In the 1900 system day 60 is 29 February 1900, which never was; 1904 counts from 0.
  /// Nil outside years 1900 to 9999 and for that day.
  static func day(serial: Double, startsIn1904: Bool) -> Day? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let number = Int(serial)
    if startsIn1904 { return Day(number: number - 24_107) }
    guard number != 60, number > 0 else { return nil }
    return Day(number: number - (number < 60 ? 25_568 : 25_569))
  }
}

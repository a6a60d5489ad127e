import Sanatorium

/// A name, kept as typed. What looks like anything else than a name is asked about, never changed.
enum RosterName {
  /// `张三（曾用名：张二）` → the name and the former one.
  static func read(_ text: String) -> (name: String, former: String?) {
    let text = text.trimmed
    guard let (before, inside) = RosterText.bracketed(text), !before.isEmpty else { return (text, nil) }
    for label in ["曾用名", "原名", "别名"] where inside.hasPrefix(label) {
      let former = inside.dropFirst(label.count).drop { ":： 　".contains($0) }.trimmed
      return (before, former.isEmpty ? nil : former)
    }
    return (text, nil)
  }

  /// What to ask about a name; nil for an ordinary one.
  static func doubt(_ cell: SheetCell, former: String?) -> RosterFaultCode? {
    let text = cell.text
    let name = text.trimmed
    let controls: [ClosedRange<UInt32>] = [0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069]
    if name.unicodeScalars.contains(where: { scalar in controls.contains { $0.contains(scalar.value) } }) {
      return .nameControl
    }
    if cell.isFormula || name.first.map({ "=+-@＝＋－＠".contains($0) }) ?? false { return .nameFormula }
    if text.hasPrefix("\t") || text.hasPrefix("\r") { return .nameFormula }
    let lower = name.halfWidth.lowercased()
    if lower.contains(where: { "<>&;".contains($0) }) || lower.contains("script") || lower.contains("://") {
      return .nameScript
    }
    let core = former == nil ? name : RosterName.read(name).name
    let isOrdinary = core.unicodeScalars.allSatisfy { isNameCharacter($0) }
    return isOrdinary && (2...30).contains(core.folded.count) && cell.kind == .text ? nil : .nameUnusual
  }

  /// Han characters (extensions too), letters of other scripts, the dot between parts of a name, gaps.
  private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x3000, 0xA0, 0xB7, 0x2022, 0x2027, 0x30FB, 0x3007, 0x27, 0x2D, 0x2E: true
    // Private use and replacement characters: the character's font, or the character, was lost.
    case 0xE000...0xF8FF, 0xFFFD, 0xF0000...0x10FFFF: false
    default: scalar.properties.isAlphabetic
    }
  }
}

/// Text as people type it in lists, made comparable.
extension StringProtocol {
  /// Without the white space around it, full-width and zero-width too.
  var trimmed: String {
    func isGap(_ character: Character) -> Bool {
      character.isWhitespace || character.unicodeScalars.allSatisfy { RosterText.invisible.contains($0.value) }
    }
    guard let first = firstIndex(where: { !isGap($0) }), let last = lastIndex(where: { !isGap($0) }) else { return "" }
    return String(self[first...last])
  }

  /// Full-width letters, digits and signs made half-width, dashes made `-`; nothing taken away.
  var halfWidth: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3000, 0xA0: result.append(" ")
      case 0x2010...0x2015, 0x2212: result.append("-")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Half-width, lower case, without any white space or invisible character: for comparing.
  var folded: String {
    var result = String.UnicodeScalarView()
    for scalar in halfWidth.lowercased().unicodeScalars
    where !scalar.properties.isWhitespace && !RosterText.invisible.contains(scalar.value) {
      result.append(scalar)
    }
    return String(result)
  }

  /// How many ASCII digits it holds; `一` is none.
  var digitCount: Int { utf8.count { (48...57).contains($0) } }

  /// ASCII digits and nothing else, at least one.
  var isDigits: Bool { !isEmpty && utf8.allSatisfy { (48...57).contains($0) } }
}

enum RosterText {
  /// Zero-width characters and marks that a cell carries along unseen.
  static let invisible: Set<UInt32> = [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]

  /// Characters that cells use between several values.
  static let separators: Set<Character> = ["、", "/", "／", ",", "，", ";", "；", "\n", "\r", "\r\n"]

  /// The values of a cell that holds several.
  static func parts(_ text: some StringProtocol) -> [String] {
    text.split { separators.contains($0) }.map(\.trimmed).filter { !$0.isEmpty }
  }

  /// `张三（曾用名张二）` → `张三` and `曾用名张二`; nil when nothing stands in brackets at the end.
  static func bracketed(_ text: String) -> (before: String, inside: String)? {
    guard let last = text.last, ")）】]".contains(last), let open = text.lastIndex(where: { "(（【[".contains($0) })
    else { return nil }
    let inside = text[text.index(after: open)...].dropLast()
    return (text[..<open].trimmed, inside.trimmed)
  }
}

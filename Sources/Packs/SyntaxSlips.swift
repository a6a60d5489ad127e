internal import Sanatorium

/// The slips of hand that usually stand behind a fault of YAML: a TAB, marks of full width, lines that aren't aligned,
/// brackets without their other half.
struct SyntaxSlips {
  let lines: [String]

  /// How far back a slip is looked for.
  private static let reach = 3

  /// The line of the slip and what it is; nil when the lines show none.
  func find(_ problem: String, at line: Int, opened: Int?) -> (line: Int, reason: Text)? {
    let near = before(line + 1).prefix(SyntaxSlips.reach)
    for number in near {
      if let reason = SyntaxSlips.typing(lines[number - 1]) { return (number, reason) }
    }
    if problem.hasPrefix("did not find expected ',' or"), let opened, let reason = unclosed(opened) {
      return (opened, reason)
    }
    if let number = lines.prefix(line).firstIndex(where: SyntaxSlips.isQuoteOpen) {
      return (number + 1, Text("引号只写了一半", "a quotation mark without its other half"))
    }
    if problem.hasPrefix("mapping values"), lines.indices.contains(line - 1), SyntaxSlips.colons(lines[line - 1]) > 1 {
      return (
        line,
        Text("一行里有两个冒号；文字里有冒号的，要用引号括起来", "two colons on a line; a text with a colon needs quotes around it")
      )
    }
    for number in near where lines[number - 1].first(where: { $0 != " " }) == "{" {
      return (number, Text("行首少了“- ”", "no “- ” at its beginning"))
    }
    for number in near { if let reason = misaligned(number) { return (number, reason) } }
    return nil
  }

  /// The lines above one that hold something, nearest first, from 1.
  private func before(_ line: Int) -> [Int] {
    (1..<max(1, min(line, lines.count + 1))).reversed().filter { number in
      let text = lines[number - 1].drop { $0.isWhitespace }
      return !text.isEmpty && text.first != "#"
    }
  }

  private static func typing(_ line: String) -> Text? {
    if line.prefix(while: { $0.isWhitespace }).contains("\t") {
      return Text("行首用了 TAB，请改成空格", "a TAB at its beginning; use spaces")
    }
    if holds(line, "：", after: true) {
      return Text("用了全角冒号“：”，请改成半角冒号加空格“: ”", "a full-width colon “：”; write “: ” with a space behind it")
    }
    if holds(line, "，", after: false) {
      return Text("用了全角逗号“，”，请改成半角逗号“, ”", "a full-width comma “，”; write “, ”")
    }
    if line.contains(where: { "｛｝［］".contains($0) }) {
      return Text("用了全角括号，请改成半角的 { } [ ]", "full-width brackets; write { } [ ]")
    }
    let item = line.drop { $0 == " " }
    if item.first == "-", let next = item.dropFirst().first, !next.isWhitespace, next != "-" {
      return Text("“-”后面少了空格", "no space behind the “-”")
    }
    let bare = item.drop { $0 == " " || $0 == "-" }
    let name = bare.prefix(while: isNameMark)
    if !name.isEmpty, bare.dropFirst(name.count).first == ":", bare.dropFirst(name.count + 1).first?.isWhitespace == false {
      return Text("冒号后面少了空格", "no space behind the colon")
    }
    return nil
  }

  /// Whether a mark stands behind a field's name, or before one: in Chinese text it is right.
  private static func holds(_ line: String, _ mark: Character, after: Bool) -> Bool {
    let characters = Array(line)
    return characters.indices.contains { index in
      guard characters[index] == mark else { return false }
      if after {
        let name = characters[..<index].reversed().prefix(while: isNameMark)
        guard !name.isEmpty else { return false }
        let first = index - name.count - 1
        return first < 0 || " {,，-".contains(characters[first])
      }
      // Between the words of a text a comma of full width is right.
      guard characters[..<index].contains(where: { "{[".contains($0) }) else { return false }
      let rest = characters[(index + 1)...].drop { $0 == " " }
      let name = rest.prefix(while: isNameMark)
      return !name.isEmpty && rest.dropFirst(name.count).first.map { ":：,，]}".contains($0) } == true
    }
  }

  private static func isNameMark(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_")
  }

  /// How many colons with a space behind them stand outside of quotes.
  private static func colons(_ line: String) -> Int {
    let bare = withoutQuoted(line)
    return zip(bare, bare.dropFirst() + " ").count { $0 == ":" && $1 == " " }
  }

  private static func withoutQuoted(_ line: String) -> String {
    var open: Character?
    return line.filter { character in
      if let mark = open {
        if character == mark { open = nil }
        return false
      }
      if character == "\"" || character == "'" {
        open = character
        return false
      }
      return true
    }
  }

  /// Whether a quotation mark at the beginning of a value has no other half on its line.
  private static func isQuoteOpen(_ line: String) -> Bool {
    var open: Character?
    var before: (Character, Character) = (" ", "-")
    for character in line where !(character == " " && before.1 == " ") {
      if let mark = open {
        if character == mark { open = nil }
      } else if character == "\"" || character == "'" {
        let isBeginning = "[{".contains(before.1) || (before.1 == " " && ":-,[{".contains(before.0))
        if isBeginning { open = character }
      }
      before = (before.1, character)
    }
    return open != nil
  }

  private func unclosed(_ line: Int) -> Text? {
    guard lines.indices.contains(line - 1) else { return nil }
    let bare = SyntaxSlips.withoutQuoted(lines[line - 1])
    for (open, close) in [("{", "}"), ("[", "]")] as [(Character, Character)] {
      let (opened, closed) = (bare.count { $0 == open }, bare.count { $0 == close })
      if opened > closed {
        return Text("“\(open)”没有对应的“\(close)”", "a “\(open)” without its “\(close)”")
      }
    }
    return nil
  }

  /// A line that begins where none above it does, though it should.
  private func misaligned(_ line: Int) -> Text? {
    let indent = SyntaxSlips.indent(lines[line - 1])
    let above = before(line)
    guard let last = above.first else {
      return indent > 0 ? Text("行首多了空格", "spaces at its beginning") : nil
    }
    if indent > SyntaxSlips.indent(lines[last - 1]), lines[last - 1].last { !$0.isWhitespace } == ":" { return nil }
    var levels: [Int] = []
    var least = Int.max
    for number in above {
      let own = SyntaxSlips.indent(lines[number - 1])
      guard own < least else { continue }
      least = own
      // What follows `- ` on the same line begins a level of its own.
      let item = lines[number - 1].dropFirst(own)
      if item.hasPrefix("- ") { levels.append(own + 1 + item.dropFirst().prefix { $0 == " " }.count) }
      levels.append(own)
      if own == 0 { break }
    }
    guard !levels.contains(indent) else { return nil }
    let known = Set(levels).sorted().map(String.init)
    return Text(
      "和上面的行缩进没有对齐：这一行行首有 \(indent) 个空格，上面各层是 \(known.joined(separator: "、")) 个",
      "lines that aren't aligned: \(indent) spaces at its beginning, \(known.joined(separator: ", ")) above it")
  }

  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }
}

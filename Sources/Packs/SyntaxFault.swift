internal import Sanatorium
internal import Yams

/// Says what is wrong with a file's YAML to somebody who writes none every day: the parser's message in their language,
/// or, where the line or one shortly before it shows it, the slip that usually causes it. The parser itself notices
/// most of them a line or two late.
struct SyntaxFault {
  private let file: String
  private let lines: [String]

  init(file: String, text: String) {
    self.file = file
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
  }

  func fault(_ error: any Error) -> PackFault {
    guard let error = error as? YamlError else { return told(0, Text(verbatim: String(describing: error))) }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let slips = SyntaxSlips(lines: lines)
      if let (line, reason) = slips.find(problem, at: mark.line, opened: context?.mark.line) {
        return told(line, Text("多半是\(reason.chinese)", "probably \(reason.english)"))
      }
      return told(mark.line, SyntaxFault.words(problem))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.joined(separator: ", ")
      return PackFault(
        file: file, line: context.mark.line, field: names,
        reason: Text("同一个字段写了两次：\(names)", "the same field twice: \(names)"))
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).count { $0.isNewline } + 1 } ?? 0
      return told(line, SyntaxFault.words(problem))
    default: return told(0, Text(verbatim: String(describing: error)))
    }
  }

  private func told(_ line: Int, _ reason: Text) -> PackFault {
    var said = Text("YAML 写法不对：\(reason.chinese)", "not valid YAML: \(reason.english)")
    if lines.indices.contains(line - 1) {
      let whole = lines[line - 1].drop { $0 == " " || $0 == "\t" }
      let text = whole.count > 60 ? whole.prefix(60) + "…" : whole
      if !text.isEmpty {
        said = Text("\(said.chinese)。这一行是：\(text)", "\(said.english). The line reads: \(text)")
      }
    }
    return PackFault(file: file, line: line, field: "", reason: said)
  }

  /// libyaml's message in words; one that is not known here stands as it is.
  private static func words(_ problem: String) -> Text {
    guard let chinese = chinese[problem] else {
      return Text("这里不合 YAML 的写法（\(problem)）", problem)
    }
    return Text(chinese, problem)
  }

  private static let chinese = [
    "mapping values are not allowed in this context": "这里不能再写“字段: 值”",
    "mapping keys are not allowed in this context": "这里不能写“? ”",
    "block sequence entries are not allowed in this context": "这里不能有以“- ”开头的一项",
    "could not find expected ':'": "少了“字段: 值”里的冒号",
    "did not find expected '-' indicator": "这里应是以“- ”开头的一项，和上面的各项对齐",
    "did not find expected key": "这里应是“字段: 值”，和上面的字段对齐",
    "did not find expected ',' or ']'": "方括号里少了逗号，或者没有“]”",
    "did not find expected ',' or '}'": "花括号里少了逗号，或者没有“}”",
    "did not find expected <document start>": "这里不该再有内容",
    "but found another document": "一个文件里只能有一份规定，“---”后面不能再有",
    "did not find expected node content": "这里少了一个值",
    "did not find expected comment or line break": "这里多了字",
    "did not find expected whitespace or line break": "这里少了空格",
    "did not find expected whitespace": "这里少了空格",
    "found a tab character that violates indentation": "行首不能用 TAB，请改成空格",
    "found a tab character where an indentation space is expected": "行首不能用 TAB，请改成空格",
    "found character that cannot start any token": "文字不能以这个符号开头，请用引号括起来",
    "found unexpected ':'": "这里不该有冒号，文字里有冒号的请用引号括起来",
    "found unexpected end of stream": "引号没有写完",
    "found unexpected document indicator": "引号没有写完",
    "found unknown escape character": "双引号里的反斜杠（\\）后面写得不对，请改用单引号",
    "Maximum nesting level reached, set with yaml_set_max_nest_level())": "括号一层套一层，套得太多了",
    "control characters are not allowed": "有看不见的控制字符，请删掉",
  ]
}

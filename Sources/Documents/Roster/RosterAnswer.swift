import Sanatorium

/// A cell that answers a question. Blank, `/` and `无` are three different things.
enum RosterAnswer: Hashable {
  case blank
  /// `/`, `—`: the question does not apply, so it is not answered either.
  case notApplicable
  case yes(Day?)
  case no
  case unreadable

  private static let yeses: Set<String> = [
    "是", "√", "✓", "✔", "☑", "有", "同意", "已签", "已同意", "已报名", "已批准", "批准", "自愿", "y", "yes", "1", "true", "对", "已", "能",
    "可以", "可",
    "已签字", "已签名", "已签订", "同意参加", "自愿报名", "自愿参加", "报名", "本人自愿", "家属同意", "单位同意", "同意推荐", "推荐", "审核通过", "通过", "已审批", "v",
    "ok", "签字", "■",
  ]
  private static let noes: Set<String> = [
    "否", "×", "✗", "✘", "✕", "☒", "x", "无", "不同意", "未签", "未同意", "未报名", "未批准", "不批准", "n", "no", "0", "false", "不", "没有",
    "未",
    "不能", "不可以", "未签字", "未签订", "不自愿", "不推荐", "未通过", "不通过", "拒绝", "不愿意", "没签", "错", "未审批",
  ]

  init(_ cell: SheetCell) {
    guard !cell.isBlank else {
      self = .blank
      return
    }
    if case .date(let day, _) = cell.kind {
      self = .yes(day)
      return
    }
    let text = cell.text.trimmed
    if let answer = RosterAnswer.word(text) {
      self = answer
    } else if let (before, inside) = RosterText.bracketed(text), let answer = RosterAnswer.word(before) {
      // `同意（2026.8.1）`
      if case .yes = answer, case .day(let day, _) = RosterDate(SheetCell(.text, text: inside), isBirth: false) {
        self = .yes(day)
      } else {
        self = answer
      }
    } else if let ticked = RosterAnswer.ticked(text), let answer = RosterAnswer.word(ticked) {
      self = answer
    } else if cell.kind == .text, case .day(let day, shortYear: false) = RosterDate(cell, isBirth: false) {
      // The day of the signature stands for it.
      self = .yes(day)
    } else {
      self = .unreadable
    }
  }

  private static func word(_ text: String) -> RosterAnswer? {
    let word = text.folded.filter { !"。.!'".contains($0) }
    if ["/", "-", "--", "—", "\\", "不适用"].contains(word) { return .notApplicable }
    if yeses.contains(word) { return .yes(nil) }
    return noes.contains(word) ? .no : nil
  }

  /// The option that carries the tick in `☑是 □否` or `是√ 否□`.
  private static func ticked(_ text: String) -> String? {
    let ticks: Set<Character> = ["☑", "√", "✓", "✔", "■"]
    guard text.contains(where: { "□☐".contains($0) }), let tick = text.firstIndex(where: ticks.contains) else {
      return nil
    }
    let isOption = { (character: Character) in !"□☐ 　".contains(character) && !ticks.contains(character) }
    let after = text[text.index(after: tick)...].prefix(while: isOption)
    if text.first.map({ ticks.contains($0) || "□☐".contains($0) }) ?? false { return String(after) }
    return String(text[..<tick].reversed().prefix(while: isOption).reversed())
  }
}

/// How far someone looks after himself.
enum RosterSelfCare {
  /// The codes of `FactKey.selfCare`; nil for words that say neither.
  static func code(_ text: String) -> String? {
    let text = text.folded
    if ["不能", "不可", "无法", "失能", "需照顾", "需要照顾", "需护理", "完全不"].contains(where: text.contains) { return "none" }
    if ["部分", "基本", "半自理", "半", "较好", "一般"].contains(where: text.contains) { return "able" }
    if ["完全自理", "完全", "自理", "能自理", "生活自理", "良好", "好", "全自理"].contains(text) || text.contains("完全自理") {
      return "full"
    }
    if text == "能够自理" || text == "生活能够自理" || text == "可以自理" || text == "能够" { return "able" }
    switch RosterAnswer(SheetCell(.text, text: text)) {
    case .yes: return "full"
    case .no: return "none"
    default: return nil
    }
  }
}

/// Results of the screening for infectious diseases.
enum RosterScreening {
  /// `negative`, `positive`; nil for words that say neither. The question is whether a disease is there, so `无` and `否`
  /// are negative.
  static func code(_ text: String) -> String? {
    let text = text.folded
    if ["阳性", "阳", "+", "(+)", "positive", "有", "是", "有传染病", "患有"].contains(text) || text.contains("阳性") {
      return "positive"
    }
    let negative = [
      "阴性", "阴", "-", "(-)", "negative", "无", "否", "没有", "未见异常", "正常", "无传染病", "无异常", "合格", "未发现", "×", "均阴性",
    ]
    return negative.contains(text) || text.contains("阴性") ? "negative" : nil
  }
}

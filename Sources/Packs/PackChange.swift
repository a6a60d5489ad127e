public import Sanatorium

/// One thing that a pack sets otherwise than what it extends, or that nothing beneath it sets.
public struct PackChange: Hashable, Sendable {
  /// The parameter or the rule: `max_days`, `NM12`.
  public let subject: String
  /// What of a rule: `force`, `checks`, `title`, `report`; nil for a parameter.
  public let part: String?
  /// The regulation that set it; nil when nothing beneath did.
  public let base: String?
  /// As a pack writes it; nil when nothing beneath sets it.
  public let old: Text?
  public let new: Text
  /// The clause that allows it; nil where none is needed.
  public let permission: RuleChange?

  /// The change in one sentence.
  public func sentence(_ language: Language) -> String {
    let name = part.map { "\(subject) \($0)" } ?? subject
    guard let old, let base else {
      return Text("\(name)：上级没有规定，定为 \(new.chinese)", "\(name): set by nothing above, now \(new.english)")(language)
    }
    let clause = permission.map {
      Text("，依据\($0.article)“\($0.quote)”", ", by \($0.article) “\($0.quote)”")
    }
    return Text(
      "\(name)：\(base) 是 \(old.chinese)，改为 \(new.chinese)\(clause?.chinese ?? "")",
      "\(name): \(old.english) in \(base), now \(new.english)\(clause?.english ?? "")")(language)
  }
}

extension PackChange {
  /// What a change of a rule changed of it.
  static func between(_ old: Rule, _ new: Rule, wholeChecks: Bool) -> [PackChange] {
    func change(_ part: String, _ before: Text, _ after: Text) -> PackChange? {
      guard before != after else { return nil }
      return PackChange(
        subject: old.id, part: part, base: old.regulation, old: before, new: after, permission: new.changedBy)
    }
    func text(_ text: Text?) -> Text { text.map { Text(verbatim: Yaml.text($0)) } ?? Text("空白", "nothing") }
    func checks(_ rule: Rule) -> Text { Text(verbatim: Yaml.list(rule.checks.map(Yaml.check))) }
    let checked =
      wholeChecks
      ? change("checks", checks(old), checks(new)) : change("force", PackChange.forces(old), PackChange.forces(new))
    return [
      checked, change("title", text(old.title), text(new.title)), change("report", text(old.report), text(new.report)),
    ].compactMap { $0 }
  }

  /// `S（原则上）`; of checks with different force each once.
  private static func forces(_ rule: Rule) -> Text {
    let forces = Force.allCases.filter { force in rule.checks.contains { $0.force == force } }
    return Text(
      forces.map { "\($0.letter)（\($0.name.chinese)）" }.joined(separator: "、"),
      forces.map { "\($0.letter) (\($0.name.english))" }.joined(separator: ", "))
  }
}

internal import Sanatorium

/// Applies a pack's changes to what it inherits. A lower level may refine a regulation only by a clause of that
/// regulation (内蒙古 第十四条, 济宁 第十八条), which the pack names in `allowed_by`; what has no such clause can't be changed.
struct RuleChanger {
  let root: PackFields
  let regulation: String
  let reader: RuleReader
  let bases: [Regulation]
  /// The clauses that the pack relies on, by the regulation whose they are.
  let permissions: [String: RuleChange]
  private let clauses: [String: RefiningClause]
  /// Whether everything that is extended could be read.
  private let isWhole: Bool
  /// What `change` has changed.
  private(set) var changes: [PackChange] = []

  init(root: PackFields, regulation: String, reader: RuleReader, bases: [Regulation], isWhole: Bool) {
    self.isWhole = isWhole
    self.root = root
    self.regulation = regulation
    self.reader = reader
    self.bases = bases
    var clauses: [String: RefiningClause] = [:]
    for base in bases { if let clause = base.allows { clauses[base.id] = clause } }
    self.clauses = clauses
    var permissions: [String: RuleChange] = [:]
    for fields in root.oneOrMore("allowed_by") {
      guard isWhole else {
        _ = fields.keys
        continue
      }
      guard let (base, change) = RuleChanger.permission(fields, clauses, by: regulation) else { continue }
      permissions[base] = change
    }
    self.permissions = permissions
  }

  /// A clause as it was named, held against the clauses of the regulations beneath; nil (and reported) when it is none.
  private static func permission(
    _ fields: PackFields, _ clauses: [String: RefiningClause], by regulation: String
  ) -> (base: String, change: RuleChange)? {
    let article = fields.string("article")
    let quote = fields.string("quote")
    let named = fields.optionalString("regulation")
    if let named, clauses[named] == nil {
      fields.fault(
        "regulation",
        Text("“\(named)”没有允许下级细化的条款，或者没有写在 extends 里", "“\(named)” has no clause by which it may be refined, or isn't extended"))
      return nil
    }
    let matching = clauses.filter { named == nil || $0.key == named }.filter { bare($0.value.article) == bare(article) }
    guard let (base, clause) = matching.first, matching.count == 1 else {
      guard !article.isEmpty else { return nil }
      let known = clauses.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.article)" }.joined(separator: ", ")
      fields.fault(
        "article",
        known.isEmpty
          ? Text("上级规定都没有允许下级细化的条款", "nothing that it extends has a clause by which it may be refined")
          : Text("“\(article)”不是允许细化的条款；有 \(known)", "“\(article)” is no clause that allows it; there are: \(known)"))
      return nil
    }
    guard !quote.isEmpty, bare(clause.quote).contains(bare(quote)) else {
      if !quote.isEmpty {
        fields.fault(
          "quote",
          Text("和原文不一致，\(clause.article)写的是“\(clause.quote)”", "these are not its words; \(clause.article) says “\(clause.quote)”"))
      }
      return nil
    }
    return (base, RuleChange(regulation: regulation, article: clause.article, quote: clause.quote))
  }

  private static func bare(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  mutating func change(_ inherited: [Rule]) -> [Rule] {
    var rules = inherited
    var seen: Set<String> = []
    for fields in root.list("changes") {
      let id = fields.string("rule")
      guard let index = rules.firstIndex(where: { $0.id == id }) else {
        _ = fields.keys
        if isWhole { fields.fault("rule", Text("上级规定里没有 \(id)", "nothing that is extended has the rule \(id)")) }
        continue
      }
      if !seen.insert(id).inserted { fields.fault("rule", Text("\(id) 改了两次", "\(id) is changed twice")) }
      demandPermission("rule", in: fields, of: rules[index].regulation)
      rules[index] = changed(rules[index], fields, permissions[rules[index].regulation])
    }
    return rules
  }

  /// Reports a change of something that a regulation set, unless a clause of that regulation allows it.
  func demandPermission(_ key: String, in fields: PackFields, of owner: String) {
    guard permissions[owner] == nil, isWhole else { return }
    fields.fault(
      key,
      clauses[owner].map {
        Text(
          "改的是 \(owner) 的规定，要在 allowed_by 里写明它的\($0.article)",
          "this changes \(owner): `allowed_by` must name its \($0.article), which permits it")
      }
        ?? Text(
          "\(owner) 没有允许下级细化的条款，不能改", "\(owner) has no clause by which it may be refined, so this can't change"))
  }

  private mutating func changed(_ rule: Rule, _ fields: PackFields, _ permission: RuleChange?) -> Rule {
    var checks = rule.checks
    let wholeChecks = fields.has("checks")
    if wholeChecks { checks = fields.requiredList("checks").map { reader.check($0) } }
    if let force = fields.optionalChoice("force", Force.self) {
      checks = checks.map { RuleCheck($0.kind, at: $0.gates, force: force, by: $0.by, demands: $0.demands) }
    }
    let changed = Rule(
      id: rule.id, regulation: rule.regulation, article: rule.article, quote: rule.quote,
      title: fields.optionalText("title") ?? rule.title, report: fields.optionalText("report") ?? rule.report,
      checks: checks, changedBy: permission ?? rule.changedBy)
    refuseIdle(fields, rule, changed, wholeChecks)
    changes += PackChange.between(rule, changed, wholeChecks: wholeChecks)
    return changed
  }

  /// Reports what a change gives without changing it: an author who is told of a change relies on there being one.
  private func refuseIdle(_ fields: PackFields, _ rule: Rule, _ changed: Rule, _ wholeChecks: Bool) {
    func same(_ key: String, _ isSame: Bool) {
      guard fields.has(key), isSame, !fields.isFaulty(key) else { return }
      fields.fault(
        key,
        Text("和 \(rule.id) 原来的一样，没有改动", "this is what \(rule.id) has already; nothing is changed"))
    }
    same(wholeChecks ? "checks" : "force", changed.checks == rule.checks)
    same("title", changed.title == rule.title)
    same("report", changed.report == rule.report)
    if !["checks", "force", "title", "report"].contains(where: fields.has) {
      fields.fault(
        "rule",
        Text(
          "没有写要改什么；可写 force、checks、title、report", "nothing is changed; give `force`, `checks`, `title` or `report`"))
    }
  }
}

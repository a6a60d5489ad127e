internal import Sanatorium

/// Applies a pack's changes to what it inherits. A lower level may refine the regulation above it only by a clause of
/// that regulation, which the pack quotes in `allowed_by`.
struct RuleChanger {
  let root: PackFields
  let regulation: String
  let reader: RuleReader
  let changedParameters: [String]

  func change(_ inherited: [Rule]) -> [Rule] {
    let permission = root.optionalFields("allowed_by").map {
      RuleChange(regulation: regulation, article: $0.string("article"), quote: $0.string("quote"))
    }
    let changes = root.list("changes")
    if permission == nil {
      if !changes.isEmpty { demandPermission("changes") }
      if let first = changedParameters.first { demandPermission("parameters", first) }
    }
    var rules = inherited
    var seen: Set<String> = []
    for fields in changes {
      let id = fields.string("rule")
      guard let index = rules.firstIndex(where: { $0.id == id }) else {
        fields.fault("rule", Text("上级规定里没有 \(id)", "nothing that is extended has the rule \(id)"))
        continue
      }
      if !seen.insert(id).inserted { fields.fault("rule", Text("\(id) 改了两次", "\(id) is changed twice")) }
      rules[index] = changed(rules[index], fields, permission)
    }
    return rules
  }

  private func demandPermission(_ key: String, _ parameter: String? = nil) {
    let what = parameter.map { "（\($0)）" } ?? ""
    let which = parameter.map { " (\($0))" } ?? ""
    root.fault(
      key,
      Text(
        "改了上级规定\(what)，要在 allowed_by 里写明上级规定哪一条允许细化",
        "it changes what it extends\(which): `allowed_by` must name the clause that permits it"))
  }

  private func changed(_ rule: Rule, _ fields: PackFields, _ permission: RuleChange?) -> Rule {
    var checks = rule.checks
    if fields.has("checks") { checks = fields.requiredList("checks").map { reader.check($0) } }
    if let force = fields.optionalChoice("force", Force.self) {
      checks = checks.map { RuleCheck($0.kind, at: $0.gates, force: force, by: $0.by, demands: $0.demands) }
    }
    return Rule(
      id: rule.id, regulation: rule.regulation, article: rule.article, quote: rule.quote,
      title: fields.optionalText("title") ?? rule.title, report: fields.optionalText("report") ?? rule.report,
      checks: checks, changedBy: permission ?? rule.changedBy)
  }
}

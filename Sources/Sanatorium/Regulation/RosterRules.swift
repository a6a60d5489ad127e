extension Regulation {
  /// Judges one person of a list: hard and soft arrival rules only, each on the parts for which the list has a column.
  /// A blank cell is `unknown` and a fault of that row; what is not in the list at all is no fault of anybody's.
  ///
  /// Each finding of a result names the fact and part, so the caller knows the column. `birth` is the date of birth,
  /// which a sound identity number gives as well. `firstDay` is the batch's 报到日.
  public func rosterResults(for person: PersonFacts, firstDay: Day, columns: Set<FactColumn>) -> [RuleResult] {
    let context = RuleContext(
      parameters: parameters, status: status, validity: validity, gate: .arrival, today: firstDay,
      batch: BatchFacts(firstDay: firstDay), person: person, columns: columns)
    return rosterRules.compactMap { $0.result(in: context) }
  }

  /// As above for a list known by its facts: each has the columns that lists usually have for it.
  public func rosterResults(for person: PersonFacts, firstDay: Day, known: Set<FactKey>) -> [RuleResult] {
    rosterResults(for: person, firstDay: firstDay, columns: Regulation.usualColumns(of: known))
  }

  /// The rules of which a list leaves a fact out, each once, in the order of the rules. A rule that asks several facts
  /// is named as soon as one of them has no column, and is still judged on the others: of JN06 a list tells the
  /// infectious diseases and not the mental ones. Dates and other details of a fact that has a column don't count.
  public func notAsked(columns: Set<FactColumn>) -> [String] {
    let keys = Set(columns.map(\.key))
    return rosterRules.filter { rule in
      rule.checks.contains { $0.columns(parameters).contains { !keys.contains($0.key) } }
    }.map(\.id)
  }

  public func notAsked(known: Set<FactKey>) -> [String] { notAsked(columns: Regulation.usualColumns(of: known)) }

  /// Rules that look at facts of a person before arrival; days and numbers are the batch's matter.
  private var rosterRules: [Rule] {
    rules.compactMap { rule in
      let checks = rule.checks.filter {
        let columns = $0.columns(parameters)
        return $0.gates.contains(.arrival) && $0.force != .informational && $0.isPersonal(at: .arrival)
          && !columns.isEmpty && columns.allSatisfy { FactCatalogue.scope(of: $0.key) != .batch }
      }
      guard !checks.isEmpty else { return nil }
      return Rule(
        id: rule.id, regulation: rule.regulation, article: rule.article, quote: rule.quote, title: rule.title,
        report: rule.report, checks: checks, changedBy: rule.changedBy)
    }
  }

  private static func usualColumns(of keys: Set<FactKey>) -> Set<FactColumn> {
    var columns: Set<FactColumn> = []
    for key in keys {
      let parts = FactCatalogue[key]?.parts.filter { $0.column != nil }.map(\.part) ?? [.value]
      for part in parts { columns.insert(FactColumn(key, part)) }
    }
    return columns
  }
}

extension Regulation {
  /// Runs the rules of a gate. Without a person those of the batch, with one those of that person; at arrival, daily
  /// and close a caller runs the batch once and each person. `today` is the facility's day, which only the daily gate
  /// looks at. The results stand in the order of the rules, one for each rule that asks something there.
  public func results(at gate: Gate, on today: Day, batch: BatchFacts, person: PersonFacts? = nil) -> [RuleResult] {
    let context = RuleContext(
      parameters: parameters, status: status, validity: validity, gate: gate, today: today, batch: batch,
      person: person, columns: nil)
    var results: [RuleResult] = []
    results.reserveCapacity(rules.count)
    // In place: a rule is a large value, and taking each out of the array would count its parts' references up and down
    // again, though most ask nothing at a given gate. The pointer does not outlive the closure.
    rules.withUnsafeBufferPointer { rules in
      guard let first = rules.baseAddress else { return }
      for index in rules.indices {
        if let result = (first + index).pointee.result(in: context) { results.append(result) }
      }
    }
    return results
  }

  /// The facts that the rules of a gate look at, in their order, each once, with those that may stand in for them.
  public func asked(at gate: Gate, of scope: FactDefinition.Scope) -> [FactKey] {
    var keys: [FactKey] = []
    for check in rules.flatMap(\.checks) where check.gates.contains(gate) {
      for key in check.columns(parameters).map(\.key) + check.standIns(parameters)
      where FactCatalogue.scope(of: key) == scope && !keys.contains(key) {
        keys.append(key)
      }
    }
    return keys
  }

  /// What is wrong with a fact under this regulation, beyond its definition: a cycle longer than allowed (reading Q13).
  public func faults(in fact: RecordedFact, for key: FactKey) -> [Fault] {
    guard key == .cycleLength, let limit = parameters.cycleYearsLimit, let years = fact.number.flatMap({ Int($0) }),
      years > limit
    else { return [] }
    return [
      Fault(
        "number", "out-of-range",
        Text(
          "疗养周期最多 \(limit) 年，不能填 \(years)。",
          "A cycle has at most \(limit) years, not \(years)."))
    ]
  }
}

extension RuleCheck {
  /// The facts that it asks for, by part; nothing for figures that are computed.
  func columns(_ parameters: RegulationParameters) -> [FactColumn] {
    switch kind {
    case .facts: demands.flatMap { demand in demand.parts.map { FactColumn(demand.key, $0) } }
    case .qualifyingGround: [FactColumn(.qualifyingGround)]
    case .selfCare:
      (parameters.selfCare == nil ? [] : [FactColumn(.selfCare)])
        + (parameters.outdoor ? [FactColumn(.outdoorFit)] : [])
    case .exclusions: parameters.exclusions.map { FactColumn($0.key) }
    case .consents: [FactColumn(.consentSelf), FactColumn(.consentFamily), FactColumn(.consentUnit)]
    case .insurance: parameters.insurance.flatMap { [FactColumn($0.key), FactColumn($0.key, .number)] }
    case .ageCap: parameters.ageCap == nil ? [] : [FactColumn(.birth)]
    case .checkup: parameters.checkupMonths == nil ? [] : [FactColumn(.checkup, .date)]
    case .cycle: [FactColumn(.previousStay), FactColumn(.previousStay, .date)]
    case .statedSize: [FactColumn(.statedSize, .number)]
    case .venueArea: [FactColumn(.venueArea)]
    case .indicators: parameters.indicators.map { FactColumn($0.key) }
    case .issued: [FactColumn(.issued, .number), FactColumn(.issued, .date)]
    case .maxDays, .usualDays, .batchCap, .ratioFloor, .ratioCeiling, .medicalEscorts, .medicalLicences, .activities,
      .validity:
      []
    }
  }

  /// Facts of the batch that may answer for all its people, or that the check needs beside its own.
  func standIns(_ parameters: RegulationParameters) -> [FactKey] {
    switch kind {
    case .consents: parameters.consentsDated ? [.consentsCollected] : []
    case .insurance: [.insurancePeriod]
    case .cycle: parameters.cycleYears == nil ? [.cycleLength] : []
    case .validity: [.successor]
    default: []
    }
  }
}

extension Rule {
  /// Nil when the rule asks nothing there.
  func result(in context: RuleContext) -> RuleResult? {
    var findings: [RuleFinding] = []
    var by: [Responsible] = []
    var asksDays = false
    let isPersonal = context.person != nil
    for check in checks where check.gates.contains(context.gate) && check.isPersonal(at: context.gate) == isPersonal {
      findings += context.findings(of: check)
      for one in check.by where !by.contains(one) { by.append(one) }
      if check.kind == .maxDays { asksDays = true }
    }
    guard !findings.isEmpty else { return nil }

    // Only binding parts decide where there are any; the others then become a remark.
    let strongest = findings.lazy.map(\.force.rank).min() ?? 2
    let isBinding = strongest < 2
    var open: [Text] = []
    var remarks: [Text] = []
    var missing: [FactKey] = []
    var used: [FactUse] = []
    var decisive: RuleFinding?
    for finding in findings {
      used += finding.used
      if let warning = finding.warning { remarks.append(warning) }
      if finding.outcome == .pass { continue }
      if finding.outcome == .unknown, let key = finding.key, !missing.contains(key) { missing.append(key) }
      if isBinding, finding.force == .informational {
        remarks.append(finding.message)
      } else {
        open.append(finding.message)
        if decisive.map({ finding.weight < $0.weight }) ?? true { decisive = finding }
      }
    }
    let isMedicalOverrun = asksDays && decisive?.outcome == .fail && context.person?.isInHospital == true
    let message =
      open.isEmpty ? (findings.count == 1 ? findings[0].message : title) : Text.sentences(open)
    return RuleResult(
      rule: id, regulation: regulation, article: article, quote: quote, title: title,
      force: decisive?.force ?? Force.allCases[strongest], gate: context.gate, by: by,
      outcome: decisive?.outcome ?? .pass,
      message: message, facts: used, missing: missing, warning: remarks.isEmpty ? nil : Text.sentences(remarks),
      findings: findings, participant: context.person?.id, cause: isMedicalOverrun ? .medical : nil)
  }
}

extension Force {
  fileprivate var rank: Int {
    switch self {
    case .hard: 0
    case .soft: 1
    case .informational: 2
    }
  }
}

extension RuleFinding {
  /// Hard before soft before informational, fail before unknown.
  fileprivate var weight: Int { force.rank * 2 + (outcome == .fail ? 0 : 1) }
}

extension Text {
  /// Whole sentences, one after the other.
  static func sentences(_ texts: [Text]) -> Text {
    texts.count == 1
      ? texts[0]
      : Text(texts.map(\.chinese).joined(), texts.map(\.english).joined(separator: " "))
  }
}

extension Regulation {
  /// Runs the rules of a gate. Without a person those of the batch, with one those of that person; at arrival, daily
  /// and close a caller runs the batch once and each person. `today` is the facility's day, which only the daily gate
  /// looks at. The results stand in the order of the rules, one for each rule that asks something there.
  public func results(at gate: Gate, on today: Day, batch: BatchFacts, person: PersonFacts? = nil) -> [RuleResult] {
    let context = RuleContext(
      parameters: parameters, status: status, validity: validity, gate: gate, today: today, batch: batch,
      person: person, columns: nil)
    return rules.compactMap { $0.result(in: context) }
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

  /// What is wrong with a fact under this regulation, beyond its definition: a cycle longer than allowed (POLICY Q13).
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
    let checks = checks.filter {
      $0.gates.contains(context.gate) && $0.isPersonal(at: context.gate) == (context.person != nil)
    }
    let findings = checks.flatMap { context.findings(of: $0) }
    guard !findings.isEmpty else { return nil }

    // Only binding parts decide where there are any; the others then become a remark.
    let strongest = findings.map(\.force.rank).min() ?? 2
    let binding = strongest < 2 ? findings.filter { $0.force != .informational } : findings
    let decisive = binding.filter { $0.outcome != .pass }.min { $0.weight < $1.weight }
    let open = binding.filter { $0.outcome != .pass }
    let remarks =
      findings.compactMap(\.warning)
      + (strongest < 2 ? findings.filter { $0.force == .informational && $0.outcome != .pass }.map(\.message) : [])
    var missing: [FactKey] = []
    for key in findings.filter({ $0.outcome == .unknown }).compactMap(\.key) where !missing.contains(key) {
      missing.append(key)
    }
    var by: [Responsible] = []
    for one in checks.flatMap(\.by) where !by.contains(one) { by.append(one) }
    let isMedicalOverrun =
      context.person?.isInHospital == true && decisive?.outcome == .fail && checks.contains { $0.kind == .maxDays }
    return RuleResult(
      rule: id, regulation: regulation, article: article, quote: quote, title: title,
      force: decisive?.force ?? Force.allCases[strongest], gate: context.gate, by: by,
      outcome: decisive?.outcome ?? .pass,
      message: open.isEmpty ? (binding.count == 1 ? binding[0].message : title) : Text.sentences(open.map(\.message)),
      facts: findings.flatMap(\.used), missing: missing, warning: remarks.isEmpty ? nil : Text.sentences(remarks),
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

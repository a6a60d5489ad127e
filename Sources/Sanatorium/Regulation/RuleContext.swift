/// What one evaluation looks at. Everything comes in as arguments, so the same input gives the same answer on any day.
struct RuleContext {
  let parameters: RegulationParameters
  let status: RegulationStatus
  let validity: Validity
  let gate: Gate
  let today: Day
  let batch: BatchFacts
  let person: PersonFacts?
  /// Of a list, the columns it has; nil where everything is asked.
  let columns: Set<FactColumn>?

  func asks(_ key: FactKey, _ part: FactPart = .value) -> Bool {
    columns?.contains(FactColumn(key, part)) ?? true
  }

  /// A fact of the person where one is judged, else of the batch.
  func fact(_ key: FactKey) -> RecordedFact? {
    if let person { return person.facts[key] }
    return batch.facts[key]
  }

  /// The person's own first day, else the batch's.
  var firstDay: Day? { person?.firstDay ?? batch.firstDay }
  var lastDay: Day? { person?.lastDay ?? batch.lastDay }

  func findings(of check: RuleCheck) -> [RuleFinding] {
    let force = check.force
    return switch check.kind {
    case .facts: check.demands.compactMap { finding(for: $0, force) }
    case .qualifyingGround: ground(force)
    case .selfCare: selfCare(force)
    case .exclusions: exclusions(force)
    case .consents: consents(force)
    case .insurance: insurance(force)
    case .ageCap: ageCap(force)
    case .maxDays: maxDays(force)
    case .usualDays: usualDays(force)
    case .batchCap: batchCap(force)
    case .statedSize: statedSize(force)
    case .checkup: checkup(force)
    case .cycle: cycle(force)
    case .venueArea: venueArea(force)
    case .ratioFloor: ratioFloor(force)
    case .ratioCeiling: ratioCeiling(force)
    case .medicalEscorts: medicalEscorts(force)
    case .medicalLicences: medicalLicences(force)
    case .indicators: parameters.indicators.compactMap { finding(for: FactDemand($0.key), force) }
    case .activities: activities(force)
    case .validity: validityOfDay1(force)
    case .issued: issued(force)
    }
  }

  /// One demand: unknown while a part is missing, fail on a value that won't do. Nil when a list has no column for it.
  func finding(for demand: FactDemand, _ force: Force) -> RuleFinding? {
    let parts = columns == nil ? demand.parts : demand.parts.filter { asks(demand.key, $0) }
    guard !parts.isEmpty else { return nil }
    let fact = fact(demand.key)
    if fact?.isConfirmedMissing == true, demand.values?.contains("missing") != true {
      let label = FactCatalogue.label(demand.key)
      return RuleFinding(
        .fail, force, key: demand.key, part: parts[0],
        Text("没有“\(label.chinese)”。", "There is no “\(label.english)”."), used: [FactUse(demand.key, "missing")])
    }
    let blank = fact.map { fact in parts.filter { !fact.has($0) } } ?? parts
    let used = parts.compactMap { part in fact?[part].map { FactUse(demand.key, $0) } }
    if let values = demand.values, let value = fact?[.value], parts.contains(.value), !values.contains(value) {
      return RuleFinding(
        .fail, force, key: demand.key, part: .value, refusal(of: demand.key, value, accepted: values), used: used)
    }
    guard blank.isEmpty else {
      return RuleFinding(
        .unknown, force, key: demand.key, part: blank[0], missing(demand.key, blank, of: fact), used: used)
    }
    return RuleFinding(.pass, force, key: demand.key, part: parts[0], FactCatalogue.label(demand.key), used: used)
  }

  /// `还没记“家属同意”。`, or which parts are missing of a fact that is there.
  func missing(_ key: FactKey, _ parts: [FactPart], of fact: RecordedFact?) -> Text {
    let label = FactCatalogue.label(key)
    let definition = FactCatalogue[key]
    guard let fact, !fact.given.isEmpty, let definition else {
      return Text("还没记“\(label.chinese)”。", "“\(label.english)” is not recorded yet.")
    }
    let names = parts.map { definition[$0]?.label ?? Text(verbatim: $0.rawValue) }
    return Text(
      "“\(label.chinese)”还差：\(names.map(\.chinese).joined(separator: "、"))。",
      "“\(label.english)” still lacks: \(names.map(\.english).joined(separator: ", ")).")
  }

  func refusal(of key: FactKey, _ value: String, accepted: [String]) -> Text {
    let label = FactCatalogue.label(key)
    let definition = FactCatalogue[key]
    let found = definition?.label(of: value) ?? Text(verbatim: value)
    let wanted = accepted.map { definition?.label(of: $0) ?? Text(verbatim: $0) }
    return Text(
      "“\(label.chinese)”是“\(found.chinese)”，要求“\(wanted.map(\.chinese).joined(separator: "”或“"))”。",
      "“\(label.english)” is “\(found.english)” where “\(wanted.map(\.english).joined(separator: "” or “"))” is required."
    )
  }
}

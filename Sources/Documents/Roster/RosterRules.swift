import Sanatorium

extension RosterLayout {
  /// The parts of facts for which the list has a column; only these are judged.
  func factColumns(hasUnitRows: Bool) -> Set<FactColumn> {
    var columns: Set<FactColumn> = []
    if has(.birth) || has(.identity) { columns.insert(FactColumn(.birth)) }
    if has(.unit) || has(.certifyingUnit) || hasUnitRows { columns.insert(FactColumn(.certifyingUnit)) }
    let simple: [(RosterField, FactKey, FactPart)] = [
      (.ground, .qualifyingGround, .value), (.category, .category, .value), (.consentSelf, .consentSelf, .value),
      (.consentFamily, .consentFamily, .value), (.consentUnit, .consentUnit, .value),
      (.agreement, .participantAgreement, .number), (.selfCare, .selfCare, .value), (.outdoor, .outdoorFit, .value),
      (.infectious, .screeningInfectious, .value), (.mental, .exclusionMental, .value),
      (.critical, .exclusionCritical, .value), (.checkup, .checkup, .date), (.declaration, .declaration, .value),
      (.cycle, .previousStay, .value),
    ]
    for (field, key, part) in simple where has(field) { columns.insert(FactColumn(key, part)) }
    for (field, key) in [
      (RosterField.insuranceAccident, FactKey.insuranceAccident), (.insurancePersonal, .insurancePersonal),
    ]
    where has(.insuranceKind) || has(field) {
      columns.insert(FactColumn(key))
      if has(.policyNumber) || column(field)?.header.contains("号") ?? false { columns.insert(FactColumn(key, .number)) }
    }
    return columns
  }

  /// The columns that a fact's part is read from, the one to look at first.
  func columns(of key: FactKey?, _ part: FactPart?) -> [RosterColumn] {
    let fields: [RosterField] =
      switch key {
      case .birth?, .age?: has(.birth) ? [.birth] : [.identity]
      case .certifyingUnit?: [.certifyingUnit, .unit]
      case .qualifyingGround?: [.ground]
      case .category?: [.category]
      case .consentSelf?: [.consentSelf]
      case .consentFamily?: [.consentFamily]
      case .consentUnit?: [.consentUnit]
      case .participantAgreement?: [.agreement]
      case .selfCare?: [.selfCare]
      case .outdoorFit?: [.outdoor]
      case .screeningInfectious?: [.infectious]
      case .exclusionMental?: [.mental]
      case .exclusionCritical?: [.critical]
      case .checkup?: [.checkup]
      case .declaration?: [.declaration]
      case .previousStay?, .cycleLength?: [.cycle]
      case .insuranceAccident?:
        part == .number ? [.policyNumber, .insuranceAccident] : [.insuranceAccident, .insuranceKind]
      case .insurancePersonal?:
        part == .number ? [.policyNumber, .insurancePersonal] : [.insurancePersonal, .insuranceKind]
      default: []
      }
    return fields.compactMap(column)
  }
}

/// The regulation's rules as faults of one row.
struct RosterRules {
  let regulation: Regulation
  let startsOn: Day
  let layout: RosterLayout
  let columns: Set<FactColumn>

  /// Adds to the faults of reading what the rules find. What could not be read is not judged as well: one mistake is one
  /// fault. A rule that asks for a number says more than the question after it, which then goes.
  func faults(of row: RosterRow) -> [RosterFault] {
    var faults = row.faults
    let unread = Set(row.faults.filter { $0.force == .error }.map(\.column))
    let person = PersonFacts(facts: row.person.facts, birth: row.person.birth, sex: row.person.sex)
    for result in regulation.rosterResults(for: person, firstDay: startsOn, columns: columns) {
      for finding in result.findings where finding.outcome != .pass {
        let sources = layout.columns(of: finding.key, finding.part)
        if finding.outcome == .unknown || finding.key == .birth,
          sources.contains(where: { unread.contains($0.header) })
        {
          continue
        }
        let column = sources.first
        if finding.outcome == .unknown {
          faults.removeAll { RosterRules.answered.contains($0.code) && $0.column == column?.header }
        }
        // Two kinds of insurance missing in one cell are one thing to mend.
        var message = finding.message
        if let same = faults.firstIndex(where: { $0.rule == result.rule && $0.column == column?.header ?? "" }) {
          let first = faults.remove(at: same).message
          message = Text(first.chinese + message.chinese, "\(first.english) \(message.english)")
        }
        faults.append(
          RosterFault(
            row: row.line.number, column: column?.header ?? "", code: RosterFaultCode.rule,
            force: RosterForce(finding.force), rule: result.rule, value: column.map { row.line[$0].text } ?? "",
            message: message, clause: RosterRules.clause(result)))
      }
    }
    return faults
  }

  /// Questions that a rule's `unknown` on the same cell asks more exactly.
  private static let answered: Set<String> = [
    RosterFaultCode.numberMissing.rawValue, RosterFaultCode.birthMonthOnly.rawValue,
  ]

  private static func clause(_ result: RuleResult) -> String {
    let article = result.article.contains("条") ? result.article : "第\(result.article)条"
    return "\(article) \(result.quote)"
  }
}

extension RosterForce {
  init(_ force: Force) {
    self =
      switch force {
      case .hard: .hard
      case .soft: .soft
      case .informational: .informational
      }
  }
}

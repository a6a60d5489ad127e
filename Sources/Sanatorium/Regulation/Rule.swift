/// One clause of a regulation made testable: its words, and the checks that stand for them.
public struct Rule: Hashable, Sendable, Codable {
  /// `NM05`
  public let id: String
  /// The regulation it was written in; an extending regulation carries its base's rules unchanged.
  public let regulation: String
  /// As it is cited: `9`, `6(3)`, `令5 第十一条`.
  public let article: String
  /// The clause's own words, shown with every result.
  public let quote: String
  public let title: Text
  /// What the completion report shows of it; nil when only the result.
  public let report: Text?
  /// At least one.
  public let checks: [RuleCheck]
  /// The clause that allowed an extending regulation to change this rule; nil when it stands as written.
  public let changedBy: RuleChange?

  public init(
    id: String, regulation: String, article: String, quote: String, title: Text, report: Text? = nil,
    checks: [RuleCheck], changedBy: RuleChange? = nil
  ) {
    self.id = id
    self.regulation = regulation
    self.article = article
    self.quote = quote
    self.title = title
    self.report = report
    self.checks = checks
    self.changedBy = changedBy
  }

  /// The strongest force of its checks.
  public var force: Force { Force.allCases.first { force in checks.contains { $0.force == force } } ?? .informational }

  /// Every gate at which one of its checks runs.
  public var gates: [Gate] { Gate.allCases.filter { gate in checks.contains { $0.gates.contains(gate) } } }
}

/// Who changed an inherited rule, and by which permission.
public struct RuleChange: Hashable, Sendable, Codable {
  /// The regulation that changed it.
  public let regulation: String
  /// The article of the base that permits it, and its words.
  public let article: String
  public let quote: String

  public init(regulation: String, article: String, quote: String) {
    self.regulation = regulation
    self.article = article
    self.quote = quote
  }
}

/// One check of a rule: what is looked at, when, with what force. One clause may ask several things of several people
/// with different force (JN11: plans hard, the contact soft).
public struct RuleCheck: Hashable, Sendable, Codable {
  public let kind: CheckKind
  public let gates: [Gate]
  public let force: Force
  public let by: [Responsible]
  /// What a check of kind `facts` asks for; empty otherwise.
  public let demands: [FactDemand]
  /// Whom a check of kind `facts` is about.
  private let scope: FactDefinition.Scope?

  public init(_ kind: CheckKind, at gates: [Gate], force: Force, by: [Responsible], demands: [FactDemand] = []) {
    self.kind = kind
    self.gates = gates
    self.force = force
    self.by = by
    self.demands = demands
    scope = demands.first.flatMap { FactCatalogue.scope(of: $0.key) }
  }

  /// Whether it is run for each person (or once for the batch) at that gate.
  public func isPersonal(at gate: Gate) -> Bool {
    kind == .facts ? scope == .participant : kind.isPersonal(at: gate)
  }
}

/// A fact that must be recorded, with the parts and values that will do.
public struct FactDemand: Hashable, Sendable, Codable {
  public let key: FactKey
  /// The parts that must be given.
  public let parts: [FactPart]
  /// The values that pass; nil when any will.
  public let values: [String]?

  public init(_ key: FactKey, parts: [FactPart] = [.value], values: [String]? = nil) {
    self.key = key
    self.parts = parts
    self.values = values
  }
}

/// The closed set of things a pack can ask; the numbers come from the regulation's parameters.
public enum CheckKind: String, Sendable, CaseIterable, Codable {
  /// Facts are recorded, with the demanded parts and values.
  case facts
  /// A ground for being sent is certified (`grounds`). The sender certifies; the host checks that it is named.
  case qualifyingGround = "qualifying_ground"
  /// 生活自理, and outdoor fitness where asked (`self_care`, `outdoor`).
  case selfCare = "self_care"
  /// The named diseases are absent (`exclusions`).
  case exclusions
  /// 本人、家属、单位 have agreed, with dates where asked (`consents_dated`).
  case consents
  /// The named kinds of insurance, with number and cover (`insurance`, `insurance_cover`).
  case insurance
  /// Age on day 1 (`age_cap`, `age_cap_inclusive`).
  case ageCap = "age_cap"
  /// Days of the stay (`max_days`); at arrival and daily the person's own.
  case maxDays = "max_days"
  /// Days beyond the usual (`usual_days`).
  case usualDays = "usual_days"
  /// Participants per batch (`batch_cap`); at arrival the one more.
  case batchCap = "batch_cap"
  /// Participants against the size that the organizer stated; hard only once it is stated.
  case statedSize = "stated_size"
  /// The last check-up is recent enough on day 1 (`checkup_months`).
  case checkup
  /// Once per cycle (`cycle_years`, `cycle_years_limit`).
  case cycle
  /// The venue lies in the area (`venue_area`).
  case venueArea = "venue_area"
  /// Enough escorts (`ratio`).
  case ratioFloor = "ratio_floor"
  /// Not more escorts than the ratio allows (`ratio`).
  case ratioCeiling = "ratio_ceiling"
  /// Medical escorts are with the batch (`medical_escorts`).
  case medicalEscorts = "medical_escorts"
  /// Each medical escort's licence is recorded and valid to the last day.
  case medicalLicences = "medical_licences"
  /// The indicators of the regulation are recorded (`indicators`).
  case indicators
  /// Activities are logged (`activities`).
  case activities
  /// Day 1 lies within the regulation's validity.
  case validity
  /// A draft has been issued: number and date are recorded.
  case issued

  /// Whether it is run for each person (or once for the batch) at that gate.
  public func isPersonal(at gate: Gate) -> Bool {
    switch self {
    case .qualifyingGround, .selfCare, .exclusions, .consents, .insurance, .ageCap, .checkup, .cycle: true
    case .maxDays, .batchCap, .statedSize: gate == .arrival || gate == .daily
    default: false
    }
  }
}

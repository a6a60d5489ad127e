/// The figures of a regulation. Nil and empty mean that the regulation sets none.
public struct RegulationParameters: Hashable, Sendable, Codable {
  /// Longest stay in days, both travel days included.
  public var maxDays: Int?
  /// Beyond this a reason is asked.
  public var usualDays: Int?
  /// Participants per batch; escorts don't count (reading Q12).
  public var batchCap: Int?
  /// Completed years on day 1.
  public var ageCap: Int?
  /// Whether the cap itself is still allowed (reading Q7).
  public var ageCapInclusive = true
  public var selfCare: SelfCare?
  /// 能参加户外活动 is asked too.
  public var outdoor = false
  public var exclusions: [Exclusion] = []
  public var ratio: RatioLimit?
  /// Least number of medical escorts.
  public var medicalEscorts: Int?
  public var insurance: [InsuranceKind] = []
  public var insuranceCover: InsuranceCover = .whenRecorded
  /// The three consents carry dates.
  public var consentsDated = false
  /// Length of the recuperation cycle, when the regulation sets it.
  public var cycleYears: Int?
  /// The longest cycle that the organizer may set.
  public var cycleYearsLimit: Int?
  public var venueArea: VenueArea?
  /// A check-up may be this old on day 1.
  public var checkupMonths: Int?
  /// Codes of the qualifying grounds.
  public var grounds: [String] = []
  public var indicators: [Indicator] = []
  public var activities: [ActivityKind] = []
  /// Who signs the agreement with the participant, and with the host.
  public var participantAgreementSigner: Text?
  public var hostAgreementSigner: Text?

  public init() {}

  /// A sheet frozen by an earlier edition lacks what came later: it then sets none of it.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func optional<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
      try values.decodeIfPresent(Value.self, forKey: key)
    }
    maxDays = try optional(.maxDays)
    usualDays = try optional(.usualDays)
    batchCap = try optional(.batchCap)
    ageCap = try optional(.ageCap)
    ageCapInclusive = try optional(.ageCapInclusive) ?? true
    selfCare = try optional(.selfCare)
    outdoor = try optional(.outdoor) ?? false
    exclusions = try optional(.exclusions) ?? []
    ratio = try optional(.ratio)
    medicalEscorts = try optional(.medicalEscorts)
    insurance = try optional(.insurance) ?? []
    insuranceCover = try optional(.insuranceCover) ?? .whenRecorded
    consentsDated = try optional(.consentsDated) ?? false
    cycleYears = try optional(.cycleYears)
    cycleYearsLimit = try optional(.cycleYearsLimit)
    venueArea = try optional(.venueArea)
    checkupMonths = try optional(.checkupMonths)
    grounds = try optional(.grounds) ?? []
    indicators = try optional(.indicators) ?? []
    activities = try optional(.activities) ?? []
    participantAgreementSigner = try optional(.participantAgreementSigner)
    hostAgreementSigner = try optional(.hostAgreementSigner)
  }
}

/// 生活自理, as far as a regulation asks.
public enum SelfCare: String, Sendable, CaseIterable, Codable {
  /// 生活能够自理
  case able
  /// 生活完全自理
  case full
}

/// Diseases that exclude from a stay. Whether someone has one is the medical escort's judgement (reading Q15).
public enum Exclusion: String, Sendable, CaseIterable, Codable {
  case infectious
  case mental
  case critical
}

public enum InsuranceKind: String, Sendable, CaseIterable, Codable {
  /// 意外伤害保险
  case accident
  /// 人身保险
  case personal

  public var name: Text {
    switch self {
    case .accident: Text("意外伤害保险", "accident insurance")
    case .personal: Text("人身保险", "personal insurance")
    }
  }
}

/// Whether the days of cover must be known.
public enum InsuranceCover: String, Sendable, CaseIterable, Codable {
  /// Unknown until first and last day are recorded.
  case required
  /// Compared when recorded, remarked on when not.
  case whenRecorded = "when_recorded"
}

/// 考评指标 of the report.
public enum Indicator: String, Sendable, CaseIterable, Codable {
  /// 计划合理度
  case planSoundness = "plan_soundness"
  /// 满意度
  case satisfaction
  /// 任务完成情况
  case completion
}

/// The province in which the venue should lie.
public struct VenueArea: Hashable, Sendable, Codable {
  /// First two digits of the area's code (GB/T 2260), `37`.
  public let code: String
  public let name: Text

  public init(code: String, name: Text) {
    self.code = code
    self.name = name
  }
}

/// Who answers an alert, in the order it climbs.
public enum AlertTier: String, Sendable, CaseIterable, Codable, Comparable {
  /// 包组医护: the escorts assigned to the person.
  case assigned
  /// 医疗负责人: the medical lead on duty, else every medical escort on duty.
  case medicalLead = "medical-lead"
  /// 值班负责人
  case dutyLead = "duty-lead"
  /// 设施负责人
  case facilityHead = "facility-head"
  /// 组织单位领队
  case organizer

  public var label: Text {
    switch self {
    case .assigned: Text("包组医护", "Assigned escort")
    case .medicalLead: Text("医疗负责人", "Medical lead")
    case .dutyLead: Text("值班负责人", "Duty lead")
    case .facilityHead: Text("设施负责人", "Facility head")
    case .organizer: Text("组织单位领队", "Organizer’s lead")
    }
  }

  /// The account role whose people stand in this tier; which of them is on duty is the rota's answer.
  public var role: Role {
    switch self {
    case .assigned, .medicalLead: .escort
    case .dutyLead, .facilityHead: .lead
    case .organizer: .organizer
    }
  }

  private var place: Int {
    switch self {
    case .assigned: 0
    case .medicalLead: 1
    case .dutyLead: 2
    case .facilityHead: 3
    case .organizer: 4
    }
  }

  public static func < (left: AlertTier, right: AlertTier) -> Bool { left.place < right.place }
}

/// When a tier is told, counted from the alert's opening.
public enum AlertDelay: Hashable, Sendable, Codable {
  case minutes(Int)
  /// At the next change of shift.
  case nextShift
}

/// One step of a severity's ladder.
public struct AlertStep: Hashable, Sendable, Codable {
  public var tier: AlertTier
  public var delay: AlertDelay

  public init(tier: AlertTier, delay: AlertDelay) {
    self.tier = tier
    self.delay = delay
  }
}

/// Who is told when, for one severity.
public struct AlertSchedule: Hashable, Sendable, Codable {
  public var severity: Severity
  /// In the order of the tiers; later tiers never earlier.
  public var steps: [AlertStep]
  /// Rings every duty device at once.
  public var ringsAll: Bool
  public var source: String
  public var isUnverified: Bool

  public init(
    severity: Severity, steps: [AlertStep], ringsAll: Bool = false, source: String, isUnverified: Bool = true
  ) {
    self.severity = severity
    self.steps = steps
    self.ringsAll = ringsAll
    self.source = source
    self.isUnverified = isUnverified
  }
}

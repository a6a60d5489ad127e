/// Whose 疗养专项服务小组 it is (济宁 第十三条, 威海 第十六条: 组织单位和承办单位分别成立).
public enum ServiceSide: String, Sendable, Codable, CaseIterable {
  case organizer, host

  public var name: Text {
    switch self {
    case .organizer: Text("组织单位", "Organizer")
    case .host: Text("承办单位", "Host")
    }
  }

  /// The fact for which the group stands.
  public var group: FactKey { self == .organizer ? .serviceGroupOrganizer : .serviceGroupHost }

  /// What people of this side can have: 统筹安排和协调落实 stays with the organizer (威海 第十六条).
  public var duties: [ServiceDuty] {
    switch self {
    case .organizer: ServiceDuty.allCases
    case .host: ServiceDuty.ofHost
    }
  }
}

/// What somebody of a service group does, or answers for.
public enum ServiceDuty: String, Sendable, Codable, CaseIterable {
  case coordination
  case registration
  case boardSafety = "board_safety"
  case medical, emergency

  public var name: Text {
    switch self {
    case .coordination: Text("统筹协调", "Coordination")
    case .registration: Text("人员登记", "Registration")
    case .boardSafety: Text("食宿安全", "Board and lodging safety")
    case .medical: Text("医疗保障", "Medical care")
    case .emergency: Text("应急处置", "Emergencies")
    }
  }

  /// The host's four.
  public static let ofHost: [ServiceDuty] = [.registration, .boardSafety, .medical, .emergency]

  /// Whose people stand for the duty's fact; the other side may help.
  public var side: ServiceSide { self == .coordination ? .organizer : .host }

  /// The fact of who does it.
  public var fact: FactKey {
    switch self {
    case .coordination: .dutyCoordination
    case .registration: .dutyRegistration
    case .boardSafety: .dutyBoardSafety
    case .medical: .dutyMedical
    case .emergency: .dutyEmergency
    }
  }

  /// The fact of who is called to account for it (责任追究); coordination has none.
  public var accountability: FactKey? {
    switch self {
    case .coordination: nil
    case .registration: .accountabilityRegistration
    case .boardSafety: .accountabilityBoardSafety
    case .medical: .accountabilityMedical
    case .emergency: .accountabilityEmergency
    }
  }
}

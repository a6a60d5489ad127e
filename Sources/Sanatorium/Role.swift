/// What an account may do.
public enum Role: String, Sendable, CaseIterable, Codable {
  /// 随行医护 or, without a medical licence, a sending unit's escort: health records only with the licence.
  case escort
  /// 承办方工作人员: registration, rooms, outings, incidents, plan steps.
  case staff
  /// 值班负责人: everything on site; gates, plans, report.
  case lead
  /// 组织单位: opening, admission of held people, reports.
  case organizer
  /// 管理员: accounts, devices, backup; no health data.
  case admin

  public var name: Text {
    switch self {
    case .escort: Text("随行人员", "Escort")
    case .staff: Text("工作人员", "Staff")
    case .lead: Text("值班负责人", "Duty lead")
    case .organizer: Text("组织单位", "Organizer")
    case .admin: Text("管理员", "Administrator")
    }
  }
}

/// Who acts, on which device, as the journal records it.
public struct Actor: Sendable, Hashable {
  public let account: ID
  public let device: ID
  public let role: Role
  /// An escort with a medical licence; only then may an escort record or read health data.
  public let isMedical: Bool
  public let name: String

  public init(account: ID, device: ID = .none, role: Role, isMedical: Bool = false, name: String) {
    self.account = account
    self.device = device
    self.role = role
    self.isMedical = isMedical
    self.name = name
  }

  /// The daemon itself: clocks, rules, deliveries.
  public static let daemon = Actor(account: .none, role: .lead, name: "sanatoriumd")

  /// Health data: medical escorts and the duty lead record it (the lead answers for the house).
  public var mayReadHealth: Bool { role == .lead || (role == .escort && isMedical) || role == .organizer }
  public var mayRecordHealth: Bool { role == .lead || (role == .escort && isMedical) }
}

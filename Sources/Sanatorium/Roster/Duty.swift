/// What a person does on a shift; the alert tiers are found by it.
public enum Duty: String, Sendable, Codable, CaseIterable {
  /// 包组联络员、随行医护: looks after the people assigned.
  case escort
  case medicalLead = "medical-lead"
  case dutyLead = "duty-lead"
  case facilityHead = "facility-head"
  case organizerLead = "organizer-lead"
  case reception, security, logistics

  public var name: Text {
    switch self {
    case .escort: Text("随队值守", "Escort")
    case .medicalLead: Text("医疗负责人", "Medical lead")
    case .dutyLead: Text("值班负责人", "Duty lead")
    case .facilityHead: Text("设施负责人", "Facility head")
    case .organizerLead: Text("组织单位领队", "Organizer’s lead")
    case .reception: Text("前台", "Reception")
    case .security: Text("安保、消控室", "Security")
    case .logistics: Text("后勤", "Logistics")
    }
  }
}

/// Who does a plan's step; the raw value is the letter on the paper plan.
public enum PlanRole: String, Sendable, CaseIterable, Codable {
  case finder = "F"
  case medical = "M"
  case escort = "E"
  case reception = "R"
  case dutyLead = "D"
  case security = "S"
  case logistics = "G"
  case facilityHead = "H"
  case organizer = "O"

  public var name: Text {
    switch self {
    case .finder: Text("发现者", "Finder")
    case .medical: Text("随行医护", "Medical escort")
    case .escort: Text("包组联络员", "Assigned escort")
    case .reception: Text("前台", "Reception")
    case .dutyLead: Text("值班负责人", "Duty lead")
    case .security: Text("安保、消控室", "Security")
    case .logistics: Text("后勤", "Logistics")
    case .facilityHead: Text("设施负责人", "Facility head")
    case .organizer: Text("组织单位领队", "Organizer’s lead")
    }
  }

  /// All that this person does in an emergency.
  public var task: Text {
    switch self {
    case .finder: Text("喊人、打电话、留在原地、不离开人", "Call for help, telephone, stay there, never leave the person")
    case .medical: Text("判断、施救、交接 120", "Assess, treat, hand over to 120")
    case .escort: Text("带自己名单上的人，点名", "Lead the people on the own list, count them")
    case .reception: Text("一个电话通知全院，接车，拿名册", "Tell the whole house with one call, meet the ambulance, bring the list")
    case .dutyLead: Text("指挥、定级、报告", "Command, set the level, report")
    case .security: Text("门、路、警戒、电梯、监控", "Doors, roads, cordon, lifts, cameras")
    case .logistics: Text("停、封、换、送", "Stop, seal, replace, bring")
    case .facilityHead: Text("二级响应指挥，签发对外报告", "Command at level 2, sign reports that leave the house")
    case .organizer: Text("家属、原单位、退役军人局", "Families, former units, the veterans bureau")
    }
  }

  /// The plan roles an account may act in. Anyone is a finder; the duty lead may stand in for every role of the house.
  public static func held(by role: Role, isMedical: Bool) -> Set<PlanRole> {
    switch role {
    case .escort: isMedical ? [.finder, .medical, .escort] : [.finder, .escort]
    case .staff: [.finder, .reception, .security, .logistics]
    case .lead: [.finder, .medical, .escort, .reception, .security, .logistics, .dutyLead, .facilityHead]
    case .organizer: [.finder, .organizer]
    case .admin: [.finder]
    }
  }
}

/// 响应等级, 1 highest (突发事件应对法 Art. 71); neither the warning colour nor the event's grade.
public enum PlanLevel: Int, Sendable, CaseIterable, Codable, Comparable {
  case l1 = 1
  case l2 = 2
  case l3 = 3
  case l4 = 4

  public var name: Text {
    switch self {
    case .l1: Text("一级响应", "level 1")
    case .l2: Text("二级响应", "level 2")
    case .l3: Text("三级响应", "level 3")
    case .l4: Text("四级响应", "level 4")
    }
  }

  /// What the level means here.
  public var meaning: Text {
    switch self {
    case .l4: Text("岗位处置", "Handled on the spot")
    case .l3: Text("全设施，值班负责人指挥", "The whole facility, the duty lead commands")
    case .l2: Text("全员，设施负责人指挥，组织单位到位", "Everyone, the facility head commands, the organizer present")
    case .l1: Text("119、疾控、公安或政府指挥，我方配合", "Fire brigade, CDC, police or government command, we support")
    }
  }

  /// Greater is more serious: L1 above L4.
  public static func < (left: PlanLevel, right: PlanLevel) -> Bool { left.rawValue > right.rawValue }
}

/// Who may set a level; data of the plan pack.
public struct PlanLevelRule: Hashable, Sendable, Codable {
  public var level: PlanLevel
  /// Who may start at this level.
  public var start: [PlanRole]
  /// The daemon may start it by itself.
  public var automatic: Bool
  /// Who may raise to this level from a lower one.
  public var raise: [PlanRole]
  /// Who may lower from this level or end it.
  public var lower: [PlanRole]
  /// The word of an outside command is needed (119, CDC, police, government).
  public var external: Bool

  public init(
    level: PlanLevel, start: [PlanRole], automatic: Bool, raise: [PlanRole], lower: [PlanRole], external: Bool
  ) {
    self.level = level
    self.start = start
    self.automatic = automatic
    self.raise = raise
    self.lower = lower
    self.external = external
  }
}

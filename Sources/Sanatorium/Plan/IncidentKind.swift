/// What kind of thing happened: the nine risks of GB 38600-2019 and what else befalls such a house.
public enum IncidentKind: String, Sendable, CaseIterable, Codable {
  case choking
  case pressureInjury = "pressure-injury"
  case bedFall = "bed-fall"
  case scald
  case fall
  case missing
  case harmByOthers = "harm"
  case selfHarm = "self-harm"
  case misingestion
  case activityAccident = "activity-accident"
  case foodPoisoning = "food-poisoning"
  case acuteIllness = "acute-illness"
  case suddenDeath = "sudden-death"
  case medicationError = "medication-error"
  case outbreak
  case fire
  case utilityFailure = "utility-failure"
  case liftEntrapment = "lift"
  case traffic
  case naturalDisaster = "natural-disaster"
  case publicOrder = "public-order"
  case other

  public var label: Text {
    switch self {
    case .choking: Text("噎食", "Choking")
    case .pressureInjury: Text("压疮", "Pressure injury")
    case .bedFall: Text("坠床", "Fall from bed")
    case .scald: Text("烫伤", "Scald")
    case .fall: Text("跌倒", "Fall")
    case .missing: Text("走失", "Missing person")
    case .harmByOthers: Text("他伤", "Harm by others")
    case .selfHarm: Text("自伤", "Self-harm")
    case .misingestion: Text("误食", "Swallowed by mistake")
    case .activityAccident: Text("文娱活动意外", "Accident at an activity")
    case .foodPoisoning: Text("食物中毒", "Food poisoning")
    case .acuteIllness: Text("急病", "Acute illness")
    case .suddenDeath: Text("猝死", "Sudden death")
    case .medicationError: Text("用药错误", "Medication error")
    case .outbreak: Text("传染病聚集", "Outbreak")
    case .fire: Text("火灾", "Fire")
    case .utilityFailure: Text("停电停水", "Power or water failure")
    case .liftEntrapment: Text("困电梯", "Trapped in a lift")
    case .traffic: Text("交通事故", "Traffic accident")
    case .naturalDisaster: Text("自然灾害", "Natural disaster")
    case .publicOrder: Text("治安", "Public order")
    case .other: Text("其他", "Other")
    }
  }

  /// Whether what is written about it tells of somebody's body or mind: clinical words, for those who may read health data.
  public var tellsHealth: Bool {
    switch self {
    case .choking, .pressureInjury, .bedFall, .scald, .fall, .harmByOthers, .selfHarm, .misingestion, .activityAccident,
      .foodPoisoning, .acuteIllness, .suddenDeath, .medicationError, .outbreak:
      true
    case .missing, .fire, .utilityFailure, .liftEntrapment, .traffic, .naturalDisaster, .publicOrder, .other: false
    }
  }

  /// One of the nine risks of GB 38600-2019 (他伤和自伤 are one of them).
  public var isServiceRisk: Bool {
    switch self {
    case .choking, .pressureInjury, .bedFall, .scald, .fall, .missing, .harmByOthers, .selfHarm, .misingestion,
      .activityAccident:
      true
    default: false
    }
  }
}

/// The four classes of the Emergency Response Law (突发事件应对法 Art. 2).
public enum EventClass: String, Sendable, CaseIterable, Codable {
  case naturalDisaster = "natural-disaster"
  case accident
  case publicHealth = "public-health"
  case socialSafety = "social-safety"

  public var label: Text {
    switch self {
    case .naturalDisaster: Text("自然灾害", "Natural disaster")
    case .accident: Text("事故灾难", "Accident")
    case .publicHealth: Text("公共卫生", "Public health")
    case .socialSafety: Text("社会安全", "Social safety")
    }
  }
}

/// The facility's own grade of an incident, which sets its reporting duties. Not the statutory grade.
public enum FacilityGrade: String, Sendable, CaseIterable, Codable, Comparable {
  case first = "I"
  case second = "II"
  case third = "III"
  case fourth = "IV"

  public var label: Text {
    switch self {
    case .first: Text("Ⅰ 特重", "I, gravest")
    case .second: Text("Ⅱ 重大", "II, grave")
    case .third: Text("Ⅲ 较大", "III, considerable")
    case .fourth: Text("Ⅳ 一般", "IV, ordinary")
    }
  }

  /// What makes it this grade, any one of it.
  public var criteria: Text {
    switch self {
    case .first:
      Text(
        "死亡；3 人以上重伤或病危；走失者遇难；火灾有伤亡；达到任一法定报告线",
        "A death; 3 or more gravely hurt or ill; a missing person found dead; a fire with casualties; any statutory line"
      )
    case .second:
      Text(
        "1–2 人重伤、抢救或住院；聚集 3 例或 3 % 以上；走失 30 分钟没找到；119 出动；疏散；困电梯 2 小时以上；伤人案件",
        "1–2 gravely hurt, resuscitated or in hospital; a cluster of 3 or 3 %; missing for 30 min; fire brigade; "
          + "evacuation; 2 h or more in a lift; an assault")
    case .third:
      Text(
        "送医后当天回来；2 例有关联的病例；走失 30 分钟内找到；困电梯不到 2 小时；停电停水超过 4 小时",
        "Hospital and back the same day; 2 linked cases; missing, found within 30 min; under 2 h in a lift; power or "
          + "water out for over 4 h")
    case .fourth:
      Text("现场处理就够；险情、隐患", "Handled on the spot; a near miss, a hazard")
    }
  }

  /// The least grade that kind and harm alone speak for, by `criteria`; what else is known can only raise it.
  public static func proposed(for kind: IncidentKind, harm: HarmDegree) -> FacilityGrade {
    let byHarm: FacilityGrade =
      switch harm {
      case .death: .first
      case .severe: .second
      case .moderate: .third
      case .mild, .none: .fourth
      }
    let byKind: FacilityGrade =
      switch kind {
      case .suddenDeath: .first
      case .fire, .naturalDisaster, .harmByOthers: .second
      case .missing, .outbreak, .foodPoisoning, .liftEntrapment, .publicOrder, .utilityFailure: .third
      default: .fourth
      }
    return max(byHarm, byKind)
  }

  private var place: Int {
    switch self {
    case .first: 4
    case .second: 3
    case .third: 2
    case .fourth: 1
    }
  }

  /// Greater is graver: Ⅰ above Ⅳ. Of two grades the higher holds.
  public static func < (left: FacilityGrade, right: FacilityGrade) -> Bool { left.place < right.place }
}

/// 医疗安全（不良）事件分级, kept beside the facility's grade.
public enum SafetyGrade: String, Sendable, CaseIterable, Codable {
  case first = "I"
  case second = "II"
  case third = "III"
  case fourth = "IV"

  public var label: Text {
    switch self {
    case .first: Text("Ⅰ 警告事件", "I, sentinel event")
    case .second: Text("Ⅱ 不良后果事件", "II, harm done")
    case .third: Text("Ⅲ 未造成后果事件", "III, no lasting harm")
    case .fourth: Text("Ⅳ 隐患事件", "IV, near miss")
    }
  }

  /// What makes it this grade.
  public var criteria: Text {
    switch self {
    case .first: Text("意外死亡，或永久丧失功能", "Unexpected death or permanent loss of function")
    case .second: Text("照护造成的伤害，不是疾病本身造成的", "Harm from care rather than from the disease")
    case .third: Text("有差错没伤害，或轻微、不用处理就完全恢复", "An error without harm, or minor and fully recovered untreated")
    case .fourth: Text("发生之前就发现了", "Caught before it happened")
    }
  }
}

/// WHO's degree of harm (ICPS), kept apart from any grade.
public enum HarmDegree: String, Sendable, CaseIterable, Codable {
  case none
  case mild
  case moderate
  case severe
  case death

  public var label: Text {
    switch self {
    case .none: Text("无伤害", "None")
    case .mild: Text("轻度", "Mild")
    case .moderate: Text("中度", "Moderate")
    case .severe: Text("重度", "Severe")
    case .death: Text("死亡", "Death")
    }
  }
}

/// NCC MERP categories, for medication errors alone.
public enum MedicationErrorCategory: String, Sendable, CaseIterable, Codable {
  case a = "A", b = "B", c = "C", d = "D", e = "E", f = "F", g = "G", h = "H", i = "I"

  public var label: Text {
    switch self {
    case .a: Text("A 有可能出错", "A, could cause error")
    case .b: Text("B 出错，没到本人", "B, did not reach the person")
    case .c: Text("C 到本人，没有伤害", "C, reached, no harm")
    case .d: Text("D 需要观察", "D, monitoring needed")
    case .e: Text("E 暂时伤害，需要处理", "E, temporary harm, intervention")
    case .f: Text("F 需要住院", "F, hospitalisation")
    case .g: Text("G 永久伤害", "G, permanent harm")
    case .h: Text("H 需要抢救", "H, life-saving intervention")
    case .i: Text("I 死亡", "I, death")
    }
  }
}

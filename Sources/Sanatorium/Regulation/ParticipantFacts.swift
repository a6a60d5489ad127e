private typealias Part = FactDefinition.Part
private typealias Option = FactDefinition.Option

/// Yes and no, said as what they mean.
private func either(_ yes: String, _ no: String) -> [Option] { [Option("yes", yes, "yes"), Option("no", no, "no")] }
private let absence = [Option("absent", "没有", "absent"), Option("present", "有", "present")]
private let desk: [Role] = [.staff, .lead, .organizer]
private let health: [Role] = [.escort, .lead]

extension FactCatalogue {
  /// 入选条件. A first-class merit stands above 二等功（含）以上.
  public static let groundOptions: [FactDefinition.Option] = [
    Option("honor_title", "勋章、战斗英雄、荣誉称号", "Medal, combat hero or title of honour"),
    Option("merit_1", "一等功", "First-class merit"),
    Option("merit_2", "二等功", "Second-class merit"),
    Option("war_merit_3", "三等战功", "Third-class merit in war"),
    Option("central_award", "党中央、国务院、中央军委表彰", "Central commendation"),
    Option("theater_award", "大军区级单位表彰", "Theatre-level commendation"),
    Option("city_award", "设区的市以上党委、政府表彰", "City-level commendation or above"),
    Option("model_cadre", "先进（优秀）军休干部", "Model retired cadre"),
    Option("hardship_10y", "艰苦地区、特殊岗位连续满 10 年", "Ten years in hardship posts"),
    Option("post_contribution", "移交安置后作出突出贡献", "Outstanding contribution after transfer"),
    // What counties ask for: 济宁 第四条, 威海 第五条.
    Option("merit_3", "三等功", "Third-class merit"),
    Option("deputy_theater_award", "副大军区级单位表彰", "Deputy theatre-level commendation"),
    Option("county_award", "县级以上党委、政府表彰", "County-level commendation or above"),
    Option("county_model_cadre", "县级以上先进（优秀）军休干部", "Model retired cadre of a county or above"),
    Option("war_service", "参战", "Service in war"),
    Option("duty_disability", "因战因公致残", "Disabled in war or on duty"),
    Option("long_service", "服役时间长", "Long service"),
  ]

  static let participantFacts: [FactDefinition] = [
    FactDefinition(
      .qualifyingGround, .participant, .arrival, "入选条件", "Qualifying ground", by: desk, several: true,
      [
        // A list may name a ground in words that no code fits; the sender answers for it, so the text is kept.
        Part(.value, Text("条件", "ground"), column: "入选条件"),
        Part(.paper, Text("证明材料", "evidence"), required: false),
      ]),
    FactDefinition(
      .certifyingUnit, .participant, .arrival, "审核（选送）单位", "Certifying unit", by: desk,
      [Part(.value, Text("单位", "unit"), column: "所属军休机构")]),
    FactDefinition(
      .category, .participant, .arrival, "人员类别", "Category", by: desk,
      [Part(.value, Text("类别", "category"), column: "人员类别")]),
    consent(.consentSelf, "本人报名", "Own application"),
    consent(.consentFamily, "家属同意", "Family's consent"),
    consent(.consentUnit, "单位批准", "Unit's approval"),
    FactDefinition(
      .participantAgreement, .participant, .arrival, "本人疗养协议", "Participant's agreement", by: desk,
      [
        Part(.number, Text("协议编号", "agreement number"), column: "疗养协议编号"),
        Part(.date, Text("签订日期", "date signed"), required: false),
        Part(.person, Text("单位签字人", "signed for the unit by"), required: false),
        Part(.paper, Text("存放处", "kept at"), required: false),
      ]),
    insurance(.insuranceAccident, "意外伤害保险", "Accident insurance"),
    insurance(.insurancePersonal, "人身保险", "Personal insurance"),
    FactDefinition(
      .selfCare, .participant, .arrival, "生活自理", "Self-care", by: health, health: true,
      [
        Part(
          .value, Text("自理情况", "ability"),
          options: [
            Option("full", "完全自理", "fully"), Option("able", "能够自理", "able"), Option("none", "不能自理", "not able"),
          ], column: "生活自理"),
        Part(.person, Text("判断人", "judged by"), required: false),
      ]),
    FactDefinition(
      .outdoorFit, .participant, .arrival, "能参加户外活动", "Fit for outdoor activities", by: health, health: true,
      [Part(.value, Text("能否参加", "fit"), options: either("能参加", "不能参加")), Part(.person, Text("判断人", "judged by"), required: false)]),
    FactDefinition(
      .screeningInfectious, .participant, .arrival, "传染病筛查", "Infectious disease screening", by: health, health: true,
      [
        Part(
          .value, Text("结果", "result"),
          options: [Option("negative", "阴性", "negative"), Option("positive", "阳性", "positive")], column: "传染病筛查"),
        Part(.date, Text("筛查日期", "date"), required: false),
        Part(.paper, Text("报告", "report"), required: false),
      ]),
    exclusion(.exclusionMental, "精神疾病", "Mental illness"),
    exclusion(.exclusionCritical, "危急重症", "Critical illness"),
    FactDefinition(
      .checkup, .participant, .arrival, "最近一次体检", "Last check-up", by: health + [.staff], health: true,
      [
        Part(.date, Text("体检日期", "date"), column: "体检日期"),
        Part(.paper, Text("体检报告", "report"), required: false),
      ]),
    FactDefinition(
      .declaration, .participant, .arrival, "健康状况如实报告", "Truthful health declaration", by: health, health: true,
      [
        Part(
          .value, Text("承诺", "declared"),
          options: [Option("truthful", "已如实报告", "declared truthful"), Option("refused", "不签", "refused")]),
        Part(.date, Text("签字日期", "date signed")),
        Part(.paper, Text("存放处", "kept at"), required: false),
      ]),
    FactDefinition(
      .contradiction, .participant, .daily, "与如实报告不一致", "Contradiction to the declaration", by: health, health: true,
      [
        Part(.value, Text("发现的情况", "what was found")), Part(.date, Text("发现日期", "date found")),
        Part(.person, Text("发现人", "found by"), required: false),
      ]),
    FactDefinition(
      .previousStay, .participant, .arrival, "上一次荣誉疗养", "Previous stay", by: desk,
      [
        Part(
          .value, Text("有没有", "whether"), required: false,
          options: [Option("none", "没有参加过", "never"), Option("yes", "参加过", "yes")]),
        Part(.date, Text("上次日期", "date of the last"), required: false),
      ]),
    FactDefinition(
      .careFlags, .participant, .arrival, "重点照顾", "Care flags", by: health, health: true, several: true,
      [
        Part(
          .value, Text("情况", "flags"),
          options: [
            Option("none", "无", "none"), Option("disabled", "失能", "disabled"), Option("dementia", "失智", "dementia"),
            Option("serious_illness", "重病", "serious illness"), Option("advanced_age", "高龄", "advanced age"),
            Option("living_alone", "独居", "living alone"), Option("empty_nest", "空巢", "empty nest"),
          ])
      ]),
    handover(.handoverArrival, .arrival, "选送单位送到交接", "Handed over on arrival"),
    handover(.handoverReturn, .close, "选送单位接回交接", "Handed over on return"),
  ]

  private static func consent(_ key: FactKey, _ chinese: String, _ english: String) -> FactDefinition {
    FactDefinition(
      key, .participant, .arrival, chinese, english, by: desk,
      [
        Part(.value, Text("是否同意", "agreed"), options: either("同意", "不同意"), column: chinese),
        Part(.date, Text("签字日期", "date signed"), required: false),
        Part(.person, Text("签字人", "signed by"), required: false),
        Part(.paper, Text("存放处", "kept at"), required: false),
      ])
  }

  private static func insurance(_ key: FactKey, _ chinese: String, _ english: String) -> FactDefinition {
    FactDefinition(
      key, .participant, .arrival, chinese, english, by: desk,
      [
        Part(.value, Text("是否投保", "insured"), options: either("投保了", "没有投保"), column: "保险险种"),
        Part(.number, Text("保险单号", "policy number"), required: false, column: "保险单号"),
        Part(.date, Text("保险第一天", "first day of cover"), required: false),
        Part(.until, Text("保险最后一天", "last day of cover"), required: false),
      ])
  }

  private static func exclusion(_ key: FactKey, _ chinese: String, _ english: String) -> FactDefinition {
    FactDefinition(
      key, .participant, .arrival, chinese, english, by: health, health: true,
      [
        Part(.value, Text("有没有", "whether"), options: absence),
        Part(.person, Text("判断的医护", "judged by"), required: false),
        Part(.paper, Text("依据", "evidence"), required: false),
      ])
  }

  private static func handover(_ key: FactKey, _ gate: Gate, _ chinese: String, _ english: String) -> FactDefinition {
    FactDefinition(
      key, .participant, gate, chinese, english, by: [.escort, .staff, .lead],
      [Part(.person, Text("交接签字人", "signed by")), Part(.date, Text("交接日期", "date"))])
  }
}

private typealias Part = FactDefinition.Part
private typealias Option = FactDefinition.Option

private let organizer: [Role] = [.organizer, .lead]
private let host: [Role] = [.lead]

extension FactCatalogue {
  static let batchFacts: [FactDefinition] = [
    FactDefinition(
      .organizerLevel, .batch, .open, "组织层级", "Organizer's level", by: organizer,
      [
        Part(
          .value, Text("层级", "level"),
          options: [
            Option("national", "部级", "national"), Option("province", "省（自治区）级", "province"),
            Option("city", "市（盟）级", "city"),
            Option("county", "县（旗）级", "county"),
          ])
      ]),
    FactDefinition(
      .batchNumber, .batch, .open, "批次", "Batch number", by: organizer, [Part(.number, Text("第几批", "number"))]),
    FactDefinition(
      .annualPlan, .batch, .open, "年度疗养计划", "Annual plan", by: organizer,
      [
        Part(.number, Text("计划文号或名称", "reference")), Part(.date, Text("制定日期", "date"), required: false),
        Part(.paper, Text("存放处", "kept at"), required: false),
      ]),
    FactDefinition(
      .venue, .batch, .open, "疗养地点", "Venue", by: organizer, [Part(.value, Text("地点", "place"))]),
    FactDefinition(
      .venueArea, .batch, .open, "疗养地点所在省份", "Venue's province", by: organizer,
      [Part(.value, Text("省份", "province"), options: provinces)]),
    FactDefinition(
      .venueBureauContact, .batch, .open, "疗养地主管部门联系人", "Venue bureau's contact", by: host,
      [Part(.person, Text("联系人", "name")), Part(.number, Text("电话", "telephone"))]),
    FactDefinition(
      .resourceKind, .batch, .open, "疗养资源", "Kind of venue", by: organizer,
      [
        Part(
          .value, Text("类别", "kind"),
          options: [
            Option("own", "系统自有资源", "own resource"), Option("base", "签约授牌的疗养基地", "contracted base"),
            Option("purchased", "购买服务", "purchased service"),
          ])
      ]),
    FactDefinition(
      .hostAgreement, .batch, .open, "与承办单位的疗养协议", "Agreement with the host", by: organizer,
      [
        Part(.number, Text("协议编号", "agreement number")), Part(.date, Text("签订日期", "date signed"), required: false),
        Part(.person, Text("签字人", "signed by"), required: false), Part(.paper, Text("存放处", "kept at"), required: false),
      ]),
    FactDefinition(
      .hostQualification, .batch, .open, "承办单位资质", "Host's qualification", by: organizer,
      [
        Part(.number, Text("资质证号", "number")), Part(.value, Text("名称", "kind"), required: false),
        Part(.until, Text("有效期至", "valid until"), required: false),
        Part(.paper, Text("存放处", "kept at"), required: false),
      ]),
    FactDefinition(
      .hostEvaluation, .batch, .report, "对承办单位的评估", "Evaluation of the host", by: organizer,
      [
        Part(.value, Text("结论", "conclusion")), Part(.person, Text("评估人", "by"), required: false),
        Part(.date, Text("评估日期", "date"), required: false),
      ]),
    plan(.planEmergency, "突发事件应急预案", "Emergency plan"),
    plan(.planSafety, "安全保障预案", "Safety plan"),
    plan(.planHealth, "卫生突发事件预案", "Health emergency plan"),
    plan(.planDisaster, "灾害突发事件预案", "Disaster plan"),
    FactDefinition(
      .kit, .batch, .open, "急救药品和常用药品清点", "Medicine kit", by: [.escort, .lead], health: true,
      [
        Part(
          .value, Text("清点结果", "result"),
          options: [Option("complete", "齐全", "complete"), Option("short", "有缺", "short")]),
        Part(.person, Text("清点人", "checked by")), Part(.date, Text("清点日期", "date")),
        Part(.paper, Text("缺什么、清单", "shortages, list"), required: false),
      ]),
    group(.serviceGroupOrganizer, "组织单位疗养专项服务小组", "Organizer's service group", organizer),
    group(.serviceGroupHost, "承办单位疗养专项服务小组", "Host's service group", host),
    duty(.dutyRegistration, "人员登记负责人", "Registration duty", host),
    duty(.dutyBoardSafety, "食宿安全负责人", "Board and lodging safety duty", host),
    duty(.dutyMedical, "医疗保障负责人", "Medical duty", host),
    duty(.dutyEmergency, "应急处置负责人", "Emergency duty", host),
    duty(.dutyCoordination, "统筹协调负责人（组织单位）", "Coordination duty (organizer)", organizer),
    duty(.accountabilityRegistration, "资格审核和登记责任人", "Accountable for eligibility", organizer),
    duty(.accountabilityBoardSafety, "食宿安全责任人", "Accountable for board and lodging", organizer),
    duty(.accountabilityMedical, "医疗保障责任人", "Accountable for medical care", organizer),
    duty(.accountabilityEmergency, "应急处置责任人", "Accountable for emergencies", organizer),
    FactDefinition(
      .issued, .batch, .open, "细则正式印发", "Regulation issued", by: [.organizer],
      [Part(.number, Text("印发文号", "document number")), Part(.date, Text("施行日期", "in force from"))]),
    FactDefinition(
      .successor, .batch, .open, "细则到期后的文件", "What follows the lapsed regulation", by: [.organizer],
      [
        Part(
          .value, Text("哪一种", "kind"),
          options: [
            Option("extension", "延长有效期的通知", "notice extending it"), Option("replacement", "新的实施细则", "new regulation"),
          ]),
        Part(.number, Text("文号", "document number")), Part(.until, Text("延长到", "valid until"), required: false),
        Part(.paper, Text("存放处", "kept at"), required: false),
      ]),
    FactDefinition(
      .statedSize, .batch, .open, "主管部门确定的本批人数", "Batch size set by the organizer", by: [.organizer],
      [
        Part(.number, Text("人数", "people"), range: 1...1000),
        Part(.paper, Text("依据", "reference"), required: false),
      ]),
    FactDefinition(
      .cycleLength, .batch, .open, "疗养周期", "Recuperation cycle", by: [.organizer],
      [
        Part(.number, Text("年数", "years"), range: 1...20), Part(.paper, Text("依据", "reference"), required: false),
      ]),
    FactDefinition(
      .insurancePeriod, .batch, .arrival, "统一投保的保险期间", "Cover of the group policy", by: organizer + [.staff],
      [
        Part(.date, Text("保险第一天", "first day")), Part(.until, Text("保险最后一天", "last day")),
        Part(.number, Text("统一保单号", "policy number"), required: false),
      ]),
    FactDefinition(
      .consentsCollected, .batch, .arrival, "名单内三项同意书签字的最晚日期", "Latest date of the list's consents",
      by: organizer + [.staff],
      [
        Part(.date, Text("最晚签字日期", "latest date")), Part(.person, Text("核对人", "checked by")),
        Part(.paper, Text("存放处", "kept at"), required: false),
      ]),
    FactDefinition(
      .satisfactionOffered, .batch, .close, "满意度测评表发给每个人", "Satisfaction form offered to all", by: host,
      [
        Part(
          .value, Text("是否都发了", "to all"),
          options: [Option("yes", "都发了", "yes"), Option("no", "没有都发", "no")]),
        Part(.number, Text("发放份数", "forms handed out"), required: false, range: 0...10_000),
      ]),
    indicator(.indicatorPlanSoundness, "计划合理度", "Soundness of the plan"),
    indicator(.indicatorSatisfaction, "满意度", "Satisfaction"),
    indicator(.indicatorCompletion, "任务完成情况", "Completion"),
    FactDefinition(
      .recordHandover, .batch, .report, "档案移交", "Record handed over", by: host,
      [
        Part(.person, Text("接收人", "recipient")), Part(.date, Text("移交日期", "date")),
        Part(.number, Text("校验码", "digest"), required: false),
      ]),
  ]

  private static func plan(_ key: FactKey, _ chinese: String, _ english: String) -> FactDefinition {
    FactDefinition(
      key, .batch, .open, chinese, english, by: host,
      [
        Part(.number, Text("版本", "version")), Part(.person, Text("批准人", "approved by")),
        Part(.date, Text("批准日期", "date approved")), Part(.paper, Text("存放处", "kept at"), required: false),
      ])
  }

  private static func group(_ key: FactKey, _ chinese: String, _ english: String, _ roles: [Role]) -> FactDefinition {
    FactDefinition(
      key, .batch, .open, chinese, english, by: roles,
      [Part(.person, Text("负责人和成员", "people")), Part(.value, Text("责任分工", "duties"))])
  }

  private static func duty(_ key: FactKey, _ chinese: String, _ english: String, _ roles: [Role]) -> FactDefinition {
    FactDefinition(
      key, .batch, .open, chinese, english, by: roles,
      [Part(.person, Text("姓名", "name")), Part(.number, Text("电话", "telephone"), required: false)])
  }

  private static func indicator(_ key: FactKey, _ chinese: String, _ english: String) -> FactDefinition {
    FactDefinition(
      key, .batch, .report, chinese, english, by: organizer,
      [
        Part(.value, Text("结果", "result")), Part(.paper, Text("依据", "basis"), required: false),
      ])
  }

  /// GB/T 2260, first two digits.
  private static let provinces: [FactDefinition.Option] = [
    Option("11", "北京", "Beijing"), Option("12", "天津", "Tianjin"), Option("13", "河北", "Hebei"),
    Option("14", "山西", "Shanxi"), Option("15", "内蒙古", "Inner Mongolia"), Option("21", "辽宁", "Liaoning"),
    Option("22", "吉林", "Jilin"), Option("23", "黑龙江", "Heilongjiang"), Option("31", "上海", "Shanghai"),
    Option("32", "江苏", "Jiangsu"), Option("33", "浙江", "Zhejiang"), Option("34", "安徽", "Anhui"),
    Option("35", "福建", "Fujian"), Option("36", "江西", "Jiangxi"), Option("37", "山东", "Shandong"),
    Option("41", "河南", "Henan"), Option("42", "湖北", "Hubei"), Option("43", "湖南", "Hunan"),
    Option("44", "广东", "Guangdong"), Option("45", "广西", "Guangxi"), Option("46", "海南", "Hainan"),
    Option("50", "重庆", "Chongqing"), Option("51", "四川", "Sichuan"), Option("52", "贵州", "Guizhou"),
    Option("53", "云南", "Yunnan"), Option("54", "西藏", "Tibet"), Option("61", "陕西", "Shaanxi"),
    Option("62", "甘肃", "Gansu"), Option("63", "青海", "Qinghai"), Option("64", "宁夏", "Ningxia"),
    Option("65", "新疆", "Xinjiang"), Option("71", "台湾", "Taiwan"), Option("81", "香港", "Hong Kong"),
    Option("82", "澳门", "Macao"),
  ]
}

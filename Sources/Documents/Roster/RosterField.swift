/// What a column of a list can hold.
enum RosterField: String, Hashable, CaseIterable, Sendable {
  case sequence, name, formerName, sex, birth, age, identity, category, rank, unit, certifyingUnit, ground, telephone
  case contact, contactName, contactRelation, contactTelephone
  case consentSelf, consentFamily, consentUnit, agreement
  case insuranceKind, policyNumber, insuranceAccident, insurancePersonal
  case selfCare, outdoor, infectious, mental, critical, checkup, declaration, cycle
  case conditions, allergies, medicines, companion, diet, ethnicity, remarks

  /// The field of a header's text; nil for one that nobody has met. Width, white space, line breaks, brackets and
  /// punctuation don't matter; a remark in brackets is left out where the whole is unknown.
  init?(header: String) {
    if let field = RosterField.byHeading[RosterField.key(header)] {
      self = field
      return
    }
    guard let field = RosterField.byHeading[RosterField.key(RosterField.withoutBrackets(header))] else { return nil }
    self = field
  }

  /// The field of a lower header under a group's header: `家属` over `姓名`.
  init?(header: String, under group: String) {
    let top = RosterField.key(RosterField.withoutBrackets(group))
    let bottom = RosterField.key(header)
    let bottomAlone = RosterField.key(RosterField.withoutBrackets(header))
    var stem = top
    for ending in ["基本情况", "基本信息", "情况", "信息", "资料"] where stem.hasSuffix(ending) && stem != ending {
      stem = String(stem.dropLast(ending.count))
      break
    }
    for key in [top + bottom, stem + bottom, stem + bottomAlone] {
      if let field = RosterField.byHeading[key] {
        self = field
        return
      }
    }
    guard let field = RosterField(header: header) else { return nil }
    let isFamily = ["家属", "亲属", "紧急联系人", "联系人", "监护人", "子女"].contains { stem.contains($0) }
    switch field {
    case .name where isFamily, .contact where isFamily: self = .contactName
    case .telephone where isFamily: self = .contactTelephone
    case .consentSelf where isFamily: self = .consentFamily
    default: self = field
    }
  }

  static func key(_ header: some StringProtocol) -> String {
    header.folded.filter { !"()[]【】<>《》:*·、/,，。;-_\"'“”‘’?!".contains($0) }
  }

  private static func withoutBrackets(_ header: String) -> String {
    var depth = 0
    return header.filter { character in
      if "(（[【".contains(character) { depth += 1 }
      defer { if ")）]】".contains(character) { depth = max(0, depth - 1) } }
      return depth == 0
    }
  }

  private static let byHeading: [String: RosterField] = {
    var result: [String: RosterField] = [:]
    for field in allCases { for heading in field.headings { result[key(heading)] = field } }
    return result
  }()

  /// Headings met, the commonest first.
  var headings: [String] {
    switch self {
    case .sequence: ["序号", "编号", "号", "No", "No.", "序", "顺序号", "行号"]
    case .name:
      [
        "姓名", "疗养员", "军休干部姓名", "疗养人员", "疗养员姓名", "疗养人员姓名", "军休干部", "军休人员姓名", "人员姓名", "干部姓名", "名字", "本人姓名", "疗养对象",
        "疗养对象姓名", "Name",
      ]
    case .formerName: ["曾用名", "别名", "原名"]
    case .sex: ["性别", "男/女", "Sex", "Gender"]
    case .birth:
      ["出生日期", "出生年月", "生日", "出生年月日", "出生时间", "出生", "出生日", "Birth", "Date of birth", "Birth date", "Birthday"]
    case .age: ["年龄", "周岁", "实足年龄", "Age"]
    case .identity:
      [
        "身份证号", "公民身份号码", "证件号", "身份证号码", "身份证", "证件号码", "公民身份证号", "公民身份证号码", "居民身份证号", "居民身份证号码", "本人身份证号", "本人身份证号码",
        "身份号码", "ID number", "ID",
      ]
    case .category: ["人员类别", "类别", "身份类别", "人员类型", "军休类别", "离退休类别", "人员性质", "身份", "Category"]
    case .rank: ["职级", "职务", "级别", "职务职级", "原职务", "原职级", "军衔", "职务等级", "行政级别"]
    case .unit:
      [
        "单位", "军休所", "选送单位", "所属军休机构", "所属单位", "所在单位", "军休机构", "军休服务管理机构", "所属军休所", "所在军休所", "工作单位", "管理单位", "服务管理单位",
        "军休服务管理单位", "所在军休机构", "干休所", "安置单位", "报送单位", "推荐单位", "服务机构", "所属军休服务管理机构", "单位名称", "Unit",
      ]
    case .certifyingUnit: ["认定单位", "审核单位", "资格审核单位", "审核确定单位", "资格认定单位", "审定单位"]
    case .ground:
      [
        "入选条件", "立功情况", "立功受奖情况", "立功受奖", "选送条件", "符合条件", "功绩", "荣誉情况", "疗养条件", "奖励情况", "立功", "表彰情况", "立功表彰情况", "入选依据",
        "荣誉",
        "符合的条件", "推荐理由", "功臣类别",
      ]
    case .telephone:
      [
        "联系电话", "手机", "电话", "手机号", "手机号码", "联系方式", "本人电话", "本人手机", "电话号码", "本人联系电话", "本人联系方式", "Phone", "Telephone",
        "Mobile",
      ]
    case .contact:
      [
        "家属", "紧急联系人", "家属及电话", "家属联系方式", "家属/紧急联系人、关系、电话", "紧急联系人及电话", "紧急联系人及联系方式", "家属姓名及电话", "家属姓名及联系方式",
        "紧急联系人姓名及电话", "家属姓名、关系、电话", "紧急联系人姓名、关系、电话", "家属/紧急联系人", "家属及联系方式", "家属情况", "紧急联络人", "联系人",
        "家属联系人", "紧急联系人关系电话",
      ]
    case .contactName:
      ["家属姓名", "紧急联系人姓名", "联系人姓名", "亲属姓名", "家属/紧急联系人姓名", "家属名字", "紧急联络人姓名", "监护人姓名", "子女姓名"]
    case .contactRelation:
      [
        "与本人关系", "关系", "家属关系", "与疗养员关系", "与本人的关系", "紧急联系人关系", "联系人关系", "亲属关系", "与军休干部关系", "家属与本人关系", "紧急联系人与本人关系",
        "家属/紧急联系人关系", "与其关系",
      ]
    case .contactTelephone:
      [
        "家属电话", "紧急联系电话", "紧急联系人电话", "家属联系电话", "联系人电话", "家属手机", "紧急联系人手机", "家属手机号", "亲属电话", "紧急电话", "家属/紧急联系人电话",
        "紧急联系人联系电话", "家属电话号码", "电话（家属）", "子女电话", "监护人电话", "紧急联系人联系方式",
      ]
    case .consentSelf:
      ["本人报名", "个人报名", "本人自愿", "本人同意", "自愿报名", "个人自愿", "本人是否报名", "是否自愿", "本人意愿", "报名", "本人签字"]
    case .consentFamily:
      ["家属同意", "家属是否同意", "家属意见", "家属签字", "家属知情同意", "家属同意书", "亲属同意", "家属自愿"]
    case .consentUnit:
      [
        "单位批准", "单位同意", "单位意见", "单位审批", "军休机构批准", "所在单位批准", "单位是否批准", "军休所批准", "军休机构意见", "单位审核", "机构批准", "军休所意见",
        "军休服务管理单位批准",
      ]
    case .agreement:
      ["疗养协议编号", "协议编号", "疗养协议", "协议", "协议号", "协议书编号", "疗养协议号", "是否签订协议", "签订协议", "疗养协议书"]
    case .insuranceKind: ["保险险种", "险种", "保险种类", "保险", "保险类型", "投保险种", "保险类别", "购买保险", "保险情况"]
    case .policyNumber: ["保险单号", "保单号", "保单号码", "保险号", "保单编号", "保险单号码", "保险单编号", "保险保单号", "保险编号"]
    case .insuranceAccident:
      [
        "意外伤害险", "意外险", "意外伤害保险", "意外伤害险保单号", "意外险保单号", "意外伤害保险单号", "意外伤害保险保单号", "人身意外险", "人身意外伤害险", "人身意外伤害保险",
        "意外伤害险保险单号", "意外险单号", "意外险号",
      ]
    case .insurancePersonal:
      ["人身险", "人身保险", "人身险保单号", "人身保险保单号", "人身保险单号", "人身险保险单号", "人身险单号"]
    case .selfCare:
      ["生活自理", "自理能力", "生活自理能力", "生活能否自理", "能否自理", "自理情况", "自理", "生活是否自理", "是否自理", "生活自理情况", "生活能自理", "是否生活自理"]
    case .outdoor: ["参加户外活动", "能否参加户外活动", "户外活动", "可参加户外活动", "是否能参加户外活动", "户外活动能力", "能参加户外活动"]
    case .infectious:
      ["传染病筛查", "传染病", "传染病检查", "有无传染病", "传染性疾病", "传染病筛查结果", "有无传染性疾病", "是否有传染病"]
    case .mental: ["精神疾病", "有无精神疾病", "精神病", "精神病史", "有无精神病史", "精神状况"]
    case .critical: ["危急重症", "有无危急重症", "急危重症", "重大疾病", "有无危重疾病"]
    case .checkup: ["体检日期", "体检时间", "最近体检日期", "最近一次体检", "上次体检", "体检", "最近体检时间", "年度体检", "最近一次体检日期"]
    case .declaration:
      ["健康声明", "如实告知", "健康承诺书", "承诺书", "健康申报", "如实报告", "身体状况声明", "健康状况声明", "本人承诺", "健康承诺", "如实填报声明"]
    case .cycle:
      ["上次疗养", "上次疗养时间", "是否参加过疗养", "以往疗养", "上次参加疗养时间", "周期内是否参加", "疗养经历", "本周期是否参加过", "历年疗养情况", "曾参加疗养"]
    case .conditions:
      [
        "既往病史", "病史", "身体状况", "健康状况", "有何特殊病情", "特殊病情", "基础疾病", "慢性病", "疾病史", "既往史", "现病史", "主要疾病", "身体健康状况", "有何疾病",
        "健康情况",
        "身体情况", "基础病", "有何病史", "慢性病史", "病情",
      ]
    case .allergies: ["过敏史", "过敏", "药物过敏", "过敏情况", "药物过敏史", "过敏药物", "食物药物过敏", "过敏源", "有无过敏史", "药物/食物过敏"]
    case .medicines: ["长期用药", "用药", "用药情况", "服药情况", "常用药", "服用药物", "目前用药", "长期服药", "长期服用药物", "常用药品", "日常用药"]
    case .companion: ["同住人", "陪同人员", "同住", "随行家属", "同行家属", "陪护人", "同住人员", "同房", "陪同家属", "同室人员"]
    case .diet: ["饮食禁忌", "饮食", "饮食要求", "忌口", "饮食习惯", "饮食需求", "饮食偏好"]
    case .ethnicity: ["民族"]
    case .remarks: ["备注", "说明", "其他", "附注", "注", "备考", "Remarks", "其他说明", "其它"]
    }
  }
}

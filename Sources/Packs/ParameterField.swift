public import Sanatorium

/// One parameter of a regulation's sheet: its name in a pack, how its values are written, what it means, whether it is
/// set, and how it is carried over. Packs are read by it, those that stand on several others are put together by it, and
/// it lists what can be written, shows what is, and tells what a pack changes.
public struct ParameterField: Sendable {
  /// A value that can be chosen.
  public struct Option: Sendable {
    public let code: String
    public let name: Text
  }

  /// A field within a value.
  public struct Part: Sendable {
    public let key: String
    public let form: Text
    public let meaning: Text
    public var options: [Option] = []

    static let languages = [
      Part(key: "zh", form: Text("文字", "text"), meaning: Text("中文", "in Chinese")),
      Part(key: "en", form: Text("文字", "text"), meaning: Text("英文", "in English")),
    ]
  }

  /// As a pack writes it, `max_days`.
  public let key: String
  /// What it sets.
  public let meaning: Text
  /// The form of its values, with range and unit.
  public let form: Text
  /// The values that can be chosen; empty where it isn't chosen from a list.
  public let options: [Option]
  /// The fields within; empty for a plain value.
  public let parts: [Part]
  /// A line of a pack that is right, `max_days: 8`.
  public let example: String

  let isSet: @Sendable (RegulationParameters) -> Bool
  let isSame: @Sendable (RegulationParameters, RegulationParameters) -> Bool
  let copy: @Sendable (RegulationParameters, inout RegulationParameters) -> Void
  /// Takes what a pack's sheet gives; what is absent stays.
  let read: @Sendable (PackFields, inout RegulationParameters) -> Void
  /// The value as a pack writes it, set or not.
  let write: @Sendable (RegulationParameters) -> String?

  /// The value as a pack writes it behind the name; nil where it isn't set.
  public func written(in parameters: RegulationParameters) -> String? {
    isSet(parameters) ? write(parameters) : nil
  }

  /// A parameter that is nil while nobody sets it.
  private init<Value: Equatable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<RegulationParameters, Value?> & Sendable, _ form: ParameterForm<Value>,
    _ chinese: String, _ english: String
  ) {
    self.init(key, form, Text(chinese, english), isSet: { $0[keyPath: path] != nil }) {
      $0[keyPath: path] == $1[keyPath: path]
    } copy: {
      $1[keyPath: path] = $0[keyPath: path]
    } read: { fields, sheet in
      if let value = form.read(fields, key) { sheet[keyPath: path] = value }
    } write: {
      $0[keyPath: path].map(form.write)
    }
  }

  /// A parameter that has a value of its own while nobody sets it.
  private init<Value: Equatable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<RegulationParameters, Value> & Sendable, unset: Value,
    _ form: ParameterForm<Value>, _ chinese: String, _ english: String
  ) {
    self.init(key, path, while: { $0[keyPath: path] != unset }, form, chinese, english)
  }

  /// A parameter that only means something while another is set.
  private init<Value: Equatable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<RegulationParameters, Value> & Sendable,
    while isSet: @escaping @Sendable (RegulationParameters) -> Bool, _ form: ParameterForm<Value>,
    _ chinese: String, _ english: String
  ) {
    self.init(key, form, Text(chinese, english), isSet: isSet) {
      $0[keyPath: path] == $1[keyPath: path]
    } copy: {
      $1[keyPath: path] = $0[keyPath: path]
    } read: { fields, sheet in
      if let value = form.read(fields, key) { sheet[keyPath: path] = value }
    } write: {
      form.write($0[keyPath: path])
    }
  }

  private init<Value>(
    _ key: String, _ form: ParameterForm<Value>, _ meaning: Text,
    isSet: @escaping @Sendable (RegulationParameters) -> Bool,
    isSame: @escaping @Sendable (RegulationParameters, RegulationParameters) -> Bool,
    copy: @escaping @Sendable (RegulationParameters, inout RegulationParameters) -> Void,
    read: @escaping @Sendable (PackFields, inout RegulationParameters) -> Void,
    write: @escaping @Sendable (RegulationParameters) -> String?
  ) {
    self.key = key
    self.meaning = meaning
    self.form = form.name
    options = form.options
    parts = form.parts
    example = "\(key): \(form.example)"
    self.isSet = isSet
    self.isSame = isSame
    self.copy = copy
    self.read = read
    self.write = write
  }

  /// Every parameter, in the order of the sheet.
  public static let all: [ParameterField] = [
    ParameterField(
      "max_days", \.maxDays, .whole(1...60, WholeNumber.days, example: 8),
      "最长疗养天数，往返都算", "longest stay, both travel days included"),
    ParameterField(
      "usual_days", \.usualDays, .whole(1...60, WholeNumber.days, example: 7),
      "一般疗养天数，超过要说明", "usual stay, beyond it a reason is asked"),
    ParameterField(
      "batch_cap", \.batchCap, .whole(1...1000, WholeNumber.people, example: 40),
      "每批军休干部最多几人，不算随行人员", "participants of a batch at most, escorts not counted"),
    ParameterField(
      "age_cap", \.ageCap, .whole(40...120, WholeNumber.age, example: 80),
      "报到日的年龄上限", "highest age on day 1"),
    ParameterField(
      "age_cap_inclusive", \.ageCapInclusive, while: { $0.ageCap != nil }, .flag,
      "刚好到上限的人可以来；没写 age_cap 时不起作用", "the highest age itself is allowed; means nothing without age_cap"),
    ParameterField(
      "self_care", \.selfCare, .one(\.name), "生活自理到什么程度", "how far self-care is asked"),
    ParameterField(
      "outdoor", \.outdoor, unset: false, .flag, "要能参加户外活动", "fitness for outdoor activities is asked"),
    ParameterField(
      "exclusions", \.exclusions, unset: [], .several(\.name), "不能有的疾病", "diseases that exclude from a stay"),
    ParameterField(
      "ratio", \.ratio, .ratio, "服务保障人员和军休干部的比例", "escorts for so many participants"),
    ParameterField(
      "medical_escorts", \.medicalEscorts, .whole(1...50, WholeNumber.people, example: 1),
      "随行医护至少几人", "medical escorts at least"),
    ParameterField(
      "insurance", \.insurance, unset: [], .several(\.name), "要买的保险", "kinds of insurance that are needed"),
    ParameterField(
      "insurance_cover", \.insuranceCover, unset: .whenRecorded, .one(\.name),
      "保险起止日要不要记", "whether the days of cover must be known"),
    ParameterField(
      "consents_dated", \.consentsDated, unset: false, .flag, "三项同意要写日期", "the three consents carry dates"),
    ParameterField(
      "cycle_years", \.cycleYears, .whole(1...20, WholeNumber.years, example: 3),
      "疗养周期有几年", "length of the recuperation cycle"),
    ParameterField(
      "cycle_years_limit", \.cycleYearsLimit, .whole(1...20, WholeNumber.years, example: 3),
      "疗养周期由组织单位定时，最多几年", "longest cycle that the organizer may set"),
    ParameterField("venue_area", \.venueArea, .area, "疗养地点所在省份", "province in which the venue lies"),
    ParameterField(
      "checkup_months", \.checkupMonths, .whole(1...60, WholeNumber.months, example: 12),
      "报到日以前几个月里体检过", "months before day 1 in which the last check-up was made"),
    ParameterField("grounds", \.grounds, unset: [], .grounds(), "入选条件", "qualifying grounds"),
    ParameterField(
      "indicators", \.indicators, unset: [], .several(\.name), "考评指标", "indicators of the report"),
    ParameterField(
      "activities", \.activities, unset: [], .several(\.name), "活动种类", "kinds of activities"),
    ParameterField(
      "participant_agreement_signer", \.participantAgreementSigner, .text,
      "谁和本人签协议", "who signs the agreement with the participant"),
    ParameterField(
      "host_agreement_signer", \.hostAgreementSigner, .text, "谁和承办单位签协议", "who signs the agreement with the host"),
  ]
}

extension SelfCare {
  fileprivate var name: Text {
    switch self {
    case .able: Text("能够自理", "able")
    case .full: Text("完全自理", "fully")
    }
  }
}

extension Exclusion {
  fileprivate var name: Text {
    switch self {
    case .infectious: Text("传染病", "infectious diseases")
    case .mental: Text("精神疾病", "mental illness")
    case .critical: Text("危急重症", "critical illness")
    }
  }
}

extension InsuranceCover {
  fileprivate var name: Text {
    switch self {
    case .required: Text("必须记", "they must")
    case .whenRecorded: Text("记了就核对，没记只提醒；不写这个参数也是这样", "compared when recorded, remarked on when not; so it is unless set")
    }
  }
}

extension Indicator {
  fileprivate var name: Text {
    switch self {
    case .planSoundness: Text("计划合理度", "soundness of the plan")
    case .satisfaction: Text("满意度", "satisfaction")
    case .completion: Text("任务完成情况", "completion")
    }
  }
}

extension CheckKind {
  /// What a check of this kind asks, for everybody: the meaning without the names that a pack's author needs.
  public var plain: Text {
    func bare(_ text: String, _ marks: [Character]) -> String {
      String(text.prefix { !marks.contains($0) })
    }
    return Text(bare(meaning.chinese, ["；", "（"]), bare(meaning.english, [";", "("]).trimmed)
  }

  /// What a check of this kind asks and which parameters it looks at: for the authors of packs.
  public var meaning: Text {
    switch self {
    case .facts:
      Text(
        "要记着这些事项；facts 写事项，parts 写要有的内容，values 写可以的值",
        "these facts are recorded; facts names them, parts what must be given, values what will do")
    case .qualifyingGround:
      Text("本人符合一项入选条件；参数 grounds", "the person has one of the qualifying grounds; parameter grounds")
    case .selfCare: Text("生活自理、户外活动；参数 self_care、outdoor", "self-care and outdoor fitness; parameters self_care, outdoor")
    case .exclusions: Text("没有这些疾病；参数 exclusions", "these diseases are absent; parameter exclusions")
    case .consents:
      Text("本人、家属、单位三项同意；参数 consents_dated", "the three consents; parameter consents_dated")
    case .insurance:
      Text(
        "这些保险，管住每一天；参数 insurance、insurance_cover", "these kinds of insurance, covering every day; parameters insurance, insurance_cover"
      )
    case .ageCap: Text("年龄上限；参数 age_cap、age_cap_inclusive", "the age limit; parameters age_cap, age_cap_inclusive")
    case .maxDays: Text("最长天数；参数 max_days", "the longest stay; parameter max_days")
    case .usualDays: Text("一般天数，超过要说明；参数 usual_days", "the usual stay, beyond it a reason; parameter usual_days")
    case .batchCap: Text("每批人数上限；参数 batch_cap", "participants per batch; parameter batch_cap")
    case .statedSize: Text("不超过主管部门确定的人数", "not more than the size that the organizer has stated")
    case .checkup: Text("最近体检不早于几个月；参数 checkup_months", "the last check-up is recent; parameter checkup_months")
    case .cycle:
      Text(
        "一个周期一次；参数 cycle_years 或 cycle_years_limit", "once per cycle; parameters cycle_years or cycle_years_limit")
    case .venueArea: Text("地点在这个省份；参数 venue_area", "the venue lies in the province; parameter venue_area")
    case .ratioFloor: Text("服务保障人员不能太少；参数 ratio", "not too few escorts; parameter ratio")
    case .ratioCeiling: Text("服务保障人员不能太多；参数 ratio", "not too many escorts; parameter ratio")
    case .medicalEscorts: Text("至少几名随行医护；参数 medical_escorts", "medical escorts are there; parameter medical_escorts")
    case .medicalLicences: Text("随行医护的执业证有效", "each medical escort's licence is valid")
    case .indicators: Text("这些考评指标；参数 indicators", "these indicators; parameter indicators")
    case .activities: Text("记了活动；参数 activities", "activities are logged; parameter activities")
    case .validity: Text("报到日在有效期内", "day 1 lies within the regulation's validity")
    case .issued: Text("征求意见稿已经正式印发", "the draft has been issued")
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

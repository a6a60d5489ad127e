public import Sanatorium

/// What the figures are called: on the page that compares them and in the fault that names one.
public enum FigureNames {
  /// `rounds.days.2026-06-08.done` is “检查·每天·2026-06-08·已查”. Days and codes of rules stay as they are.
  public static func label(_ path: String) -> Text {
    let parts = path.split(separator: ".").map(String.init)
    var words: [Text] = []
    for (index, part) in parts.enumerated() {
      words.append(name(part, under: index > 0 ? parts[index - 1] : "", of: parts[0]))
    }
    return Text(words.map(\.chinese).joined(separator: "·"), words.map(\.english).joined(separator: " · "))
  }

  /// The name of one member or code, as far as it has one.
  ///
  /// - Parameters:
  ///   - parent: the member that holds it: a code under `notDoneReasons` is a reason.
  ///   - section: the figures' first member: a kind under `incidents` is an incident's.
  public static func name(_ code: String, under parent: String = "", of section: String = "") -> Text {
    let known: Text? =
      switch (section, parent) {
      case (_, "gates"), (_, "refusals"): Gate(rawValue: code).map(gate)
      case (_, "bySeverity"): Severity(rawValue: code)?.label
      case (_, "notDoneReasons"): NotDoneReason(rawValue: code)?.label
      case ("incidents", "byKind"): IncidentKind(rawValue: code)?.label
      case ("activities", "byKind"), ("activities", "outings"): ActivityKind(rawValue: code)?.name
      case ("alerts", "byCode"): alert(code)
      case (_, "byHarm"): HarmDegree(rawValue: code)?.label
      case (_, "byGrade"): FacilityGrade(rawValue: code)?.label
      case (_, "categories"): ParticipantCategory(rawValue: code)?.name
      case ("stay", "stay"): code == "days" ? Text("天数", "Days") : names[code]
      default: names[code] ?? alert(code) ?? FactCatalogue.groundOptions.first { $0.code == code }?.label
      }
    return known ?? Text(verbatim: code)
  }

  private static func gate(_ gate: Gate) -> Text {
    switch gate {
    case .open: Text("开批", "Opening")
    case .arrival: Text("报到", "Arrival")
    case .daily: Text("每日", "Daily")
    case .close: Text("结束", "Close")
    case .report: Text("报告", "Report")
    }
  }

  private static let names: [String: Text] = sections.merging(people) { $1 }.merging(work) { $1 }.merging(codes) { $1 }

  private static let sections: [String: Text] = [
    "people": Text("人数", "People"), "groups": Text("分类", "Groups"), "stay": Text("日程", "Stay"),
    "rounds": Text("检查", "Rounds"), "assessments": Text("评估", "Assessments"), "staffing": Text("人员配备", "Staffing"),
    "alerts": Text("警报", "Alerts"), "incidents": Text("突发事件", "Incidents"), "activations": Text("预案", "Plans"),
    "activities": Text("活动", "Activities"), "compliance": Text("规定", "Compliance"),
    "indicators": Text("指标", "Indicators"), "days": Text("每天", "By day"), "total": Text("合计", "Total"),
    "list": Text("清单", "List"), "gates": Text("关口", "Gates"), "care": Text("走访和药箱", "Home visits and kit"),
    "homeVisitsOwed": Text("应走访", "Home visits owed"), "homeVisitsMade": Text("已走访", "Home visits made"),
    "kitUsed": Text("药箱用药次数", "Kit used"), "kitRestocked": Text("药箱补充次数", "Kit restocked"),
    "kitDiscarded": Text("药箱报废次数", "Kit discarded"), "kitSigned": Text("药箱清点次数", "Kit signed"),
    "kitShort": Text("药箱不够的样数", "Kit items short"),
  ]

  private static let people: [String: Text] = [
    "planned": Text("计划", "Planned"), "listed": Text("在名单上", "On the list"), "arrived": Text("报到", "Arrived"),
    "held": Text("暂留待核", "Held"), "undecided": Text("暂留未决", "Held, undecided"), "admitted": Text("正式接收", "Admitted"),
    "refused": Text("不予接收", "Refused"), "withdrawn": Text("退出", "Withdrawn"), "noShow": Text("没来", "No-show"),
    "leftEarly": Text("提前返程", "Left early"), "leftForMedicalReasons": Text("因病提前返程", "Left for medical reasons"),
    "transferred": Text("送医", "Taken to hospital"), "completed": Text("按期完成", "Completed"),
    "presentAtClose": Text("结束时在住", "Present at close"), "inHospitalAtClose": Text("结束时住院", "In hospital at close"),
    "ageBands": Text("年龄段", "Age bands"), "categories": Text("类别", "Categories"), "sexes": Text("性别", "Sexes"),
    "grounds": Text("资格依据", "Grounds"), "firstDay": Text("第一天", "First day"), "lastDay": Text("最后一天", "Last day"),
    "hospitalTransfers": Text("送医次数", "Transfers to hospital"),
    "hospitalReturns": Text("出院返回次数", "Returns from hospital"),
    "leaves": Text("请假次数", "Leaves"), "participants": Text("人数", "Participants"),
    "general": Text("服务保障人员", "General escorts"),
    "medical": Text("随行医护", "Medical escorts"), "sent": Text("随队人员", "Sent with the batch"),
    "host": Text("承办方人员", "Of the host"),
    "licensed": Text("有执业证", "Licensed"),
    "worstWithoutMedical": Text("最紧的时候（不算医护）", "Worst moment without medical escorts"),
    "worstWithMedical": Text("最紧的时候（算医护）", "Worst moment with medical escorts"),
    "worstDayWithoutMedical": Text("配备最少的一天（不算医护）", "Worst day without medical escorts"),
    "worstDayWithMedical": Text("配备最少的一天（算医护）", "Worst day with medical escorts"),
  ]

  private static let work: [String: Text] = [
    "due": Text("应查", "Due"), "done": Text("已查", "Done"), "late": Text("迟查", "Late"),
    "notDone": Text("没查成", "Not done"),
    "missed": Text("漏查", "Missed"), "opened": Text("开始", "Opened"), "overdue": Text("逾期", "Overdue"),
    "notDoneReasons": Text("没查成的原因", "Reasons"), "between": Text("两次之间的检查", "Between rounds"),
    "checkIns": Text("检查次数", "Check-ins"), "amended": Text("更正", "Amended"), "levels": Text("NEWS2 级别", "NEWS2 levels"),
    "raised": Text("发出", "Raised"), "bySeverity": Text("按轻重", "By severity"), "byCode": Text("按种类", "By kind"),
    "escalations": Text("升级", "Escalations"), "acknowledged": Text("有人应答", "Acknowledged"),
    "resolved": Text("解除", "Resolved"),
    "open": Text("未了结", "Open"), "byKind": Text("按种类", "By kind"), "byHarm": Text("按伤害程度", "By harm"),
    "byGrade": Text("按级别", "By grade"), "kind": Text("种类", "Kind"), "harm": Text("伤害程度", "Harm"),
    "grade": Text("级别", "Grade"),
    "reportedAt": Text("报告时间", "Reported at"), "closedAt": Text("了结时间", "Closed at"),
    "reports": Text("对外报告", "Reports"),
    "phase": Text("报次", "Phase"), "at": Text("时间", "At"), "automatic": Text("自动启动", "Automatic"),
    "manual": Text("人工启动", "By hand"), "drill": Text("演练", "Drills"), "proposed": Text("建议启动", "Proposed"),
    "declined": Text("决定不启动", "Declined"), "started": Text("启动", "Started"),
    "levelChanges": Text("调整级别", "Level changes"),
    "terminated": Text("终止", "Terminated"), "reviewed": Text("复盘", "Reviewed"), "stepsDone": Text("完成步骤", "Steps done"),
    "stepsOverdue": Text("超时步骤", "Steps overdue"), "plan": Text("预案", "Plan"), "origin": Text("启动方式", "Origin"),
    "level": Text("级别", "Level"), "startedAt": Text("启动时间", "Started at"),
    "terminatedAt": Text("终止时间", "Terminated at"),
    "reviewedAt": Text("复盘时间", "Reviewed at"), "outings": Text("外出", "Outings"), "headcounts": Text("点名", "Headcounts"),
    "headcountsShort": Text("点名缺人", "Headcounts with somebody missing"), "pass": Text("通过", "Pass"),
    "fail": Text("不通过", "Fail"),
    "unknown": Text("不明", "Unknown"), "refusals": Text("未获通过", "Refused"),
    "departures": Text("说明放行", "Departures accepted"),
    "nonconformities": Text("不符合项", "Nonconformities"), "closed": Text("已消除", "Ended"),
    "explained": Text("已说明", "Explained"),
    "completion": Text("任务完成率", "Completion"), "planSoundness": Text("计划合理度", "Plan soundness"),
    "satisfaction": Text("满意度", "Satisfaction"), "distributed": Text("发放", "Distributed"),
    "returned": Text("回收", "Returned"),
    "valid": Text("有效", "Valid"), "grades": Text("五档份数", "Grades"), "responseRate": Text("回收率", "Response rate"),
    "satisfied": Text("满意率", "Satisfied"), "mean": Text("平均分", "Mean"), "part": Text("分子", "Part"),
    "whole": Text("分母", "Whole"),
  ]

  private static let codes: [String: Text] = [
    "under60": Text("60 岁以下", "Under 60"), "60-69": Text("60 到 69 岁", "60 to 69"),
    "70-79": Text("70 到 79 岁", "70 to 79"),
    "80plus": Text("80 岁以上", "80 and over"), "male": Text("男", "Male"), "female": Text("女", "Female"),
    "arrival": Text("报到", "Arrival"), "daily": Text("每日", "Daily"), "close": Text("结束", "Close"),
    "report": Text("报告", "Report"),
    "low": Text("低", "Low"), "low-medium": Text("低中", "Low to medium"), "medium": Text("中", "Medium"),
    "high": Text("高", "High"),
    "incomplete": Text("没测全", "Incomplete"), "initial": Text("初报", "First report"),
    "follow-up": Text("续报", "Follow-up"),
    "final": Text("终报", "Final report"), "acute-illness": Text("突发疾病", "Acute illness"),
  ]
}

extension CompletionFigures.Care {
  /// What a report says of it, a sentence each.
  public var sentences: [Text] {
    [
      Text("应走访慰问 \(homeVisitsOwed) 人，已走访 \(homeVisitsMade) 人。", "Home visits owed: \(homeVisitsOwed), made: \(homeVisitsMade)."),
      Text(
        "药箱用药 \(kitUsed) 次，补充 \(kitRestocked) 次，报废 \(kitDiscarded) 次，清点签字 \(kitSigned) 次，最后不够的 \(kitShort) 样。",
        "Medicine kit: used \(kitUsed) times, restocked \(kitRestocked), discarded \(kitDiscarded), signed \(kitSigned); items short at last: \(kitShort)."),
    ]
  }
}

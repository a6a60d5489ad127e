internal import Sanatorium

extension FigureNames {
  /// The name of an alert's code; those of a plan's steps end with the step's number.
  static func alert(_ code: String) -> Text? {
    if let known = alerts[code] { return known }
    guard let dash = code.lastIndex(of: "-"), let number = Int(code[code.index(after: dash)...]),
      let name = alerts[String(code[..<dash])]
    else { return nil }
    return Text("\(name.chinese) \(number)", "\(name.english) \(number)")
  }

  /// What an alert is about, by its code.
  static let alerts: [String: Text] = [
    "health": Text("健康", "Health"), "round-overdue": Text("巡查过了时限", "Round past its limit"),
    "follow-up-overdue": Text("复查过了时间", "Follow-up overdue"), "departed-unchecked": Text("没查就走了", "Left unchecked"),
    "outing-overdue": Text("外出没按时回来", "Outing overdue"), "leave-overdue": Text("请假没按时回来", "Leave overdue"),
    "headcount": Text("点名缺人", "Headcount short"), "ratio-house": Text("院内人员不够", "Too few escorts in the house"),
    "ratio-outing": Text("外出人员不够", "Too few escorts on an outing"), "ratio-medical": Text("随行医护不够", "Too few medical escorts"),
    "licence-expired": Text("执业证过期", "Licence expired"), "plan-started": Text("预案启动", "Plan started"),
    "plan-proposed": Text("建议启动预案", "Plan proposed"), "plan-proposed-late": Text("预案建议没人答", "Plan proposal unanswered"),
    "plan-level": Text("预案改级别", "Plan level changed"), "plan-raise": Text("建议升级预案", "Plan to be raised"),
    "plan-step": Text("预案步骤超时", "Plan step late"), "plan-stopped": Text("预案解除", "Plan ended"),
  ]
}

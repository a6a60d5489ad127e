internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// `6月3日 周四`, `Thu 3 June`.
  func boardDay(_ day: Day) -> String {
    let (_, month, date) = day.civil
    let weekday = day.weekday - 1
    if !english { return "\(month)月\(date)日 周\(Array("一二三四五六日")[weekday])" }
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return "\(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday]) \(date) \(months[month - 1])"
  }

  /// `16:00` on the board's own day, `6月4日 16:00` on others.
  func boardMoment(_ instant: Instant, today: Day) -> String {
    let time = site.store.time
    let day = time.day(of: instant)
    guard day != today else { return time.clock(instant) }
    let (_, month, date) = day.civil
    return Text("\(month)月\(date)日 \(time.clock(instant))", "\(date)/\(month) \(time.clock(instant))")(language)
  }

  /// What an alert says to this reader: its words, or for those who may not read health data that it is about health.
  func words(of alert: BoardAlert) -> String {
    guard alert.tellsHealth, !actor.mayReadHealth else { return alert.alert.message(language) }
    return Text("健康警报，请医护去看", "Health alarm, for the medical escorts")(language)
  }

  /// Who must answer now and what happens next.
  func answering(_ alert: Alert, today: Day) -> String {
    let who =
      alert.people.isEmpty
      ? Text("没有人当班能应答", "Nobody on duty can answer")(language)
      : Text("等 \(alert.people) 应答", "Waiting for \(alert.people)")(language)
    guard let tier = alert.nextTier, let at = alert.nextAt else { return who }
    let clock = boardMoment(at, today: today)
    return who + Text("，\(clock) 转 \(tier.label.chinese)", "; \(tier.label.english) at \(clock)")(language)
  }
}

extension Severity {
  /// The alert's mark.
  var boardState: State {
    switch self {
    case .critical: .critical
    case .urgent: .late
    case .attention, .notice: .due
    }
  }
}

internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// What an alert says to this reader, where its room and whether it is a drill stand beside it.
  func words(of alert: BoardAlert) -> String { words(alert.alert, name: alert.person?.name, room: "", marksDrill: false) }

  /// Who must answer now and what happens next.
  func answering(_ alert: Alert) -> String {
    let who =
      alert.people.isEmpty
      ? Text("没有人当班能应答", "Nobody on duty can answer")(language)
      : Text("等 \(alert.people) 应答", "Waiting for \(alert.people)")(language)
    guard let tier = alert.nextTier, let at = alert.nextAt else { return who }
    let clock = moment(at)
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

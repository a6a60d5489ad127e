internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// The alarm that covers the wall: the gravest of those that nobody has answered.
struct BoardAlarm {
  let alert: Alert
  let person: Participant?
  let escort: Escort?
  /// How many events wait in earnest; a drill is not among them.
  let count: Int

  /// Nil while no critical alert waits for an answer.
  init?(_ reader: Reader, _ board: Board) throws {
    let waiting = board.alerts.map(\.alert).filter { $0.severity == .critical }
    guard let first = waiting.first(where: { !$0.isDrill }) ?? waiting.first else { return nil }
    alert = first
    person = try reader.participant(of: first)
    escort = try person.flatMap { try reader.escort(of: $0) }
    count = waiting.filter { !$0.isDrill }.events(\.self).count
  }
}

extension Context {
  func show(_ h: HTML, _ alarm: BoardAlarm) {
    h.wallAlarm {
      self.alarm(
        h, alarm.alert, alarm.person, alarm.escort, count: alarm.count > 1 ? "1 / \(alarm.count)" : nil, sounds: true
      ) {
        // For a hand before a wide screen: the page where the alarm is answered.
        if !isWall { h.linkButton(say("去应答", "Answer it"), "/alerts/\(alarm.alert.id)", .other, full: true) }
      }
    }
  }
}

internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What one occurrence has raised: the alerts of one plan belong together, any other alert stands alone.
struct AlertEvent<Each> {
  /// The gravest, which stands for all.
  let first: Each
  var rest: [Each] = []
}

extension Array {
  /// By what raised them, in the order in which they stand.
  func events(_ alert: (Element) -> Alert) -> [AlertEvent<Element>] {
    var events: [AlertEvent<Element>] = []
    var places: [ID: Int] = [:]
    for each in self {
      let alert = alert(each)
      if alert.code.hasPrefix("plan-"), let place = places[alert.subject] {
        events[place].rest.append(each)
      } else {
        if alert.code.hasPrefix("plan-") { places[alert.subject] = events.count }
        events.append(AlertEvent(first: each))
      }
    }
    return events
  }
}

extension Alert {
  /// The person's last score is the one that raised it: none that was measured since stands beside its words.
  func isScored(_ person: Participant?) -> Bool {
    code == "health" && person?.lastAt.map { $0 <= openedAt } ?? true
  }
}

extension Context {
  /// How grave an alert is; a drill says that it is one instead.
  func gravity(_ h: HTML, _ alert: Alert) {
    if alert.isDrill { h.tag(say("演练", "Drill"), icon: .drill) } else { h.mark(alert.severity.boardState, alert.severity.label(language)) }
  }

  /// Finding by finding, without the name and the room that stand beside it.
  func findings(_ alert: Alert, _ person: Participant?) -> [String] {
    var lines = lines(of: words(alert, person, marksDrill: false))
    if alert.isDrill, let first = lines.first {
      for mark in ["【演练】", "[Drill] "] where first.hasPrefix(mark) { lines[0] = String(first.dropFirst(mark.count)) }
    }
    guard let person, let first = lines.first else { return lines }
    // The longest first: a name alone begins them all.
    for room in ["，\(person.room) 房", ", room \(person.room)", ""] {
      for end in ["：", ": ", ":", alert.code.hasPrefix("plan-") ? ":" : ""] where first.hasPrefix(person.name + room + end) {
        lines[0] = String(first.dropFirst((person.name + room + end).count).drop(while: \.isWhitespace))
        return lines
      }
    }
    return lines
  }

  /// What those who rehearse an emergency say instead of calling.
  var saysInsteadOf120: String { say("演练：这里说“打 120”，不要真打", "Drill: say “call 120” here, do not call") }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// How many alerts wait for an answer, on the tab of those who see alerts; drills are not counted. What a form posts to
  /// asks only where it draws a page, which it does outside any read: nothing stands before a write.
  var unanswered: Int { counted ?? waitingAlerts }

  /// Before a page is drawn that only shows, as some of them are drawn inside a read.
  mutating func countUnanswered() { counted = waitingAlerts }

  /// Nothing for scripts, walls and administrators, nor for what a device keeps: an old count would be a false one. A count
  /// that fails is a tab without a number; the page's own data tells whether the page can be drawn.
  private var waitingAlerts: Int {
    guard !isAPI, !Context.isCopying, let viewer, !viewer.isWall, Audience.house.admits(viewer.actor) else { return 0 }
    do { return try site.unansweredAlerts() } catch {
      site.configuration.log("unanswered alerts: \(error)")
      return 0
    }
  }
}

extension Site {
  /// The events that the list of alerts begins with; asked of the data once per entry.
  func unansweredAlerts() throws -> Int {
    let sequence = store.sequence
    if let known = unanswered.withLock({ $0.sequence == sequence ? $0.count : nil }) { return known }
    let count = try store.read { reader in
      guard let batch = try reader.activeBatch() ?? reader.batches(limit: 1).first else { return 0 }
      let open = try reader.alerts(of: batch, state: .open) + reader.alerts(besides: batch, state: .open)
      return open.filter { !$0.isDrill }.events(\.self).count
    }
    unanswered.withLock { $0 = (sequence, count) }
    return count
  }
}

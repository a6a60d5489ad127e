internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Before a page is drawn, as a page is drawn inside a read. Nothing for scripts, walls and administrators, nor for what
  /// a device keeps: an old count would be a false one.
  mutating func countUnanswered() throws {
    guard !isAPI, !Context.isCopying, let viewer, !viewer.isWall, Audience.house.admits(viewer.actor) else { return }
    unanswered = try site.unansweredAlerts()
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

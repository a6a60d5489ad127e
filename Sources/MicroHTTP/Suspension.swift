import Synchronization

/// A suspended connection that waits for its answer.
///
/// Everything that suspends or resumes happens under the lock, so the connection can't go away in between: stopping
/// the server takes each of these locks in order to abandon who still waits.
final class Suspension: Sendable {
  private struct State {
    var reply: Reply?
    var isSuspended = false
  }

  private let state = Mutex(State())
  private let wire: Wire

  init(wire: Wire) {
    self.wire = wire
  }

  /// Suspends the connection; false where the answer is there already, because the server stops.
  func suspend() -> Bool {
    state.withLock { state in
      guard state.reply == nil else { return false }
      state.isSuspended = true
      wire.suspend()
      return true
    }
  }

  /// Keeps the first answer and wakes the connection; later ones come from a server that stopped, and nobody is there.
  func answer(_ reply: Reply) {
    state.withLock { state in
      guard state.reply == nil else { return }
      state.reply = reply
      if state.isSuspended {
        state.isSuspended = false
        wire.resume()
      }
    }
  }

  /// The answer, once there is one.
  var reply: Reply? { state.withLock { $0.reply } }
}

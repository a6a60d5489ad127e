import CMicrohttpd
import Synchronization

/// Answers one request, once, from any thread.
///
/// A second answer stops the process, because somebody believes to have told the client something it never hears. A
/// responder that is dropped without an answer gives 500 by itself.
public final class Responder: Sendable {
  private let isAnswered = Atomic(false)
  private let deliver: @Sendable (Reply) -> Void
  private let dropped: @Sendable () -> Void

  /// A responder that hands the answer to a closure, for calling handlers without a network.
  public convenience init(_ deliver: @escaping @Sendable (Response) -> Void) {
    self.init(
      replying: { reply in
        switch reply {
        case .response(let response): deliver(response)
        case .prepared(let prepared): deliver(prepared.plain)
        case .later, .events: preconditionFailure("a responder answers with a response")
        }
      }, dropped: { deliver(.text("\(Status.internalServerError)\n", status: .internalServerError)) })
  }

  init(replying deliver: @escaping @Sendable (Reply) -> Void, dropped: @escaping @Sendable () -> Void) {
    self.deliver = deliver
    self.dropped = dropped
  }

  deinit {
    if !isAnswered.load(ordering: .acquiring) { dropped() }
  }

  /// Sends the answer; returns at once.
  public func answer(_ response: Response) { give(.response(response)) }

  /// Sends a prepared answer; returns at once.
  public func answer(_ prepared: PreparedResponse) { give(.prepared(prepared)) }

  private func give(_ reply: Reply) {
    precondition(!isAnswered.exchange(true, ordering: .acquiringAndReleasing), "a request was answered twice")
    deliver(reply)
  }
}

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

  /// Suspends the connection unless the answer is there already.
  func suspend() {
    state.withLock { state in
      guard state.reply == nil else { return }
      state.isSuspended = true
      wire.suspend()
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

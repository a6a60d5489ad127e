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

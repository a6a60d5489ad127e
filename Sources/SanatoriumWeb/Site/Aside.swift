internal import Dispatch
internal import MicroHTTP
internal import Sanatorium
internal import Synchronization

/// Work that takes longer than a page, such as reading a list of a thousand rows: one piece at a time on a queue of its
/// own, so that the server's few threads go on answering.
final class Aside: Sendable {
  private let queue = DispatchQueue(label: "site-aside")
  private let waiting = Mutex(0)
  private let most: Int

  /// - Parameter most: how many pieces may wait; a larger one is told to come again.
  init(most: Int = 16) { self.most = most }

  /// Runs a piece of work after those before it. False when too many wait already.
  @discardableResult
  func run(_ work: @escaping @Sendable () -> Void) -> Bool {
    let isTaken = waiting.withLock { waiting in
      guard waiting < most else { return false }
      waiting += 1
      return true
    }
    guard isTaken else { return false }
    queue.async {
      work()
      self.waiting.withLock { $0 -= 1 }
    }
    return true
  }
}

extension Context {
  /// A handler that takes its time. It answers the responder itself, or throws; a request that finds too many before it
  /// is told to try again.
  ///
  /// - Parameters:
  ///   - line: what it waits behind, the lists by itself; nobody's list waits behind the devices' copies.
  ///   - busy: what those before it are.
  func aside(
    in line: Aside? = nil, busy: Text = Text("正在读别的名单", "Other lists are being read"),
    _ handle: @escaping @Sendable (Responder) throws -> Void
  ) -> Reply {
    .later { responder in
      let isTaken = (line ?? site.aside).run {
        do { try handle(responder) } catch { responder.answer(problem(error)) }
      }
      guard !isTaken else { return }
      var refusal = problem(.serviceUnavailable, type: "busy", busy, Text("马上再试一次。", "Try again at once."))
      refusal.headers["Retry-After"] = "2"
      responder.answer(refusal)
    }
  }
}

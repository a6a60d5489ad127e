import CMicrohttpd
import Glibc
import Synchronization

/// A stream of server-sent events to one browser. Any thread may send; nobody waits for the reader.
///
/// The stream is over when it is ended here, when the browser leaves (noticed at the next write, at the latest the
/// heartbeat), when the browser reads too slowly, or when the server stops.
public final class EventStream: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var offset = 0
    var connection: Connection?
    var wire: Wire?
    var isSuspended = false
    var isAttached = false
    /// No more will be sent.
    var isEnded = false
    /// The connection is through with the stream.
    var isClosed = false
    var lastSent: UInt64 = 0
    var closing: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())
  private let bufferLimit: Int
  let headers: Headers

  /// A stream to return from a handler as `Reply.events`. What is sent before that waits.
  /// - Parameters:
  ///   - retry: milliseconds after which the browser connects again.
  ///   - bufferLimit: bytes that may wait for the reader; one more closes the stream.
  ///   - headers: sent beside those that event streams need.
  public init(retry: Int? = nil, bufferLimit: Int = 256 * 1024, headers: Headers = [:]) {
    self.bufferLimit = bufferLimit
    self.headers = headers
    if let retry { send(.retry(milliseconds: retry)) }
  }

  /// Sends one event. False where the stream is over.
  @discardableResult
  public func send(id: String? = nil, event: String? = nil, data: String) -> Bool {
    send(ServerEvent(id: id, event: event, data: data))
  }

  /// Sends an event that was encoded before. False where the stream is over.
  @discardableResult
  public func send(_ event: ServerEvent) -> Bool {
    state.withLock { state in
      guard !state.isEnded, !state.isClosed else { return false }
      if state.pending.count - state.offset + event.bytes.count > bufferLimit {
        state.isEnded = true
        state.pending = []
        state.offset = 0
        // the reader doesn't take what the library already has: only closing the socket ends it
        state.connection?.deadline.store(0, ordering: .relaxed)
        wake(&state)
        return false
      }
      let now = Clock.milliseconds()
      if state.pending.isEmpty { state.connection?.deadline.store(now + Self.patience, ordering: .relaxed) }
      state.pending.append(contentsOf: event.bytes)
      state.lastSent = now
      wake(&state)
      return true
    }
  }

  /// Milliseconds in which a reader has to take something of what waits for it.
  private static let patience: UInt64 = 30_000

  /// Ends the stream once what was sent has been read.
  public func end() {
    state.withLock { state in
      state.isEnded = true
      wake(&state)
    }
  }

  /// Whether sending still makes sense.
  public var isOpen: Bool { state.withLock { !$0.isEnded && !$0.isClosed } }

  /// Calls the closure once, when the connection is through with the stream, on whichever thread that happens.
  public func onClose(_ action: @escaping @Sendable () -> Void) {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.closing.append(action) }
      return state.isClosed
    }
    if isClosed { action() }
  }

  /// What every event stream says of itself. Its connection has no idle limit any more, so it serves nothing else after.
  static let headers: Headers = [
    "Content-Type": "text/event-stream", "Cache-Control": "no-store", "Connection": "close",
  ]

  /// Under the lock, so that the connection is still the one that was suspended.
  private func wake(_ state: inout State) {
    guard state.isSuspended else { return }
    state.isSuspended = false
    state.wire?.resume()
  }

  /// Ties the stream to its connection; false where it already had one.
  func attach(_ connection: Connection, _ wire: Wire, now: UInt64) -> Bool {
    state.withLock { state in
      guard !state.isAttached else { return false }
      state.isAttached = true
      state.connection = connection
      state.wire = wire
      state.lastSent = now
      connection.deadline.store(state.pending.isEmpty ? Connection.never : now + Self.patience, ordering: .relaxed)
      return true
    }
  }

  /// Sets the connection's deadline anew: none while nothing waits for the reader.
  func refreshDeadline() {
    state.withLock { state in
      let deadline = state.pending.isEmpty ? Connection.never : Clock.milliseconds() + Self.patience
      state.connection?.deadline.store(deadline, ordering: .relaxed)
    }
  }

  /// Gives the library the next bytes, or suspends the connection until there are some.
  func read(into buffer: UnsafeMutablePointer<CChar>, capacity: Int) -> Int {
    state.withLock { state in
      let count = min(capacity, state.pending.count - state.offset)
      if count > 0 {
        state.pending.withUnsafeBytes { _ = memcpy(buffer, $0.baseAddress! + state.offset, count) }
        state.offset += count
        if state.offset == state.pending.count {
          state.pending.removeAll(keepingCapacity: state.pending.count <= 4096)
          state.offset = 0
          state.connection?.deadline.store(Connection.never, ordering: .relaxed)
        } else {
          state.connection?.deadline.store(Clock.milliseconds() + Self.patience, ordering: .relaxed)
        }
        return count
      }
      if state.isEnded { return CMicrohttpd_end_of_stream }
      state.isSuspended = true
      state.wire?.suspend()
      return 0
    }
  }

  /// The library is through with the stream.
  func close() {
    let closing = state.withLock { state in
      state.isClosed = true
      state.isSuspended = false
      state.wire = nil
      state.connection = nil
      state.pending = []
      state.offset = 0
      defer { state.closing = [] }
      return state.closing
    }
    for action in closing { action() }
  }

  /// Sends a comment where nothing else was sent for long enough.
  func beat(now: UInt64, interval: UInt64) {
    if state.withLock({ $0.lastSent + interval <= now }) { send(.heartbeat) }
  }
}

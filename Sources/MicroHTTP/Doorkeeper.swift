import CMicrohttpd
import Glibc
import Synchronization

/// One thread beside the library's own: it lets connections in, watches the clock, and sees out those that were
/// answered before they had finished speaking.
///
/// The library could accept by itself, but then neither can its listening socket be taken away safely while its threads
/// use it, nor do several addresses share one pool.
final class Doorkeeper: Sendable {
  private struct State {
    var listening: [Int32]
    var connections: [ObjectIdentifier: Connection] = [:]
    /// Handed to the library, which hasn't told of them yet.
    var arriving = 0
    var lastArrival: UInt64 = 0
    var leaving: [Leaving] = []
    var isStopping = false
    /// Takes whoever comes in.
    var daemon: Daemon
    /// Those that showed an earlier certificate, while they have connections.
    var retired: [Retired] = []
  }

  private struct Retired {
    let daemon: Daemon
    let at: UInt64
  }

  private struct Leaving {
    let socket: Int32
    let deadline: UInt64
  }

  private let state: Mutex<State>
  private let wakeUp: Int32
  private let tick: Int32
  private let limit: Int
  private let log: @Sendable (LogLevel, String) -> Void
  private let counters: Counters
  private let beat: @Sendable (UInt64) -> Void

  init(
    listening: [Int32], daemon: Daemon, configuration: ServerConfiguration, counters: Counters,
    beat: @escaping @Sendable (UInt64) -> Void
  ) {
    state = Mutex(State(listening: listening, daemon: daemon))
    self.counters = counters
    self.beat = beat
    limit = configuration.connectionLimit
    log = configuration.log
    let shortest = min(configuration.requestDeadline, configuration.heartbeat)
    tick = Int32(min(1000, max(10, shortest * 250)))
    wakeUp = CMicrohttpd_open_event()
  }

  deinit { close(wakeUp) }

  var connectionCount: Int { state.withLock { $0.connections.count } }

  func enter(_ connection: Connection) {
    state.withLock { state in
      state.connections[ObjectIdentifier(connection)] = connection
      state.arriving = max(0, state.arriving - 1)
    }
  }

  /// The socket is about to be closed: from here on its number may belong to somebody else.
  func leave(_ connection: Connection) {
    let isAwaited = state.withLock { state in
      let wasFull = isFull(state)
      state.connections[ObjectIdentifier(connection)] = nil
      guard connection.lingers.load(ordering: .relaxed), !state.isStopping, state.leaving.count < 64 else {
        return wasFull
      }
      // a second number for the socket keeps it open after the library has closed its own
      let socket = fcntl(connection.socket, F_DUPFD_CLOEXEC, 0)
      if socket < 0 { return wasFull }
      shutdown(socket, Int32(SHUT_WR))
      state.leaving.append(Leaving(socket: socket, deadline: Clock.milliseconds() + 2000))
      return true
    }
    if isAwaited { wake() }
  }

  private func isFull(_ state: borrowing State) -> Bool { state.connections.count + state.arriving >= limit }

  /// Nobody comes in any more; connecting fails from here on.
  func shut() {
    state.withLock { state in
      for socket in state.listening { close(socket) }
      state.listening = []
    }
    wake()
  }

  /// Hands whoever comes in from here on to another daemon.
  func use(_ daemon: Daemon) {
    let unused = state.withLock { state -> Daemon? in
      // already stopping: nobody comes in any more
      if state.listening.isEmpty { return daemon }
      state.retired.append(Retired(daemon: state.daemon, at: Clock.milliseconds()))
      state.daemon = daemon
      return nil
    }
    unused?.stop()
  }

  /// Stops the daemons; for the end, when the thread is over.
  func stopDaemons() {
    let all = state.withLock { state in
      defer { state.retired = [] }
      return state.retired.map(\.daemon) + [state.daemon]
    }
    for daemon in all { daemon.stop() }
  }

  /// Stops the daemons that were replaced a while ago and whose last connection is gone.
  private func dismiss(_ now: UInt64) {
    let idle = state.withLock { state in
      let idle = state.retired.filter { $0.at + 5000 < now && $0.daemon.connectionCount == 0 }
      state.retired.removeAll { retired in idle.contains { $0.daemon === retired.daemon } }
      return idle
    }
    for retired in idle { retired.daemon.stop() }
  }

  /// Ends the thread's work.
  func stop() {
    state.withLock { $0.isStopping = true }
    wake()
  }

  private func wake() {
    var one: UInt64 = 1
    _ = write(wakeUp, &one, 8)
  }

  func run() {
    var nextTick = Clock.milliseconds()
    while true {
      let (sockets, isStopping) = state.withLock { state in
        // while it is full, whoever knocks waits in the system's queue
        (state.leaving.map(\.socket) + (isFull(state) ? [] : state.listening), state.isStopping)
      }
      if isStopping { break }
      var polled = ([wakeUp] + sockets).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      _ = poll(&polled, nfds_t(polled.count), tick)
      var drained: UInt64 = 0
      _ = read(wakeUp, &drained, 8)
      admit()
      let now = Clock.milliseconds()
      seeOut(now)
      if now >= nextTick {
        cutOff(now)
        dismiss(now)
        beat(now)
        nextTick = now + UInt64(tick)
      }
    }
    state.withLock { state in
      for leaving in state.leaving { close(leaving.socket) }
      state.leaving = []
    }
  }

  /// Under the lock, so that no socket is closed, and its number given away, between waiting and accepting.
  private func admit() {
    let failure = state.withLock { state -> Int32? in
      for socket in state.listening {
        for _ in 0..<64 where !isFull(state) {
          var storage = sockaddr_storage()
          var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
          let code: Int32 = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
              let client = CMicrohttpd_accept(socket, address, &size)
              guard client >= 0 else { return errno }
              // a phone that left the network acknowledges nothing: a minute, not the system's quarter of an hour
              var patience: UInt32 = 60_000
              setsockopt(
                client, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &patience, socklen_t(MemoryLayout<UInt32>.size))
              if state.daemon.add(socket: client, address, size) {
                state.arriving += 1
                state.lastArrival = Clock.milliseconds()
              }
              return 0
            }
          }
          if code == EAGAIN { break }
          if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) { return code }
        }
      }
      return nil
    }
    if let failure {
      log(.error, "cannot accept connections: \(SystemError.text(failure)) (\(failure))")
      // whoever waits stays in the system's queue; trying again at once would only spin
      usleep(100_000)
    }
  }

  /// Shuts sockets whose deadline has passed; the library notices and closes them.
  private func cutOff(_ now: UInt64) {
    let cut = state.withLock { state in
      // the library tells of a connection at once, or, for want of memory, never
      if state.lastArrival + 5000 < now { state.arriving = 0 }
      var cut = 0
      for connection in state.connections.values where connection.deadline.load(ordering: .relaxed) <= now {
        shutdown(connection.socket, Int32(SHUT_RDWR))
        connection.deadline.store(Connection.never, ordering: .relaxed)
        cut += 1
      }
      return cut
    }
    if cut > 0 {
      counters.cutOff.add(cut, ordering: .relaxed)
      log(.notice, "\(cut) connections took too long and were cut off")
    }
  }

  /// Reads and forgets what still comes, until the other side has heard the answer and closes.
  private func seeOut(_ now: UInt64) {
    state.withLock { state in
      state.leaving.removeAll { leaving in
        var isOver = now >= leaving.deadline
        var scratch = [UInt8](repeating: 0, count: 65_536)
        for _ in 0..<16 where !isOver {
          let count = CMicrohttpd_receive(leaving.socket, &scratch, scratch.count)
          if count < 0 && errno == EAGAIN { break }
          if count <= 0 { isOver = true }
        }
        if isOver { close(leaving.socket) }
        return isOver
      }
    }
  }
}

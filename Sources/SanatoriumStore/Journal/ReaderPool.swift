internal import Dispatch
internal import GRDB
internal import Synchronization

extension Store {
  /// One consistent picture of a file that another process may have open, on a connection of its own.
  static func readOnly<Result>(_ path: String, _ body: (Connection) throws -> Result) throws -> Result {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { try body(Connection($0)) }
  }
}

/// A few read-only connections, each with its own held statements.
final class ReaderPool: Sendable {
  /// One connection. Its `Connection` is made and used inside its queue only.
  ///
  /// `@unchecked Sendable`: a lane is taken out of `free` before it is used and put back after, so that one thread at a
  /// time has it.
  private final class Lane: @unchecked Sendable {
    let queue: DatabaseQueue
    var connection: Connection?
    init(_ queue: DatabaseQueue) { self.queue = queue }
  }

  private let free: Mutex<[Lane]>
  private let available: DispatchSemaphore

  init(path: String, count: Int) throws {
    var lanes: [Lane] = []
    for _ in 0..<count {
      var configuration = GRDB.Configuration()
      configuration.readonly = true
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -2000") }
      lanes.append(Lane(try DatabaseQueue(path: path, configuration: configuration)))
    }
    free = Mutex(lanes)
    available = DispatchSemaphore(value: count)
  }

  func read<Result>(_ body: (Connection) throws -> Result) throws -> Result {
    available.wait()
    let lane = free.withLock { $0.removeLast() }
    defer {
      free.withLock { $0.append(lane) }
      available.signal()
    }
    return try lane.queue.read { database in
      if let connection = lane.connection { return try body(connection) }
      let connection = try Connection(database)
      lane.connection = connection
      return try body(connection)
    }
  }
}

public import Sanatorium
internal import Foundation
internal import GRDB
internal import Glibc
internal import Synchronization

/// The facility's one SQLite file: journal, tables, readers, and the thread that writes.
public final class Store: Sendable {
  public let path: String
  public let time: LocalTime
  private let clock: @Sendable () -> Instant
  private let writer: Writer
  private let readers: ReaderPool
  private let state: Published

  /// What the store's threads tell the others.
  private final class Published: Sendable {
    let sequence: Atomic<Int64>
    let condition = Mutex(StorageCondition.writable)
    let observers = Mutex<[@Sendable (Int64) -> Void]>([])

    init(sequence: Int64) { self.sequence = Atomic(sequence) }
  }

  /// Opens the file, creating or migrating it, and starts the threads that write and sync. Throws when the file is no
  /// database of ours or when SQLite doesn't report back the durability that was asked for.
  /// - Parameters:
  ///   - report: told, for the log, what could not be brought to the disk and what follows from it; each once.
  ///   - reopen: called on a thread of the store when that has happened and the disk takes writes again: the process should
  ///     end and be started anew.
  public convenience init(
    path: String, time: LocalTime = .china, clock: @escaping @Sendable () -> Instant = Store.systemClock,
    report: @escaping @Sendable (String) -> Void = { _ in }, reopen: @escaping @Sendable (String) -> Void = Store.end
  ) throws {
    try self.init(path: path, time: time, clock: clock, report: report, reopen: reopen) { $0 }
  }

  /// - Parameter watch: a test stands between the store and its disk here.
  init(
    path: String, time: LocalTime = .china, clock: @escaping @Sendable () -> Instant = Store.systemClock,
    report: @escaping @Sendable (String) -> Void = { _ in }, reopen: @escaping @Sendable (String) -> Void,
    watch: (WriteAheadLog) -> WriteAheadLog
  ) throws {
    self.path = path
    self.time = time
    self.clock = clock
    let file = try StoreFile.open(path)
    let last = try file.inDatabase { try Connection($0).first(JournalSchema.last) { $0.int64(0) } ?? 0 }
    let state = Published(sequence: last)
    self.state = state
    readers = try ReaderPool(path: path, count: 4)
    let log = watch(try WriteAheadLog(beside: path))
    let isOnDisk = log.rewrite()
    let syncer = Syncer(log, sequence: last, report: report, reopen: reopen) { sequence, condition in
      state.condition.withLock { $0 = condition }
      let previous = state.sequence.exchange(sequence, ordering: .acquiringAndReleasing)
      guard previous != sequence else { return }
      for observer in state.observers.withLock({ $0 }) { observer(sequence) }
    }
    if !isOnDisk {
      syncer.fail("what an ended process left in the write-ahead log can't be written again")
      state.condition.withLock { $0 = .failing }
    }
    writer = Writer(file, time: time, syncer: syncer)
    try writer.start()
  }

  /// Ends the process with EX_IOERR, at which systemd starts it again.
  public static let end: @Sendable (String) -> Void = { path in
    let line = Array("\(path): an fsync failed; the file must be opened anew\n".utf8)
    _ = Glibc.write(2, line, line.count)
    _exit(74)
  }

  /// The wall clock in milliseconds.
  public static let systemClock: @Sendable () -> Instant = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }

  public var now: Instant { clock() }

  /// The sequence of the last entry that is on the disk; pages are kept by it. A read may see a little more.
  public var sequence: Int64 { state.sequence.load(ordering: .acquiring) }
  public var condition: StorageCondition { state.condition.withLock { $0 } }

  /// Calls back on a thread of the store when entries are on the disk. Observers stay for the store's life.
  public func observe(_ observer: @escaping @Sendable (Int64) -> Void) {
    state.observers.withLock { $0.append(observer) }
  }

  /// Queues one event. `complete` is called on a thread of the store once it is on the disk, or with the reason why it
  /// isn't; it must be short.
  public func write<Result: Sendable>(
    _ event: @escaping @Sendable (Ledger) throws -> Result,
    then complete: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
  ) {
    write(now: clock, event, then: complete)
  }

  private func write<Result: Sendable>(
    now: @escaping @Sendable () -> Instant, _ event: @escaping @Sendable (Ledger) throws -> Result,
    then complete: @escaping @Sendable (Swift.Result<Result, any Error>) -> Void
  ) {
    let box = ResultBox<Result>()
    let item = Writer.Item(
      now: now,
      perform: { box.value = try event($0) },
      complete: { error in
        if let error { complete(.failure(error)) } else { complete(.success(box.value!)) }
      })
    if !writer.enqueue(item) { complete(.failure(Refusal.storageUnavailable)) }
  }

  /// The writer's thread touches it in `perform`, and when it has handed it over, the syncer's in `complete`.
  private final class ResultBox<Value>: @unchecked Sendable {
    var value: Value?
  }

  /// The same, waiting for the disk. For the command line, jobs and tests; never on a request's thread.
  @discardableResult
  public func perform<Result: Sendable>(
    at now: Instant? = nil, _ event: @escaping @Sendable (Ledger) throws -> Result
  ) throws -> Result {
    let done = DispatchSemaphore(value: 0)
    let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
    let clock = clock
    write(now: { now ?? clock() }, event) { result in
      outcome.withLock { $0 = result }
      done.signal()
    }
    done.wait()
    return try outcome.withLock { $0! }.get()
  }

  /// Reads a consistent picture on a connection of its own.
  public func read<Result>(_ body: (Reader) throws -> Result) throws -> Result {
    try readers.read { try body(Reader(tables: $0, time: time)) }
  }

  /// Whether the threads that write and sync answer within the deadline: also true when the disk is full or read-only,
  /// false when one of them hangs. What was queued before is answered then.
  public func writerAnswers(within milliseconds: Int) -> Bool {
    let answered = DispatchSemaphore(value: 0)
    writer.ping { answered.signal() }
    return answered.wait(timeout: .now() + .milliseconds(milliseconds)) == .success
  }

  /// The same without waiting: calls back on a thread of the store, never when one hangs.
  public func whenWriterAnswers(_ answer: @escaping @Sendable () -> Void) { writer.ping(answer) }

  /// Commits what waits and closes the file.
  public func close() { writer.stop() }
}

/// Reads for pages and the API; one consistent picture per `Store.read`.
public struct Reader {
  let tables: Connection
  public let time: LocalTime

  /// The last entry that this picture shows. It may not be on the disk yet: compare with `Store.sequence`.
  public func sequence() throws -> Int64 { try tables.first(JournalSchema.last) { $0.int64(0) } ?? 0 }
}

internal import GRDB
internal import GRDBSQLite
internal import Glibc
internal import Sanatorium

/// The one thread that writes. It takes everything that waits, runs each item in a savepoint of one transaction, commits
/// with one fsync, and only then answers each: a slow disk makes the groups larger, not the answers wrong.
///
/// `@unchecked Sendable`: `queue`, `pings` and `stopping` are guarded by `mutex`; everything else is used by the writer
/// thread alone after `start`.
final class Writer: @unchecked Sendable {
  struct Item {
    let now: @Sendable () -> Instant
    let perform: (Ledger) throws -> Void
    /// Called on the writer's thread after the commit, with the error that kept the item out, or nil.
    let complete: ((any Error)?) -> Void
  }

  private let queueFile: DatabaseQueue
  private let time: LocalTime
  private let committed: @Sendable (Int64, StorageCondition) -> Void
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var queue: [Item] = []
  private var pings: [@Sendable () -> Void] = []
  private var stopping = false
  private var thread = pthread_t()

  private static let begin = SQL("BEGIN IMMEDIATE")
  private static let commit = SQL("COMMIT")
  private static let rollback = SQL("ROLLBACK")
  private static let savepoint = SQL("SAVEPOINT item")
  private static let release = SQL("RELEASE item")
  private static let rollbackItem = SQL("ROLLBACK TO item")

  init(
    _ queueFile: DatabaseQueue, time: LocalTime, committed: @escaping @Sendable (Int64, StorageCondition) -> Void
  ) {
    self.queueFile = queueFile
    self.time = time
    self.committed = committed
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  func start() throws {
    let context = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { argument in
        // The thread owns the reference it was started with until it ends.
        let writer = Unmanaged<Writer>.fromOpaque(argument!).takeRetainedValue()
        writer.run()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      throw SQLiteFault(code: code, message: "the writer's thread could not be started", sql: "")
    }
  }

  /// False when the store is closing and the item was not taken.
  func enqueue(_ item: Item) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard !stopping else { return false }
    queue.append(item)
    if queue.count == 1 { pthread_cond_signal(condition) }
    return true
  }

  /// Calls back from the writer's thread between two groups: a writer that hangs does not answer.
  func ping(_ answer: @escaping @Sendable () -> Void) {
    pthread_mutex_lock(mutex)
    pings.append(answer)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Finishes what waits, then ends the thread.
  func stop() {
    pthread_mutex_lock(mutex)
    let first = !stopping
    stopping = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
    if first { pthread_join(thread, nil) }
  }

  private func run() {
    queueFile.inDatabase { database in
      do {
        let ledger = try Ledger(Connection(database), time: time)
        loop(ledger)
      } catch {
        fail(error)
      }
    }
  }

  /// The connection could not even be read: every item is refused until the store is closed.
  private func fail(_ error: any Error) {
    while let group = next() {
      for item in group { item.complete(error) }
    }
  }

  /// Waits for work; nil when the store closes and nothing is left.
  private func next() -> [Item]? {
    while true {
      pthread_mutex_lock(mutex)
      while queue.isEmpty, pings.isEmpty, !stopping { pthread_cond_wait(condition, mutex) }
      let group = queue
      let answers = pings
      let ended = stopping
      queue = []
      pings = []
      pthread_mutex_unlock(mutex)
      for answer in answers { answer() }
      if !group.isEmpty { return group }
      if ended { return nil }
    }
  }

  private func loop(_ ledger: Ledger) {
    var errors: [(any Error)?] = []
    while let group = next() {
      errors.removeAll(keepingCapacity: true)
      let before = ledger.mark
      var condition = StorageCondition.writable
      do {
        try commit(group, ledger, &errors)
      } catch {
        ledger.restore(before)
        // Nothing of the group reached the disk, whatever its items had answered so far.
        let refusal = StorageCondition.refusal(for: error)
        condition = StorageCondition(of: error)
        errors = group.map { _ in refusal }
      }
      committed(ledger.mark.sequence, condition)
      for (item, error) in zip(group, errors) { item.complete(error) }
    }
  }

  private func commit(_ group: [Item], _ ledger: Ledger, _ errors: inout [(any Error)?]) throws {
    let tables = ledger.tables
    try tables.run(Writer.begin)
    do {
      for item in group { errors.append(try perform(item, ledger)) }
      try tables.run(Writer.commit)
    } catch {
      if tables.isInTransaction { try tables.run(Writer.rollback) }
      throw error
    }
  }

  /// The error that keeps this item alone out; throws what ends the whole group.
  private func perform(_ item: Item, _ ledger: Ledger) throws -> (any Error)? {
    let tables = ledger.tables
    ledger.now = item.now()
    try ledger.keepPace()
    let mark = ledger.mark
    try tables.run(Writer.savepoint)
    do {
      try item.perform(ledger)
      try tables.run(Writer.release)
      return nil
    } catch {
      // SQLite ends the transaction by itself on a full disk or an I/O error.
      guard tables.isInTransaction, StorageCondition(of: error) == .writable else { throw error }
      try tables.run(Writer.rollbackItem)
      try tables.run(Writer.release)
      ledger.restore(mark)
      return error
    }
  }
}

internal import GRDB
internal import GRDBSQLite
internal import Sanatorium

/// The one thread that writes. It takes everything that waits, runs each item in one transaction so that it happens wholly
/// or not, commits, and hands the group to the syncer, which answers each after the fsync: a slow disk makes the groups
/// larger, not the answers wrong.
///
/// `@unchecked Sendable`: `thread` is set in `start` and joined in `stop`, both called by the store's owner; `isSound` is
/// the thread's until it is joined.
final class Writer: @unchecked Sendable {
  struct Item {
    let now: @Sendable () -> Instant
    let perform: (Ledger) throws -> Void
    /// Called on the syncer's thread after the fsync, with the error that kept the item out, or nil.
    let complete: ((any Error)?) -> Void
  }

  private struct Intake {
    var items: [Item] = []
    var pings: [@Sendable () -> Void] = []
    var isStopping = false
  }

  private let file: DatabaseQueue
  private let time: LocalTime
  private let syncer: Syncer
  private let intake = Monitor(Intake())
  private var thread: WorkThread?
  /// Whether the last group found the file as it should be; set by the thread, read after it has ended.
  private var isSound = false

  private static let begin = SQL("BEGIN IMMEDIATE")
  private static let commit = SQL("COMMIT")
  private static let rollback = SQL("ROLLBACK")
  private static let savepoint = SQL("SAVEPOINT item")
  private static let release = SQL("RELEASE item")
  private static let rollbackItem = SQL("ROLLBACK TO item")

  init(_ file: DatabaseQueue, time: LocalTime, syncer: Syncer) {
    self.file = file
    self.time = time
    self.syncer = syncer
  }

  func start() throws {
    try syncer.start()
    do { thread = try WorkThread { self.run() } } catch {
      syncer.stop()
      throw error
    }
  }

  /// False when the store is closing and the item was not taken.
  func enqueue(_ item: Item) -> Bool {
    intake.change { intake in
      if !intake.isStopping { intake.items.append(item) }
      return !intake.isStopping
    }
  }

  /// Calls back from the syncer's thread once all that was queued before is on the disk: a writer or a disk that hangs
  /// does not answer.
  func ping(_ answer: @escaping @Sendable () -> Void) { intake.change { $0.pings.append(answer) } }

  /// Finishes what waits, ends both threads, and leaves an empty write-ahead log where the disk and other readers allow
  /// it: not after a file or disk that failed, of which the log may be the better copy. A second call returns at once.
  func stop() {
    let first = intake.change { intake in
      defer { intake.isStopping = true }
      return !intake.isStopping
    }
    guard first else { return }
    thread?.join()
    syncer.stop()
    guard isSound, !syncer.isBroken else { return }
    do { try file.inDatabase { try Checkpointer($0.sqliteConnection!).finish() } } catch {
      syncer.remark("the log stays beside the data file, whole, and the next start takes it up: \(error)")
    }
  }

  private func run() {
    file.inDatabase { database in
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
    while let (items, pings) = next() {
      syncer.hand(
        Syncer.Group(
          items: items, errors: items.map { _ in error }, sequence: 0, condition: .failing, pings: pings))
    }
  }

  /// Waits for work; nil when the store closes and nothing is left.
  private func next() -> ([Item], [@Sendable () -> Void])? {
    intake.wait { intake -> ([Item], [@Sendable () -> Void])?? in
      guard intake.items.isEmpty, intake.pings.isEmpty else {
        defer { (intake.items, intake.pings) = ([], []) }
        return .some((intake.items, intake.pings))
      }
      return intake.isStopping ? .some(nil) : nil
    }
  }

  private func loop(_ ledger: Ledger) {
    let checkpointer = Checkpointer(ledger.tables.handle)
    isSound = true
    while true {
      // What comes while the disk is busy belongs to the next group.
      syncer.waitForDisk()
      guard let (items, pings) = next() else { return }
      var errors: [(any Error)?] = []
      errors.reserveCapacity(items.count)
      let before = ledger.mark
      var condition = StorageCondition.writable
      do {
        if syncer.isBroken { throw Refusal.storageUnavailable }
        if !items.isEmpty { try commit(items, ledger, &errors) }
      } catch {
        ledger.restore(before)
        // Nothing of the group is in the log, whatever its items had answered so far.
        let refusal = StorageCondition.refusal(for: error)
        condition = StorageCondition(of: error)
        errors = items.map { _ in refusal }
      }
      if !items.isEmpty { isSound = condition != .failing }
      syncer.hand(
        Syncer.Group(
          items: items, errors: errors, sequence: ledger.mark.sequence, condition: condition, pings: pings))
      if !syncer.isBroken {
        do { try checkpointer.run() } catch { syncer.fail("\(error)") }
      }
    }
  }

  /// An item failed after it had changed something, and there is no savepoint to go back to.
  private struct HalfDone: Error {}

  private func commit(_ group: [Item], _ ledger: Ledger, _ errors: inout [(any Error)?]) throws {
    let before = ledger.mark
    do {
      try transact(group, ledger, &errors) { try attempt($0, ledger) }
    } catch is HalfDone {
      // Savepoints copy each page that an item changes. Almost every item succeeds, or is refused before it changes
      // anything; where one does neither, the group is run once more with them.
      ledger.restore(before)
      errors.removeAll(keepingCapacity: true)
      try transact(group, ledger, &errors) { try perform($0, ledger) }
    }
  }

  private func transact(
    _ group: [Item], _ ledger: Ledger, _ errors: inout [(any Error)?], _ run: (Item) throws -> (any Error)?
  ) throws {
    let tables = ledger.tables
    do { try tables.run(Writer.begin) } catch {
      // Whatever the reason: nothing can be written.
      throw StorageCondition(of: error) == .writable ? Refusal.storageUnavailable : error
    }
    do {
      for item in group {
        ledger.now = item.now()
        try ledger.keepPace()
        errors.append(try run(item))
      }
      try tables.run(Writer.commit)
    } catch {
      if tables.isInTransaction { try tables.run(Writer.rollback) }
      throw error
    }
  }

  /// The error that keeps this item out and nothing else; throws what ends the group.
  private func attempt(_ item: Item, _ ledger: Ledger) throws -> (any Error)? {
    let changes = ledger.tables.changes
    do {
      try item.perform(ledger)
      return nil
    } catch {
      guard ledger.tables.isInTransaction, StorageCondition(of: error) == .writable else { throw error }
      guard ledger.tables.changes == changes else { throw HalfDone() }
      return error
    }
  }

  /// The same in a savepoint.
  private func perform(_ item: Item, _ ledger: Ledger) throws -> (any Error)? {
    let tables = ledger.tables
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

internal import CSQLite
internal import GRDB
internal import GRDBSQLite
internal import Glibc

/// The file could not be opened as this program needs it; the sentence is for the operator.
public struct StoreUnusable: Error, CustomStringConvertible {
  public let description: String
}

enum StoreFile {
  /// A lock at each of SQLite's many small allocations, for figures that nobody asks for. A process that has used the
  /// library before keeps them, which costs time and nothing else.
  private static let countsMemory: Bool = CSQLite_stop_counting_memory() != SQLITE_OK

  /// Opens for writing, migrates, and checks that SQLite syncs as `WriteAheadLog` needs it.
  static func open(_ path: String) throws -> DatabaseQueue {
    // People's health: what this process writes is its own user's alone.
    umask(0o077)
    _ = countsMemory
    var configuration = GRDB.Configuration()
    configuration.label = "writer"
    configuration.prepareDatabase { database in
      // A checkpoint holds the writer up; four times the usual log (16 MB) makes them four times as rare, and what was
      // changed again and again is carried over once.
      try database.execute(sql: "PRAGMA cache_size = -4000; PRAGMA wal_autocheckpoint = 4000")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      // Not FULL: the syncer syncs each commit before it is answered, while the next one is being made.
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")
      let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
      let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
      guard mode == "wal", synchronous == 1 else {
        throw StoreUnusable(
          description: "\(path): SQLite reports journal_mode \(mode ?? "none") and synchronous \(synchronous ?? -1), "
            + "which does not keep what was acknowledged")
      }
    }
    try foldLog(of: queue, path)
    try Schema.migrator.migrate(queue)
    return queue
  }

  /// Carries what an ended process left in the log into the file itself, synced: its last commits may be in the system's
  /// memory alone, and nothing new may be answered on top of them. A full disk or another reader puts it off: what is in
  /// the log then is synced with the next commit.
  private static func foldLog(of queue: DatabaseQueue, _ path: String) throws {
    var state = stat()
    guard stat(path + "-wal", &state) == 0, state.st_size > 0 else { return }
    do {
      _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    } catch {
      guard StorageCondition(of: error) != .writable || (error as? DatabaseError)?.resultCode == .SQLITE_BUSY else {
        throw error
      }
    }
  }
}

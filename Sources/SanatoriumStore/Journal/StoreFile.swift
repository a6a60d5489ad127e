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
      // The checkpointer takes the place of SQLite's own.
      try database.execute(sql: "PRAGMA cache_size = -4000; PRAGMA wal_autocheckpoint = 0")
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
    try Schema.migrator.migrate(queue)
    return queue
  }
}

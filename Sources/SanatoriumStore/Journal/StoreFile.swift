internal import GRDB
internal import Glibc

/// The file could not be opened as this program needs it; the sentence is for the operator.
public struct StoreUnusable: Error, CustomStringConvertible {
  public let description: String
}

enum StoreFile {
  /// Opens for writing, migrates, and checks that a commit means fsync.
  static func open(_ path: String) throws -> DatabaseQueue {
    // People's health: what this process writes is its own user's alone.
    umask(0o077)
    var configuration = GRDB.Configuration()
    configuration.label = "writer"
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -4000")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
      let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
      let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
      guard mode == "wal", synchronous == 2 else {
        throw StoreUnusable(
          description: "\(path): SQLite reports journal_mode \(mode ?? "none") and synchronous \(synchronous ?? -1), "
            + "which does not keep what was acknowledged")
      }
    }
    try Schema.migrator.migrate(queue)
    return queue
  }
}

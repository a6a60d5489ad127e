internal import GRDBSQLite

/// Carries the write-ahead log into the data file when it has grown. SQLite would do the same by itself after a commit,
/// but it drops the errors of its own checkpoints, and a sync of the data file that failed once looks sound ever after.
///
/// Used by the writer's thread alone, while its connection is open, and once more after that thread has ended.
final class Checkpointer {
  /// Pages (16 MB). A checkpoint holds the writer up: with a log four times the usual they are four times as rare, and what
  /// was changed again and again is carried over once.
  private static let limit: CInt = 4_000

  private let connection: OpaquePointer
  private let pages = UnsafeMutablePointer<CInt>.allocate(capacity: 1)

  init(_ connection: OpaquePointer) {
    self.connection = connection
    pages.initialize(to: 0)
    sqlite3_wal_hook(
      connection,
      { pages, _, _, count in
        pages!.assumingMemoryBound(to: CInt.self).pointee = count
        return SQLITE_OK
      }, pages)
  }

  deinit {
    sqlite3_wal_hook(connection, nil, nil)
    pages.deallocate()
  }

  /// Called after a commit. Throws when the data file could not be written or synced: what was acknowledged may be lost
  /// with the next power cut. A reader in the way or a full disk are no such thing: the log keeps what it holds.
  func run() throws {
    guard pages.pointee >= Checkpointer.limit else { return }
    // The next commit tells the log's length anew.
    pages.pointee = 0
    try carryOver(SQLITE_CHECKPOINT_PASSIVE)
  }

  /// Called once at the end, when nothing more is committed: what the log holds goes into the data file, which can then be
  /// copied by itself, and the next start finds an empty log. Throws as `run` does.
  func finish() throws { try carryOver(SQLITE_CHECKPOINT_TRUNCATE) }

  private func carryOver(_ mode: CInt) throws {
    let code = sqlite3_wal_checkpoint_v2(connection, nil, mode, nil, nil)
    switch code & 0xFF {
    case SQLITE_OK, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL: return
    default: throw SQLiteFault(code: code, message: String(cString: sqlite3_errmsg(connection)), sql: "checkpoint")
    }
  }
}

internal import Foundation
internal import GRDB
internal import Glibc
internal import Sanatorium

/// A copy that is not what it should be; nothing was put in place.
public struct BackupUnusable: Error, CustomStringConvertible {
  public let description: String
}

extension Store {
  /// `verify` on a file that another process may be writing.
  public static func verify(path: String) throws -> Verification {
    try verify(reading: path)
  }

  /// Copies a file page by page while it is in use, syncs the copy and verifies it; a copy that fails is removed.
  public static func backup(from source: String, to target: String) throws -> Verification {
    umask(0o077)
    do {
      var reading = GRDB.Configuration()
      reading.readonly = true
      let from = try DatabaseQueue(path: source, configuration: reading)
      let to = try DatabaseQueue(path: target)
      try from.backup(to: to, pagesPerStep: 1_000)
      // The copy is one file: no WAL beside it that could be forgotten.
      try to.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try to.close()
      try synchronize(target)
      let result = try verify(reading: target)
      guard result.isIntact else {
        throw BackupUnusable(description: "the copy is not intact: \(result.faults.first ?? "")")
      }
      return result
    } catch {
      for ending in ["", "-wal", "-shm", "-journal"] { unlink(target + ending) }
      throw error
    }
  }

  /// Verifies a backup and puts it in place; what was there before is kept under a name with the time. At every moment
  /// there is a whole data file in place, the old one or the new one, whatever ends the process.
  public static func restore(from backup: String, to target: String) throws -> Verification {
    let copy = target + ".restoring"
    for ending in ["", "-wal", "-shm"] { unlink(copy + ending) }
    let result = try Store.backup(from: backup, to: copy)
    let folder = (target as NSString).deletingLastPathComponent
    if FileManager.default.fileExists(atPath: target) {
      try keep(target, as: target + ".before-restore-\(Store.systemClock().milliseconds)")
      try synchronize(folder)
    }
    guard rename(copy, target) == 0 else { throw failure(target) }
    try synchronize(folder)
    return result
  }

  /// Gives a data file a second name. Its write-ahead log is folded in first, so that nothing of it is left beside the
  /// file that comes in its place; of a file that can't be opened the log goes along as it is.
  private static func keep(_ path: String, as kept: String) throws {
    do {
      let old = try DatabaseQueue(path: path)
      try old.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try old.close()
      try synchronize(path)
    } catch is DatabaseError {
      for ending in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + ending) {
        guard rename(path + ending, kept + ending) == 0 else { throw failure(path + ending) }
      }
    }
    if link(path, kept) == 0 { return }
    // A file system without second names.
    try FileManager.default.copyItem(atPath: path, toPath: kept)
    try synchronize(kept)
  }

  private static func failure(_ path: String) -> BackupUnusable {
    BackupUnusable(description: "\(path): \(String(cString: strerror(errno)))")
  }

  /// fsync of a file or a folder.
  private static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }
}

internal import Glibc

/// The file in which SQLite's commits wait for a checkpoint, synced by us: with `synchronous = NORMAL` SQLite itself syncs
/// it before a checkpoint and where it begins anew, not at each commit.
struct WriteAheadLog: Sendable {
  /// The data file's path.
  let path: String
  /// Whether everything that was committed before the call is on the disk now.
  var sync: @Sendable () -> Bool
  /// Whether everything that an ended process left in the log is on the disk now. An fsync of its may have failed: the
  /// system then takes the pages for written, and another fsync would leave them out. So they are written again as they
  /// stand, which needs no room and waits for no reader.
  var rewrite: @Sendable () -> Bool
  /// Whether a small file beside the data can be written and synced.
  var takesWrites: @Sendable () -> Bool

  /// Of a data file that a connection has open, which keeps the log in its place for as long as it lives.
  init(beside path: String) throws {
    let file = Descriptor(number: open(path + "-wal", O_RDWR | O_CLOEXEC))
    guard file.number >= 0 else {
      throw StoreUnusable(description: "\(path)-wal: \(String(cString: strerror(errno)))")
    }
    self.path = path
    sync = { file.sync() }
    // After a stop in good order the log is empty, and a start need not wait for the disk.
    rewrite = { file.copyOntoItself().map { $0 == 0 || file.sync() } ?? false }
    takesWrites = { WriteAheadLog.canWrite(path + "-trial") }
  }

  private final class Descriptor: Sendable {
    let number: Int32
    init(number: Int32) { self.number = number }
    deinit { if number >= 0 { close(number) } }

    func sync() -> Bool {
      while fdatasync(number) != 0 { if errno != EINTR { return false } }
      return true
    }

    /// How many bytes there are; nil when they can't all be read and written.
    func copyOntoItself() -> Int? {
      var buffer = [UInt8](repeating: 0, count: 1 << 18)
      var offset = 0
      while true {
        let count = pread(number, &buffer, buffer.count, offset)
        if count == 0 { return offset }
        guard count > 0, pwrite(number, buffer, count, offset) == count else { return nil }
        offset += count
      }
    }
  }

  private static func canWrite(_ path: String) -> Bool {
    let trial = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard trial >= 0 else { return false }
    defer {
      close(trial)
      unlink(path)
    }
    return write(trial, path, 1) == 1 && fsync(trial) == 0
  }
}

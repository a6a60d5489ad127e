internal import Glibc

/// Writes whole files so that a reader, and the next start after a power cut, finds the old content or the new one,
/// never a part of either.
public enum AtomicFile {
  /// Writes beside the target, syncs, renames over it, and syncs the folder.
  ///
  /// - Parameter mode: permission bits, set whatever the umask is.
  /// - Throws: `.cannotCreate` when the new file can't be made, `.inputOutput` when writing or syncing fails; the old
  ///   content is untouched then.
  public static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(HostFault) {
    let fresh = path + ".new"
    unlink(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(.cannotCreate, Wording("建不了文件", "can't make the file"), fresh) }
    let written = fill(file, bytes) && fchmod(file, mode) == 0 && fsync(file) == 0
    let reason = errno
    close(file)
    guard written, rename(fresh, path) == 0 else {
      let code = written ? errno : reason
      unlink(fresh)
      throw .system(.inputOutput, Wording("写不了文件", "can't write the file"), path, code)
    }
    try syncFolder(of: path)
  }

  public static func write(_ text: String, to path: String, mode: UInt32 = 0o644) throws(HostFault) {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  /// The whole file.
  ///
  /// - Throws: `.noInput` when it can't be read, `.data` when it is longer than `limit` bytes.
  public static func read(_ path: String, limit: Int = 1 << 20) throws(HostFault) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(.noInput, Wording("读不了文件", "can't read the file"), path) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .system(.noInput, Wording("读不了文件", "can't read the file"), path) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw HostFault(.data, "文件太大：\(path)", "the file is larger than \(limit) bytes: \(path)")
      }
    }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func fill(_ file: Int32, _ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  private static func syncFolder(of path: String) throws(HostFault) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw .system(.inputOutput, Wording("打不开文件夹", "can't open the folder"), folder) }
    defer { close(file) }
    guard fsync(file) == 0 else {
      throw .system(.inputOutput, Wording("文件夹没有写到盘上", "can't sync the folder"), folder)
    }
  }
}

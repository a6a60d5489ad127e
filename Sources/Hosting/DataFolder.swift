internal import Glibc

/// The folder that holds everything the daemon knows, owned by one running process at a time.
///
/// The lock is the kernel's (flock), so it ends with the process however that ends. The object must live as long as the
/// process works on the folder.
public final class DataFolder: Sendable {
  /// Who works on a data folder.
  public struct Holder: Hashable, Sendable {
    public let process: Int32
    /// The command line as that process wrote it into the lock file.
    public let command: String
  }

  /// Absolute, without links.
  public let path: String
  private let lock: Int32

  /// Opens the folder for this process alone.
  ///
  /// - Parameters:
  ///   - create: makes the folder (0700) when it is missing; its parent must be there.
  ///   - command: what to tell a second daemon about this one, as typed.
  /// - Throws: `.noInput` when it is missing and not to be made, `.cannotCreate` when it can't be made or belongs to
  ///   something else, `.temporary` with process and command when another process holds it.
  public init(_ path: String, create: Bool, command: String) throws(HostFault) {
    if create && mkdir(path, 0o700) != 0 && errno != EEXIST {
      throw .system(.cannotCreate, Wording("建不了数据文件夹", "can't make the data folder"), path)
    }
    guard let real = realpath(path, nil) else {
      throw .system(.noInput, Wording("找不到数据文件夹", "can't find the data folder"), path)
    }
    self.path = String(cString: real)
    free(real)
    try Self.takePossession(of: self.path)
    lock = try Self.takeLock(in: self.path, command)
  }

  deinit { close(lock) }

  /// The absolute path of a file in the folder.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Who holds the folder now; nil when nobody does.
  public static func holder(of path: String) throws(HostFault) -> Holder? {
    let name = path + "/lock"
    let file = open(name, O_RDONLY | O_CLOEXEC)
    if file < 0 && errno == ENOENT { return nil }
    guard file >= 0 else { throw .system(.noInput, Wording("读不了锁文件", "can't read the lock file"), name) }
    defer { close(file) }
    if flock(file, LOCK_SH | LOCK_NB) == 0 { return nil }
    return try noted(in: name)
  }

  /// Nobody but the daemon's user has business in a folder with health data; a folder full of other things is not ours
  /// to lock up.
  private static func takePossession(of path: String) throws(HostFault) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .system(.noInput, Wording("读不了数据文件夹", "can't read the data folder"), path)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw HostFault(.cannotCreate, "这不是文件夹：\(path)", "not a folder: \(path)")
    }
    guard status.st_mode & 0o077 != 0 else { return }
    let empty = try isEmpty(path)
    guard empty || AtomicFile.exists(path + "/lock") else {
      throw HostFault(
        .cannotCreate, "文件夹里有别的东西，不能当数据文件夹用：\(path)",
        "the folder holds other things and can't be the data folder: \(path)")
    }
    guard chmod(path, 0o700) == 0 else {
      throw .system(.cannotCreate, Wording("改不了文件夹的权限", "can't change the folder's permissions"), path)
    }
  }

  private static func isEmpty(_ path: String) throws(HostFault) -> Bool {
    guard let folder = opendir(path) else {
      throw .system(.noInput, Wording("读不了文件夹", "can't read the folder"), path)
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { return false }
    }
    return true
  }

  private static func takeLock(in path: String, _ command: String) throws(HostFault) -> Int32 {
    let name = path + "/lock"
    let file = open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(.cannotCreate, Wording("建不了锁文件", "can't make the lock file"), name) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(file)
      guard code == EWOULDBLOCK else { throw .system(.inputOutput, Wording("锁不上", "can't lock"), name, code) }
      throw held(path, try noted(in: name))
    }
    // A full disk must not keep the daemon from starting: the lock holds without the note.
    let note = Array("\(getpid())\n\(Log.escaped(command))\n".utf8)
    if ftruncate(file, 0) != 0 || pwrite(file, note, note.count, 0) != note.count {
      Log.warning("the lock file does not say who holds it", ["file": name, "error": String(cString: strerror(errno))])
    }
    return file
  }

  private static func noted(in name: String) throws(HostFault) -> Holder? {
    let lines = String(decoding: try AtomicFile.read(name), as: UTF8.self).split(separator: "\n")
    guard lines.count == 2, let process = Int32(lines[0]) else { return nil }
    return Holder(process: process, command: String(lines[1]))
  }

  private static func held(_ path: String, _ holder: Holder?) -> HostFault {
    guard let holder else {
      return HostFault(
        .temporary, "另一个程序正在使用数据文件夹 \(path)", "another process holds the data folder \(path)")
    }
    return HostFault(
      .temporary, "进程 \(holder.process)（\(holder.command)）正在使用数据文件夹 \(path)",
      "process \(holder.process) (\(holder.command)) holds the data folder \(path)")
  }
}

internal import Glibc

/// A file that could not be written, with the step and the system's reason.
struct FileFault: Error, CustomStringConvertible {
  let step: String
  let path: String
  let code: Int32
  var description: String { "\(step) \(path): \(String(cString: strerror(code)))" }
}

/// Writes whole files: whoever reads finds the old content or the new one, also after a power cut. They hold people's
/// health and are their owner's alone.
enum WholeFile {
  static func write(_ text: String, to path: String) throws(FileFault) {
    let fresh = path + ".new"
    unlink(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileFault(step: "create", path: fresh, code: errno) }
    let bytes = Array(text.utf8)
    var done = 0
    var fault: Int32 = 0
    while done < bytes.count, fault == 0 {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 { if errno != EINTR { fault = errno } } else { done += count }
    }
    if fault == 0, fsync(file) != 0 { fault = errno }
    if close(file) != 0, fault == 0 { fault = errno }
    if fault == 0, rename(fresh, path) != 0 { fault = errno }
    guard fault == 0 else {
      unlink(fresh)
      throw FileFault(step: "write", path: path, code: fault)
    }
    let folder = open(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw FileFault(step: "open the folder of", path: path, code: errno) }
    defer { close(folder) }
    // Some network shares can't sync a folder; the file itself is on the disk by then.
    if fsync(folder) != 0, errno != EINVAL, errno != ENOTSUP {
      throw FileFault(step: "sync the folder of", path: path, code: errno)
    }
  }
}

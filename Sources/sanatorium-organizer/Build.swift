internal import Evidence
internal import Glibc

/// Which program this is.
enum Build {
  static let version = "0.1.0"

  /// Version and a mark of the very file that runs, so that browsers fetch pages again after an upgrade.
  static let mark: String = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return version }
    let text = "\(version) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
    return "\(version)+\(Digest.of(Array(text.utf8)).description.prefix(8))"
  }()
}

internal import Glibc

/// Why the machine does not let the program do its work, with the exit status that tells a script or systemd the kind.
public struct HostFault: Error, Hashable, Sendable, CustomStringConvertible {
  public let status: ExitStatus
  public let wording: Wording

  public init(_ status: ExitStatus, _ chinese: String, _ english: String) {
    self.status = status
    self.wording = Wording(chinese, english)
  }

  public var description: String { wording.english }

  /// A refused system call on a file: what was tried, on which path, and the system's own reason.
  static func system(_ status: ExitStatus, _ attempt: Wording, _ path: String, _ code: Int32 = errno) -> HostFault {
    let reason = String(cString: strerror(code))
    return HostFault(status, "\(attempt.chinese)：\(path)：\(reason)", "\(attempt.english): \(path): \(reason)")
  }
}

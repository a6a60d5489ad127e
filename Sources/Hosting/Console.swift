internal import Glibc

/// Standard output and standard error as bytes; nothing is buffered that a kill could lose.
public enum Console {
  /// One line for people or scripts.
  public static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// One line beside the output.
  public static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      rest = rest.dropFirst(count)
    }
  }
}

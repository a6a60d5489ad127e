internal import Glibc

/// A secret in a file of its own, readable by the daemon's user alone.
public enum SecretFile {
  /// Reads a secret without the line end that editors add.
  ///
  /// - Throws: `.configuration` when the file is missing, empty, holds more than one line, or may be read by others.
  public static func read(_ path: String) throws(HostFault) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .system(.configuration, Wording("读不了密钥文件", "can't read the secret file"), path)
    }
    guard status.st_mode & 0o007 == 0 else {
      throw HostFault(
        .configuration, "别的用户能读密钥文件，请运行 chmod 600 \(path)",
        "others may read the secret file; run chmod 600 \(path)")
    }
    let bytes: [UInt8]
    do { bytes = try AtomicFile.read(path, limit: 65_536) } catch {
      throw HostFault(.configuration, error.wording.chinese, error.wording.english)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HostFault(.configuration, "密钥文件不是文字：\(path)", "the secret file is not text: \(path)")
    }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    if lines.last == "" { lines.removeLast() }
    guard lines.count == 1, !lines[0].isEmpty else {
      throw HostFault(
        .configuration, "密钥文件应当只有一行：\(path)", "the secret file should hold exactly one line: \(path)")
    }
    return lines[0]
  }

  /// Writes a secret with mode 0600, whole or not at all.
  public static func write(_ secret: String, to path: String) throws(HostFault) {
    try AtomicFile.write(secret + "\n", to: path, mode: 0o600)
  }
}

/// Finds anchors and aliases before the file is parsed: a few nested ones unfold into gigabytes, and a pack has no need
/// of them. It knows nothing of quotes and comments, so that nothing can hide from it; where one of them holds ` *word`
/// by intention, a space after the mark helps.
enum PackAliases {
  /// The line of the first one, from 1; nil when there is none.
  static func firstLine(in text: String) -> Int? {
    var line = 1
    var mark = false
    var previous = UInt8(ascii: "\n")
    for byte in text.utf8 {
      if mark, byte > UInt8(ascii: " ") { return line }
      mark = (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")) && mayPrecede(previous)
      if byte == UInt8(ascii: "\n") { line += 1 }
      previous = byte
    }
    return nil
  }

  private static func mayPrecede(_ byte: UInt8) -> Bool {
    byte <= UInt8(ascii: " ") || "[{,:-?".utf8.contains(byte)
  }
}

import Glibc
import Sanatorium

/// The text of a CSV file, whatever Windows or WPS wrote it in.
enum TextDecoding {
  enum Encoding: String, Hashable, Sendable {
    case utf8 = "UTF-8"
    case gb18030 = "GB18030"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
  }

  /// A byte order mark decides; without one, text that is valid UTF-8 is UTF-8 and everything else GB18030 (which holds
  /// GBK and GB2312). Chinese text in GB18030 is practically never valid UTF-8 by chance.
  ///
  /// - Throws: `Refusal.invalid` when the bytes are text in none of them.
  static func decode(_ bytes: [UInt8]) throws(Refusal) -> (text: [UInt8], encoding: Encoding) {
    let text: [UInt8]
    let encoding: Encoding
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      (text, encoding) = (Array(bytes.dropFirst(3)), .utf8)
      guard isValidUTF8(text) else { throw unreadable(.utf8) }
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      (text, encoding) = (try convert(bytes.dropFirst(2), from: .utf16LittleEndian), .utf16LittleEndian)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      (text, encoding) = (try convert(bytes.dropFirst(2), from: .utf16BigEndian), .utf16BigEndian)
    } else if isValidUTF8(bytes) {
      (text, encoding) = (bytes, .utf8)
    } else {
      (text, encoding) = (try convert(bytes[...], from: .gb18030), .gb18030)
    }
    // Control characters other than tab and line ends are no list: a binary file, or UTF-16 without its mark.
    guard !text.contains(0) else { throw SheetRefusal.notASheet.refusal }
    return (text, encoding)
  }

  private static func isValidUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

  private static func unreadable(_ encoding: Encoding) -> Refusal {
    .invalid(
      "file", "unreadable-text",
      Text(
        "文件里有不能识别的文字（按 \(encoding.rawValue) 读）。请另存为 .xlsx 后再导入",
        "The file holds characters that can't be read (as \(encoding.rawValue)). Save it as .xlsx and import that"))
  }

  private static func convert(_ bytes: ArraySlice<UInt8>, from encoding: Encoding) throws(Refusal) -> [UInt8] {
    let converter = iconv_open("UTF-8", encoding.rawValue)
    guard converter != iconv_t(bitPattern: -1), let converter else {
      throw .invalid(
        "file", "unreadable-text",
        Text(
          "这台电脑缺少 \(encoding.rawValue) 字符转换。请另存为 .xlsx 后再导入",
          "This computer has no conversion from \(encoding.rawValue). Save the list as .xlsx and import that"))
    }
    defer { iconv_close(converter) }
    var input = Array(bytes)
    // Two bytes of UTF-16 or GB18030 become at most three of UTF-8; four at most four.
    var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
    var written = 0
    let complete = input.withUnsafeMutableBytes { source in
      output.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = source.count
        var into = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        var intoLeft = target.count
        let result = iconv(converter, &from, &fromLeft, &into, &intoLeft)
        written = target.count - intoLeft
        return result != -1 && fromLeft == 0
      }
    }
    guard complete else { throw unreadable(encoding) }
    return Array(output.prefix(written))
  }
}

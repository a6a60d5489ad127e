internal import Sanatorium

extension JSONParser {
  mutating func string() throws(MalformedJSON) -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      throw malformed(Text("缺引号", "a quotation mark is missing"))
    }
    position += 1
    let start = position
    var isASCII = true
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        if isASCII {
          defer { position += 1 }
          return bytes.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[start..<position]), as: UTF8.self)
          }
        }
        guard let text = String(validating: bytes[start..<position], as: UTF8.self) else { throw notUTF8 }
        position += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 32 else { throw malformed(Text("有控制字符", "there is a control character")) }
      isASCII = isASCII && byte < 128
      position += 1
    }
    throw ended
  }

  private var notUTF8: MalformedJSON { malformed(Text("不是 UTF-8", "it is not UTF-8")) }

  private mutating func escapedString(from start: Int) throws(MalformedJSON) -> String {
    var output = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        guard let text = String(validating: output, as: UTF8.self) else { throw notUTF8 }
        position += 1
        return text
      }
      guard byte >= 32 else { throw malformed(Text("有控制字符", "there is a control character")) }
      position += 1
      guard byte == UInt8(ascii: "\\") else {
        output.append(byte)
        continue
      }
      guard position < bytes.count else { throw ended }
      let escape = bytes[position]
      position += 1
      switch escape {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(escape)
      case UInt8(ascii: "b"): output.append(8)
      case UInt8(ascii: "f"): output.append(12)
      case UInt8(ascii: "n"): output.append(10)
      case UInt8(ascii: "r"): output.append(13)
      case UInt8(ascii: "t"): output.append(9)
      case UInt8(ascii: "u"): output.append(contentsOf: Array(String(try escapedScalar()).utf8))
      default: throw malformed(Text("有不认识的转义", "there is an unknown escape"))
      }
    }
    throw ended
  }

  private mutating func escapedScalar() throws(MalformedJSON) -> Unicode.Scalar {
    var value = try hex4()
    if (0xD800..<0xDC00).contains(value) {
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
      else { throw loneSurrogate }
      position += 2
      let low = try hex4()
      guard (0xDC00..<0xE000).contains(low) else { throw loneSurrogate }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw loneSurrogate }
    guard value != 0 else { throw malformed(Text("有空字符 \\u0000", "there is a NUL character")) }
    return scalar
  }

  private var loneSurrogate: MalformedJSON {
    malformed(Text("有不成对的代理字符", "there is a lone surrogate"))
  }

  private mutating func hex4() throws(MalformedJSON) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = hexDigit(bytes[position]) else {
        throw malformed(Text("\\u 后面要四位十六进制", "four hexadecimal digits must follow \\u"))
      }
      value = value << 4 | digit
      position += 1
    }
    return value
  }
}

private func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 48...57: UInt32(byte - 48)
  case 97...102: UInt32(byte - 87)
  case 65...70: UInt32(byte - 55)
  default: nil
  }
}

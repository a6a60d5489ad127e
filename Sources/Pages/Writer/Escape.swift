extension HTML {
  func escape(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    let end = bytes.count
    var from = 0
    var at = 0
    while at < end {
      let byte = base[at]
      // Nearly all: letters, and the bytes of 汉字, which never begin with C2 or E2.
      if byte > 0x3E && byte != 0x7F && byte != 0xC2 && byte != 0xE2 {
        at += 1
        continue
      }
      let length = oddLength(byte, base + at, end - at)
      if length == 0 {
        at += 1
        continue
      }
      out.append(base + from, at - from)
      switch byte {
      case 0x26: raw("&amp;")
      case 0x3C: raw("&lt;")
      case 0x3E: raw("&gt;")
      case 0x22: raw("&quot;")
      case 0x27: raw("&#39;")
      default: raw("\u{FFFD}")
      }
      at += length
      from = at
    }
    out.append(base + from, end - from)
  }

  /// How many of the `left` bytes at `bytes` must not go out as they are; 0 for none.
  private func oddLength(_ byte: UInt8, _ bytes: UnsafePointer<UInt8>, _ left: Int) -> Int {
    switch byte {
    case 0x26, 0x3C, 0x3E, 0x22, 0x27: return 1
    case 0x09, 0x0A, 0x0D: return 0
    case ..<0x20, 0x7F: return 1
    case 0xC2: return left > 1 && bytes[1] < 0xA0 ? 2 : 0  // C1 controls
    case 0xE2:  // U+202A to U+202E, U+2066 to U+2069
      guard left > 2 else { return 0 }
      let turns =
        (bytes[1] == 0x80 && (0xAA...0xAE).contains(bytes[2])) || (bytes[1] == 0x81 && (0xA6...0xA9).contains(bytes[2]))
      return turns ? 3 : 0
    default: return 0
    }
  }
}

extension HTML {
  func escape(_ bytes: some RandomAccessCollection<UInt8>) {
    var from = bytes.startIndex
    var at = from
    let end = bytes.endIndex
    while at < end {
      let byte = bytes[at]
      let length = oddLength(byte, bytes, at, end)
      if length == 0 {
        bytes.formIndex(after: &at)
        continue
      }
      out.append(contentsOf: bytes[from..<at])
      switch byte {
      case 0x26: raw("&amp;")
      case 0x3C: raw("&lt;")
      case 0x3E: raw("&gt;")
      case 0x22: raw("&quot;")
      case 0x27: raw("&#39;")
      default: raw("\u{FFFD}")
      }
      at = bytes.index(at, offsetBy: length)
      from = at
    }
    out.append(contentsOf: bytes[from..<end])
  }

  /// How many bytes at `at` must not go out as they are; 0 for none.
  @inline(__always)
  private func oddLength<Bytes: RandomAccessCollection<UInt8>>(
    _ byte: UInt8, _ bytes: Bytes, _ at: Bytes.Index, _ end: Bytes.Index
  ) -> Int {
    if byte > 0x3E && byte < 0x7F { return 0 }
    switch byte {
    case 0x26, 0x3C, 0x3E, 0x22, 0x27: return 1
    case 0x09, 0x0A, 0x0D: return 0
    case ..<0x20, 0x7F: return 1
    case 0xC2:  // C1 controls
      let next = bytes.index(after: at)
      return next < end && bytes[next] < 0xA0 ? 2 : 0
    case 0xE2:  // U+202A to U+202E, U+2066 to U+2069
      guard bytes.distance(from: at, to: end) > 2 else { return 0 }
      let second = bytes[bytes.index(at, offsetBy: 1)]
      let third = bytes[bytes.index(at, offsetBy: 2)]
      let turns = (second == 0x80 && (0xAA...0xAE).contains(third)) || (second == 0x81 && (0xA6...0xA9).contains(third))
      return turns ? 3 : 0
    default: return 0
    }
  }
}

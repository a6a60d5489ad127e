// The structure of the three types, as far as it tells a whole file from a cut or a disguised one. Nothing is decoded:
// what a viewer makes of the pixels is the viewer's matter, and files are never shown inside a page of this house.

/// ISO 32000-1, 7.5: a header in the first bytes, and at the end `startxref` with `%%EOF` in the last KB.
enum PDFShape {
  static func fault(_ bytes: UnsafeRawBufferPointer) -> ScanFault? {
    guard bytes.count >= 32, bytes.has("1.", at: 5) || bytes.has("2.", at: 5), (0x30...0x39).contains(bytes[7]) else {
      return .malformed(.pdf)
    }
    let tail = UnsafeRawBufferPointer(rebasing: bytes[max(0, bytes.count - 1024)...])
    guard tail.contains("%%EOF") else { return .cut(.pdf) }
    return tail.contains("startxref") ? nil : .malformed(.pdf)
  }
}

/// ITU-T T.81, annex B: segments up to the frame's header with its size, a scan, and the end of the image behind it.
enum JPEGShape {
  static func fault(_ bytes: UnsafeRawBufferPointer) -> ScanFault? {
    var place = 2
    var hasFrame = false
    while true {
      guard place + 4 <= bytes.count else { return .cut(.jpeg) }
      guard bytes[place] == 0xFF else { return .malformed(.jpeg) }
      let marker = bytes[place + 1]
      if marker == 0xFF {  // fill bytes
        place += 1
        continue
      }
      let length = bytes.number(at: place + 2, bytes: 2)
      guard length >= 2 else { return .malformed(.jpeg) }
      switch marker {
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        guard length >= 11 else { return .malformed(.jpeg) }
        guard place + 2 + length <= bytes.count else { return .cut(.jpeg) }
        let (height, width) = (bytes.number(at: place + 5, bytes: 2), bytes.number(at: place + 7, bytes: 2))
        if let fault = ScanFault.dimensions(of: .jpeg, width, height) { return fault }
        hasFrame = true
      case 0xDA:
        guard hasFrame else { return .malformed(.jpeg) }
        return hasEnd(bytes, after: place + 2 + length) ? nil : .cut(.jpeg)
      case 0x00, 0x01, 0xD0...0xD9: return .malformed(.jpeg)
      default: break
      }
      place += 2 + length
    }
  }

  /// Cameras put previews and remarks behind the image, so its end is looked for backwards from there.
  private static func hasEnd(_ bytes: UnsafeRawBufferPointer, after start: Int) -> Bool {
    var place = bytes.count - 2
    while place > start {
      if bytes[place] == 0xFF, bytes[place + 1] == 0xD9 { return true }
      place -= 1
    }
    return false
  }
}

/// ISO/IEC 15948: the signature, `IHDR` first, chunk behind chunk with data among them, and `IEND` as the last bytes.
enum PNGShape {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func fault(_ bytes: UnsafeRawBufferPointer) -> ScanFault? {
    var place = signature.count
    var hasData = false
    var isFirst = true
    while true {
      guard place + 12 <= bytes.count else { return .cut(.png) }
      let length = bytes.number(at: place, bytes: 4)
      guard length <= ScanLimit.bytes, place + 12 + length <= bytes.count else { return .cut(.png) }
      if isFirst {
        guard length == 13, bytes.has("IHDR", at: place + 4) else { return .malformed(.png) }
        let (width, height) = (bytes.number(at: place + 8, bytes: 4), bytes.number(at: place + 12, bytes: 4))
        if let fault = ScanFault.dimensions(of: .png, width, height) { return fault }
        guard [1, 2, 4, 8, 16].contains(bytes[place + 16]), [0, 2, 3, 4, 6].contains(bytes[place + 17]) else {
          return .malformed(.png)
        }
        isFirst = false
      }
      if bytes.has("IDAT", at: place + 4) { hasData = true }
      if bytes.has("IEND", at: place + 4) {
        return length == 0 && hasData && place + 12 == bytes.count ? nil : .malformed(.png)
      }
      place += 12 + length
    }
  }
}

extension ScanFault {
  fileprivate static func dimensions(of type: ScanType, _ width: Int, _ height: Int) -> ScanFault? {
    let isSane = ScanLimit.side.contains(width) && ScanLimit.side.contains(height) && width * height <= ScanLimit.area
    return isSane ? nil : .dimensions(type, width: width, height: height)
  }
}

extension UnsafeRawBufferPointer {
  func begin(_ start: [UInt8]) -> Bool { count >= start.count && prefix(start.count).elementsEqual(start) }
  func begin(_ start: StaticString) -> Bool { has(start, at: 0) }

  func has(_ word: StaticString, at place: Int) -> Bool {
    let size = word.utf8CodeUnitCount
    guard place + size <= count else { return false }
    for index in 0..<size where self[place + index] != word.utf8Start[index] { return false }
    return true
  }

  fileprivate func contains(_ word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    return (0...(count - word.utf8CodeUnitCount)).contains { has(word, at: $0) }
  }

  /// Big-endian.
  fileprivate func number(at place: Int, bytes: Int) -> Int {
    (0..<bytes).reduce(0) { $0 << 8 | Int(self[place + $1]) }
  }
}

public import Sanatorium

/// A spreadsheet file, told by its content; the name's ending is not believed.
public struct SheetFile: Hashable, Sendable {
  /// In the workbook's order; one for CSV.
  public let sheets: [Sheet]

  /// Reads CSV (UTF-8 with or without mark, GB18030, UTF-16 with mark; separated by `,` `;` or TAB) and XLSX.
  ///
  /// - Throws: `Refusal.invalid` with one fault on `file` for anything else, a damaged file, or one beyond `SheetLimit`.
  public init(bytes: [UInt8]) throws(Refusal) {
    guard !bytes.isEmpty else { throw SheetRefusal.empty.refusal }
    guard bytes.count <= SheetLimit.fileBytes else { throw SheetRefusal.tooLarge.refusal }
    switch SheetFile.format(of: bytes) {
    case .zip: sheets = try WorkbookReader.sheets(of: bytes)
    case .text: sheets = [try DelimitedReader.sheet(of: bytes)]
    case .refused(let refusal): throw refusal.refusal
    }
  }

  enum Format: Hashable { case zip, text, refused(SheetRefusal) }

  static func format(of bytes: [UInt8]) -> Format {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) { return .zip }
    // The container of .xls, .et, .doc, .wps, and of an XLSX with a password, whose stream has this name in UTF-16.
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      let marker: [UInt8] = "EncryptedPackage".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), 0] as [UInt8] }
      return .refused(contains(bytes, marker) ? .encrypted : .oldOffice)
    }
    // A table of a web page or the XML of 2003, which some systems name .xls.
    let opening = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased()
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    for start in ["<html", "<!doctype html", "<table", "<?xml", "{\\rtf", "%pdf-"] where opening.hasPrefix(start) {
      return .refused(.notASheet)
    }
    let signatures: [[UInt8]] = [
      [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x47, 0x49, 0x46, 0x38], [0x49, 0x49, 0x2A, 0x00],
      [0x4D, 0x4D, 0x00, 0x2A], [0x52, 0x49, 0x46, 0x46], [0x52, 0x61, 0x72, 0x21], [0x37, 0x7A, 0xBC, 0xAF],
      [0x1F, 0x8B, 0x08], [0x09, 0x08, 0x10, 0x00], [0x00, 0x00, 0x00], [0x7F, 0x45, 0x4C, 0x46],
    ]
    return signatures.contains { bytes.starts(with: $0) } ? .refused(.notASheet) : .text
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, bytes.count >= part.count else { return false }
    for start in 0...(bytes.count - part.count) where bytes[start] == first {
      if bytes[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
  }
}

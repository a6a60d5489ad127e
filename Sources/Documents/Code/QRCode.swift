internal import CQrencode

/// A QR code (ISO/IEC 18004) of a short text: which modules are dark, and the same as a path for SVG.
public struct QRCode: Sendable, Hashable {
  /// How much of the code may be lost and still be read.
  public enum Correction: Sendable {
    /// 15 %, for screens.
    case medium
    /// 25 %, for cards that are worn for a week.
    case quartile
  }

  /// Modules along one side, 21 to 177, without the quiet zone.
  public let side: Int
  /// Light modules that a reader needs on each side (6.3.8).
  public static let quiet = 4
  private let dark: [Bool]

  /// The smallest code that holds the text as UTF-8.
  ///
  /// - Throws: `QRCodeFault` where the text is empty, holds a NUL or is longer than a code can hold (2,331 bytes at
  ///   `medium`, 1,663 at `quartile`).
  public init(_ text: String, correction: Correction = .medium) throws {
    let level = correction == .medium ? QR_ECLEVEL_M : QR_ECLEVEL_Q
    guard !text.utf8.contains(0), let code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1) else {
      throw QRCodeFault(bytes: text.utf8.count)
    }
    defer { QRcode_free(code) }
    side = Int(code.pointee.width)
    // The lowest bit of a module tells its colour, the others what it is for.
    dark = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
  }

  /// Whether a module is dark; columns and rows count from 0 at the upper left.
  public func isDark(column: Int, row: Int) -> Bool { dark[row * side + column] }

  /// The dark modules as data of an SVG path, one unit a module, beginning after the quiet zone. The whole code is
  /// `extent` units wide.
  public var path: String {
    var path = ""
    for row in 0..<side {
      var column = 0
      while column < side {
        guard isDark(column: column, row: row) else {
          column += 1
          continue
        }
        let start = column
        while column < side, isDark(column: column, row: row) { column += 1 }
        path += "M\(start + QRCode.quiet) \(row + QRCode.quiet)h\(column - start)v1h-\(column - start)z"
      }
    }
    return path
  }

  /// Modules along one side with the quiet zone.
  public var extent: Int { side + 2 * QRCode.quiet }
}

/// A text that no code can hold.
public struct QRCodeFault: Error, Hashable, CustomStringConvertible {
  public let bytes: Int
  public var description: String { "a QR code can't hold this text of \(bytes) bytes" }
}

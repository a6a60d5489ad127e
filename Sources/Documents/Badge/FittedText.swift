/// Words set into a given width: as large as they fit, on more and smaller lines where they are long. Nothing is ever cut
/// off.
public struct FittedText: Sendable, Hashable {
  /// One size of letters, and how many lines of it there is room for.
  public typealias Size = (letters: Int, lines: Int)

  public let lines: [String]
  /// The size of the letters, in the unit of the width.
  public let size: Int

  /// - Parameters:
  ///   - width: the room for a line.
  ///   - sizes: what to try, the largest first; at least one. Words too long for the last are set smaller still.
  public init(_ words: String, width: Int, sizes: [Size]) {
    for size in sizes {
      // Hundredths of a letter, as a 汉字 is a whole one.
      let lines = FittedText.lines(of: words, room: width * 100 / size.letters)
      if lines.count <= size.lines {
        (self.lines, self.size) = (lines, size.letters)
        return
      }
    }
    // Breaking leaves less than a letter of each line empty.
    let most = sizes.last?.lines ?? 1
    let room = FittedText.width(of: words[...]) / most + 200
    lines = FittedText.lines(of: words, room: room, anywhere: true)
    size = max(1, width * 100 / room)
  }

  /// Words break after a middle dot or a blank, and between letters only where a part is longer than a line.
  private static func lines(of words: String, room: Int, anywhere: Bool = false) -> [String] {
    var lines: [String] = []
    var line = ""
    for part in anywhere ? words.map(String.init) : parts(of: words) {
      if width(of: (line + part)[...]) <= room {
        line += part
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for letter in part {
        if !line.isEmpty, width(of: (line + String(letter))[...]) > room {
          lines.append(line)
          line = ""
        }
        line.append(letter)
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
  }

  private static func parts(of words: String) -> [String] {
    var parts: [String] = []
    var part = ""
    for letter in words {
      part.append(letter)
      if letter == "·" || letter == "•" || letter == " " || letter == "-" {
        parts.append(part)
        part = ""
      }
    }
    if !part.isEmpty { parts.append(part) }
    return parts
  }

  /// In hundredths of a letter: 汉字 are square, Latin letters some six tenths of that at most.
  private static func width(of text: Substring) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x20: sum + 30
      case 0xB7, 0x2022: sum + 60
      case 0x41...0x5A: sum + 75
      case ..<0x2E80: sum + 60
      default: sum + 100
      }
    }
  }
}

/// A script as it is served: without its comments, its indentation, and the spaces and line ends that mean nothing. Those
/// are for who reads the program, not for a cheap phone.
///
/// It knows no grammar and so touches nothing that may be text: of a line whose only quotes are double ones what lies
/// outside them, and of a line with other quotes, templates or slashes what lies before the first and after the last. A
/// comment therefore stands on lines of its own, and no text runs over several lines.
///
/// Two names that stand everywhere are served as a letter, where what surrounds them can be no words of a text.
enum ScriptText {
  /// What is replaced; one that ends with a point only before a small letter.
  private static let names = [("house.", "h."), ("house = {", "h={"), ("event.", "e."), ("(event)", "(e)")].map { (Array($0.utf8), Array($1.utf8)) }

  private static let quotes = Set("\"'`/".utf8)
  /// What makes it unclear where a text begins and ends.
  private static let others = Set("'`/\\".utf8)
  private static let signs = Set("{}()[],;:=?&|<>!*%".utf8)
  /// Of these two in a row would be another sign.
  private static let sums = Set("+-".utf8)
  /// After these at a line's end no statement can be over.
  private static let open = Set(";{([,&|=".utf8)

  static func tightened(_ script: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(script.count)
    for line in script.split(separator: 0x0A) {
      let bare = line.drop { $0 == 0x20 }
      guard let last = bare.last, !bare.starts(with: "//".utf8) else { continue }
      let words = shortened(bare)[...]
      // The last statement of a block needs no end of its own, nor does a block that ends on a line of its own.
      if words.first == UInt8(ascii: "}"), out.last == UInt8(ascii: ";") { out.removeLast() }
      if !words.contains(where: others.contains) {
        for (index, part) in words.split(separator: 0x22, omittingEmptySubsequences: false).enumerated() {
          if index > 0 { out.append(0x22) }
          out += index.isMultiple(of: 2) ? closed(part) : Array(part)
        }
      } else if let first = words.firstIndex(where: quotes.contains), let end = words.lastIndex(where: quotes.contains) {
        out += closed(words[..<first]) + words[first...end] + closed(words[(end + 1)...])
      } else {
        out += words
      }
      if !open.contains(last), words.count > 1 || last != UInt8(ascii: "}") { out.append(0x0A) }
    }
    return out
  }

  private static func shortened(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var rest = line
    while let byte = rest.first {
      let isInside = out.last.map { isWord($0) || $0 == UInt8(ascii: ".") } ?? false
      let name = names.first { long, _ in
        let isField = long.last == UInt8(ascii: ".")
        return (!isInside || !isWord(byte)) && rest.starts(with: long) && (!isField || rest.dropFirst(long.count).first.map(isSmall) ?? false)
      }
      if let (long, short) = name {
        out += short
        rest = rest.dropFirst(long.count)
      } else {
        out.append(byte)
        rest = rest.dropFirst()
      }
    }
    return out
  }

  private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isSmall(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
  }

  /// Code without the spaces beside signs.
  private static func closed(_ code: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var isApart = false
    for byte in code {
      defer { isApart = byte == 0x20 }
      if signs.contains(byte) || sums.contains(byte) {
        while out.last == 0x20 { out.removeLast() }
        if isApart, sums.contains(byte), out.last.map(sums.contains) ?? false { out.append(0x20) }
      }
      if byte != 0x20 || !(out.last.map { signs.contains($0) || sums.contains($0) } ?? false) { out.append(byte) }
    }
    return out
  }
}

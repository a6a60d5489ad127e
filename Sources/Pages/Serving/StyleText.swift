/// The style as it is served: without its comments, line ends and indentation, and the space between two rules. Those are
/// for who reads the program, not for a cheap phone. It knows no grammar: a text of the style holds no comment and no
/// brace.
enum StyleText {
  private static let ends = Set("{};,".utf8)

  static func tightened(_ style: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(style.count)
    var rest = style[...]
    while let byte = rest.first {
      if rest.starts(with: "/*".utf8) {
        rest = rest.dropFirst(2)
        while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest.removeFirst() }
        rest = rest.dropFirst(2)
      } else if byte == 0x0A {
        rest = rest.drop { $0 == 0x0A || $0 == 0x20 }
        if let last = out.last, !ends.contains(last), last != 0x20 { out.append(0x20) }
      } else {
        if byte != 0x20 || out.last != UInt8(ascii: "}") { out.append(byte) }
        rest.removeFirst()
      }
    }
    return out
  }
}

/// Writes JSON (RFC 8259) as bytes.
struct JSONBytes {
  var out: [UInt8] = []

  mutating func member(_ member: ProblemAnswer.Member) {
    switch member {
    case .string(let words): string(words)
    case .int(let value): out.append(contentsOf: String(value).utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .list(let list):
      out.append(0x5B)
      for (index, each) in list.enumerated() {
        if index > 0 { out.append(0x2C) }
        self.member(each)
      }
      out.append(0x5D)
    case .object(let members):
      out.append(0x7B)
      for (index, each) in members.enumerated() {
        if index > 0 { out.append(0x2C) }
        string(each.name)
        out.append(0x3A)
        self.member(each.value)
      }
      out.append(0x7D)
    }
  }

  mutating func string(_ words: String) {
    out.append(0x22)
    for byte in words.utf8 {
      switch byte {
      case 0x22, 0x5C: out += [0x5C, byte]
      case 0x0A: out += [0x5C, 0x6E]
      case 0x0D: out += [0x5C, 0x72]
      case 0x09: out += [0x5C, 0x74]
      case ..<0x20:
        let hex = String(byte, radix: 16)
        out.append(contentsOf: ("\\u00" + (hex.count < 2 ? "0" : "") + hex).utf8)
      default: out.append(byte)
      }
    }
    out.append(0x22)
  }
}

public import Sanatorium

/// Why bytes are not the JSON that we take, and where.
public struct MalformedJSON: Error, Hashable, Sendable {
  /// Byte offset of the first thing that does not fit.
  public let offset: Int
  public let reason: Text
  /// The member or element in whose value it stands, `readings.pulse` or `symptoms.0`; empty outside of any.
  public private(set) var field = ""

  init(offset: Int, reason: Text) {
    self.offset = offset
    self.reason = reason
  }

  /// The same, inside the named value.
  func inside(_ name: String) -> MalformedJSON {
    var outer = self
    outer.field = field.isEmpty ? name : "\(name).\(field)"
    return outer
  }

  public var fault: Fault {
    Fault(
      field, "malformed-json",
      Text(
        "这不是能读的 JSON：第 \(offset + 1) 个字节处\(reason.chinese)。",
        "This is not readable JSON: at byte \(offset + 1), \(reason.english)."))
  }
}

extension JSON {
  /// Strict and bounded: valid UTF-8, depth of at most 16, no name twice in an object, no exponents, whole numbers of
  /// at most 15 digits, decimals of at most 6 places, no NUL in a string, no lone surrogate.
  public static func parse(_ bytes: [UInt8]) throws(MalformedJSON) -> JSON {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.count else {
      throw parser.malformed(Text("后面还有多余的内容", "something follows the value"))
    }
    return value
  }
}

struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  func malformed(_ reason: Text) -> MalformedJSON { MalformedJSON(offset: position, reason: reason) }
  var ended: MalformedJSON { malformed(Text("提前结束了", "it ends too early")) }

  mutating func skipSpace() {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 32 || byte == 10 || byte == 13 || byte == 9 else { return }
      position += 1
    }
  }

  mutating func expect(_ literal: StaticString, _ value: JSON) throws(MalformedJSON) -> JSON {
    for index in 0..<literal.utf8CodeUnitCount {
      guard position < bytes.count, bytes[position] == literal.utf8Start[index] else {
        throw malformed(Text("有不认识的字", "there is an unknown word"))
      }
      position += 1
    }
    return value
  }

  mutating func value(depth: Int) throws(MalformedJSON) -> JSON {
    guard depth <= 16 else { throw malformed(Text("嵌套太深", "nesting is too deep")) }
    skipSpace()
    guard position < bytes.count else { throw ended }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try expect("true", .bool(true))
    case UInt8(ascii: "f"): return try expect("false", .bool(false))
    case UInt8(ascii: "n"): return try expect("null", .null)
    default: return try number()
    }
  }

  mutating func object(depth: Int) throws(MalformedJSON) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    members.reserveCapacity(12)
    skipSpace()
    if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      let start = position
      let name = try string()
      for member in members where member.name == name {
        position = start
        throw malformed(Text("同一个名字出现两次", "a name stands twice"))
      }
      skipSpace()
      guard position < bytes.count else { throw ended }
      guard bytes[position] == UInt8(ascii: ":") else { throw malformed(Text("缺冒号", "a colon is missing")) }
      position += 1
      do throws(MalformedJSON) { members.append(JSON.Member(name, try value(depth: depth + 1))) } catch {
        throw error.inside(name)
      }
      skipSpace()
      guard position < bytes.count else { throw ended }
      switch bytes[position] {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return .object(members)
      default: throw malformed(Text("缺逗号或右括号", "a comma or closing brace is missing"))
      }
    }
  }

  mutating func array(depth: Int) throws(MalformedJSON) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      do throws(MalformedJSON) { elements.append(try value(depth: depth + 1)) } catch {
        throw error.inside(String(elements.count))
      }
      skipSpace()
      guard position < bytes.count else { throw ended }
      switch bytes[position] {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return .array(elements)
      default: throw malformed(Text("缺逗号或右方括号", "a comma or closing bracket is missing"))
      }
    }
  }

  mutating func number() throws(MalformedJSON) -> JSON {
    let negative = bytes[position] == UInt8(ascii: "-")
    if negative { position += 1 }
    let start = position
    var digits: Int64 = 0
    while position < bytes.count, (48...57).contains(bytes[position]) {
      guard position - start < 15 else { throw malformed(Text("数字太长", "the number is too long")) }
      digits = digits * 10 + Int64(bytes[position] - 48)
      position += 1
    }
    guard position > start, bytes[start] != 48 || position - start == 1 else {
      throw malformed(Text("不是数字", "this is no number"))
    }
    var scale = 0
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      while position < bytes.count, (48...57).contains(bytes[position]) {
        guard scale < 6, digits < 1_000_000_000_000 else { throw malformed(Text("小数位太多", "there are too many decimals")) }
        digits = digits * 10 + Int64(bytes[position] - 48)
        scale += 1
        position += 1
      }
      guard scale > 0 else { throw malformed(Text("小数点后没有数字", "no digit follows the point")) }
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: "e") || bytes[position] == UInt8(ascii: "E") {
      throw malformed(Text("不收科学记数", "exponents are not taken"))
    }
    let signed = negative ? -digits : digits
    return scale == 0 ? .int(signed) : .decimal(signed, scale: scale)
  }
}

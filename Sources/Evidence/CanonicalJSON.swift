/// Writes JSON as RFC 8785 asks (members sorted by UTF-16 code units, shortest escapes, no white space), so that every
/// party hashes the same bytes. Decimals are written with their places as given; the journal holds none.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

  /// Canonical bytes of one value.
  public static func canonical(_ value: JSON) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(value, sorted: true)
    return writer.bytes
  }

  /// The same without sorting: answers on the wire keep the order they were made in.
  public static func wire(_ value: JSON) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(value, sorted: false)
    return writer.bytes
  }

  public mutating func raw(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func raw(_ written: [UInt8]) { bytes.append(contentsOf: written) }

  /// `,"name":` of an object's member; the name needs no escape.
  mutating func name(_ name: StaticString, isFirst: Bool) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    raw(name)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  public mutating func int(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(value.magnitude, atLeast: 1)
  }

  private mutating func digits(_ magnitude: UInt64, atLeast width: Int) {
    var reversed: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &reversed) { buffer in
      var rest = magnitude
      var index = 24
      while rest > 0 || 24 - index < width {
        index -= 1
        buffer[index] = UInt8(48 + rest % 10)
        rest /= 10
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[index..<24]))
    }
  }

  public mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { buffer in
      var from = 0
      for index in 0..<buffer.count {
        let byte = buffer[index]
        if byte >= 32, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[from..<index]))
        from = index + 1
        escape(byte)
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[from...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 8: raw("\\b")
    case 9: raw("\\t")
    case 10: raw("\\n")
    case 12: raw("\\f")
    case 13: raw("\\r")
    default:
      raw("\\u00")
      let low = byte & 15
      bytes.append(48 + byte >> 4)
      bytes.append(low < 10 ? 48 + low : 87 + low)
    }
  }

  public mutating func write(_ value: JSON, sorted: Bool) {
    switch value {
    case .null: raw("null")
    case .bool(let value): if value { raw("true") } else { raw("false") }
    case .int(let value): int(value)
    case .decimal(let value, let scale):
      if value < 0 { bytes.append(UInt8(ascii: "-")) }
      var unit: UInt64 = 1
      for _ in 0..<scale { unit *= 10 }
      digits(value.magnitude / unit, atLeast: 1)
      bytes.append(UInt8(ascii: "."))
      digits(value.magnitude % unit, atLeast: scale)
    case .string(let value): string(value)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      var first = true
      for element in elements {
        if !first { bytes.append(UInt8(ascii: ",")) }
        first = false
        write(element, sorted: sorted)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members): object(sorted ? JSONWriter.sorted(members) : members, sorted: sorted)
    }
  }

  private mutating func object(_ members: [JSON.Member], sorted: Bool) {
    bytes.append(UInt8(ascii: "{"))
    var first = true
    for member in members {
      if !first { bytes.append(UInt8(ascii: ",")) }
      first = false
      string(member.name)
      bytes.append(UInt8(ascii: ":"))
      write(member.value, sorted: sorted)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func sorted(_ members: [JSON.Member]) -> [JSON.Member] {
    var inOrder = true
    for index in members.indices.dropFirst() where !precedes(members[index - 1].name, members[index].name) {
      inOrder = false
      break
    }
    return inOrder ? members : members.sorted { precedes($0.name, $1.name) }
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf16.lexicographicallyPrecedes(right.utf16)
  }
}

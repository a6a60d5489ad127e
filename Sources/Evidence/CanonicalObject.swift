/// Writes one object canonically (RFC 8785) without a tree in between, for what is recorded thousands of times. Members
/// must come in the order of their names, which are ASCII: the caller's tests hold each object against `JSONWriter`, and
/// debug builds stop at one out of order. Absent members are left out.
public struct CanonicalObject {
  private var writer: JSONWriter
  private var last: StaticString?

  public init(capacity: Int) {
    writer = JSONWriter(capacity: capacity)
    writer.raw("{")
  }

  public mutating func member(_ name: StaticString, _ value: Bool?) {
    guard let value else { return }
    begin(name)
    if value { writer.raw("true") } else { writer.raw("false") }
  }

  public mutating func member(_ name: StaticString, _ value: Int64?) {
    guard let value else { return }
    begin(name)
    writer.int(value)
  }

  public mutating func member(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    begin(name)
    writer.string(value)
  }

  public mutating func member(_ name: StaticString, _ values: [String]) {
    begin(name)
    writer.raw("[")
    for index in values.indices {
      if index > 0 { writer.raw(",") }
      writer.string(values[index])
    }
    writer.raw("]")
  }

  /// A value that is canonical already.
  public mutating func member(_ name: StaticString, canonical value: [UInt8]) {
    begin(name)
    writer.raw(value)
  }

  /// The object's bytes.
  public consuming func finish() -> [UInt8] {
    writer.raw("}")
    return writer.bytes
  }

  private mutating func begin(_ name: StaticString) {
    if let last { assert(CanonicalObject.precedes(last, name), "members out of order") }
    writer.name(name, isFirst: last == nil)
    last = name
  }

  private static func precedes(_ left: StaticString, _ right: StaticString) -> Bool {
    UnsafeBufferPointer(start: left.utf8Start, count: left.utf8CodeUnitCount)
      .lexicographicallyPrecedes(UnsafeBufferPointer(start: right.utf8Start, count: right.utf8CodeUnitCount))
  }
}

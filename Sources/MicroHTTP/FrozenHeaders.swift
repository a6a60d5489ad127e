import CMicrohttpd

/// A request's headers copied out of the library's memory, in one buffer.
struct FrozenHeaders: Sendable {
  private var bytes: [UInt8] = []
  private var fields: [(name: Range<Int>, value: Range<Int>)] = []

  init(wire: OpaquePointer) {
    bytes.reserveCapacity(1024)
    fields.reserveCapacity(16)
    withUnsafeMutablePointer(to: &self) { target in
      _ = MHD_get_connection_values_n(
        wire, .HEADER_KIND,
        { target, _, name, nameSize, value, valueSize in
          target!.assumingMemoryBound(to: FrozenHeaders.self).pointee
            .append(
              UnsafeRawBufferPointer(start: name, count: nameSize),
              UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueSize))
          return .YES
        }, target)
    }
  }

  init(_ headers: Headers) {
    for field in headers {
      var (name, value) = (field.name, field.value)
      name.withUTF8 { name in value.withUTF8 { append(UnsafeRawBufferPointer(name), UnsafeRawBufferPointer($0)) } }
    }
  }

  private mutating func append(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    let start = bytes.count
    bytes.append(contentsOf: name)
    let middle = bytes.count
    bytes.append(contentsOf: value)
    fields.append((start..<middle, middle..<bytes.count))
  }

  func withValue<R>(_ wanted: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>?) -> R) -> R {
    for field in fields where field.name.count == wanted.count {
      if zip(field.name, wanted).allSatisfy({ bytes[$0].asciiLower == $1.asciiLower }) {
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[field.value])) }
      }
    }
    return body(nil)
  }

  var all: Headers {
    var headers = Headers()
    for field in fields {
      headers.add(
        String(decoding: bytes[field.name], as: UTF8.self), String(decoding: bytes[field.value], as: UTF8.self))
    }
    return headers
  }
}

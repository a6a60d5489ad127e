import CMicrohttpd
import Glibc

/// Judges a request's head, where the library is more lenient than is safe behind or in front of others who read the
/// same bytes: what two readers may understand differently is refused.
struct HeadInspection {
  private(set) var announcesBody = false
  private(set) var contentLength: Int?
  private(set) var isChunked = false

  private var contentLengths = 0
  private var transferEncodings = 0
  private var hosts = 0
  private var reason: StaticString?
  private var expectsOther = false
  /// Where the next line must begin if the last one ended with CR LF and held no zero byte.
  private var nextLine: UnsafePointer<CChar>?

  struct Fault {
    let status: Status
    let reason: String
  }

  /// The library zeroes line ends in place and hands out pointers into the buffer it received; so a bare LF, a zero byte
  /// or a folded line show as a gap between two lines. That is how this version works, and only for it.
  private static let linesAreAdjacent = String(cString: MHD_get_version()) == "0.9.75"

  mutating func examine(
    _ request: Request, wire: OpaquePointer, method: UnsafePointer<CChar>, version: UnsafePointer<CChar>
  ) -> Fault? {
    if Self.linesAreAdjacent {
      if let target = request.course.targetStart {
        let end = target + request.parsedTarget.bytes.count
        if target != method + strlen(method) + 1 || version != end + 1 {
          reason = "the request line must have three parts with one space between them"
        }
      }
      nextLine = version + strlen(version) + 2
    }
    withUnsafeMutablePointer(to: &self) { inspection in
      _ = MHD_get_connection_values_n(
        wire, .HEADER_KIND,
        { inspection, _, name, nameSize, value, valueSize in
          inspection!.assumingMemoryBound(to: HeadInspection.self).pointee.line(
            UnsafeBufferPointer(start: name, count: nameSize),
            UnsafeBufferPointer(start: value, count: value == nil ? 0 : valueSize))
          return .YES
        }, inspection)
    }
    if let nextLine, reason == nil, nextLine + 2 != method + CMicrohttpd_head_size(wire) {
      reason = "a line of the head isn't ended by CR LF, is folded, or holds a zero byte"
    }
    if contentLengths > 1 { reason = "there are two Content-Length" }
    if transferEncodings > 1 { reason = "there are two Transfer-Encoding" }
    if contentLengths > 0, transferEncodings > 0 { reason = "Content-Length and Transfer-Encoding exclude each other" }
    if hosts > 1 { reason = "there are two Host" }
    if hosts == 0, strcmp(version, "HTTP/1.0") != 0 { reason = "there is no Host" }
    if let reason { return Fault(status: .badRequest, reason: "\(reason)") }
    if transferEncodings > 0, !isChunked {
      return Fault(status: .notImplemented, reason: "only chunked is understood as Transfer-Encoding")
    }
    if expectsOther { return Fault(status: .expectationFailed, reason: "only 100-continue can be expected") }
    announcesBody = isChunked || (contentLength ?? 0) > 0
    return nil
  }

  private mutating func line(_ name: UnsafeBufferPointer<CChar>, _ value: UnsafeBufferPointer<CChar>) {
    if let expected = nextLine {
      if name.baseAddress != expected {
        reason = "a line of the head isn't ended by CR LF, is folded, or holds a zero byte"
      }
      nextLine = value.baseAddress.map { $0 + value.count + 2 }
    }
    for byte in name where !UInt8(bitPattern: byte).isTokenByte { reason = "a header's name has a forbidden character" }
    if name.isEmpty { reason = "a header has no name" }
    if let start = value.baseAddress, memchr(start, 0x0D, value.count) != nil {
      reason = "a header's value holds a bare CR"
    }
    switch name.count {
    case 4 where Self.same(name, "host"):
      hosts += 1
      if !value.allSatisfy({ Self.isHostByte(UInt8(bitPattern: $0)) }) { reason = "Host has a forbidden character" }
    case 14 where Self.same(name, "content-length"):
      contentLengths += 1
      contentLength = Self.number(value)
      if contentLength == nil { reason = "Content-Length is no number" }
    case 17 where Self.same(name, "transfer-encoding"):
      transferEncodings += 1
      isChunked = Self.same(value, "chunked")
    case 6 where Self.same(name, "expect"):
      if !Self.same(value, "100-continue") { expectsOther = true }
    default: break
    }
  }

  private static func same(_ text: UnsafeBufferPointer<CChar>, _ lower: StaticString) -> Bool {
    text.count == lower.utf8CodeUnitCount
      && lower.withUTF8Buffer { zip(text, $0).allSatisfy { UInt8(bitPattern: $0).asciiLower == $1 } }
  }

  private static func number(_ text: UnsafeBufferPointer<CChar>) -> Int? {
    guard !text.isEmpty, text.count <= 18 else { return nil }
    var number = 0
    for byte in text {
      let byte = UInt8(bitPattern: byte)
      guard byte.isDigit else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, 0x41...0x5B, 0x5D, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x25: true
    default: false
    }
  }
}

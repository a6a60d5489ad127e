import Glibc

/// A form as a browser sends it with files: `multipart/form-data` (RFC 7578).
public struct MultipartBody: Sendable {
  /// One field or file.
  public struct Part: Sendable {
    /// The field's name.
    public let name: String
    /// What the client calls the file, without folders; nil for a plain field. Never use it as a path.
    public let filename: String?
    /// What the client believes the bytes to be; nil where it doesn't say.
    public let contentType: ContentType?
    public let bytes: [UInt8]

    /// The bytes as text; nil where they aren't UTF-8.
    public var text: String? { String(validating: bytes, as: UTF8.self) }
  }

  /// Why a body can't be read.
  public enum Fault: Error, Sendable, Equatable {
    /// The content type isn't multipart/form-data or has no usable boundary.
    case boundary
    /// The body ends before its last boundary, as after a cut connection.
    case incomplete
    /// A part's head can't be read or has no name.
    case malformedPart
    /// There are more parts than allowed.
    case tooManyParts
  }

  /// The parts in the sender's order.
  public let parts: [Part]

  /// Reads a whole body.
  /// - Parameter limit: how many parts there may be; a part's head may have 8 KiB.
  public static func parse(_ bytes: [UInt8], boundary: String, parts limit: Int = 200) throws(Fault) -> MultipartBody {
    let count = boundary.utf8.count
    guard (1...70).contains(count), boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { throw .boundary }
    let opening = Array("--\(boundary)".utf8)
    let delimiter = [0x0D, 0x0A] + opening
    // what stands before the first boundary is for readers who don't know the format
    var position: Int
    if bytes.starts(with: opening) {
      position = opening.count
    } else if let first = find(delimiter, in: bytes, from: 0) {
      position = first + delimiter.count
    } else {
      throw .incomplete
    }
    var parts: [Part] = []
    while true {
      if bytes[position...].starts(with: [0x2D, 0x2D]) { return MultipartBody(parts: parts) }
      while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
      guard bytes[position...].starts(with: [0x0D, 0x0A]) else {
        throw position + 1 >= bytes.count ? .incomplete : .malformedPart
      }
      guard parts.count < limit else { throw .tooManyParts }
      position += 2
      guard let end = find(delimiter, in: bytes, from: position - 2) else { throw .incomplete }
      parts.append(try part(bytes, position..<max(position, end), position - 2))
      position = end + delimiter.count
    }
  }

  /// Reads a request's body by its content type.
  public static func parse(_ request: Request, parts limit: Int = 200) throws(Fault) -> MultipartBody {
    guard let type = request.contentType, type.essence == "multipart/form-data",
      let boundary = type.parameters["boundary"]
    else { throw .boundary }
    return try parse(request.body, boundary: boundary, parts: limit)
  }

  /// The first part of the name.
  public func first(_ name: String) -> Part? { parts.first { $0.name == name } }

  /// The plain fields, as a form without files would have given them; nil where one isn't UTF-8.
  public var fields: Query? {
    var items: [Query.Item] = []
    for part in parts where part.filename == nil {
      guard let text = part.text, !part.bytes.contains(0) else { return nil }
      items.append(Query.Item(part.name, text))
    }
    return Query(items)
  }

  private static func part(_ bytes: [UInt8], _ range: Range<Int>, _ start: Int) throws(Fault) -> Part {
    // a part without any header begins with the blank line itself
    guard let headEnd = find([0x0D, 0x0A, 0x0D, 0x0A], in: bytes, from: start), headEnd + 4 <= range.upperBound,
      headEnd - start <= 8192
    else { throw .malformedPart }
    var name: String?
    var filename: String?
    var type: ContentType?
    let head = headEnd <= range.lowerBound ? [] : bytes[range.lowerBound..<headEnd]
    for line in lines(head) {
      guard let colon = line.firstIndex(of: 0x3A),
        let value = String(validating: line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
      else { throw .malformedPart }
      let field = String(decoding: line[..<colon], as: UTF8.self)
      if field.isSameFieldName(as: "Content-Disposition") {
        guard let (kind, parameters) = ParameterizedValue.parse(value), kind.lowercased() == "form-data" else {
          throw .malformedPart
        }
        name = parameters["name"].map(unescape)
        filename = parameters["filename"].map { basename(unescape($0)) }
      } else if field.isSameFieldName(as: "Content-Type") {
        type = ContentType(value)
      }
    }
    guard let name else { throw .malformedPart }
    return Part(
      name: name, filename: filename, contentType: type, bytes: Array(bytes[(headEnd + 4)..<range.upperBound]))
  }

  private static func lines(_ head: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    head.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }
  }

  /// The three characters that browsers escape in names (HTML, multipart/form-data encoding algorithm).
  private static func unescape(_ text: String) -> String {
    var result: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte == 0x25 ? Array(rest.prefix(2)) : [] {
      case [0x32, 0x32]: result.append(0x22)
      case [0x30, 0x44]: result.append(0x0D)
      case [0x30, 0x41]: result.append(0x0A)
      default:
        result.append(byte)
        continue
      }
      rest = rest.dropFirst(2)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func basename(_ text: String) -> String {
    String(decoding: text.utf8.split(whereSeparator: { $0 == 0x2F || $0 == 0x5C }).last ?? [], as: UTF8.self)
  }

  /// The first place of the needle, or nil.
  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      needle.withUnsafeBytes { needle in
        var index = start
        while index + needle.count <= bytes.count {
          let room = bytes.count - needle.count - index + 1
          guard let hit = memchr(bytes.baseAddress! + index, Int32(needle[0]), room) else { return nil }
          index = UnsafeRawPointer(hit) - bytes.baseAddress!
          if memcmp(hit, needle.baseAddress!, needle.count) == 0 { return index }
          index += 1
        }
        return nil
      }
    }
  }
}

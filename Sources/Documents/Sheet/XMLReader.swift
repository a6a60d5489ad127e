import CExpat
import Sanatorium

/// What a part of a workbook is read into. Names come without their prefix.
protocol XMLContent: AnyObject {
  func start(_ name: String, _ attributes: XMLAttributes) throws(Refusal)
  func end(_ name: String) throws(Refusal)
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal)
}

/// The attributes of one start tag, valid only while it is being handled.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// By name without prefix.
  subscript(name: String) -> String? {
    guard var pair = pairs else { return nil }
    while let key = pair[0], let value = pair[1] {
      if XMLReader.local(key) == name { return String(cString: value) }
      pair += 2
    }
    return nil
  }

  /// `1` and `true` are true.
  func flag(_ name: String) -> Bool { ["1", "true", "on"].contains(self[name] ?? "") }
}

/// Streams one part of a workbook through expat. Document types, and with them entities of a file's own, are refused.
final class XMLReader {
  private let parser: XML_Parser
  private let content: any XMLContent
  private var refusal: Refusal?

  /// - Throws: `Refusal.invalid` on `file`: the part is missing, not well-formed, or what `content` throws.
  static func read(_ name: String, of archive: ZipArchive, into content: some XMLContent) throws(Refusal) {
    let reader = try XMLReader(content)
    try archive.read(name) { (piece) throws(Refusal) in try reader.feed(piece, isLast: false) }
    try reader.feed(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
  }

  private init(_ content: any XMLContent) throws(Refusal) {
    guard let parser = XML_ParserCreate(nil) else { throw SheetRefusal.damaged.refusal }
    self.parser = parser
    self.content = content
    // Unretained: the parser lives no longer than this object, which frees it.
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { user, name, attributes in
        guard let name else { return }
        XMLReader.from(user)?.perform { (content) throws(Refusal) in
          try content.start(XMLReader.local(name), XMLAttributes(pairs: attributes))
        }
      },
      { user, name in
        guard let name else { return }
        XMLReader.from(user)?.perform { (content) throws(Refusal) in try content.end(XMLReader.local(name)) }
      })
    XML_SetCharacterDataHandler(parser) { user, bytes, length in
      guard let bytes, length > 0 else { return }
      bytes.withMemoryRebound(to: UInt8.self, capacity: Int(length)) { pointer in
        XMLReader.from(user)?.perform { (content) throws(Refusal) in
          try content.text(UnsafeBufferPointer(start: pointer, count: Int(length)))
        }
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
      XMLReader.from(user)?.perform { (_) throws(Refusal) in throw SheetRefusal.documentType.refusal }
    }
  }

  deinit { XML_ParserFree(parser) }

  private static func from(_ user: UnsafeMutableRawPointer?) -> XMLReader? {
    user.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func perform(_ body: (any XMLContent) throws(Refusal) -> Void) {
    guard refusal == nil else { return }
    do { try body(content) } catch {
      refusal = error
      XML_StopParser(parser, XML_Bool(XML_FALSE))
    }
  }

  private func feed(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(Refusal) {
    let status = XML_Parse(
      parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), isLast ? 1 : 0)
    if let refusal { throw refusal }
    guard status == XML_STATUS_OK else { throw SheetRefusal.damaged.refusal }
  }

  fileprivate static func local(_ name: UnsafePointer<CChar>) -> String {
    let whole = String(cString: name)
    guard let colon = whole.utf8.lastIndex(of: UInt8(ascii: ":")) else { return whole }
    return String(whole[whole.index(after: colon)...])
  }
}

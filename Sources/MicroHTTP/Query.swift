/// Names and values of a query or a form, in order, repeats kept.
public struct Query: Sendable, Equatable, Sequence {
  /// One piece between ampersands; `?flag` has no value, `?flag=` an empty one.
  public struct Item: Sendable, Equatable {
    public let name: String
    public let value: String?

    /// A name with its value.
    public init(_ name: String, _ value: String?) {
      self.name = name
      self.value = value
    }
  }

  /// The pieces in the sender's order.
  public let items: [Item]

  /// A query of these items.
  public init(_ items: [Item] = []) {
    self.items = items
  }

  /// Decodes `a=1&b=2`; a plus is a space. Nil where an escape is broken, a zero byte hides in it, the text isn't
  /// UTF-8, or there are more pieces than the limit.
  init?(encoded: ArraySlice<UInt8>, limit: Int = .max) {
    var items: [Item] = []
    for piece in encoded.split(separator: 0x26) {
      guard items.count < limit else { return nil }
      let equals = piece.firstIndex(of: 0x3D)
      guard let name = Self.text(piece[..<(equals ?? piece.endIndex)]) else { return nil }
      guard let equals else {
        items.append(Item(name, nil))
        continue
      }
      guard let value = Self.text(piece[(equals + 1)...]) else { return nil }
      items.append(Item(name, value))
    }
    self.items = items
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    guard let decoded = PercentEncoding.decode(bytes, plusIsSpace: true), !decoded.contains(0) else { return nil }
    return String(validating: decoded, as: UTF8.self)
  }

  /// The value of the first item of the name; empty for a flag, nil where the name is absent.
  public func first(_ name: String) -> String? {
    items.first { $0.name == name }.map { $0.value ?? "" }
  }

  /// Every value of the name, in order.
  public func all(_ name: String) -> [String] {
    items.compactMap { $0.name == name ? $0.value ?? "" : nil }
  }

  /// Whether the name is there, with or without a value.
  public func contains(_ name: String) -> Bool { items.contains { $0.name == name } }

  public func makeIterator() -> IndexingIterator<[Item]> { items.makeIterator() }
}

/// Header fields in order; names are compared without regard to case.
public struct Headers: Sendable, Equatable, ExpressibleByDictionaryLiteral, Sequence {
  /// One field.
  public struct Field: Sendable, Equatable {
    public var name: String
    public var value: String

    /// A field, unchecked: a response with a field that HTTP forbids is refused when it is sent.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The fields as they will be sent.
  public private(set) var fields: [Field] = []

  /// No fields.
  public init() {}

  /// Fields in the order of the literal; a repeated name is a repeated field.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { Field($0.0, $0.1) }
  }

  /// Adds a field and keeps others of its name.
  public mutating func add(_ name: String, _ value: String) {
    fields.append(Field(name, value))
  }

  /// The first value of a name. Setting replaces every field of the name; nil removes them.
  public subscript(_ name: String) -> String? {
    get { fields.first { $0.name.isSameFieldName(as: name) }?.value }
    set {
      fields.removeAll { $0.name.isSameFieldName(as: name) }
      if let newValue { fields.append(Field(name, newValue)) }
    }
  }

  /// Every value of a name, in order.
  public func all(_ name: String) -> [String] {
    fields.compactMap { $0.name.isSameFieldName(as: name) ? $0.value : nil }
  }

  /// Whether there is a field of the name.
  public func contains(_ name: String) -> Bool {
    fields.contains { $0.name.isSameFieldName(as: name) }
  }

  public func makeIterator() -> IndexingIterator<[Field]> { fields.makeIterator() }
}

/// A field that must not be sent.
struct HeaderFault: Error, CustomStringConvertible {
  let name: String
  let reason: String

  var description: String { "header \(name.debugDescription) \(reason)" }
}

extension Headers.Field {
  /// Refuses what would split the response, deceive about its length, or end a C string early.
  func check() throws(HeaderFault) {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenByte) else {
      throw HeaderFault(name: name, reason: "is no field name")
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
      throw HeaderFault(name: name, reason: "has a control character in its value")
    }
    if name.isSameFieldName(as: "Content-Length") || name.isSameFieldName(as: "Transfer-Encoding") {
      throw HeaderFault(name: name, reason: "is written by the server alone")
    }
    if name.isSameFieldName(as: "Connection"), value != "close" {
      throw HeaderFault(name: name, reason: "can only be \"close\"")
    }
  }
}

extension String {
  /// ASCII comparison without case, which is all a field name needs.
  func isSameFieldName(as other: String) -> Bool {
    utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.asciiLower == $1.asciiLower }
  }
}

extension UInt8 {
  var asciiLower: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// `tchar` of RFC 9110, 5.6.2.
  var isTokenByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
    default: false
    }
  }

  /// The value of a hexadecimal digit.
  var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}

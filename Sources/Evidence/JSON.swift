/// A JSON value as a tree. Numbers are whole or short decimals held exactly: nothing here is a binary fraction.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// `digits × 10^-scale`: 38.4 is `decimal(384, scale: 1)`. Only on the wire, never in the journal.
  case decimal(Int64, scale: Int)
  case string(String)
  case array([JSON])
  /// Members in the order written; no name twice.
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The member of that name, or nil when there is none or this is no object.
  public subscript(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    for member in members where member.name == name { return member.value }
    return nil
  }

  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var int: Int64? { if case .int(let value) = self { value } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  public var members: [Member]? { if case .object(let value) = self { value } else { nil } }

  /// An object without the members whose value is nil.
  public static func object(_ pairs: KeyValuePairs<String, JSON?>) -> JSON {
    var members: [Member] = []
    members.reserveCapacity(pairs.count)
    for (name, value) in pairs { if let value { members.append(Member(name, value)) } }
    return .object(members)
  }

  public static func optional(_ value: String?) -> JSON? { value.map(JSON.string) }
  public static func optional(_ value: Int?) -> JSON? { value.map { .int(Int64($0)) } }
  public static func optional(_ value: Int64?) -> JSON? { value.map(JSON.int) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

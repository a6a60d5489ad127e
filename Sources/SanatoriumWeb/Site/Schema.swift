internal import Evidence

/// A JSON Schema of OpenAPI 3.1, for what a route takes and gives.
struct Schema: Sendable {
  let json: JSON

  init(_ json: JSON) { self.json = json }

  static let string = Schema(.object(["type": "string"]))
  static let integer = Schema(.object(["type": "integer"]))
  static let number = Schema(.object(["type": "number"]))
  static let boolean = Schema(.object(["type": "boolean"]))
  static let uuid = Schema(.object(["type": "string", "format": "uuid"]))
  static let day = Schema(.object(["type": "string", "format": "date"]))
  /// Milliseconds since 1970.
  static let instant = Schema(
    .object(["type": "integer", "minimum": 0, "maximum": 9_999_999_999_999, "description": "milliseconds since 1970"]))

  static func text(_ limit: Int) -> Schema { Schema(.object(["type": "string", "maxLength": .int(Int64(limit))])) }

  static func integer(_ range: ClosedRange<Int>) -> Schema {
    Schema(
      .object([
        "type": "integer", "minimum": .int(Int64(range.lowerBound)), "maximum": .int(Int64(range.upperBound)),
      ]))
  }

  static func code(_ codes: [String]) -> Schema {
    Schema(.object(["type": "string", "enum": .array(codes.map(JSON.string))]))
  }

  static func code<T: CaseIterable & RawRepresentable>(_ type: T.Type) -> Schema where T.RawValue == String {
    code(T.allCases.map(\.rawValue))
  }

  static func list(_ element: Schema) -> Schema { Schema(.object(["type": "array", "items": element.json])) }
  static func nullable(_ schema: Schema) -> Schema {
    Schema(.object(["anyOf": .array([schema.json, .object(["type": "null"])])]))
  }

  /// An object; unknown members are refused on the way in, so none are allowed here either.
  static func object(_ members: KeyValuePairs<String, Schema>, required: [String] = []) -> Schema {
    Schema(
      .object([
        "type": "object",
        "properties": .object(members.map { JSON.Member($0.key, $0.value.json) }),
        "required": required.isEmpty ? nil : .array(required.map(JSON.string)),
        "additionalProperties": .bool(false),
      ]))
  }

  /// What a recorded write answers.
  static let recorded = Schema.object(
    ["id": .uuid, "subject": .uuid, "sequence": .integer, "recordedAt": .instant],
    required: ["id", "subject", "sequence", "recordedAt"])

  /// Any object, for answers whose members depend on the packs.
  static let anyObject = Schema(.object(["type": "object"]))
}

internal import Evidence
internal import MicroHTTP
internal import Sanatorium

extension Site {
  /// `/openapi.json`: OpenAPI 3.1 over every operation that was registered.
  var description: [UInt8] {
    var paths: [JSON.Member] = []
    for operation in operations {
      let method = JSON.Member(operation.method.description.lowercased(), operation.description)
      if let index = paths.firstIndex(where: { $0.name == operation.path }), case .object(let members) = paths[index].value {
        paths[index].value = .object(members + [method])
      } else {
        paths.append(JSON.Member(operation.path, .object([method])))
      }
    }
    return JSONWriter.wire(
      .object([
        "openapi": "3.1.0",
        "info": .object([
          "title": "sanatoriumd", "version": .string(configuration.build),
          "description":
            """
          The facility's API. Writes take Idempotency-Key (a UUID): the same key with the same content is recorded once. \
          x-roles names who may use an operation; medic is an escort with a medical licence.
          """,
        ]),
        "paths": .object(paths), "x-pages": .array(pagePatterns.map(JSON.string)),
        "components": .object([
          "schemas": .object(["Problem": Site.problemSchema.json]),
          "securitySchemes": .object([
            "cookie": .object(["type": "apiKey", "in": "cookie", "name": "__Host-session"]),
            "bearer": .object(["type": "http", "scheme": "bearer"]),
          ]),
        ]),
      ]))
  }

  /// The patterns of the pages that people open, `/rounds`: what a walk through the site has to have seen.
  private var pagePatterns: [String] {
    let api = Set(operations.map(\.pattern))
    let apart = ["/assets/", "/components", "/worker.js"]
    return routeList.filter { route in
      route.method == .get && !api.contains(route.pattern) && !apart.contains { route.pattern.hasPrefix($0) }
    }
    .map(\.pattern)
  }

  private static let problemSchema = Schema(
    .object([
      "type": "object",
      "properties": .object([
        "type": Schema.string.json, "title": Schema.string.json, "status": Schema.integer.json,
        "detail": Schema.string.json,
        "faults": Schema.list(
          .object(["field": .string, "code": .string, "message": .string], required: ["field", "code", "message"])
        ).json,
      ]),
      "required": .array(["type", "title", "status"]),
    ]))
}

extension Operation {
  fileprivate var description: JSON {
    let parameters =
      pathParameters.map { parameter($0, "path", Operation.schema(ofPath: $0), required: true, "") }
      + query.map { parameter($0.name, "query", $0.schema, required: false, $0.about) }
      + (method == .post && audience != .everyone
        ? [parameter("Idempotency-Key", "header", .uuid, required: false, "made by the client; one per write")] : [])
    let problem = JSON.object([
      "description": "a problem (RFC 9457)",
      "content": .object([
        "application/problem+json": .object([
          "schema": .object(["$ref": "#/components/schemas/Problem"])
        ])
      ]),
    ])
    return .object([
      "summary": .string(summary),
      "operationId": .string(operationID),
      "x-roles": audience.roles.map { .array($0.map(JSON.string)) },
      "security": audience == .everyone
        ? .array([]) : .array([.object(["cookie": .array([])]), .object(["bearer": .array([])])]),
      "parameters": parameters.isEmpty ? nil : .array(parameters),
      "requestBody": content.map { .object(["required": true, "content": $0]) },
      "responses": .object([
        "2XX": .object([
          "description": "done",
          "content": givesFile
            ? .object(ScanType.allCases.map { JSON.Member($0.mediaType, .object([])) })
            : gives.map { .object(["application/json": .object(["schema": $0.json])]) },
        ]),
        "4XX": problem, "5XX": problem,
      ]),
    ])
  }

  private var content: JSON? {
    if takesFile {
      let file = JSON.object(["type": "object", "properties": .object(["file": .object([])]), "required": .array(["file"])])
      return .object(["multipart/form-data": .object(["schema": file])])
    }
    return takes.map { .object(["application/json": .object(["schema": $0.json])]) }
  }

  /// Most things are named by their UUID.
  private static func schema(ofPath name: String) -> Schema {
    switch name {
    case "gate": .code(Gate.self)
    case "step": .integer(1...99)
    case "key": .code(FactCatalogue.all.map(\.key.rawValue))
    default: .uuid
    }
  }

  private var operationID: String {
    let words = pattern.split(separator: "/").map { $0.drop { $0 == ":" } }.joined(separator: "-")
    return "\(method.description.lowercased())-\(words.isEmpty ? "root" : words)"
  }

  private func parameter(_ name: String, _ place: String, _ schema: Schema, required: Bool, _ about: String) -> JSON {
    .object([
      "name": .string(name), "in": .string(place), "required": .bool(required), "schema": schema.json,
      "description": about.isEmpty ? nil : .string(about),
    ])
  }
}

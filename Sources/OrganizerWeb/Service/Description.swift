internal import Evidence
internal import MicroHTTP

extension OrganizerSite {
  /// `/openapi.json`: OpenAPI 3.1 over every operation that was registered.
  var description: [UInt8] {
    var paths: [JSON.Member] = []
    for operation in operations {
      let method = JSON.Member(operation.method.description.lowercased(), operation.description)
      if let index = paths.firstIndex(where: { $0.name == operation.path }), let members = paths[index].value.members {
        paths[index].value = .object(members + [method])
      } else {
        paths.append(JSON.Member(operation.path, .object([method])))
      }
    }
    let problem = Schemas.object(["title": Schemas.text, "status": Schemas.integer, "detail": Schemas.text], [])
    return JSONWriter.wire(
      .object([
        "openapi": "3.1.0",
        "info": .object([
          "title": "sanatorium-organizer", "version": .string(configuration.build),
          "description":
            "Takes signed completion reports (Standard Webhooks 1.0, v1) and shows them. Reports are sent again safely.",
        ]),
        "paths": .object(paths), "x-pages": .array(pagePatterns.map(JSON.string)),
        "components": .object([
          "schemas": .object([.init("Problem", problem)]),
          "securitySchemes": .object([
            "cookie": .object(["type": "apiKey", "in": "cookie", "name": "__Host-session"]),
            "bearer": .object(["type": "http", "scheme": "bearer"]),
          ]),
        ]),
      ]))
  }

  /// The patterns of the pages that people open, `/reports`: what a walk through the site has to have seen.
  private var pagePatterns: [String] {
    let api = Set(operations.map(\.pattern))
    return routeList.filter { $0.method == .get && !api.contains($0.pattern) && !$0.pattern.hasPrefix("/assets/") }
      .map(\.pattern)
  }
}

/// JSON Schemas of bodies.
enum Schemas {
  static let text = JSON.object(["type": "string"])
  static let integer = JSON.object(["type": "integer"])
  static let boolean = JSON.object(["type": "boolean"])

  /// Unknown members are refused, so none are allowed here either.
  static func object(_ members: KeyValuePairs<String, JSON>, _ required: [String]) -> JSON {
    .object([
      "type": "object", "properties": .object(members.map { .init($0.key, $0.value) }),
      "required": required.isEmpty ? nil : .array(required.map(JSON.string)),
    ])
  }
}

extension Operation {
  /// `/api/v1/reports/:id` as `/api/v1/reports/{id}`.
  var path: String {
    pattern.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
  }

  private var operationID: String {
    let words = path.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    return ([method.description.lowercased()] + words).joined(separator: "_")
  }

  fileprivate var description: JSON {
    func parameter(_ name: String, _ place: String, _ about: String) -> JSON {
      .object([
        "name": .string(name), "in": .string(place), "required": .bool(place == "path"),
        "description": about.isEmpty ? nil : .string(about), "schema": Schemas.text,
      ])
    }
    let named = pattern.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
    let parameters = named.map { parameter($0, "path", "") } + query.map { parameter($0.name, "query", $0.about) }
    let problem = JSON.object([
      "description": "a problem (RFC 9457)",
      "content": .object([
        "application/problem+json": .object(["schema": .object(["$ref": "#/components/schemas/Problem"])])
      ]),
    ])
    return .object([
      "summary": .string(summary), "operationId": .string(operationID),
      "security": audience == .everyone
        ? .array([]) : .array([.object(["cookie": .array([])]), .object(["bearer": .array([])])]),
      "parameters": parameters.isEmpty ? nil : .array(parameters),
      "requestBody": takes.map {
        .object(["required": true, "content": .object(["application/json": .object(["schema": $0])])])
      },
      "responses": .object([
        "2XX": .object([
          "description": "done", "content": .object([.init(gives, .object(["schema": .object([])]))]),
        ]),
        "4XX": problem, "5XX": problem,
      ]),
    ])
  }
}

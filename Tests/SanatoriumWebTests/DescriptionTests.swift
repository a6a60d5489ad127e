import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumWeb

@Suite("The API's description")
struct DescriptionTests {
  private let house: House
  private let paths: JSON

  init() throws {
    house = try House()
    paths = try JSON.parse(house.site.description)["paths"] ?? .null
  }

  private static func path(_ pattern: String) -> String {
    pattern.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
  }

  @Test("every route of the API is in it, and nothing that is no route")
  func complete() {
    let described = Set(
      (paths.members ?? []).flatMap { path in (path.value.members ?? []).map { "\($0.name) \(path.name)" } })
    let routes = Set(
      house.site.routeList.filter { $0.pattern.hasPrefix("/api/") }.map {
        "\($0.method.description.lowercased()) \(DescriptionTests.path($0.pattern))"
      })
    #expect(routes.subtracting(described).isEmpty)
    #expect(described.subtracting(routes) == ["get /healthz", "get /readyz", "get /metrics", "get /openapi.json"])
    #expect(routes.count > 90)
  }

  @Test("each says its parameters, what it takes and gives, who may, and how it refuses")
  func whole() throws {
    for route in house.site.listedRoutes where route.pattern.hasPrefix("/api/") {
      let name = "\(route.method) \(route.pattern)"
      let operation = try #require(
        paths[DescriptionTests.path(route.pattern)]?[route.method.description.lowercased()], "\(name)")
      #expect(operation["summary"]?.string?.isEmpty == false, "\(name)")
      let parameters = operation["parameters"]?.array ?? []
      let inPath = parameters.filter { $0["in"]?.string == "path" }
      #expect(
        inPath.compactMap { $0["name"]?.string }
          == route.pattern.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }, "\(name)")
      #expect(parameters.allSatisfy { $0["schema"]?.members?.isEmpty == false }, "\(name)")
      let roles = operation["x-roles"]?.array?.compactMap(\.string)
      #expect(roles == route.audience.roles, "\(name)")
      #expect((operation["security"]?.array?.isEmpty == true) == (route.audience == .everyone), "\(name)")
      let body = operation["requestBody"]?["content"]?["application/json"]?["schema"]
      #expect(route.method == .post || body == nil, "\(name)")
      // a receipt comes as the organizer signed it
      if let body, !route.pattern.hasSuffix("/receipt") { #expect(body["additionalProperties"]?.bool == false, "\(name)") }
      let answers = operation["responses"]
      for code in ["4XX", "5XX"] {
        #expect(answers?[code]?["content"]?["application/problem+json"]?["schema"]?["$ref"] != nil, "\(name)")
      }
      let silent = ["/api/v1/events", "/api/v1/session"].contains(route.pattern) && route.method != .post || route.pattern.hasSuffix("/scans/:scan")
      #expect(silent || answers?["2XX"]?["content"]?["application/json"]?["schema"] != nil, "\(name)")
    }
    let identifiers = house.site.operations.compactMap { operation in
      paths[operation.path]?[operation.method.description.lowercased()]?["operationId"]?.string
    }
    #expect(identifiers.count == house.site.operations.count && Set(identifiers).count == identifiers.count)
  }

  @Test("a write without a body schema takes none, and one with it names what it refuses")
  func bodies() async throws {
    for operation in house.site.operations where operation.method == .post && operation.takes != nil {
      let person = House.Person.allCases.first { operation.audience.admits(house.actor($0)) }
      let target = operation.pattern.split(separator: "/", omittingEmptySubsequences: false)
        .map { $0.hasPrefix(":") ? ID.random().description : String($0) }.joined(separator: "/")
      let answer = try await house.post(target, .object(["nobodyKnowsThis": 1]), as: try #require(person))
      guard answer.status == .unprocessableContent else {
        #expect(answer.status == .notFound || answer.status == .conflict, "\(target) \(answer.status)")
        continue
      }
      let fields = answer.body["faults"]?.array?.compactMap { $0["field"]?.string } ?? []
      #expect(fields.contains("nobodyKnowsThis"), "\(target)")
      // whatever is missing is a member that the description names
      let known = Set(operation.takes?.json["properties"]?.members?.map(\.name) ?? [])
      for field in fields where field != "nobodyKnowsThis" && !field.isEmpty {
        let root = String(field.prefix { $0 != "." && $0 != "[" })
        #expect(known.contains(root) || field == "Idempotency-Key", "\(target) refuses \(field), which nothing describes")
      }
      for member in operation.takes?.json["required"]?.array?.compactMap(\.string) ?? [] {
        #expect(fields.contains { $0.hasPrefix(member) }, "\(target) takes a write without \(member)")
      }
    }
  }

  @Test("what is answered is what is described")
  func answers() async throws {
    let scene = try Scene(house)
    for operation in house.site.operations where operation.method == .get && operation.pattern.hasPrefix("/api/") {
      guard let gives = operation.gives else { continue }
      for target in scene.targets(operation.pattern) {
        let answer = try await house.ask(.get, target, as: .lead)
        guard answer.status == .ok else { continue }
        let faults = try JSON.parse(answer.body).faults(gives.json, at: target)
        #expect(faults.isEmpty)
      }
    }
  }
}

extension JSON {
  /// Where a value is other than a schema says, for the parts of JSON Schema that the description uses.
  fileprivate func faults(_ schema: JSON, at place: String) -> [String] {
    if let choices = schema["anyOf"]?.array {
      return choices.contains { faults($0, at: place).isEmpty } ? [] : ["\(place) is none of the choices"]
    }
    if let codes = schema["enum"]?.array, !codes.contains(self) { return ["\(place) is no such code"] }
    switch schema["type"]?.string {
    case "string": return string == nil ? ["\(place) is no text"] : []
    case "integer": return int == nil ? ["\(place) is no whole number"] : []
    case "boolean": return bool == nil ? ["\(place) is no flag"] : []
    case "null": return self == .null ? [] : ["\(place) is not null"]
    case "array":
      guard let array else { return ["\(place) is no list"] }
      return array.enumerated().flatMap { $0.element.faults(schema["items"] ?? .null, at: "\(place)[\($0.offset)]") }
    case "object":
      guard let members else { return ["\(place) is no object"] }
      var faults = (schema["required"]?.array ?? []).compactMap(\.string).filter { self[$0] == nil }.map { "\(place).\($0) is missing" }
      for member in members {
        if let part = schema["properties"]?[member.name] {
          faults += member.value.faults(part, at: "\(place).\(member.name)")
        } else if schema["additionalProperties"]?.bool == false {
          faults.append("\(place).\(member.name) is not described")
        }
      }
      return faults
    default: return []
    }
  }
}

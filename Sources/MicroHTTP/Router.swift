/// The values that a path gave for the pattern's names.
public struct Parameters: Sendable {
  /// Of a pattern without parameters.
  public static let none = Parameters(names: [], values: [])

  let names: [String]
  let values: [String]

  /// The decoded segment that stood at `:name`, or what followed at `*name`. Asking for a name that the pattern doesn't
  /// have stops the process: it is a misspelt pattern.
  public subscript(_ name: String) -> String {
    guard let index = names.firstIndex(of: name) else { preconditionFailure("the pattern has no :\(name)") }
    return values[index]
  }
}

/// A method and a pattern such as `/api/v1/batches/:batch`.
public struct Route: Sendable, Hashable {
  public let method: Method
  /// Segments are literal, `:name` for any one segment that isn't empty, or at the end `*name` for all that follow.
  public let pattern: String

  /// A route by its parts.
  public init(method: Method, pattern: String) {
    self.method = method
    self.pattern = pattern
  }
}

/// Finds the handler for a path.
///
/// A literal segment wins over `:name`, which wins over `*name`. HEAD is served by GET's handler, whose body isn't sent;
/// OPTIONS is answered here; a path that exists without the method gives 405 with `Allow`.
public struct Router: Sendable {
  /// What a route does.
  public typealias Handler = @Sendable (Request, Parameters) -> Reply

  /// Every route in the order of adding.
  public private(set) var routes: [Route] = []
  /// Draws 404.
  public var notFound: @Sendable (Request) -> Response = { _ in .text("\(Status.notFound)\n", status: .notFound) }
  /// Draws 405; `Allow` is added.
  public var methodNotAllowed: @Sendable (Request) -> Response = { _ in
    .text("\(Status.methodNotAllowed)\n", status: .methodNotAllowed)
  }

  private struct Endpoint: Sendable {
    let route: Route
    let names: [String]
    let handler: Handler
  }

  private struct Node: Sendable {
    var literals: [(segment: [UInt8], node: Int)] = []
    var parameter: Int?
    var rest: Int?
    var endpoints: [Endpoint] = []
  }

  private var nodes = [Node()]

  /// A router without routes.
  public init() {}

  /// Adds a route. Traps on a pattern that is malformed or there already.
  public mutating func add(_ method: Method, _ pattern: String, _ handler: @escaping Handler) {
    precondition(pattern.hasPrefix("/"), "the pattern \(pattern) must begin with a slash")
    var node = 0
    var names: [String] = []
    let segments = pattern == "/" ? [] : pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      if segment.hasPrefix(":") {
        names.append(String(segment.dropFirst()))
        node = child(of: node, at: \.parameter)
      } else if segment.hasPrefix("*") {
        precondition(index == segments.count - 1, "in \(pattern) something follows the rest")
        names.append(String(segment.dropFirst()))
        node = child(of: node, at: \.rest)
      } else {
        let bytes = Array(segment.utf8)
        if let known = nodes[node].literals.first(where: { $0.segment == bytes }) {
          node = known.node
        } else {
          nodes.append(Node())
          nodes[node].literals.append((bytes, nodes.count - 1))
          node = nodes.count - 1
        }
      }
    }
    precondition(!nodes[node].endpoints.contains { $0.route.method == method }, "\(method) \(pattern) is there twice")
    precondition(Set(names).count == names.count && !names.contains(""), "the names in \(pattern) must differ")
    let route = Route(method: method, pattern: pattern)
    nodes[node].endpoints.append(Endpoint(route: route, names: names, handler: handler))
    routes.append(route)
  }

  private mutating func child(of node: Int, at path: WritableKeyPath<Node, Int?>) -> Int {
    if let known = nodes[node][keyPath: path] { return known }
    nodes.append(Node())
    nodes[node][keyPath: path] = nodes.count - 1
    return nodes.count - 1
  }

  /// Answers a request by the route it matches.
  public func handle(_ request: Request) -> Reply {
    var search = Search(router: self, request: request)
    if let (endpoint, values) = search.find() {
      return endpoint.handler(request, Parameters(names: endpoint.names, values: values))
    }
    if request.method == .options, search.isServerWide {
      return .response(Response(status: .noContent, headers: ["Allow": allow(Set(routes.map(\.method)))]))
    }
    if search.allowed.isEmpty { return .response(notFound(request)) }
    let allowed = allow(search.allowed)
    if request.method == .options {
      return .response(Response(status: .noContent, headers: ["Allow": allowed]))
    }
    var response = methodNotAllowed(request)
    response.headers["Allow"] = allowed
    return .response(response)
  }

  /// The route that a request takes, for counting requests by pattern; nil where none does.
  public func route(for request: Request) -> Route? {
    var search = Search(router: self, request: request)
    return search.find().map { $0.0.route }
  }

  private func allow(_ methods: Set<Method>) -> String {
    var all = methods.union([.options])
    if all.contains(.get) { all.insert(.head) }
    return all.map(\.description).sorted().joined(separator: ", ")
  }

  /// One walk through the tree; it goes back where a literal led to nothing.
  private struct Search {
    let router: Router
    let request: Request
    private let segments: [Range<Int>]
    private let method: Method
    private var values: [Range<Int>] = []
    var allowed: Set<Method> = []

    init(router: Router, request: Request) {
      self.router = router
      self.request = request
      method = request.method == .head ? .get : request.method
      var segments: [Range<Int>] = []
      request.parsedTarget.forEachSegment { segments.append($0) }
      self.segments = segments
    }

    /// `OPTIONS *`
    var isServerWide: Bool { request.parsedTarget.bytes == [0x2A] }

    mutating func find() -> (Endpoint, [String])? {
      guard !isServerWide, let endpoint = visit(0, 0) else { return nil }
      let target = request.parsedTarget
      return (endpoint, values.map { target.text($0) })
    }

    private mutating func visit(_ node: Int, _ index: Int) -> Endpoint? {
      let here = router.nodes[node]
      if index == segments.count { return take(here) }
      let segment = segments[index]
      for literal in here.literals where isSame(literal.segment, segment) {
        if let found = visit(literal.node, index + 1) { return found }
      }
      if let parameter = here.parameter, !segment.isEmpty {
        values.append(segment)
        if let found = visit(parameter, index + 1) { return found }
        values.removeLast()
      }
      if let rest = here.rest {
        values.append(segment.lowerBound..<segments[segments.count - 1].upperBound)
        if let found = take(router.nodes[rest]) { return found }
        values.removeLast()
      }
      return nil
    }

    private mutating func take(_ node: Node) -> Endpoint? {
      if let own = node.endpoints.first(where: { $0.route.method == request.method }) { return own }
      if let found = node.endpoints.first(where: { $0.route.method == method }) { return found }
      for endpoint in node.endpoints { allowed.insert(endpoint.route.method) }
      return nil
    }

    private func isSame(_ literal: [UInt8], _ segment: Range<Int>) -> Bool {
      let target = request.parsedTarget
      if target.hasEscapes { return Array(target.text(segment).utf8) == literal }
      guard literal.count == segment.count else { return false }
      return zip(literal, segment).allSatisfy { $0 == target.bytes[$1] }
    }
  }
}

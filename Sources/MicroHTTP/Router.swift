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
    let nodes: [Node]
    let target: Target
    let method: Method
    let substitute: Method
    var values: [Range<Int>] = []
    var allowed: Set<Method> = []

    init(router: Router, request: Request) {
      nodes = router.nodes
      target = request.parsedTarget
      method = request.method
      substitute = method == .head ? .get : method
    }

    /// `OPTIONS *`
    var isServerWide: Bool { target.path.count == 1 && target.path.first == 0x2A }

    mutating func find() -> (Endpoint, [String])? {
      let start = target.path.startIndex
      // a slash alone has no segments; the star isn't a path
      let first = target.path.count > 1 ? start + 1 : nil
      guard target.path.isEmpty || target.path.first == 0x2F, let endpoint = visit(0, first) else { return nil }
      return (endpoint, values.map { target.text($0) })
    }

    /// - Parameter start: where the next segment begins; nil behind the last.
    private mutating func visit(_ node: Int, _ start: Int?) -> Endpoint? {
      guard let start else { return take(node) }
      let end = target.path[start...].firstIndex(of: 0x2F) ?? target.path.endIndex
      let next = end < target.path.endIndex ? end + 1 : nil
      for literal in nodes[node].literals where isSame(literal.segment, start..<end) {
        if let found = visit(literal.node, next) { return found }
      }
      if let parameter = nodes[node].parameter, start < end {
        values.append(start..<end)
        if let found = visit(parameter, next) { return found }
        values.removeLast()
      }
      if let rest = nodes[node].rest {
        values.append(start..<target.path.endIndex)
        if let found = take(rest) { return found }
        values.removeLast()
      }
      return nil
    }

    private mutating func take(_ node: Int) -> Endpoint? {
      if let own = nodes[node].endpoints.first(where: { $0.route.method == method }) { return own }
      if let found = nodes[node].endpoints.first(where: { $0.route.method == substitute }) { return found }
      for endpoint in nodes[node].endpoints { allowed.insert(endpoint.route.method) }
      return nil
    }

    private func isSame(_ literal: [UInt8], _ segment: Range<Int>) -> Bool {
      if target.hasEscapes { return Array(target.text(segment).utf8) == literal }
      guard literal.count == segment.count else { return false }
      return target.bytes.withUnsafeBufferPointer { bytes in
        for index in literal.indices where bytes[segment.lowerBound + index] != literal[index] { return false }
        return true
      }
    }
  }
}

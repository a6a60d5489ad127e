internal import Evidence
internal import MicroHTTP
internal import Pages

/// One route of the API as `/openapi.json` tells it.
struct Operation: Sendable {
  let method: MicroHTTP.Method
  let pattern: String
  let summary: String
  let audience: Audience
  /// Query parameters with what they are for.
  var query: [(name: String, about: String)] = []
  /// Members of the body with their JSON Schema; nil for none.
  var takes: JSON?
  var gives = "application/json"
}

/// The routes while they are being listed: the router's, and the API's own description.
struct RouteTable {
  unowned let site: OrganizerSite
  var router = Router()
  private(set) var operations: [Operation] = []

  init(site: OrganizerSite) { self.site = site }

  /// A page or what a form posts to.
  mutating func page(
    _ method: MicroHTTP.Method = .get, _ pattern: String, for audience: Audience = .accounts,
    _ answer: @escaping @Sendable (Context) throws -> Response
  ) {
    add(method, pattern, audience) { context in
      context.site.later { context.answered { try context.loggedOut() ?? answer(context) } }
    }
  }

  /// A route of the API.
  mutating func api(_ operation: Operation, _ answer: @escaping @Sendable (Context) throws -> Response) {
    operations.append(operation)
    add(operation.method, operation.pattern, operation.audience) { context in
      context.site.later { context.answered { try context.loggedOut() ?? answer(context) } }
    }
  }

  /// A route of the API whose handler decides itself how long it takes.
  mutating func reply(_ operation: Operation, _ answer: @escaping @Sendable (Context) -> Reply) {
    operations.append(operation)
    add(operation.method, operation.pattern, operation.audience, answer)
  }

  /// A form's target whose handler decides itself how long it takes.
  mutating func reply(
    _ method: MicroHTTP.Method, _ pattern: String, for audience: Audience,
    _ answer: @escaping @Sendable (Context) -> Reply
  ) {
    add(method, pattern, audience, answer)
  }

  private mutating func add(
    _ method: MicroHTTP.Method, _ pattern: String, _ audience: Audience,
    _ handle: @escaping @Sendable (Context) -> Reply
  ) {
    // The table dies with the building of the site, which outlives every request.
    let site = site
    router.add(method, pattern) { [unowned site] request, parameters in
      let context = site.context(request, parameters)
      if let refusal = site.refusal(context, audience) { return .response(refusal) }
      return handle(context).challenging(realm: OrganizerSite.realm)
    }
  }
}

extension Context {
  /// What the handler answers, or the problem that it throws.
  func answered(_ body: () throws -> Response) -> Response {
    do { return try body() } catch { return problem(error) }
  }
}

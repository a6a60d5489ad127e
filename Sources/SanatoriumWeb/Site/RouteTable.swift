internal import MicroHTTP
internal import Pages
internal import Sanatorium

/// The routes while they are being listed: the router's, and the API's own description.
struct RouteTable {
  unowned let site: Site
  var router = Router()
  private(set) var operations: [Operation] = []

  init(site: Site) { self.site = site }

  /// A page that only shows.
  mutating func page(
    _ pattern: String, for audience: Audience, _ show: @escaping @Sendable (Context) throws -> Reply
  ) {
    add(.get, pattern, audience, show)
  }

  /// What a form posts to.
  mutating func form(
    _ pattern: String, for audience: Audience, _ act: @escaping @Sendable (Context) throws -> Act
  ) {
    add(.post, pattern, audience) { try act($0).reply($0) }
  }

  /// A form whose answer is no record (a search, a preview).
  mutating func formReply(
    _ pattern: String, for audience: Audience, _ answer: @escaping @Sendable (Context) throws -> Reply
  ) {
    add(.post, pattern, audience, answer)
  }

  /// A read of the API.
  mutating func get(
    _ pattern: String, _ summary: String, for audience: Audience, query: [QueryParameter] = [], gives: Schema,
    _ answer: @escaping @Sendable (Context) throws -> Response
  ) {
    operations.append(
      Operation(method: .get, pattern: pattern, summary: summary, audience: audience, query: query, gives: gives))
    add(.get, pattern, audience) { .response(try answer($0).compressed(for: $0.request)) }
  }

  /// A write of the API.
  mutating func post(
    _ pattern: String, _ summary: String, for audience: Audience, takes: Schema?, gives: Schema = .recorded,
    _ act: @escaping @Sendable (Context) throws -> Act
  ) {
    operations.append(
      Operation(method: .post, pattern: pattern, summary: summary, audience: audience, takes: takes, gives: gives))
    add(.post, pattern, audience) { try act($0).reply($0) }
  }

  /// Any other route of the API.
  mutating func operation(_ operation: Operation, _ answer: @escaping @Sendable (Context) throws -> Reply) {
    operations.append(operation)
    add(operation.method, operation.pattern, operation.audience, answer)
  }

  private mutating func add(
    _ method: MicroHTTP.Method, _ pattern: String, _ audience: Audience,
    _ handle: @escaping @Sendable (Context) throws -> Reply
  ) {
    // The table dies with the building of the site, which outlives every request.
    let site = site
    router.add(method, pattern) { [unowned site] request, parameters in
      site.answer(request, parameters, audience, handle)
    }
  }
}

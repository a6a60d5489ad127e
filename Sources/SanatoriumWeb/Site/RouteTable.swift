internal import MicroHTTP
internal import Pages
internal import Sanatorium

/// A route with what was declared of it.
struct ListedRoute: Sendable {
  let method: MicroHTTP.Method
  let pattern: String
  let audience: Audience
  let reads: HealthReading
}

/// The routes while they are being listed: the router's, and the API's own description.
struct RouteTable {
  unowned let site: Site
  var router = Router()
  private(set) var operations: [Operation] = []
  private(set) var listed: [ListedRoute] = []

  init(site: Site) { self.site = site }

  /// A page that only shows. `stays: false` for one that a browser may not keep even for going back: passwords, codes.
  mutating func page(
    _ pattern: String, for audience: Audience, reads: HealthReading, stays: Bool = true,
    _ show: @escaping @Sendable (Context) throws -> Reply
  ) {
    add(.get, pattern, audience, reads) { context in
      // Before it is drawn: a page that is newer than its tag is asked for once too often, never once too little.
      let tag = stays ? context.pageTag : nil
      do { return context.packed(try show(context), tag) } catch is NoBatch {
        return context.packed(.response(context.noBatchPage()), tag)
      }
    }
  }

  /// What a form posts to.
  mutating func form(
    _ pattern: String, for audience: Audience, reads: HealthReading,
    _ act: @escaping @Sendable (Context) throws -> Act
  ) {
    add(.post, pattern, audience, reads) { try act($0).reply($0) }
  }

  /// A form whose answer is no record (a search, a preview).
  mutating func formReply(
    _ pattern: String, for audience: Audience, reads: HealthReading,
    _ answer: @escaping @Sendable (Context) throws -> Reply
  ) {
    add(.post, pattern, audience, reads, answer)
  }

  /// A read of the API.
  mutating func get(
    _ pattern: String, _ summary: String, for audience: Audience, reads: HealthReading, query: [QueryParameter] = [],
    gives: Schema, _ answer: @escaping @Sendable (Context) throws -> Response
  ) {
    operations.append(
      Operation(
        method: .get, pattern: pattern, summary: summary, audience: audience, reads: reads, query: query, gives: gives))
    add(.get, pattern, audience, reads) { context in
      if let refusal = context.unknownParameters(besides: query) { return .response(refusal) }
      return .response(try answer(context).compressed(for: context.request))
    }
  }

  /// A write of the API. It answers with what it recorded, which the journal tells of.
  mutating func post(
    _ pattern: String, _ summary: String, for audience: Audience, takes: Schema?, gives: Schema = .recorded,
    _ act: @escaping @Sendable (Context) throws -> Act
  ) {
    operations.append(
      Operation(
        method: .post, pattern: pattern, summary: summary, audience: audience, reads: .none, takes: takes, gives: gives))
    add(.post, pattern, audience, .none) { try act($0).reply($0) }
  }

  /// Any other route of the API.
  mutating func operation(_ operation: Operation, _ answer: @escaping @Sendable (Context) throws -> Reply) {
    operations.append(operation)
    add(operation.method, operation.pattern, operation.audience, operation.reads) { context in
      // What watches the machine may send what it likes to the few addresses outside the API.
      if operation.method == .get, context.isAPI, let refusal = context.unknownParameters(besides: operation.query) {
        return .response(refusal)
      }
      return try answer(context)
    }
  }

  private mutating func add(
    _ method: MicroHTTP.Method, _ pattern: String, _ audience: Audience, _ reads: HealthReading,
    _ handle: @escaping @Sendable (Context) throws -> Reply
  ) {
    listed.append(ListedRoute(method: method, pattern: pattern, audience: audience, reads: reads))
    // The table dies with the building of the site, which outlives every request.
    let site = site
    router.add(method, pattern) { [unowned site] request, parameters in
      site.answer(request, parameters, audience) { reads.recorded(try handle($0), $0) }
    }
  }
}

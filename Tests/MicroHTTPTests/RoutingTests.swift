import MicroHTTP
import Testing

@Suite struct RoutingTests {
  private static func routes(_ router: inout Router) {
    router.add(.get, "/") { _, _ in .response(.text("root")) }
    router.add(.get, "/batches/:batch") { _, parameters in .response(.text("batch \(parameters["batch"])")) }
    router.add(.post, "/batches/:batch") { _, _ in .response(.text("posted")) }
    router.add(.get, "/batches/today") { _, _ in .response(.text("today")) }
    router.add(.get, "/batches/:other/people/:person") { _, parameters in
      .response(.text("\(parameters["other"]),\(parameters["person"])"))
    }
    router.add(.get, "/files/*path") { _, parameters in .response(.text(parameters["path"])) }
  }

  @Test("a path finds its handler, and a literal segment wins")
  func finds() async throws {
    try await serving(routes: Self.routes) { server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("GET /").text == "root")
      #expect(try client.ask("GET /batches/7").text == "batch 7")
      #expect(try client.ask("GET /batches/today").text == "today")
      #expect(try client.ask("GET /batches/today/people/3").text == "today,3")
      #expect(try client.ask("GET /batches/7?x=/batches/today").text == "batch 7")
      #expect(try client.ask("GET /files/a/b%2Fc/d").text == "a/b/c/d")
      #expect(try client.ask("GET http://house/batches/7").text == "batch 7")
    }
  }

  @Test("what isn't there is 404, and an empty segment is a segment")
  func missing() async throws {
    try await serving(routes: Self.routes) { server throws in
      let client = try RawClient(port: server.port)
      for path in ["/nothing", "/batches", "/batches/", "/batches/7/", "//batches/7", "/batches//people/3", "/files"] {
        #expect(try client.ask("GET \(path)").status == 404, "\(path)")
      }
    }
  }

  @Test("another method is 405 with those that are allowed, and OPTIONS lists them")
  func methods() async throws {
    try await serving(routes: Self.routes) { server throws in
      let client = try RawClient(port: server.port)
      let refused = try client.ask("DELETE /batches/7")
      #expect(refused.status == 405)
      #expect(refused.header("Allow") == "GET, HEAD, OPTIONS, POST")
      // the literal route has no POST, the pattern has
      #expect(try client.ask("POST /batches/today").text == "posted")
      let options = try client.ask("OPTIONS /batches/7")
      #expect(options.status == 204)
      #expect(options.header("Allow") == "GET, HEAD, OPTIONS, POST")
      #expect(try client.ask("OPTIONS *").header("Allow") == "GET, HEAD, OPTIONS, POST")
      #expect(try client.ask("BREW /batches/7").status == 405)
    }
  }

  @Test("HEAD is GET without the body")
  func head() async throws {
    try await serving(routes: Self.routes) { server throws in
      let client = try RawClient(port: server.port)
      let answer = try client.ask("HEAD /batches/7")
      #expect(answer.status == 200)
      #expect(answer.header("Content-Length") == "7")
      #expect(try client.ask("GET /").text == "root", "the connection goes on where the head ended")
    }
  }

  @Test("a segment is decoded by itself, so an escaped slash stays inside")
  func escapedSlash() async throws {
    try await serving(routes: Self.routes) { server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("GET /batches/a%2Fpeople%2Fb").text == "batch a/people/b")
      #expect(try client.ask("GET /%62atches/%E5%86%9B").text == "batch 军")
      #expect(try client.ask("GET /batches/a+b").text == "batch a+b")
      #expect(try client.ask("GET /batches/%2e%2e").text == "batch ..")
    }
  }

  @Test(
    "a target with a broken escape, a zero byte or bytes that aren't UTF-8 is refused",
    arguments: [
      "/a%", "/a%2", "/a%zz", "/a%00b", "/%c3%28", "/%ff", "/a#b", "/é", "/a?b=%00", "/a?b=%e2%82", "house:443", "a",
      "/a%C3/%A9",
    ])
  func traps(target: String) async throws {
    let status = try await serving({ _ in }, hello) { server throws in
      try RawClient(port: server.port).ask("GET \(target)").status
    }
    #expect(status == 400)
  }

  @Test("the query keeps order, repeats, flags and empty values; a plus is a space")
  func query() throws {
    let request = try #require(Request(.get, "/x?b=1&a=2&b=3+4&flag&empty=&%E4%B8%AD=%E6%96%87&&c=1=2"))
    #expect(request.query.first("b") == "1")
    #expect(request.query.all("b") == ["1", "3 4"])
    #expect(request.query.items.first { $0.name == "flag" }?.value == nil)
    #expect(request.query.first("flag") == "")
    #expect(request.query.first("empty") == "")
    #expect(request.query.first("中") == "文")
    #expect(request.query.first("c") == "1=2")
    #expect(request.query.first("d") == nil)
    #expect(request.query.items.map(\.name) == ["b", "a", "b", "flag", "empty", "中", "c"])
    #expect(request.path == ["x"])
    #expect(Request(.get, "/a/b%2Fc/")?.path == ["a", "b/c", ""])
    #expect(Request(.get, "/")?.path == [])
  }

  @Test("a segment is found by its place without decoding the path, and by its meaning where it is escaped")
  func segments() throws {
    let plain = try #require(Request(.get, "/api/v1/accounts?x=/me"))
    #expect(plain.pathBegins(with: "api") && !plain.pathBegins(with: "ap") && !plain.pathBegins(with: "v1"))
    #expect(plain.pathEnds(with: "accounts") && !plain.pathEnds(with: "v1") && !plain.pathEnds(with: "me"))
    #expect(plain.pathHas("v1") && plain.pathHas("api") && plain.pathHas("accounts") && !plain.pathHas("me"))
    let escaped = try #require(Request(.get, "/%61pi/v1/%61ccounts"))
    #expect(escaped.pathBegins(with: "api") && escaped.pathHas("accounts") && escaped.pathEnds(with: "accounts"))
    let root = try #require(Request(.get, "/"))
    #expect(!root.pathBegins(with: "api") && !root.pathHas("api"))
  }

  @Test("the routes are listed as they were added")
  func list() {
    var router = Router()
    Self.routes(&router)
    #expect(router.routes.first == Route(method: .get, pattern: "/"))
    #expect(router.routes.count == 6)
    #expect(Request(.head, "/batches/9").flatMap { router.route(for: $0) }?.pattern == "/batches/:batch")
  }

  @Test("what was escaped comes back")
  func escaping() throws {
    let text = "军休 a/b?c&d=e+f%g#h.~-_"
    let escaped = PercentEncoding.encode(text)
    let request = try #require(Request(.get, "/\(escaped)?v=\(escaped)"))
    #expect(request.path == [text])
    #expect(request.query.first("v") == text)
  }
}

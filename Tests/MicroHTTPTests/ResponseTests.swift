import Foundation
import MicroHTTP
import Testing

@Suite struct ResponseTests {
  @Test("every response says how it may be used, and the caller's defaults come along")
  func defaults() async throws {
    try await serving(
      {
        $0.defaultHeaders["Content-Security-Policy"] = "default-src 'self'"
      },
      { request in
        if request.path == ["own"] {
          return .response(Response(status: .ok, headers: ["referrer-policy": "same-origin"]))
        }
        return hello(request)
      }
    ) { server throws in
      let client = try RawClient(port: server.port)
      let answer = try client.ask("GET /")
      #expect(answer.headers("X-Content-Type-Options") == ["nosniff"])
      #expect(answer.headers("Referrer-Policy") == ["no-referrer"])
      #expect(answer.headers("Content-Security-Policy") == ["default-src 'self'"])
      #expect(answer.header("Date") != nil)
      #expect(try client.ask("GET /own").headers("Referrer-Policy") == ["same-origin"])
    }
  }

  @Test("what a browser shows as a page has the headers of pages, and nothing else has them")
  func documents() async throws {
    try await serving(
      {
        $0.defaultHeaders["Content-Security-Policy"] = "default-src 'none'"
        $0.documentHeaders = ["Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "DENY"]
      },
      { request in
        var response = Response.text("hello")
        if request.path == ["page"] { response.headers["Content-Type"] = "text/html; charset=utf-8" }
        if request.path == ["kept"] {
          response.headers["Content-Type"] = "text/html; charset=utf-8"
          return PreparedResponse(response).reply(to: request)
        }
        return .response(response)
      }
    ) { server throws in
      let client = try RawClient(port: server.port)
      for path in ["/page", "/kept"] {
        let page = try client.ask("GET \(path)")
        #expect(page.headers("Content-Security-Policy") == ["default-src 'self'"])
        #expect(page.headers("X-Frame-Options") == ["DENY"])
        #expect(page.headers("X-Content-Type-Options") == ["nosniff"])
      }
      let text = try client.ask("GET /")
      #expect(text.headers("Content-Security-Policy") == ["default-src 'none'"])
      #expect(text.headers("X-Frame-Options") == [])
    }
  }

  @Test(
    "a header that would split the response, or deceive about it, is not sent",
    arguments: [
      ("Location", "/a\r\nSet-Cookie: x=y"), ("Location", "/a\nb"), ("X", "a\u{0}b"), ("X y", "a"), ("", "a"),
      ("X\r\nY", "a"), ("Content-Length", "3"), ("transfer-encoding", "chunked"), ("Connection", "upgrade"),
    ])
  func injection(name: String, value: String) async throws {
    let log = Mailbox<String>()
    try await serving(
      { $0.log = { level, line in if level == .error { log.put(line) } } },
      { _ in .response(Response(status: .ok, headers: Headers(dictionaryLiteral: (name, value)))) }
    ) { server throws in
      let client = try RawClient(port: server.port)
      let answer = try client.ask("GET /page")
      #expect(answer.status == 500)
      #expect(!answer.head.contains("x=y"))
      #expect(try log.take().hasPrefix("the response to GET /page was not sent: header "))
    }
  }

  @Test("a redirect, JSON, an empty value and no content arrive as they should")
  func kinds() async throws {
    try await serving(routes: { router in
      router.add(.post, "/to") { _, _ in .response(.redirect(to: "/there")) }
      router.add(.get, "/json") { _, _ in .response(.json(Array("{}".utf8), status: .created)) }
      router.add(.get, "/empty") { _, _ in .response(Response(status: .ok, headers: ["X-Nothing": ""])) }
      router.add(.delete, "/it") { _, _ in .response(.noContent) }
    }) { server throws in
      let client = try RawClient(port: server.port)
      let redirect = try client.ask("POST /to")
      #expect(redirect.status == 303)
      #expect(redirect.header("Location") == "/there")
      let json = try client.ask("GET /json")
      #expect(json.status == 201)
      #expect(json.header("Content-Type") == "application/json")
      let empty = try client.ask("GET /empty")
      #expect(empty.status == 200)
      #expect(empty.header("X-Nothing") == nil)
      let nothing = try client.ask("DELETE /it")
      #expect(nothing.status == 204)
      #expect(nothing.header("Content-Length") == nil)
      #expect(try client.ask("GET /json").status == 201)
    }
  }

  @Test("304 has no body and states no length but the right one")
  func notModified() async throws {
    let page = Response(
      status: .ok, headers: ["ETag": "\"a,b\"", "Content-Type": "text/html"], body: Array("12345".utf8))
    try await serving(routes: { router in
      router.add(.get, "/bare") { _, _ in .response(.notModified("\"x\"")) }
      router.add(.get, "/page") { request, _ in .response(page.revalidated(for: request)) }
    }) { server throws in
      let bare = try RawClient(port: server.port).ask("GET /bare")
      #expect(bare.status == 304)
      #expect(bare.header("Content-Length") == nil)
      #expect(bare.header("Transfer-Encoding") == nil)
      #expect(bare.header("ETag") == "\"x\"")
      let client = try RawClient(port: server.port)
      let same = try client.ask("GET /page", "If-None-Match: \"z\", W/\"a,b\"")
      #expect(same.status == 304)
      #expect(same.header("Content-Length") == "5")
      #expect(try client.ask("GET /page", "If-None-Match: *").status == 304)
      #expect(try client.ask("GET /page", "If-None-Match: \"a\", b\"").status == 200)
      #expect(try client.ask("GET /page").text == "12345")
    }
  }

  @Test("a prepared page goes out plain, compressed or not at all, as the client asks")
  func prepared() async throws {
    let text = String(repeating: "<p>军休干部</p>", count: 400)
    let page = PreparedResponse(.html(Array(text.utf8)), etag: "build-7")
    try await serving({ $0.defaultHeaders["X-House"] = "1" }, { page.reply(to: $0) }) { server throws in
      let client = try RawClient(port: server.port)
      let plain = try client.ask("GET /")
      #expect(plain.text == text)
      #expect(plain.header("ETag") == "W/\"build-7\"")
      #expect(plain.header("Vary") == "Accept-Encoding")
      #expect(plain.header("X-House") == "1")
      #expect(plain.header("Content-Encoding") == nil)
      let packed = try client.ask("GET /", "Accept-Encoding: br, GZIP;q=0.5")
      #expect(packed.header("Content-Encoding") == "gzip")
      #expect(packed.body.count < 500)
      #expect(packed.body.starts(with: [0x1F, 0x8B]))
      for refusal in ["gzip;q=0", "gzip; q=0.00", "br", "x-gzip2", "*;q=0"] {
        #expect(try client.ask("GET /", "Accept-Encoding: \(refusal)").header("Content-Encoding") == nil, "\(refusal)")
      }
      #expect(try client.ask("GET /", "Accept-Encoding: *").header("Content-Encoding") == "gzip")
      for tag in ["W/\"build-7\"", "\"build-7\"", "\"x\" , W/\"build-7\"", "*"] {
        let same = try client.ask("GET /", "If-None-Match: \(tag)")
        #expect(same.status == 304, "\(tag)")
        #expect(same.header("Content-Length") == "\(text.utf8.count)")
        #expect(same.header("ETag") == "W/\"build-7\"")
      }
      let same = try client.ask("GET /", "Accept-Encoding: gzip", "If-None-Match: W/\"build-7\"")
      #expect(same.header("Content-Length") == "\(packed.body.count)")
      #expect(try client.ask("GET /", "If-None-Match: W/\"build-8\"").status == 200)
      #expect(try client.ask("HEAD /").header("Content-Length") == "\(text.utf8.count)")
    }
  }

  @Test("what gzip made, gzip reads")
  func gunzip() async throws {
    let text = String(repeating: "军休干部荣誉疗养 ", count: 300)
    let request = try #require(Request(.get, "/", headers: ["Accept-Encoding": "gzip"]))
    let packed = Response.text(text).compressed(for: request)
    #expect(packed.headers["Vary"] == "Accept-Encoding")
    let plain = try await onThread { try run("/bin/gzip", ["-dc"], input: packed.body) }
    #expect(plain.output == text)
    #expect(Response.text("short").compressed(for: request).headers["Content-Encoding"] == nil)
  }

  @Test("many threads share a prepared page that is replaced all the time")
  func replaced() async throws {
    let current = Holder(PreparedResponse(.html([UInt8](repeating: 0x61, count: 2000)), etag: "0"))
    try await serving({ _ in }, { current.value.reply(to: $0) }) { server throws in
      let done = Mailbox<Int>()
      for _ in 0..<4 {
        Foundation.Thread {
          let client = try? RawClient(port: server.port)
          done.put((0..<300).reduce(0) { count, _ in count + ((try? client?.ask("GET /").body.count) == 2000 ? 1 : 0) })
        }.start()
      }
      for number in 1...500 {
        current.value = PreparedResponse(.html([UInt8](repeating: 0x61, count: 2000)), etag: "\(number)")
      }
      for _ in 0..<4 { #expect(try done.take() == 300) }
    }
  }

  @Test("a session's cookie is bound to this very host, and no script reads it")
  func cookie() async throws {
    let cookie = SetCookie.host("session", "abc", maxAge: 60).headerValue
    #expect(cookie == "__Host-session=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict")
    let request = try #require(
      Request(.get, "/", headers: ["Cookie": "x=1; __Host-session=abc; y=\"2\"; session=no"]))
    #expect(request.cookie("__Host-session") == "abc")
    #expect(request.cookie("y") == "2")
    #expect(request.cookie("z") == nil)
    var lax = SetCookie("language", "zh")
    lax.sameSite = .lax
    lax.isHTTPOnly = false
    #expect(lax.headerValue == "language=zh; Path=/; Secure; SameSite=Lax")
  }
}

final class Holder<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Value

  init(_ value: Value) { stored = value }

  var value: Value {
    get { lock.withLock { stored } }
    set { lock.withLock { stored = newValue } }
  }
}

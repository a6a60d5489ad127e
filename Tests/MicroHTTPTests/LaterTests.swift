import Foundation
import MicroHTTP
import Testing

@Suite struct LaterTests {
  @Test("an answer may come from another thread, and the request can be read there")
  func another() async throws {
    let handler: @Sendable (Request) -> Reply = { request in
      .later { responder in
        Foundation.Thread {
          let text =
            "\(request.header("x-who") ?? "") \(request.cookie("c") ?? "") \(request.path[0]) \(request.body.count)"
          responder.answer(.text(text))
        }.start()
      }
    }
    try await serving({ _ in }, handler) { server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("POST /here", "X-Who: me", "Cookie: a=b; c=\"d\"", body: "12345").text == "me d here 5")
      #expect(try client.ask("GET /again", "X-Who: you").text == "you  again 0")
    }
  }

  @Test("an answer may come before the handler has returned")
  func atOnce() async throws {
    try await serving({ _ in }, { _ in .later { $0.answer(.text("now")) } }) { server throws in
      let client = try RawClient(port: server.port)
      for _ in 0..<50 { #expect(try client.ask("GET /").text == "now") }
    }
  }

  @Test("fifty wait at once on two threads, and each gets its own answer")
  func fifty() async throws {
    let waiting = Mailbox<(String, Responder)>()
    let handler: @Sendable (Request) -> Reply = { request in
      .later { waiting.put((request.path[0], $0)) }
    }
    try await serving({ _ in }, handler) { server throws in
      let clients = try (0..<50).map { number in
        let client = try RawClient(port: server.port)
        client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
        return client
      }
      // all are there before any is answered
      let all = try (0..<50).map { _ in try waiting.take() }
      #expect(server.metrics.inFlight == 50)
      for (path, responder) in all.reversed() { responder.answer(.text("answer \(path)")) }
      for (number, client) in clients.enumerated() { #expect(try client.answer().text == "answer \(number)") }
    }
  }

  @Test("a responder that nobody keeps answers 500, and the log says so")
  func dropped() async throws {
    let log = Mailbox<String>()
    try await serving({ $0.log = { level, line in if level == .error { log.put(line) } } }, { _ in .later { _ in } }) {
      server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("GET /lost").status == 500)
      #expect(try log.take() == "nobody answered GET /lost")
      #expect(try client.ask("GET /lost").status == 500)
    }
  }

  @Test("a prepared answer can come later")
  func prepared() async throws {
    let page = PreparedResponse(.html(Array(repeating: 0x61, count: 5000)), etag: "1")
    try await serving({ _ in }, { _ in .later { $0.answer(page) } }) { server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("GET /", "Accept-Encoding: gzip").header("Content-Encoding") == "gzip")
      #expect(try client.ask("GET /", "If-None-Match: \"1\"").status == 304)
    }
  }

  @Test("a client that left while it was waited for does no harm")
  func left() async throws {
    let waiting = Mailbox<Responder>()
    try await serving({ _ in }, { _ in .later { waiting.put($0) } }) { server throws in
      var client: RawClient? = try RawClient(port: server.port)
      client?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let responder = try waiting.take()
      client = nil
      responder.answer(.text("too late"))
      let next = try RawClient(port: server.port)
      next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      try waiting.take().answer(.text("in time"))
      #expect(try next.answer().text == "in time")
    }
  }

  @Test("a handler can be called without a network")
  func inProcess() throws {
    let request = try #require(
      Request(.post, "/a?b=c", headers: ["X-A": "1"], body: [1, 2], remoteAddress: "10.0.0.7"))
    #expect(request.header("x-a") == "1")
    #expect(request.remoteAddress == "10.0.0.7")
    #expect(!request.isLoopback)
    let answers = Mailbox<Response>()
    Responder { answers.put($0) }.answer(.text("x"))
    #expect(try answers.take().status == .ok)
    _ = Responder { answers.put($0) }
    #expect(try answers.take().status == .internalServerError)
    #expect(Request(.get, "/%zz") == nil)
  }

  @Test("to answer twice stops the process: somebody would never hear the second answer")
  func twice() async {
    await #expect(processExitsWith: .failure) {
      let responder = Responder { _ in }
      responder.answer(.text("one"))
      responder.answer(.text("two"))
    }
  }

  @Test("to read headers on another thread than the handler's stops the process, unless the answer comes later")
  func foreignThread() async {
    await #expect(processExitsWith: .failure) {
      let handler: @Sendable (Request) -> Reply = { request in
        Foundation.Thread { _ = request.header("Host") }.start()
        return hello(request)
      }
      try await serving({ _ in }, handler) { server throws in
        for _ in 0..<100 { _ = try RawClient(port: server.port).ask("GET /") }
      }
    }
  }
}

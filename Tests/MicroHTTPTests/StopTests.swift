import Foundation
import MicroHTTP
import Testing

@Suite struct StopTests {
  private func start(_ handler: @escaping @Sendable (Request) -> Reply) throws -> Server {
    var configuration = ServerConfiguration(addresses: [try ListenAddress("127.0.0.1:0")])
    configuration.log = { _, _ in }
    return try Server(configuration: configuration, handler: handler)
  }

  @Test("stopping lets a request under way finish, and nobody new comes in")
  func finishes() async throws {
    let waiting = Mailbox<Responder>()
    let stopped = Mailbox<Bool>()
    let server = try start { $0.path == ["slow"] ? .later { waiting.put($0) } : hello($0) }
    try await onThread {
      let client = try RawClient(port: server.port)
      let idle = try RawClient(port: server.port)
      #expect(try idle.ask("GET /").status == 200)
      client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
      let responder = try waiting.take()
      Foundation.Thread { stopped.put(server.stop(within: 20)) }.start()
      // refused as soon as the stopping has begun; until then accepted
      while (try? RawClient(port: server.port)) != nil {}
      let answer = try idle.ask("GET /")
      #expect(answer.status == 503)
      #expect(answer.header("Retry-After") == "5")
      responder.answer(.text("finished"))
      #expect(try client.answer().text == "finished")
      #expect(try stopped.take())
    }
  }

  @Test("who still waits at the deadline hears 503, and a late answer does no harm")
  func deadline() async throws {
    let waiting = Mailbox<Responder>()
    let server = try start { _ in .later { waiting.put($0) } }
    try await onThread {
      let clients = try (0..<20).map { _ in
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return client
      }
      let responders = try (0..<20).map { _ in try waiting.take() }
      #expect(server.stop(within: 0.05) == false)
      for client in clients { #expect(try client.answer().status == 503) }
      for responder in responders.dropFirst() { responder.answer(.text("late")) }
      #expect(server.stop(within: 1), "once is enough")
    }
  }

  @Test("stopping ends the event streams")
  func streams() async throws {
    let server = try start { _ in .events(EventStream()) }
    try await onThread {
      let clients = try (0..<20).map { _ in
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try client.read(until: "\r\n\r\n")
        return client
      }
      #expect(server.stop(within: 20))
      for client in clients { #expect(String(decoding: client.readToEnd(), as: UTF8.self) == "0\r\n\r\n") }
      #expect(server.metrics.openStreams == 0)
    }
  }

  @Test("answers that race with the stopping never break it")
  func race() async throws {
    for _ in 0..<20 {
      let waiting = Mailbox<Responder>()
      let server = try start { _ in .later { waiting.put($0) } }
      try await onThread {
        let clients = try (0..<10).map { _ in
          let client = try RawClient(port: server.port)
          client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
          return client
        }
        let responders = try (0..<10).map { _ in try waiting.take() }
        let answered = Mailbox<Bool>()
        Foundation.Thread {
          for responder in responders { responder.answer(.text("x")) }
          answered.put(true)
        }.start()
        server.stop(within: 0)
        #expect(try answered.take())
        withExtendedLifetime(clients) {}
      }
    }
  }

  @Test("a server stops when nobody holds it any more")
  func released() async throws {
    try await onThread {
      let client: RawClient
      do {
        let server = try self.start(hello)
        client = try RawClient(port: server.port)
        #expect(try client.ask("GET /").text == "hello")
      }
      #expect(client.readToEnd().isEmpty)
    }
  }
}

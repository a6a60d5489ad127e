import Foundation
import MicroHTTP
import Testing

@Suite struct LimitTests {
  @Test(
    "a client that drips its request is cut off at the deadline",
    arguments: [
      "GET / HTTP/1.1\r\nHost: a\r\nX: ", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n", "GET /",
    ])
  func drip(beginning: String) async throws {
    try await serving(
      {
        $0.requestDeadline = 0.3; $0.idleTimeout = 1
      }, hello
    ) { server throws in
      let client = try RawClient(port: server.port)
      client.send(beginning)
      let start = Date()
      // far below the idle limit from byte to byte
      while client.send("a"), Date().timeIntervalSince(start) < 15 { usleep(20_000) }
      #expect(Date().timeIntervalSince(start) < 10)
      #expect(client.readToEnd().isEmpty)
      #expect(server.metrics.cutOff == 1)
    }
  }

  @Test("a client that sends nothing is closed after the idle time")
  func idle() async throws {
    try await serving({ $0.idleTimeout = 1 }, hello) { server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("GET /").status == 200)
      #expect(client.readToEnd().isEmpty)
      #expect(server.metrics.cutOff == 0)
    }
  }

  @Test("a client that doesn't take its answer is cut off")
  func slowReader() async throws {
    let large = [UInt8](repeating: 1, count: 30_000_000)
    try await serving(
      {
        $0.requestDeadline = 0.3; $0.minimumRate = 1_000_000_000; $0.idleTimeout = 20
      },
      { _ in .response(Response(type: "x/y", body: large)) }
    ) { server throws in
      let client = try RawClient(port: server.port, receiveBuffer: 4096)
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let start = Date()
      while server.metrics.cutOff == 0, Date().timeIntervalSince(start) < 15 { usleep(10_000) }
      #expect(server.metrics.cutOff == 1)
    }
  }

  @Test("a request that waits for its answer is not cut off")
  func waiting() async throws {
    try await serving(
      {
        $0.requestDeadline = 0.1; $0.idleTimeout = 1
      },
      { _ in
        .later { responder in
          Foundation.Thread {
            usleep(1_500_000)
            responder.answer(.text("at last"))
          }.start()
        }
      }
    ) { server throws in
      #expect(try RawClient(port: server.port).ask("GET /").text == "at last")
    }
  }

  @Test("beyond the limit of connections one waits for its turn")
  func connections() async throws {
    try await serving({ $0.connectionLimit = 3 }, hello) { server throws in
      var clients: [RawClient] = []
      for _ in 0..<3 {
        clients.append(try RawClient(port: server.port))
        #expect(try clients.last?.ask("GET /").status == 200)
      }
      let fourth = try RawClient(port: server.port)
      fourth.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try clients[0].ask("GET /").status == 200)
      #expect(server.metrics.openConnections == 3)
      clients.removeLast()
      #expect(try fourth.answer().text == "hello")
    }
  }

  @Test("beyond the limit of one address connections are closed")
  func perAddress() async throws {
    try await serving({ $0.connectionLimitPerAddress = 2 }, hello) { server throws in
      let clients = try (0..<2).map { _ in try RawClient(port: server.port) }
      for client in clients { #expect(try client.ask("GET /").status == 200) }
      let third = try RawClient(port: server.port)
      third.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(third.readToEnd().isEmpty)
    }
  }

  @Test("the counters tell what happened")
  func metrics() async throws {
    let over = Mailbox<Int?>()
    try await serving(
      { $0.finished = { over.put($0.status) } },
      { $0.path == ["no"] ? .response(.text("no", status: .forbidden)) : hello($0) }
    ) { server throws in
      let client = try RawClient(port: server.port)
      for path in ["/", "/no", "/"] { _ = try client.ask("GET \(path)") }
      #expect(try (0..<3).map { _ in try over.take() } == [200, 403, 200])
      let metrics = server.metrics
      #expect(metrics.answered == [0, 2, 0, 1, 0])
      #expect(metrics.openConnections == 1)
      #expect(metrics.bytesSent == 12)
    }
  }
}

import Foundation
import MicroHTTP
import Testing

@Suite struct EventTests {
  @Test("events arrive as they are sent, with their ids, and the browser can go on where it was cut")
  func resume() async throws {
    let streams = Mailbox<EventStream>()
    let handler: @Sendable (Request) -> Reply = { request in
      let stream = EventStream(retry: 2000)
      if let last = request.header("Last-Event-ID") { stream.send(id: "\(Int(last)! + 1)", data: "missed") }
      streams.put(stream)
      return .events(stream)
    }
    try await serving({ _ in }, handler) { server throws in
      let client = try RawClient(port: server.port)
      client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
      let head = try client.read(until: "\r\n\r\n")
      #expect(head.contains("Content-Type: text/event-stream\r\n"))
      #expect(head.contains("Cache-Control: no-store\r\n"))
      let stream = try streams.take()
      _ = try client.read(until: "retry: 2000\n\n")
      stream.send(id: "7", event: "board", data: "一\n二\r\nthree")
      #expect(try client.read(until: "\n\n").hasSuffix("id: 7\nevent: board\ndata: 一\ndata: 二\ndata: three\n\n"))
      #expect(server.metrics.openStreams == 1)
      for number in 8..<500 { stream.send(id: "\(number)", data: "") }
      _ = try client.read(until: "id: 499\n")
      let again = try RawClient(port: server.port)
      again.send("GET /events HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 499\r\n\r\n")
      _ = try again.read(until: "id: 500\ndata: missed\n\n")
      stream.end()
      _ = client.readToEnd()
      #expect(!stream.isOpen)
      #expect(stream.send(data: "x") == false)
    }
  }

  @Test("an idle stream is kept alive, and a reader that left is noticed")
  func heartbeat() async throws {
    let streams = Mailbox<EventStream>()
    let closed = Mailbox<Int>()
    let handler: @Sendable (Request) -> Reply = { _ in
      let stream = EventStream()
      stream.onClose { closed.put(1) }
      streams.put(stream)
      return .events(stream)
    }
    try await serving(
      {
        $0.heartbeat = 0.05; $0.idleTimeout = 1; $0.requestDeadline = 0.1
      }, handler
    ) { server throws in
      var client: RawClient? = try RawClient(port: server.port)
      client?.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      // longer than any limit of an ordinary request
      for _ in 0..<30 { _ = try client?.read(until: ": \n\n") }
      client = nil
      #expect(try closed.take() == 1)
      let stream = try streams.take()
      #expect(!stream.isOpen)
      stream.onClose { closed.put(2) }
      #expect(try closed.take() == 2, "closed already: called at once")
    }
  }

  @Test("a reader that takes nothing is given up when too much waits for it")
  func slow() async throws {
    let streams = Mailbox<EventStream>()
    let closed = Mailbox<Int>()
    let handler: @Sendable (Request) -> Reply = { _ in
      let stream = EventStream(bufferLimit: 100_000)
      stream.onClose { closed.put(1) }
      streams.put(stream)
      return .events(stream)
    }
    try await serving({ $0.requestDeadline = 0.2 }, handler) { server throws in
      let client = try RawClient(port: server.port, receiveBuffer: 4096)
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      let stream = try streams.take()
      let event = ServerEvent(data: String(repeating: "x", count: 10_000))
      var count = 0
      while stream.send(event), count < 100_000 { count += 1 }
      #expect(count < 100_000)
      #expect(try closed.take() == 1)
    }
  }

  @Test("HEAD tells what GET would be, and opens nothing")
  func head() async throws {
    try await serving({ _ in }, { _ in .events(EventStream()) }) { server throws in
      let answer = try RawClient(port: server.port).ask("HEAD /")
      #expect(answer.status == 200)
      #expect(answer.header("Content-Type") == "text/event-stream")
      #expect(server.metrics.openStreams == 0)
    }
  }

  @Test("a stream belongs to one request")
  func once() async throws {
    let stream = EventStream()
    try await serving({ _ in }, { _ in .events(stream) }) { server throws in
      let first = try RawClient(port: server.port)
      first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try first.read(until: "\r\n\r\n")
      #expect(try RawClient(port: server.port).ask("GET /").status == 500)
    }
  }

  @Test("fifty streams get what one sender sends")
  func fifty() async throws {
    let streams = Mailbox<EventStream>()
    let handler: @Sendable (Request) -> Reply = { _ in
      let stream = EventStream()
      streams.put(stream)
      return .events(stream)
    }
    try await serving({ _ in }, handler) { server throws in
      let clients = try (0..<50).map { _ in
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return client
      }
      let open = try (0..<50).map { _ in try streams.take() }
      for number in 1...100 {
        let event = ServerEvent(id: "\(number)", data: "x")
        for stream in open { stream.send(event) }
      }
      for client in clients { _ = try client.read(until: "id: 100\ndata: x\n\n") }
    }
  }
}

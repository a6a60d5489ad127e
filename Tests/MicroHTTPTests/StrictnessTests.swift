import MicroHTTP
import Testing

@Suite struct StrictnessTests {
  private func status(_ bytes: String) async throws -> [Int] {
    try await serving({ _ in }, hello) { server throws in
      let client = try RawClient(port: server.port)
      client.send(bytes)
      let text = String(decoding: client.readToEnd(), as: UTF8.self)
      return text.split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }
    }
  }

  @Test(
    "a head that two readers could understand differently is refused, and nothing after it is read",
    arguments: [
      "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5, 5",
      "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 5\r\nTransfer-Encoding: chunked",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Host: other", "X : a", "X\u{0}Y: a", "X: a\u{0}b",
      "X: a\nY: b", "X: a\r\n folded", "X: a\rb", "(: a", ": a", "X: a\n",
    ])
  func ambiguous(lines: String) async throws {
    let next = "GET /next HTTP/1.1\r\nHost: house\r\n\r\n"
    let statuses = try await status("POST / HTTP/1.1\r\nHost: house\r\n\(lines)\r\n\r\nhello\(next)")
    // the library answers a length that is no number by itself, and sends the head of that answer twice
    #expect(Set(statuses) == [400], "\(lines.debugDescription)")
  }

  @Test("a zero byte or a bare line feed in the last line or in the request line is refused too")
  func lineEnds() async throws {
    #expect(try await status("GET / HTTP/1.1\nHost: house\r\n\r\n") == [400])
    #expect(try await status("GET / HTTP/1.1\r\nHost: house\n\r\n") == [400])
    #expect(try await status("GET / HTTP/1.1\r\nHost: house\r\n\n") == [400])
    #expect(try await status("GET / HTTP/1.1\r\nHost: house\u{0}\r\n\r\n") == [400])
    #expect(try await status("GET /\u{0}x HTTP/1.1\r\nHost: house\r\n\r\n") == [400])
    #expect(try await status("GET /a  HTTP/1.1\r\nHost: house\r\n\r\n") == [400])
    #expect(try await status("GET  /a HTTP/1.1\r\nHost: house\r\n\r\n") == [400])
    #expect(try await status("GET /a b HTTP/1.1\r\nHost: house\r\n\r\n") == [400])
    #expect(try await status("GET /a?b\u{0}=c HTTP/1.1\r\nHost: house\r\n\r\n") == [400])
  }

  @Test("a request of HTTP/1.1 without a host is refused")
  func host() async throws {
    #expect(try await status("GET / HTTP/1.1\r\n\r\n") == [400])
    #expect(try await status("GET / HTTP/1.1\r\nHost: a b\r\n\r\n") == [400])
    #expect(try await status("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") == [400])
  }

  @Test("transfer codings and expectations nobody understands are refused")
  func unknown() async throws {
    #expect(try await status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n") == [501])
    #expect(try await status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n") == [501])
    #expect(try await status("POST / HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nContent-Length: 1\r\n\r\n") == [417])
  }

  @Test("what browsers send passes")
  func ordinary() async throws {
    let head = """
      GET /board?day=1 HTTP/1.1\r\nHost: [::1]:8443\r\nUser-Agent: Mozilla/5.0 (X11; Linux)\r\nAccept: text/html,*/*;q=0.8\r
      Accept-Encoding: gzip, deflate\r\nX-Empty:\r\nX-Spaces:    \r\nX-Tail: a  \r\nX-Tab:\ta\tb\r
      Cookie: a=b; c="d"\r\nConnection: close\r\n\r\n
      """
    #expect(try await status(head) == [200])
    #expect(try await status("\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") == [200])
    #expect(try await status("GET / HTTP/1.0\r\n\r\n") == [200])
    #expect(
      try await status("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        == [200, 200], "two in one packet")
  }

  @Test("a head that is larger than its memory is refused")
  func large() async throws {
    let long = String(repeating: "a", count: 40_000)
    #expect(try await status("GET / HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n") == [431])
    #expect(try await status("GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n") == [414])
  }

  @Test("the caller draws refusals")
  func drawn() async throws {
    let answer = try await serving(
      { $0.problem = { request, status, reason in .json(Array(#"{"reason":"\#(reason)"}"#.utf8), status: status) } },
      hello
    ) { server throws in
      let client = try RawClient(port: server.port)
      client.send("GET /%zz HTTP/1.1\r\nHost: house\r\n\r\n")
      return try client.answer()
    }
    #expect(answer.status == 400)
    #expect(answer.header("Content-Type") == "application/json")
    #expect(answer.text == #"{"reason":"the target has a broken escape"}"#)
  }
}

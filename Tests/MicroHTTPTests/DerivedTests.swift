import MicroHTTP
import Synchronization
import Testing

@Suite("What is made of a header")
struct DerivedTests {
  private final class Made: Sendable {
    let text: String
    init(_ text: String) { self.text = text }
  }

  @Test("it is made once for a connection's requests, and anew when the header differs or is gone")
  func once() async throws {
    let count = Mutex(0)
    let answers = try await serving(
      { _ in },
      { request in
        let made = request.derived(from: "Cookie") { (header: String) -> Made in
          count.withLock { $0 += 1 }
          return Made("<\(header)>")
        }
        return .response(.text(made?.text ?? "<none>"))
      }
    ) { server in
      let client = try RawClient(port: server.port)
      for (index, cookie) in ["Cookie: a=1\r\n", "cookie: a=1\r\n", "Cookie: a=2\r\n", "", "Cookie: a=2\r\n", "Cookie:\r\n", "Cookie:\r\n"].enumerated() {
        let end = index == 6 ? "Connection: close\r\n" : ""
        client.send("GET / HTTP/1.1\r\nHost: house\r\n\(cookie)\(end)\r\n")
      }
      let text = String(decoding: client.readToEnd(), as: UTF8.self)
      return text.split(separator: "<").dropFirst().map { String($0.prefix { $0 != ">" }) }
    }
    #expect(answers == ["a=1", "a=1", "a=2", "none", "a=2", "", ""])
    // The fifth finds what the third left, the last what the one before it left.
    #expect(count.withLock { $0 } == 3)
  }
}

import Foundation
import MicroHTTP
import Testing

@Suite struct AddressTests {
  @Test(
    "an address is numeric with a port, or it is refused by name",
    arguments: [
      "", "8443", "localhost:8443", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:80", "[::1]",
      "[::g]:80", "256.0.0.1:80", "[127.0.0.1]:80",
    ])
  func malformed(text: String) {
    #expect(throws: ListenError.self) { try ListenAddress(text) }
  }

  @Test("an address in use is named with the system's reason")
  func inUse() async throws {
    try await serving({ _ in }, hello) { server throws in
      let address = "127.0.0.1:\(server.port)"
      do {
        _ = try Server(configuration: ServerConfiguration(addresses: [try ListenAddress(address)]), handler: hello)
        Issue.record("two servers on \(address)")
      } catch {
        #expect("\(error)" == "cannot listen on \(address): Address already in use (98)")
      }
    }
  }

  @Test("one server answers on several addresses, over both families, and knows its clients")
  func families() async throws {
    let addresses = try ["127.0.0.1:0", "[::1]:0", "[::]:0"].map { try ListenAddress($0) }
    let handler: @Sendable (Request) -> Reply = { .response(.text("\($0.remoteAddress) \($0.isLoopback) \($0.isTLS)")) }
    try await serving({ $0.addresses = addresses }, handler) { server throws in
      #expect(try RawClient(port: server.ports[0]).ask("GET /").text == "127.0.0.1 true false")
      #expect(try RawClient(port: server.ports[1], host: "::1").ask("GET /").text == "::1 true false")
      #expect(try RawClient(port: server.ports[2], host: "::1").ask("GET /").text == "::1 true false")
      #expect(try RawClient(port: server.ports[2], host: "127.0.0.2").ask("GET /").text == "127.0.0.1 true false")
      #expect(throws: RawClient.Unreachable.self) { try RawClient(port: server.ports[1]) }
    }
  }
}

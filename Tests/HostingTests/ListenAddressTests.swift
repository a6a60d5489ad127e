import Hosting
import Testing

struct ListenAddressTests {
  @Test("An address with a port is taken", arguments: ["0.0.0.0:8443", "127.0.0.1:0", "[::]:443", "[fd00::5]:65535"])
  func takes(text: String) throws { #expect(try ListenAddress(text).description == text) }

  @Test(
    "Anything else is refused",
    arguments: [
      "", "8443", "localhost:80", "::1:80", "[127.0.0.1]:80", "1.2.3.4:", "1.2.3.4:65536", "1.2.3:4", "[::1]",
    ])
  func refuses(text: String) { #expect(throws: HostFault.self) { try ListenAddress(text) } }

  @Test("Loopback is known in both families")
  func loopback() throws {
    #expect(try ListenAddress("127.8.9.1:1").isLoopback && ListenAddress("[::1]:1").isLoopback)
    #expect(try !ListenAddress("0.0.0.0:1").isLoopback && !ListenAddress("[::]:1").isLoopback)
  }
}

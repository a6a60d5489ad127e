internal import Glibc

/// An address and port to listen on: `0.0.0.0:8443`, `[::]:8443`, `127.0.0.1:0` (the system picks the port).
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// An IPv4 or IPv6 address as the system writes it, without brackets.
  public let host: String
  public let port: UInt16

  /// - Throws: `.usage` when it is not an address with a port.
  public init(_ text: String) throws(HostFault) {
    let fault = HostFault(
      .usage, "“\(Log.escaped(text))”不是地址和端口，应当像 0.0.0.0:8443 或 [::]:8443",
      "'\(Log.escaped(text))' is not an address and a port such as 0.0.0.0:8443 or [::]:8443")
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { throw fault }
    var host = String(text[..<colon])
    let bracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if bracketed { host = String(host.dropFirst().dropLast()) }
    guard let address = IPAddress(host), address.isIPv6 == bracketed else { throw fault }
    self.host = address.description
    self.port = port
  }

  public init(address: IPAddress, port: UInt16) {
    host = address.description
    self.port = port
  }

  public var isIPv6: Bool { host.contains(":") }
  public var isLoopback: Bool { IPAddress(host)?.isLoopback ?? false }
  public var description: String { (isIPv6 ? "[\(host)]" : host) + ":\(port)" }
}

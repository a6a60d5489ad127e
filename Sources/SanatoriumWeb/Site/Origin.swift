internal import MicroHTTP
internal import Sanatorium

/// Where this house is reached: what stands in a code for a camera.
struct Origin: Sendable, Hashable {
  /// `https://192.168.1.20:8443`
  let text: String
  /// Reached on this machine alone, so that no other device comes to it.
  let isThisMachine: Bool

  /// - Parameter authority: the `Host` header's value; nil where it is no host.
  init?(authority: String) {
    let host: Substring
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[...end]
      guard host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
    } else {
      host = authority.prefix { $0 != ":" }
      let isHost = host.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
        default: false
        }
      }
      guard !host.isEmpty, isHost else { return nil }
    }
    let port = authority[host.endIndex...]
    guard port.isEmpty || (port.hasPrefix(":") && UInt16(port.dropFirst()) != nil) else { return nil }
    text = "https://\(authority)"
    isThisMachine = host.hasPrefix("127.") || host == "[::1]" || host.lowercased() == "localhost"
  }
}

extension Context {
  /// The house's address as this request has reached it. Pages that carry it are not kept.
  func origin() throws -> Origin {
    guard let host = request.header("Host"), let origin = Origin(authority: host) else {
      throw Refusal.invalid(
        "Host", "no-host", Text("请求没有写明本院的地址。", "The request doesn't name this house's address."))
    }
    return origin
  }
}

import CMicrohttpd
import Glibc
import Synchronization

/// One socket, from accepting to closing.
///
/// Its deadline is written by whoever knows how long the present step may take and read by the doorkeeper, who shuts
/// the socket when it has passed.
final class Connection: Sendable {
  static let never = UInt64.max
  let socket: Int32
  let deadline: Atomic<UInt64>
  /// Set when an answer left before the request was read: closing at once would make the system drop the answer.
  let lingers = Atomic(false)
  private let address: Address
  /// What was made of a header of the last request, with that header's bytes.
  let derived = Mutex<Derived?>(nil)

  struct Derived {
    let name: StaticString
    let header: [UInt8]
    let value: any AnyObject & Sendable
  }

  private enum Address: Sendable {
    case v4(UInt32)
    case v6(SIMD16<UInt8>)
    case unknown
  }

  init(socket: Int32, address: UnsafePointer<sockaddr>?, deadline: UInt64) {
    self.socket = socket
    self.deadline = Atomic(deadline)
    switch address.map({ Int32($0.pointee.sa_family) }) {
    case AF_INET:
      self.address = address!.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        .v4(UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
      }
    case AF_INET6:
      let bytes = address!.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        unsafeBitCast($0.pointee.sin6_addr, to: SIMD16<UInt8>.self)
      }
      let mapped = SIMD16<UInt8>(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0)
      if (0..<12).allSatisfy({ bytes[$0] == mapped[$0] }) {
        self.address = .v4((12..<16).reduce(0) { $0 << 8 | UInt32(bytes[$1]) })
      } else {
        self.address = .v6(bytes)
      }
    default: self.address = .unknown
    }
  }

  /// The other side's address; one that came in over IPv6 as a mapped IPv4 address is written as IPv4.
  var remoteAddress: String {
    switch address {
    case .v4(let value): return (0..<4).map { String(value >> (24 - 8 * $0) & 255) }.joined(separator: ".")
    case .v6(let value):
      var raw = unsafeBitCast(value, to: in6_addr.self)
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      inet_ntop(AF_INET6, &raw, &text, socklen_t(text.count))
      return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    case .unknown: return "unknown"
    }
  }

  var isLoopback: Bool {
    switch address {
    case .v4(let value): value >> 24 == 127
    case .v6(let value): value == SIMD16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    case .unknown: false
    }
  }
}

/// The library's connection. It is used by the library's own thread, and by another thread only to resume it while
/// it is known to be suspended, which is what the library allows.
struct Wire: @unchecked Sendable {
  let pointer: OpaquePointer

  func resume() { MHD_resume_connection(pointer) }
  func suspend() { MHD_suspend_connection(pointer) }
}

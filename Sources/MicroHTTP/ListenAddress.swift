import CMicrohttpd
import Glibc

/// An address to listen on: `127.0.0.1:8443`, `[::1]:0`, or `[::]:8443` for every address of both families.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address as it was written.
  public let description: String
  /// The port asked for; 0 lets the system choose.
  public let port: UInt16
  private let host: String
  private let isIPv6: Bool

  /// Reads a numeric address with its port; an IPv6 address stands in brackets.
  /// - Throws: `ListenError` naming the text.
  public init(_ text: String) throws(ListenError) {
    let fault = ListenError(address: text, reason: "is no address like 127.0.0.1:8443 or [::]:8443", code: 0)
    guard let colon = text.utf8.lastIndex(of: 0x3A) else { throw fault }
    let portText = text[text.index(after: colon)...]
    guard !portText.isEmpty, portText.utf8.allSatisfy(\.isDigit), let port = UInt16(portText) else { throw fault }
    let hostText = text[..<colon]
    if hostText.hasPrefix("["), hostText.hasSuffix("]") {
      host = String(hostText.dropFirst().dropLast())
      isIPv6 = true
    } else {
      host = String(hostText)
      isIPv6 = false
    }
    var scratch = in6_addr()
    guard inet_pton(isIPv6 ? AF_INET6 : AF_INET, host, &scratch) == 1 else { throw fault }
    self.port = port
    description = text
  }

  /// Opens a listening socket that doesn't block and isn't inherited.
  func open() throws(ListenError) -> Int32 {
    let socket = CMicrohttpd_open_socket(isIPv6 ? AF_INET6 : AF_INET)
    guard socket >= 0 else { throw failure() }
    var one: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, size)
    var onlyIPv6: Int32 = host == "::" ? 0 : 1
    if isIPv6 { setsockopt(socket, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &onlyIPv6, size) }
    guard bind(socket), listen(socket, SOMAXCONN) == 0 else {
      let error = failure()
      close(socket)
      throw error
    }
    return socket
  }

  private func bind(_ socket: Int32) -> Bool {
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      inet_pton(AF_INET6, host, &address.sin6_addr)
      return address.withSocketAddress { Glibc.bind(socket, $0, $1) } == 0
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    return address.withSocketAddress { Glibc.bind(socket, $0, $1) } == 0
  }

  private func failure() -> ListenError {
    ListenError(address: description, reason: SystemError.text(errno), code: errno)
  }

  /// The port a listening socket was given.
  static func boundPort(of socket: Int32) -> UInt16 {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &size) }
      // both families keep the port at the same place
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin_port) }
    }
  }
}

/// Why the server can't listen.
public struct ListenError: Error, Sendable, CustomStringConvertible {
  /// The address as it was configured, or what else couldn't be had.
  public let address: String
  /// The system's words.
  public let reason: String
  /// The system's error number, 0 where the address itself is wrong.
  public let code: Int32

  /// `cannot listen on 127.0.0.1:80: Permission denied (13)`
  public var description: String {
    code == 0 ? "cannot listen on \(address): \(reason)" : "cannot listen on \(address): \(reason) (\(code))"
  }
}

enum SystemError {
  static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension sockaddr_in {
  mutating func withSocketAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    withUnsafePointer(to: &self) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}

extension sockaddr_in6 {
  mutating func withSocketAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    withUnsafePointer(to: &self) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in6>.size)) }
    }
  }
}

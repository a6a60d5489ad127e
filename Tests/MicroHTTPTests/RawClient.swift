import Foundation

/// A client that sends exactly the bytes it is told, and reads what comes back.
final class RawClient {
  struct Answer {
    let status: Int
    let head: String
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers(name).first }

    func headers(_ name: String) -> [String] {
      head.split(separator: "\r\n").dropFirst().compactMap { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts[0].lowercased() == name.lowercased() else { return nil }
        return parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
  }

  struct Closed: Error {}
  struct Unreachable: Error {
    let code: Int32
  }

  private let socket: Int32
  private var buffer: [UInt8] = []

  init(port: UInt16, host: String = "127.0.0.1", receiveBuffer: Int32? = nil) throws {
    let isIPv6 = host.contains(":")
    socket = Glibc.socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var receiveBuffer { setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var result: Int32
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      inet_pton(AF_INET6, host, &address.sin6_addr)
      result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
        }
      }
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      inet_pton(AF_INET, host, &address.sin_addr)
      result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    if result != 0 { throw Unreachable(code: errno) }
  }

  deinit { close(socket) }

  /// Sends bytes; false where the other side has closed.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// Says that nothing more will be sent.
  func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

  private func fill() throws {
    var piece = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &piece, piece.count, 0)
    if count <= 0 { throw Closed() }
    buffer += piece[..<count]
  }

  /// Everything until the other side closes.
  func readToEnd() -> [UInt8] {
    while (try? fill()) != nil {}
    defer { buffer = [] }
    return buffer
  }

  /// Text up to and with a mark.
  func read(until mark: String) throws -> String {
    let mark = Array(mark.utf8)
    while true {
      if let end = buffer.firstRange(of: mark)?.upperBound {
        defer { buffer.removeFirst(end) }
        return String(decoding: buffer[..<end], as: UTF8.self)
      }
      try fill()
    }
  }

  private func read(count: Int) throws -> [UInt8] {
    while buffer.count < count { try fill() }
    defer { buffer.removeFirst(count) }
    return Array(buffer[..<count])
  }

  /// One answer, its body included unless the status or the method has none.
  func answer(hasBody: Bool = true) throws -> Answer {
    let head = try read(until: "\r\n\r\n")
    let status = Int(head.split(separator: " ")[1]) ?? 0
    let bare = Answer(status: status, head: head, body: [])
    if !hasBody || status == 304 || status == 204 || status < 200 { return bare }
    if bare.header("Transfer-Encoding") == "chunked" {
      var body: [UInt8] = []
      while true {
        let size = Int(try read(until: "\r\n").dropLast(1), radix: 16) ?? 0
        body += try read(count: size)
        _ = try read(until: "\r\n")
        if size == 0 { return Answer(status: status, head: head, body: body) }
      }
    }
    let length = bare.header("Content-Length").flatMap { Int($0) }
    return Answer(status: status, head: head, body: try length.map { try read(count: $0) } ?? readToEnd())
  }

  /// Sends a request with a Host and reads its answer.
  func ask(_ line: String, _ headers: String..., body: String = "") throws -> Answer {
    let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
    send("\(line) HTTP/1.1\r\nHost: house\r\n\(headers.map { $0 + "\r\n" }.joined())\(length)\r\n\(body)")
    return try answer(hasBody: !line.hasPrefix("HEAD "))
  }
}

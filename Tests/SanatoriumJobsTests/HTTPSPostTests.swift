import Foundation
import Hosting
import MicroHTTP
import Sanatorium
import Synchronization
import Testing

@testable import SanatoriumJobs

/// Posts to a real TLS server of this machine, whose authority nobody else knows.
@Suite("One POST over HTTPS")
struct HTTPSPostTests {
  /// A server with its authority's file; gone with the test.
  private final class Peer: Sendable {
    let folder: String
    let authority: String
    let server: Server

    init(_ answer: @escaping @Sendable (String) -> Response) throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("peer-\(ID.random())").path
      self.folder = folder
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let now = Int64(Date().timeIntervalSince1970)
      let made = try LocalAuthority(folder: folder, name: "organizer", permitting: nil, now: now)
      _ = try made.serverCertificate(for: HostNames(["localhost"]), now: now)
      authority = made.certificateFile
      func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }
      var configuration = ServerConfiguration(
        addresses: [try ListenAddress("127.0.0.1:0")],
        tls: TLSIdentity(certificatePEM: try text("server.pem"), keyPEM: try text("server.key")))
      configuration.log = { _, _ in }
      configuration.maximumBodyBytes = 4_000_000
      let seen = Seen()
      server = try Server(configuration: configuration) { request in
        .later { later in
          let path = "/" + request.path.joined(separator: "/")
          seen.add(path)
          later.answer(answer(path))
        }
      }
      self.seen = seen
    }

    private let seen: Seen
    var paths: [String] { seen.paths.withLock { $0 } }

    private final class Seen: Sendable {
      let paths = Mutex<[String]>([])
      func add(_ path: String) { paths.withLock { $0.append(path) } }
    }

    deinit {
      server.stop(within: 5)
      try? FileManager.default.removeItem(atPath: folder)
    }

    func post(
      _ path: String, host: String = "localhost", authority: String? = nil, body: [UInt8] = Array("{}".utf8)
    ) async -> HTTPSPost.Answer {
      let post = HTTPSPost(
        url: "https://\(host):\(server.port)\(path)", authorityFile: authority ?? self.authority, certificateFile: nil,
        keyFile: nil, headers: [("Content-Type", "application/json"), ("Expect", "")], body: body)
      return await withCheckedContinuation { continuation in
        Foundation.Thread { continuation.resume(returning: post.perform()) }.start()
      }
    }
  }

  @Test("the answer's status, wait and body come back")
  func answers() async throws {
    let peer = try Peer { path in
      var response = Response.text("busy", status: .serviceUnavailable)
      if path == "/busy" { response.headers["Retry-After"] = "120" } else { response = .text("taken", status: .created) }
      return response
    }
    let taken = await peer.post("/reports", body: [UInt8](repeating: 0x61, count: 2_000_000))
    #expect(taken.status == 201)
    #expect(taken.error == nil)
    #expect(String(decoding: taken.body, as: UTF8.self) == "taken")
    let busy = await peer.post("/busy")
    #expect(busy.status == 503)
    #expect(busy.retryAfter == .seconds(120))
  }

  @Test("a redirect is not followed: the report goes nowhere but where it was told to")
  func redirects() async throws {
    let peer = try Peer { _ in .redirect(to: "https://localhost/elsewhere", .temporaryRedirect) }
    let answer = await peer.post("/reports")
    #expect(answer.status == 307)
    #expect(peer.paths == ["/reports"])
  }

  @Test("another authority's certificate, another name, plain HTTP and nobody there are refused with words")
  func strangers() async throws {
    let peer = try Peer { _ in .text("taken") }
    let other = try Peer { _ in .text("taken") }
    let stranger = await peer.post("/reports", authority: other.authority)
    #expect(stranger.status == nil)
    #expect(stranger.error?.isEmpty == false)
    let name = await peer.post("/reports", host: "127.0.0.1")
    #expect(name.status == nil)
    #expect(name.error != nil)
    #expect(peer.paths.isEmpty)

    let plain = HTTPSPost(
      url: "http://localhost:\(peer.server.port)/reports", authorityFile: peer.authority, certificateFile: nil,
      keyFile: nil, headers: [], body: [])
    #expect(plain.perform().status == nil)
    let port = peer.server.port
    peer.server.stop(within: 5)
    let nobody = HTTPSPost(
      url: "https://localhost:\(port)/reports", authorityFile: peer.authority, certificateFile: nil, keyFile: nil,
      headers: [], body: [])
    #expect(nobody.perform().error?.isEmpty == false)
  }

  @Test("an answer larger than a mebibyte is cut off as an error")
  func largeAnswer() async throws {
    let peer = try Peer { _ in .text(String(repeating: "a", count: 2 << 20)) }
    let answer = await peer.post("/reports")
    #expect(answer.error != nil)
    #expect(answer.body.count <= 1 << 20)
  }
}

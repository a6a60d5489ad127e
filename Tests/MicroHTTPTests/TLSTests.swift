import Foundation
import MicroHTTP
import Testing

/// Runs a program to its end; call it on a thread that may wait.
@discardableResult
func run(_ path: String, _ arguments: [String], input: [UInt8] = []) throws -> (status: Int32, output: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  let (stdin, stdout) = (Pipe(), Pipe())
  process.standardInput = stdin
  process.standardOutput = stdout
  process.standardError = FileHandle.nullDevice
  try process.run()
  try stdin.fileHandleForWriting.write(contentsOf: input)
  try stdin.fileHandleForWriting.close()
  let output = stdout.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

@Suite struct TLSTests {
  private static func identity() throws -> TLSIdentity {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (key, certificate) = (folder.appendingPathComponent("k").path, folder.appendingPathComponent("c").path)
    let made = try run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=localhost", "-keyout", key, "-out", certificate,
      ])
    #expect(made.status == 0)
    return TLSIdentity(
      certificatePEM: try String(contentsOfFile: certificate, encoding: .utf8),
      keyPEM: try String(contentsOfFile: key, encoding: .utf8))
  }

  @Test("TLS 1.2 and 1.3 are spoken, older ones are not")
  func versions() async throws {
    let identity = try await onThread { try Self.identity() }
    let handler: @Sendable (Request) -> Reply = { request in
      request.method == .post
        ? .later { $0.answer(.text("\(request.body.count)")) } : .response(.text("secure \(request.isTLS)"))
    }
    try await serving({ $0.tls = identity }, handler) { server throws in
      let url = "https://127.0.0.1:\(server.port)/"
      for version in [["--tls-max", "1.2"], ["--tlsv1.3"]] {
        #expect(try run("/usr/bin/curl", ["-sk", "-m", "20"] + version + [url]).output == "secure true")
      }
      let body = [UInt8](repeating: 0x61, count: 500_000)
      #expect(
        try run("/usr/bin/curl", ["-sk", "-m", "20", "--data-binary", "@-", url], input: body).output == "500000")
      func handshake(_ version: String) throws -> Int32 {
        try run(
          "/usr/bin/openssl",
          ["s_client", "-connect", "127.0.0.1:\(server.port)", version, "-cipher", "DEFAULT@SECLEVEL=0"]
        ).status
      }
      #expect(try handshake("-tls1_2") == 0)
      #expect(try handshake("-tls1_1") != 0)
      #expect(try handshake("-tls1") != 0)
      // plain HTTP on this port gets nothing
      let plain = try RawClient(port: server.port)
      plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(!String(decoding: plain.readToEnd(), as: UTF8.self).contains("secure"))
    }
  }

  @Test("an early refusal is heard over TLS although the body was on its way")
  func refusal() async throws {
    let identity = try await onThread { try Self.identity() }
    try await serving(
      {
        $0.tls = identity; $0.maximumBodyBytes = 1000
      }, hello
    ) { server throws in
      let answer = try run(
        "/usr/bin/curl",
        [
          "-sk", "-m", "20", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Expect:", "--data-binary", "@-",
          "https://127.0.0.1:\(server.port)/",
        ],
        input: [UInt8](repeating: 0x61, count: 3_000_000))
      #expect(answer.output == "413")
    }
  }

  @Test("a certificate that is none is refused at the start")
  func broken() throws {
    var configuration = ServerConfiguration(
      addresses: [try ListenAddress("127.0.0.1:0")], tls: TLSIdentity(certificatePEM: "x", keyPEM: "y"))
    configuration.log = { _, _ in }
    #expect(throws: ListenError.self) { try Server(configuration: configuration, handler: hello) }
  }
}

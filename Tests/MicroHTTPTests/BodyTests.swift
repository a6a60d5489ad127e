import Foundation
import MicroHTTP
import Testing

@Suite struct BodyTests {
  private static let echo: @Sendable (Request) -> Reply = { .response(Response(type: "x/y", body: $0.body)) }

  @Test("a body arrives whole, by length and in chunks")
  func arrives() async throws {
    try await serving({ _ in }, Self.echo) { server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("POST /", body: "hello").text == "hello")
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
      client.send("A;x=y\r\n0123456789\r\n0\r\n\r\n")
      #expect(try client.answer().text == "abc0123456789")
      let large = String(repeating: "0123456789abcdef", count: 60_000)
      #expect(try client.ask("POST /", body: large).body.count == large.utf8.count)
      #expect(server.metrics.bytesReceived == 5 + 13 + 960_000)
    }
  }

  @Test("an announced body that is too large is refused before it is read")
  func announced() async throws {
    try await serving({ $0.maximumBodyBytes = 1000 }, Self.echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
      let answer = try client.answer()
      #expect(answer.status == 413)
      #expect(answer.header("Connection") == "close")
      // the answer is there although the client had only begun
      let busy = try RawClient(port: server.port)
      busy.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + String(repeating: "x", count: 300_000))
      #expect(try busy.answer().status == 413)
    }
  }

  @Test("a small refused body is let pass, and the connection stays")
  func drained() async throws {
    try await serving({ $0.maximumBodyBytes = 10 }, Self.echo) { server throws in
      let client = try RawClient(port: server.port)
      #expect(try client.ask("POST /", body: "0123456789x").status == 413)
      #expect(try client.ask("POST /", body: "0123456789").text == "0123456789")
    }
  }

  @Test("a body in chunks is counted, and refused when it has grown too large")
  func chunked() async throws {
    try await serving({ $0.maximumBodyBytes = 1000 }, Self.echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      for _ in 0..<101 { client.send("A\r\n0123456789\r\n") }
      client.send("0\r\n\r\n")
      #expect(try client.answer().status == 413)
      #expect(try client.ask("POST /", body: "next").text == "next")
      // without end, the connection is closed
      let endless = try RawClient(port: server.port)
      endless.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      let chunk = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
      var count = 0
      while count < 1000, endless.send(chunk) { count += 1 }
      #expect(count < 1000)
    }
  }

  @Test("the rule is asked on the headers alone, and its refusal goes out without the body")
  func rule() async throws {
    try await serving(
      { configuration in
        configuration.bodyRule = { request in
          guard request.header("Authorization") != nil else {
            return .refuse(.text("who?", status: .unauthorized))
          }
          return .accept(maximumBytes: request.path == ["large"] ? 5000 : 5)
        }
      }, Self.echo
    ) { server throws in
      let client = try RawClient(port: server.port)
      client.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n")
      #expect(try client.answer().status == 401)
      let known = try RawClient(port: server.port)
      #expect(try known.ask("POST /small", "Authorization: x", body: "123456").status == 413)
      #expect(try known.ask("POST /large", "Authorization: x", body: "123456").text == "123456")
      #expect(try known.ask("POST /large", body: "1").status == 401)
      #expect(try known.ask("GET /large").status == 200, "nothing to refuse without a body")
    }
  }

  @Test("a client that asks first is told to go on, or the answer, and sends nothing in vain")
  func expectation() async throws {
    try await serving({ $0.maximumBodyBytes = 10 }, Self.echo) { server throws in
      let client = try RawClient(port: server.port)
      client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
      #expect(try client.answer().status == 100)
      client.send("hello")
      #expect(try client.answer().text == "hello")
      client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
      #expect(try client.answer().status == 413)
    }
  }

  @Test("a form's fields are decoded, and what can't be is refused")
  func urlencoded() {
    #expect(FormBody.parse(urlencoded: Array("a=1&b=%E5%86%9B+%26&a=2".utf8))?.all("a") == ["1", "2"])
    #expect(FormBody.parse(urlencoded: Array("b=%E5%86%9B+%26".utf8))?.first("b") == "军 &")
    #expect(FormBody.parse(urlencoded: Array("a=%zz".utf8)) == nil)
    #expect(FormBody.parse(urlencoded: Array("a=%00".utf8)) == nil)
    #expect(FormBody.parse(urlencoded: [0x61, 0x3D, 0xFF]) == nil)
    #expect(FormBody.parse(urlencoded: Array("a&b&c".utf8), fields: 2) == nil)
    #expect(FormBody.parse(urlencoded: [])?.items == [])
  }

  @Test("a form with files gives fields, names, types and bytes")
  func multipart() throws {
    let body =
      Array(
        """
        preamble\r\n--XX\r\nContent-Disposition: form-data; name="note"\r\n\r\n你好\r\n--XX\r
        content-disposition: form-data; name="list"; filename="C:\\lists\\a%22b.csv"\r\nContent-Type: text/csv; charset=GB18030\r\n\r\n
        """.utf8) + [0, 13, 10, 45, 45, 88, 255, 13, 10]
      + Array("\r\n--XX  \r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--XX--\r\nepilogue".utf8)
    let form = try MultipartBody.parse(body, boundary: "XX")
    #expect(form.parts.map(\.name) == ["note", "list", "empty"])
    #expect(form.first("note")?.text == "你好")
    #expect(form.first("list")?.filename == "a\"b.csv")
    #expect(form.first("list")?.contentType?.parameters["charset"] == "GB18030")
    #expect(form.first("list")?.bytes == [0, 13, 10, 45, 45, 88, 255, 13, 10])
    #expect(form.first("list")?.text == nil)
    #expect(form.first("empty")?.bytes == [])
    #expect(form.fields?.items.map(\.name) == ["note", "empty"])
  }

  @Test("a broken form with files says why it can't be read")
  func brokenMultipart() {
    func fault(_ text: String, parts: Int = 10, boundary: String = "XX") -> MultipartBody.Fault? {
      do throws(MultipartBody.Fault) {
        _ = try MultipartBody.parse(Array(text.utf8), boundary: boundary, parts: parts)
        return nil
      } catch { return error }
    }
    let part = "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
    #expect(fault(part + "--XX--") == nil)
    #expect(fault("--XX--") == nil)
    #expect(fault("") == .incomplete)
    #expect(fault(part) == .incomplete)
    #expect(fault(part + "--XX") == .incomplete)
    #expect(fault(part + "--XX-") == .incomplete)
    #expect(fault(part + part + "--XX--", parts: 1) == .tooManyParts)
    #expect(fault("--XX\r\n\r\n1\r\n--XX--") == .malformedPart)
    #expect(fault("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XX--") == .malformedPart)
    #expect(fault("--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XX--") == .malformedPart)
    #expect(fault("--XX\r\nContent-Disposition: form-data; name=a\r\n--XX--") == .malformedPart)
    #expect(fault("--XXY\r\n\r\n1\r\n--XX--") == .malformedPart)
    #expect(fault(part, boundary: "") == .boundary)
    #expect(fault(part, boundary: String(repeating: "x", count: 71)) == .boundary)
  }

  @Test("a media type is read with its parameters")
  func contentType() {
    let type = ContentType("Text/HTML; Charset=\"utf-8\"; x=y")
    #expect(type?.essence == "text/html")
    #expect(type?.parameters == ["charset": "utf-8", "x": "y"])
    #expect(ContentType("text") == nil)
    #expect(ContentType("text/") == nil)
    #expect(ContentType("text/html; charset") == nil)
    #expect(ContentType("text/html; a=\"b") == nil)
    #expect(ContentType("text/html;") != nil)
  }

  @Test("bytes that nobody meant as a form are read to a result, whatever they are")
  func noise() {
    var random = SplitMix(state: 7)
    let pieces = [
      "--XX", "\r\n", "--", "Content-Disposition: form-data; name=\"a\"", "\"", ";", "=", ":", "%", "%4", "%41", "+",
      "&",
      "filename=\"", "\\", "\u{0}", "/", "?", "name=", " ", "é",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...25, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      var bytes = Array(text.utf8)
      if !bytes.isEmpty, Bool.random(using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if let form = try? MultipartBody.parse(bytes, boundary: "XX") { #expect(form.parts.count <= 200) }
      if let form = FormBody.parse(urlencoded: bytes) { #expect(form.items.count <= 1000) }
      if let type = ContentType(text) { #expect(type.essence.contains("/")) }
      if let request = Request(.get, text) {
        let refilled = "/" + request.path.map { PercentEncoding.encode($0) }.joined(separator: "/")
        #expect(Request(.get, refilled)?.path == request.path || !text.hasPrefix("/"))
      }
    }
  }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

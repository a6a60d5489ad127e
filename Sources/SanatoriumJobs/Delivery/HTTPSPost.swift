internal import CCurl
internal import Evidence
internal import Sanatorium

/// One POST over HTTPS with a private authority; no redirect is followed, nothing but https is spoken.
struct HTTPSPost {
  var url: String
  var authorityFile: String?
  var certificateFile: String?
  var keyFile: String?
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  struct Answer {
    /// Nil when no answer came.
    let status: Int?
    let retryAfter: Span?
    let body: [UInt8]
    /// Why none came, in libcurl's words.
    let error: String?
  }

  /// libcurl is set up once, before any other thread uses it.
  private static let isReady: Bool = ccurl_global_init() == CURLE_OK

  /// Blocks until the answer is here or 20 seconds are over; on a thread of the job's own.
  func perform() -> Answer {
    guard HTTPSPost.isReady else { return Answer(status: nil, retryAfter: nil, body: [], error: "libcurl can't start") }
    let lines = headers.map { "\($0.name): \($0.value)" }
    return withCStrings(lines) { pointers in
      body.withUnsafeBytes { bytes in
        url.withCString { url in
          withOptionalCString(authorityFile) { authority in
            withOptionalCString(certificateFile) { certificate in
              withOptionalCString(keyFile) { key in
                var post = ccurl_post(
                  url: url, ca_file: authority, certificate_file: certificate, key_file: key, headers: pointers,
                  body: bytes.baseAddress, body_size: bytes.count, timeout_ms: 20_000, answer_limit: 1 << 20)
                var result = ccurl_perform(&post)
                defer { ccurl_free(&result) }
                return Answer(&result)
              }
            }
          }
        }
      }
    }
  }
}

extension HTTPSPost.Answer {
  fileprivate init(_ result: inout ccurl_result) {
    status = result.status > 0 ? Int(result.status) : nil
    retryAfter = result.retry_after_s >= 0 ? .seconds(Int(result.retry_after_s)) : nil
    body = result.answer.map { Array(UnsafeRawBufferPointer(start: $0, count: result.answer_size)) } ?? []
    guard result.code != CURLE_OK else {
      error = nil
      return
    }
    let detail = withUnsafeBytes(of: &result.error) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    error = detail.isEmpty ? String(cString: curl_easy_strerror(result.code)) : detail
  }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}

/// A NULL-terminated array of C strings for the time of the call.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
  let bytes = texts.map { Array($0.utf8CString) }
  var offsets: [Int] = []
  var joined: [CChar] = []
  for text in bytes {
    offsets.append(joined.count)
    joined += text
  }
  return joined.withUnsafeBufferPointer { buffer in
    let pointers: [UnsafePointer<CChar>?] = offsets.map { offset in buffer.baseAddress.map { $0 + offset } } + [nil]
    return pointers.withUnsafeBufferPointer { body($0.baseAddress!) }
  }
}

import Glibc
import Synchronization

/// An answer made once and sent many times: plain, compressed, or 304, as each client asks.
///
/// Its bytes are copied once into the library's memory and shared by all threads; they are freed with this object and
/// the last answer that is still being sent.
public final class PreparedResponse: Sendable {
  /// The whole answer, uncompressed.
  public let plain: Response
  /// The `ETag` header's value, quotes and all; nil where there is none.
  public let etag: String?
  private let compressed: Response?
  private let variants = Mutex<[Variants]>([])

  /// Prepares an answer; compresses it here and now.
  /// - Parameters:
  ///   - etag: the tag's bare text. It is sent as a weak tag, because both codings share it.
  ///   - compress: nil decides by the media type.
  public init(_ response: Response, etag: String? = nil, compress: Bool? = nil) {
    var plain = response
    if let etag {
      precondition(etag.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }, "\(etag) can't be an entity tag")
      plain.headers["ETag"] = "W/\"\(etag)\""
    }
    var compressed: Response?
    if compress ?? Gzip.suits(type: plain.headers["Content-Type"]), !plain.headers.contains("Content-Encoding"),
      let bytes = Gzip.compress(plain.body)
    {
      plain.headers.addVary("Accept-Encoding")
      var smaller = plain
      smaller.headers["Content-Encoding"] = "gzip"
      smaller.body = bytes
      compressed = smaller
    }
    self.plain = plain
    self.compressed = compressed
    self.etag = plain.headers["ETag"]
  }

  /// The reply for a request; which variant goes out is decided when it is sent.
  public func reply(to request: Request) -> Reply { .prepared(self) }

  /// The variant for a request, as it would be sent.
  public func response(for request: Request) -> Response {
    var response = compressed != nil && request.acceptsGzip ? compressed! : plain
    if isUnchanged(for: request) { response.status = .notModified }
    return response
  }

  func isUnchanged(for request: Request) -> Bool {
    guard let etag, plain.status == .ok, request.method == .get || request.method == .head else { return false }
    return request.matches(etag: etag)
  }

  /// What goes to the library: the variant, and the status. A 304 uses the variant it stands for, so that the length it
  /// states is the right one; the library sends no body with that status.
  func choose(for request: Request, defaults: DefaultHeaders) throws(HeaderFault) -> (ResponseHandle, Int) {
    let variants = try variants(defaults)
    let handle = variants.compressed != nil && request.acceptsGzip ? variants.compressed! : variants.plain
    return (handle, isUnchanged(for: request) ? 304 : plain.status.code)
  }

  private func variants(_ defaults: DefaultHeaders) throws(HeaderFault) -> Variants {
    try variants.withLock { variants throws(HeaderFault) in
      for made in variants where made.defaults === defaults { return made }
      let plain = try ResponseHandle(plain, defaults: defaults)
      var packed: ResponseHandle?
      if let compressed { packed = try ResponseHandle(compressed, defaults: defaults) }
      let made = Variants(defaults: defaults, plain: plain, compressed: packed)
      variants.append(made)
      return made
    }
  }

  private final class Variants: Sendable {
    let defaults: DefaultHeaders
    let plain: ResponseHandle
    let compressed: ResponseHandle?

    init(defaults: DefaultHeaders, plain: ResponseHandle, compressed: ResponseHandle?) {
      self.defaults = defaults
      self.plain = plain
      self.compressed = compressed
    }
  }
}

/// A server's default headers, judged and written once for all answers; its identity tells prepared responses of one
/// server from those of another.
///
/// Unchecked: the texts are written in `init` and freed in `deinit`, and only read in between.
final class DefaultHeaders: @unchecked Sendable {
  private typealias Written = (
    field: Headers.Field, name: UnsafeMutablePointer<CChar>, value: UnsafeMutablePointer<CChar>
  )
  private let others: [Written]
  private let documents: [Written]

  /// - Parameters:
  ///   - headers: of every answer.
  ///   - documentHeaders: of what a browser shows as a page, before those of the same name in `headers`.
  init(_ headers: Headers, documents documentHeaders: Headers) throws(HeaderFault) {
    var ofDocuments = headers
    for field in documentHeaders { ofDocuments[field.name] = field.value }
    for field in ofDocuments.fields + headers.fields { try field.check() }
    func written(_ headers: Headers) -> [Written] {
      headers.fields.filter { !$0.value.isEmpty }.map { ($0, strdup($0.name), strdup($0.value)) }
    }
    others = written(headers)
    documents = written(ofDocuments)
  }

  deinit {
    for (_, name, value) in others + documents {
      free(name)
      free(value)
    }
  }

  /// Gives each field that the answer doesn't set itself.
  func forEach(
    without own: Headers, _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) throws(HeaderFault) -> Void
  ) throws(HeaderFault) {
    let isDocument = own["Content-Type"]?.hasPrefix("text/html") ?? false
    for (field, name, value) in isDocument ? documents : others where !own.contains(field.name) { try body(name, value) }
  }
}

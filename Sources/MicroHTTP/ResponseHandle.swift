import CMicrohttpd

/// The library's response; the only reference of ours, given back when this goes away. The library counts its own.
///
/// Unchecked: the library's responses may be queued by any thread and don't change once their headers are in.
final class ResponseHandle: @unchecked Sendable {
  let pointer: OpaquePointer
  let size: Int

  private init(_ pointer: OpaquePointer?, size: Int) {
    guard let pointer else { fatalError("no memory for a response") }
    self.pointer = pointer
    self.size = size
  }

  deinit { MHD_destroy_response(pointer) }

  /// A response of a body that is copied.
  convenience init(_ response: Response, defaults: DefaultHeaders) throws(HeaderFault) {
    if response.status == .notModified, response.body.isEmpty {
      self.init(CMicrohttpd_bodiless(), size: 0)
    } else {
      self.init(
        response.body.withUnsafeBytes {
          MHD_create_response_from_buffer(
            $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
        }, size: response.body.count)
    }
    try add(response.headers, defaults: defaults)
  }

  /// A response that reads an event stream until it ends.
  convenience init(_ stream: EventStream, release: @escaping @Sendable () -> Void, defaults: DefaultHeaders)
    throws(HeaderFault)
  {
    let source = Unmanaged.passRetained(Source(stream: stream, release: release))
    self.init(
      CMicrohttpd_stream(
        4096,
        { source, _, buffer, capacity in
          Unmanaged<Source>.fromOpaque(source!).takeUnretainedValue().stream.read(into: buffer!, capacity: capacity)
        }, source.toOpaque(),
        { source in
          let source = Unmanaged<Source>.fromOpaque(source!).takeRetainedValue()
          source.stream.close()
          source.release()
        }), size: 0)
    var headers = EventStream.headers
    for field in stream.headers { headers[field.name] = field.value }
    try add(headers, defaults: defaults)
  }

  private final class Source: Sendable {
    let stream: EventStream
    let release: @Sendable () -> Void

    init(stream: EventStream, release: @escaping @Sendable () -> Void) {
      self.stream = stream
      self.release = release
    }
  }

  private func add(_ headers: Headers, defaults: DefaultHeaders) throws(HeaderFault) {
    for field in headers where !field.value.isEmpty {
      try field.check()
      try add(field.name, field.value)
    }
    try defaults.forEach(without: headers) { name, value throws(HeaderFault) in try add(name, value) }
  }

  private func add(_ name: UnsafePointer<CChar>, _ value: UnsafePointer<CChar>) throws(HeaderFault) {
    guard MHD_add_response_header(pointer, name, value) == .YES else {
      throw HeaderFault(name: String(cString: name), reason: "was refused")
    }
  }
}

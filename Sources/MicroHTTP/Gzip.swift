import CZlib

/// The gzip coding (RFC 1952).
enum Gzip {
  /// Shorter bodies fit into one packet anyhow.
  static let minimumBytes = 256

  /// Compresses at level 6; nil where that isn't smaller, or isn't worth it.
  static func compress(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= minimumBytes else { return nil }
    var stream = z_stream()
    // 31: the largest window, in gzip's wrapping
    let opened = deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard opened == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var input = bytes
    let packed = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        // an output as long as the input that still doesn't suffice means no gain
        count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
      }
    }
    return packed.isEmpty || packed.count >= bytes.count ? nil : packed
  }

  /// Whether bytes of the media type are worth compressing.
  static func suits(type: String?) -> Bool {
    guard let type else { return false }
    let essence = type.prefix { $0 != ";" }
    return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence.hasSuffix("xml")
      || essence == "application/javascript" || essence == "image/svg+xml"
  }
}

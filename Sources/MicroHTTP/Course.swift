/// How far the server has come with a request. Touched by the library's thread alone.
struct Course {
  enum Stage {
    /// The request line is read.
    case head
    /// The headers were accepted; body bytes are collected.
    case receiving
    /// The answer is known already; body bytes are thrown away until the client has sent them.
    case draining(Response)
    /// Somebody else answers.
    case waiting(Suspension)
    /// The answer is with the library.
    case answered
  }

  var stage = Stage.head
  let startedAt: UInt64
  /// Where the request line's target stands in the library's memory; for comparing addresses only.
  let targetStart: UnsafePointer<CChar>?
  var status = 0
  /// The largest body allowed.
  var limit = 0
  /// The length announced; nil for chunks.
  var announced: Int?
  var received = 0
  var isCounted = false

  init(startedAt: UInt64, targetStart: UnsafePointer<CChar>? = nil) {
    self.targetStart = targetStart
    self.startedAt = startedAt
  }
}

/// One server-sent event, encoded once and sent to any number of streams.
public struct ServerEvent: Sendable {
  let bytes: [UInt8]

  /// An event.
  /// - Parameters:
  ///   - id: what the browser sends as `Last-Event-ID` after a cut; without line breaks and zero bytes.
  ///   - event: the name that scripts listen for; without line breaks.
  ///   - data: any text; its lines arrive as lines.
  public init(id: String? = nil, event: String? = nil, data: String) {
    var text = ""
    if let id {
      precondition(!id.utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 }, "an event's id must be one line")
      text += "id: \(id)\n"
    }
    if let event {
      precondition(!event.utf8.contains { $0 == 10 || $0 == 13 }, "an event's name must be one line")
      text += "event: \(event)\n"
    }
    for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd) { text += "data: \(line)\n" }
    bytes = Array((text + "\n").utf8)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A comment, which no script sees.
  static let heartbeat = ServerEvent(bytes: Array(": \n\n".utf8))

  /// How long the browser waits before it connects again.
  static func retry(milliseconds: Int) -> ServerEvent { ServerEvent(bytes: Array("retry: \(milliseconds)\n\n".utf8)) }
}

extension Character {
  /// The three line ends of the event stream format; CR LF is one character.
  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}

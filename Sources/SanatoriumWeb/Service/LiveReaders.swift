internal import MicroHTTP
internal import Synchronization

/// The open pages that are told of each commit: one event with the new sequence, and the page fetches what it shows.
final class LiveReaders: Sendable {
  private struct State {
    var streams: [Int: EventStream] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.streams.count } }

  /// A stream that hears of every commit from now on; a page that has missed some hears of it at once.
  func stream(seen: Int64?, sequence: Int64) -> EventStream {
    let stream = EventStream(retry: 2_000)
    let number = state.withLock { state in
      state.next += 1
      state.streams[state.next] = stream
      return state.next
    }
    stream.onClose { [weak self] in self?.state.withLock { _ = $0.streams.removeValue(forKey: number) } }
    if let seen, seen < sequence {
      _ = stream.send(LiveReaders.event(sequence))
    } else {
      _ = stream.send(id: String(sequence), event: "hello", data: String(sequence))
    }
    return stream
  }

  /// Called on a thread of the store when entries are on the disk.
  func publish(_ sequence: Int64) {
    let streams = state.withLock { Array($0.streams.values) }
    guard !streams.isEmpty else { return }
    let event = LiveReaders.event(sequence)
    for stream in streams { _ = stream.send(event) }
  }

  private static func event(_ sequence: Int64) -> ServerEvent {
    ServerEvent(id: String(sequence), data: String(sequence))
  }
}

import Synchronization

/// Counts since the server started, read at one moment.
public struct Metrics: Sendable, Equatable {
  /// Requests answered, by the status's first digit: index 0 is 1xx, index 4 is 5xx.
  public var answered: [Int]
  /// Requests that ended without an answer of ours.
  public var aborted: Int
  /// Requests begun and not over, event streams among them.
  public var inFlight: Int
  public var openConnections: Int
  public var openStreams: Int
  /// Body bytes read.
  public var bytesReceived: Int
  /// Body bytes handed to the network; compressed ones count as sent.
  public var bytesSent: Int
  /// Connections closed because a deadline had passed.
  public var cutOff: Int
}

/// The living counters. Each is exact; a snapshot of several may straddle a request.
final class Counters: Sendable {
  let answered1 = Atomic(0)
  let answered2 = Atomic(0)
  let answered3 = Atomic(0)
  let answered4 = Atomic(0)
  let answered5 = Atomic(0)
  let aborted = Atomic(0)
  let inFlight = Atomic(0)
  let bytesReceived = Atomic(0)
  let bytesSent = Atomic(0)
  let cutOff = Atomic(0)

  func count(status: Int) {
    switch status / 100 {
    case 1: answered1.add(1, ordering: .relaxed)
    case 2: answered2.add(1, ordering: .relaxed)
    case 3: answered3.add(1, ordering: .relaxed)
    case 4: answered4.add(1, ordering: .relaxed)
    default: answered5.add(1, ordering: .relaxed)
    }
  }

  func snapshot(connections: Int, streams: Int) -> Metrics {
    Metrics(
      answered: [
        answered1.load(ordering: .relaxed), answered2.load(ordering: .relaxed), answered3.load(ordering: .relaxed),
        answered4.load(ordering: .relaxed), answered5.load(ordering: .relaxed),
      ],
      aborted: aborted.load(ordering: .relaxed), inFlight: inFlight.load(ordering: .relaxed),
      openConnections: connections, openStreams: streams, bytesReceived: bytesReceived.load(ordering: .relaxed),
      bytesSent: bytesSent.load(ordering: .relaxed), cutOff: cutOff.load(ordering: .relaxed))
  }
}

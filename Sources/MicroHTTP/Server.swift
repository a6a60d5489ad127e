import CMicrohttpd
import Glibc
import Synchronization

/// An HTTP/1.1 server, with or without TLS.
///
/// Handlers run on the server's few threads and must not wait: whoever waits for a disk or another machine returns
/// `Reply.later`.
public final class Server: Sendable {
  private let reception: Reception
  private let configuration: ServerConfiguration
  private let doorkeeper: Doorkeeper
  private let threads: Mutex<[Thread]>
  /// The ports listened on, in the order of the configured addresses.
  public let ports: [UInt16]

  /// Listens and answers, from here until `stop` or until the last reference goes.
  /// - Throws: `ListenError`, naming the address and the system's reason.
  public init(configuration: ServerConfiguration, handler: @escaping @Sendable (Request) -> Reply) throws {
    precondition(!configuration.addresses.isEmpty, "a server needs an address to listen on")
    let reception = try Reception(configuration, handler: handler)
    let daemon: Daemon
    var listening: [Int32] = []
    do {
      for address in configuration.addresses { listening.append(try address.open()) }
      daemon = try Server.daemon(configuration, configuration.tls, reception)
    } catch {
      for socket in listening { close(socket) }
      throw error
    }
    ports = listening.map(ListenAddress.boundPort)
    doorkeeper = Doorkeeper(
      listening: listening, daemon: daemon, configuration: configuration, counters: reception.counters
    ) { [unowned reception] now in reception.beat(now) }
    self.configuration = configuration
    self.reception = reception
    reception.open(doorkeeper)
    let doorkeeper = doorkeeper
    threads = Mutex([])
    do {
      let thread = try Thread(name: "http-door") { doorkeeper.run() }
      threads.withLock { $0 = [thread] }
    } catch {
      doorkeeper.shut()
      doorkeeper.stopDaemons()
      throw error
    }
  }

  deinit { stop(within: 0) }

  private static func daemon(
    _ configuration: ServerConfiguration, _ tls: TLSIdentity?, _ reception: Reception
  ) throws(ListenError) -> Daemon {
    try Daemon(configuration, tls: tls, context: Unmanaged.passUnretained(reception).toOpaque()) {
      Reception.connect(&$0)
    }
  }

  /// Shows another certificate from here on. Connections that are open go on with the one they began with, for as long as
  /// they live; who connects after the call sees the new one. For a server that speaks TLS.
  /// - Throws: `ListenError` where certificate and key are not a pair; the server goes on with what it has.
  public func show(_ identity: TLSIdentity) throws(ListenError) {
    precondition(configuration.tls != nil, "a server without TLS has no certificate")
    doorkeeper.use(try Server.daemon(configuration, identity, reception))
  }

  /// The port of the first address.
  public var port: UInt16 { ports[0] }

  /// The counters as they stand.
  public var metrics: Metrics {
    reception.counters.snapshot(connections: doorkeeper.connectionCount, streams: reception.streamCount)
  }

  /// Stops: takes no more connections, answers what arrives on open ones with 503, ends the event streams, lets requests
  /// under way finish for so many seconds, answers those that still wait with 503, and closes everything. Waits for all
  /// that, so call it on a thread that may wait. A second call returns at once.
  /// - Returns: whether every request under way had finished by itself.
  @discardableResult
  public func stop(within seconds: Double) -> Bool {
    let threads = threads.withLock { threads in
      defer { threads = [] }
      return threads
    }
    if threads.isEmpty { return true }
    doorkeeper.shut()
    reception.closeStreams()
    let finished = reception.waitUntilIdle(within: seconds)
    reception.abandonWaiting()
    // those just answered get a moment to hear it
    if !finished { _ = reception.waitUntilIdle(within: 0.5) }
    doorkeeper.stop()
    for thread in threads { thread.join() }
    doorkeeper.stopDaemons()
    return finished
  }
}

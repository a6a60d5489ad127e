import CMicrohttpd
import Glibc
import Synchronization

/// Where the library's callbacks arrive: takes each request from its first line to its end.
///
/// It outlives whatever refers to it: the server joins and stops all threads first. Nothing refers to it weakly, because
/// a weak reference makes every other one slow.
final class Reception: Sendable {
  let configuration: ServerConfiguration
  let counters = Counters()
  let handler: @Sendable (Request) -> Reply
  let defaults: DefaultHeaders
  private let requestCount = Atomic<UInt64>(0)
  /// Set before the first connection is let in.
  private let doorkeeper = Mutex<Doorkeeper?>(nil)
  let waiting = Mutex(Waiting())
  let isStopping = Atomic(false)
  let requestDeadline: UInt64
  private let silence: UInt64

  /// Who must be woken before the library may stop.
  struct Waiting {
    var suspensions: [UInt64: Suspension] = [:]
    var streams: [UInt64: EventStream] = [:]
    /// From here on nobody waits any more.
    var isOver = false
  }

  init(_ configuration: ServerConfiguration, handler: @escaping @Sendable (Request) -> Reply) throws(HeaderFault) {
    self.configuration = configuration
    self.handler = handler
    defaults = try DefaultHeaders(configuration.defaultHeaders, documents: configuration.documentHeaders)
    requestDeadline = Clock.milliseconds(configuration.requestDeadline)
    silence = Clock.milliseconds(configuration.idleTimeout) + requestDeadline
  }

  func open(_ doorkeeper: Doorkeeper) { self.doorkeeper.withLock { $0 = doorkeeper } }

  var streamCount: Int { waiting.withLock { $0.streams.count } }

  /// The library calls from threads of its own and hands back the context it was started with, which the server keeps
  /// alive until those threads are gone.
  static func connect(_ options: inout CMicrohttpd_Options) {
    options.connection = { context, wire, slot, code in
      let reception = Unmanaged<Reception>.fromOpaque(context!).takeUnretainedValue()
      if code == .CONNECTION_NOTIFY_STARTED {
        slot!.pointee = Unmanaged.passRetained(reception.connected(wire!)).toOpaque()
      } else if let held = slot!.pointee {
        reception.disconnected(Unmanaged<Connection>.fromOpaque(held).takeRetainedValue())
        slot!.pointee = nil
      }
    }
    options.target = { context, target, wire in
      let reception = Unmanaged<Reception>.fromOpaque(context!).takeUnretainedValue()
      return Unmanaged.passRetained(reception.begun(target, wire!)).toOpaque()
    }
    options.access = { context, wire, _, method, version, data, size, slot in
      let reception = Unmanaged<Reception>.fromOpaque(context!).takeUnretainedValue()
      let request = Unmanaged<Request>.fromOpaque(slot!.pointee!).takeUnretainedValue()
      return reception.proceed(request, wire!, method!, version!, data, size!)
    }
    options.completed = { context, wire, slot, code in
      guard let held = slot!.pointee else { return }
      let request = Unmanaged<Request>.fromOpaque(held).takeRetainedValue()
      slot!.pointee = nil
      Unmanaged<Reception>.fromOpaque(context!).takeUnretainedValue()
        .ended(request, wire!, isComplete: code == .REQUEST_TERMINATED_COMPLETED_OK)
    }
  }

  private func connected(_ wire: OpaquePointer) -> Connection {
    let connection = Connection(
      socket: CMicrohttpd_socket(wire), address: CMicrohttpd_address(wire), deadline: Clock.milliseconds() + silence)
    doorkeeper.withLock { $0 }?.enter(connection)
    return connection
  }

  private func disconnected(_ connection: Connection) { doorkeeper.withLock { $0 }?.leave(connection) }

  private func begun(_ target: UnsafePointer<CChar>?, _ wire: OpaquePointer) -> Request {
    let connection = Unmanaged<Connection>.fromOpaque(CMicrohttpd_socket_context(wire)).takeUnretainedValue()
    let now = Clock.milliseconds()
    connection.deadline.store(now + requestDeadline, ordering: .relaxed)
    return Request(
      id: requestCount.add(1, ordering: .relaxed).newValue, target: target, wire: wire, connection: connection,
      isTLS: configuration.tls != nil, now: now)
  }

  private func proceed(
    _ request: Request, _ wire: OpaquePointer, _ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>,
    _ data: UnsafePointer<CChar>?, _ size: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    switch request.course.stage {
    case .head:
      return examine(request, wire, method, version)
    case .receiving:
      if size.pointee > 0 { return collect(request, data, size) }
      if request.course.received > request.course.limit {
        return queue(tooLarge(request), request, wire)
      }
      return reply(handler(request), request, wire)
    case .draining(let response):
      if size.pointee > 0 {
        size.pointee = 0
        return .YES
      }
      return queue(response, request, wire)
    case .waiting(let suspension):
      size.pointee = 0
      guard let reply = suspension.reply else { return .YES }
      waiting.withLock { $0.suspensions[request.id] = nil }
      return self.reply(reply, request, wire)
    case .answered:
      return .YES
    }
  }

  /// The head is read: judges it, and decides about the body before any of it is read.
  private func examine(
    _ request: Request, _ wire: OpaquePointer, _ method: UnsafePointer<CChar>, _ version: UnsafePointer<CChar>
  ) -> MHD_Result {
    counters.inFlight.add(1, ordering: .relaxed)
    request.course.isCounted = true
    request.method = Method(bytes: method)
    let targetFault = request.parsedTarget.examine()
    var head = HeadInspection()
    if let fault = head.examine(request, wire: wire, method: method, version: version) {
      return refuse(request, wire, configuration.problem(request, fault.status, fault.reason))
    }
    if let targetFault { return refuse(request, wire, configuration.problem(request, .badRequest, targetFault)) }
    if isStopping.load(ordering: .relaxed) { return refuse(request, wire, stopping(request)) }
    request.course.stage = .receiving
    guard head.announcesBody else { return .YES }
    request.course.announced = head.contentLength
    switch configuration.bodyRule?(request) ?? .accept(maximumBytes: configuration.maximumBodyBytes) {
    case .accept(let maximum):
      request.course.limit = maximum
      if let length = head.contentLength {
        if length > maximum { return refuseBody(request, wire, tooLarge(request)) }
        request.body.reserveCapacity(min(length, 1 << 20))
      }
    case .refuse(let response):
      return refuseBody(request, wire, response)
    }
    return .YES
  }

  /// A small body is read and forgotten, which keeps the connection; a larger one isn't waited for.
  private func refuseBody(_ request: Request, _ wire: OpaquePointer, _ response: Response) -> MHD_Result {
    let isExpected = request.withHeader("Expect") { $0 != nil }
    if let length = request.course.announced, length <= 16_384, !isExpected {
      request.course.stage = .draining(response)
      return .YES
    }
    request.connection?.lingers.store(true, ordering: .relaxed)
    return queue(response, request, wire)
  }

  /// Answers now and closes: what follows on this connection can't be trusted, or isn't wanted.
  private func refuse(_ request: Request, _ wire: OpaquePointer, _ response: Response) -> MHD_Result {
    var response = response
    response.headers["Connection"] = "close"
    request.connection?.lingers.store(true, ordering: .relaxed)
    return queue(response, request, wire)
  }

  private func tooLarge(_ request: Request) -> Response {
    configuration.problem(request, .contentTooLarge, "the body may have \(request.course.limit) bytes")
  }

  func stopping(_ request: Request) -> Response {
    var response = configuration.problem(request, .serviceUnavailable, "the server is stopping")
    response.headers["Retry-After"] = "5"
    return response
  }

  private func collect(
    _ request: Request, _ data: UnsafePointer<CChar>?, _ size: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    let count = size.pointee
    size.pointee = 0
    request.course.received += count
    counters.bytesReceived.add(count, ordering: .relaxed)
    if request.course.received <= request.course.limit {
      request.body.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
    } else {
      // no answer can be given in the middle of a body: the rest is let pass, but not without end
      request.body = []
      if request.course.received > request.course.limit + (16 << 20) { return .NO }
    }
    let allowance = UInt64(request.course.received) * 1000 / UInt64(max(1, configuration.minimumRate))
    request.connection?.deadline.store(
      request.course.startedAt + requestDeadline + allowance, ordering: .relaxed)
    return .YES
  }

  private func ended(_ request: Request, _ wire: OpaquePointer, isComplete: Bool) {
    request.connection?.deadline.store(Clock.milliseconds() + silence, ordering: .relaxed)
    if case .waiting = request.course.stage { waiting.withLock { $0.suspensions[request.id] = nil } }
    // an answer of the library's own, such as 431, has a status too
    let status = request.course.status != 0 ? request.course.status : Int(CMicrohttpd_status(wire))
    if status == 0 {
      counters.aborted.add(1, ordering: .relaxed)
    } else {
      counters.count(status: status)
    }
    if let finished = configuration.finished {
      finished(
        Exchange(
          request: request, status: status == 0 ? nil : status, isComplete: isComplete,
          milliseconds: Int(Clock.milliseconds() - request.course.startedAt)))
    }
    request.detach()
    if request.course.isCounted { counters.inFlight.subtract(1, ordering: .releasing) }
  }

  func beat(_ now: UInt64) {
    let streams = waiting.withLock { Array($0.streams.values) }
    let interval = Clock.milliseconds(configuration.heartbeat)
    for stream in streams { stream.beat(now: now, interval: interval) }
  }

  /// From here on whoever asks hears that the server stops.
  func closeStreams() {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    for stream in waiting.withLock({ Array($0.streams.values) }) { stream.end() }
  }

  func waitUntilIdle(within seconds: Double) -> Bool {
    let deadline = Clock.milliseconds() + Clock.milliseconds(seconds)
    while counters.inFlight.load(ordering: .acquiring) > 0 {
      if Clock.milliseconds() >= deadline { return false }
      usleep(2000)
    }
    return true
  }

  /// Wakes everybody who is suspended and lets nobody be suspended again: the library aborts the process otherwise.
  func abandonWaiting() {
    let (suspensions, streams) = waiting.withLock { waiting in
      waiting.isOver = true
      return (Array(waiting.suspensions.values), Array(waiting.streams.values))
    }
    let answer = Response.text("\(Status.serviceUnavailable)\n", status: .serviceUnavailable)
    for suspension in suspensions { suspension.answer(.response(answer)) }
    for stream in streams { stream.end() }
  }
}

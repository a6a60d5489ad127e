import CMicrohttpd

/// From a reply to what the library sends.
extension Reception {
  func reply(_ reply: Reply, _ request: Request, _ wire: OpaquePointer) -> MHD_Result {
    switch reply {
    case .response(let response):
      return queue(response, request, wire)
    case .prepared(let prepared):
      do {
        let (handle, status) = try prepared.choose(for: request, defaults: defaults)
        return queue(handle, status, request, wire)
      } catch {
        return broken(error, request, wire)
      }
    case .later(let dispatch):
      return suspend(request, wire, dispatch)
    case .events(let stream):
      return open(stream, request, wire)
    }
  }

  /// The connection is suspended before anybody hears of it, so that an answer given at once finds it waiting.
  private func suspend(
    _ request: Request, _ wire: OpaquePointer, _ dispatch: @Sendable (Responder) -> Void
  ) -> MHD_Result {
    let suspension = Suspension(wire: Wire(pointer: wire))
    let isOver = waiting.withLock { waiting in
      if !waiting.isOver { waiting.suspensions[request.id] = suspension }
      return waiting.isOver
    }
    if isOver { return queue(stopping(request), request, wire) }
    request.freeze()
    request.connection?.deadline.store(Connection.never, ordering: .relaxed)
    request.course.stage = .waiting(suspension)
    if !suspension.suspend() {
      waiting.withLock { $0.suspensions[request.id] = nil }
      return queue(stopping(request), request, wire)
    }
    dispatch(
      Responder(replying: suspension.answer) { [configuration] in
        configuration.log(.error, "nobody answered \(request.method) \(request.target)")
        suspension.answer(.response(configuration.problem(request, .internalServerError, "nobody answered")))
      })
    return .YES
  }

  private func open(_ stream: EventStream, _ request: Request, _ wire: OpaquePointer) -> MHD_Result {
    if request.method == .head {
      stream.close()
      return queue(Response(status: .ok, headers: EventStream.headers), request, wire)
    }
    let id = request.id
    request.freeze()
    let connection = request.connection!
    guard stream.attach(connection, Wire(pointer: wire), now: Clock.milliseconds()) else {
      configuration.log(.error, "an event stream was returned for two requests")
      return queue(configuration.problem(request, .internalServerError, "the stream is taken"), request, wire)
    }
    let isOver = waiting.withLock { waiting in
      if !waiting.isOver { waiting.streams[id] = stream }
      return waiting.isOver
    }
    if isOver || isStopping.load(ordering: .relaxed) { stream.end() }
    do {
      let handle = try ResponseHandle(
        stream, release: { [unowned self] in waiting.withLock { $0.streams[id] = nil } },
        defaults: defaults)
      _ = CMicrohttpd_set_idle_seconds(wire, 0)
      let result = queue(handle, 200, request, wire)
      // queueing gave the connection the deadline of an ordinary answer; a stream keeps its own
      stream.refreshDeadline()
      return result
    } catch {
      return broken(error, request, wire)
    }
  }

  func queue(_ response: Response, _ request: Request, _ wire: OpaquePointer) -> MHD_Result {
    do {
      return queue(try ResponseHandle(response, defaults: defaults), response.status.code, request, wire)
    } catch {
      return broken(error, request, wire)
    }
  }

  /// A response that mustn't be sent is a defect of ours: it is logged, and the client hears no more than that.
  private func broken(_ fault: HeaderFault, _ request: Request, _ wire: OpaquePointer) -> MHD_Result {
    configuration.log(.error, "the response to \(request.method) \(request.target) was not sent: \(fault)")
    let plain = Response.text("\(Status.internalServerError)\n", status: .internalServerError)
    guard let handle = try? ResponseHandle(plain, defaults: defaults) else { return .NO }
    return queue(handle, 500, request, wire)
  }

  private func queue(_ handle: ResponseHandle, _ status: Int, _ request: Request, _ wire: OpaquePointer) -> MHD_Result {
    request.course.stage = .answered
    request.course.status = status
    let allowance = UInt64(handle.size) * 1000 / UInt64(max(1, configuration.minimumRate))
    request.connection?.deadline.store(Clock.milliseconds() + requestDeadline + allowance, ordering: .relaxed)
    if status != 304, request.method != .head { counters.bytesSent.add(handle.size, ordering: .relaxed) }
    return MHD_queue_response(wire, UInt32(status), handle.pointer)
  }
}

internal import Dispatch
internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore
internal import Synchronization

extension Site {
  /// What operators and other programs ask: is it alive, is it ready, what does it offer, how does it do.
  func serviceRoutes(_ table: inout RouteTable) {
    table.operation(
      Operation(method: .get, pattern: "/healthz", summary: "The process answers", audience: .everyone, reads: .none)
    ) { _ in .response(.text("ok\n")) }
    table.operation(
      Operation(
        method: .get, pattern: "/readyz", summary: "The writer answers and the file can be read", audience: .everyone, reads: .none)
    ) { context in .later { context.tellReadiness($0) } }
    table.operation(
      Operation(
        method: .get, pattern: "/openapi.json", summary: "This description", audience: .everyone, reads: .none, gives: .anyObject)
    ) { context in
      .response(Response.json(context.site.description).compressed(for: context.request))
    }
    table.operation(
      Operation(
        method: .get, pattern: "/metrics", summary: "Counters (Prometheus text); for leads, admins and loopback",
        audience: .everyone, reads: .none)
    ) { context in
      let role = context.viewer?.actor.role
      guard context.request.isFromThisMachine || role == .lead || role == .admin else {
        throw Refusal.forbidden(Text("只给值班负责人、管理员和本机看。", "For leads, administrators and this machine only."))
      }
      return .response(context.site.measured)
    }
    table.operation(
      Operation(
        method: .get, pattern: "/api/v1/events", summary: "Server-sent events: one per commit, id and data are its sequence",
        audience: .accounts, reads: .none,
        query: [QueryParameter("since", .integer(-1...9_999_999_999), "the sequence of what is shown; a browser's Last-Event-ID goes before it")])
    ) { context in
      let seen = (context.request.header("Last-Event-ID") ?? context.request.query.first("since")).flatMap(Int64.init)
      return .events(context.site.live.stream(seen: seen, sequence: context.site.store.sequence))
    }
  }

  fileprivate var measured: Response {
    var lines: [String] = []
    func line(_ name: String, _ type: String, _ about: String, _ values: [(String, Int64)]) {
      lines.append("# HELP \(name) \(about)")
      lines.append("# TYPE \(name) \(type)")
      for (labels, value) in values { lines.append("\(name)\(labels) \(value)") }
    }
    line("sanatorium_journal_sequence", "counter", "Sequence of the last committed entry.", [("", store.sequence)])
    line("sanatorium_storage_writable", "gauge", "1 when the last write reached the disk.", [("", store.condition == .writable ? 1 : 0)])
    line("sanatorium_live_readers", "gauge", "Open event streams.", [("", Int64(live.count))])
    if let read = metrics.withLock({ $0 }) {
      let now = read()
      line(
        "http_requests_total", "counter", "Requests answered, by status class.",
        now.answered.enumerated().map { ("{class=\"\($0.offset + 1)xx\"}", Int64($0.element)) })
      line("http_requests_aborted_total", "counter", "Requests that ended without an answer.", [("", Int64(now.aborted))])
      line("http_requests_in_flight", "gauge", "Requests begun and not over.", [("", Int64(now.inFlight))])
      line("http_connections_open", "gauge", "Open connections.", [("", Int64(now.openConnections))])
      line("http_received_bytes_total", "counter", "Body bytes read.", [("", Int64(now.bytesReceived))])
      line("http_sent_bytes_total", "counter", "Body bytes sent.", [("", Int64(now.bytesSent))])
      line("http_cut_off_total", "counter", "Connections closed at a deadline.", [("", Int64(now.cutOff))])
    }
    var response = Response.text(lines.joined(separator: "\n") + "\n")
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    return response
  }
}

extension Context {
  /// Answers once the writer does, or after half a second without it; the server's thread goes on meanwhile. A house that
  /// can only be read isn't ready.
  fileprivate func tellReadiness(_ responder: Responder) {
    let once = Once()
    let tell: @Sendable (Bool) -> Void = { isReady in
      guard once.isFirst() else { return }
      guard isReady else { return responder.answer(.text("the writer does not answer\n", status: .serviceUnavailable)) }
      do {
        let sequence = try site.store.read { _ in site.store.sequence }
        switch site.store.condition {
        case .writable: responder.answer(.text("ready \(sequence)\n"))
        case .full: responder.answer(.text("the disk is full: reading only\n", status: .serviceUnavailable))
        case .failing: responder.answer(.text("the disk fails: reading only\n", status: .serviceUnavailable))
        }
      } catch { responder.answer(problem(error)) }
    }
    site.store.whenWriterAnswers { DispatchQueue.global().async { tell(true) } }
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(500)) { tell(false) }
  }
}

/// Which of two came first.
private final class Once: Sendable {
  private let isTaken = Atomic(false)

  func isFirst() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }
}

internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension OrganizerSite {
  /// What operators and other programs ask: is it alive, is it ready, what does it offer, how does it do.
  func serviceRoutes(_ table: inout RouteTable) {
    table.page(.get, "/", for: .everyone) { _ in .redirect(to: "/reports") }
    table.reply(
      Operation(
        method: .get, pattern: "/healthz", summary: "The process answers", audience: .everyone, gives: "text/plain")
    ) { _ in .response(.text("ok\n")) }
    table.api(
      Operation(
        method: .get, pattern: "/readyz", summary: "The file can be read", audience: .everyone, gives: "text/plain")
    ) { context in
      try context.store.ping()
      return .text("ready\n")
    }
    table.api(
      Operation(method: .get, pattern: "/openapi.json", summary: "This description", audience: .everyone)
    ) { context in
      Response.json(context.site.description).compressed(for: context.request)
    }
    table.api(
      Operation(
        method: .get, pattern: "/metrics", summary: "Counters (Prometheus text); for admins and loopback",
        audience: .everyone, gives: "text/plain")
    ) { context in
      guard context.request.isFromThisMachine || context.session?.account.role == .admin else {
        throw Refusal.forbidden(Text("只给管理员和本机看。", "For administrators and this machine only."))
      }
      return try context.site.measured()
    }
    table.api(
      Operation(
        method: .get, pattern: "/api/v1/organizer",
        summary: "The organizer's name and the public key that checks its receipts", audience: .everyone)
    ) { context in
      context.json(
        .object([
          "name": .string(context.store.name), "publicKey": .string(context.store.publicKey.description),
          "keyId": .string(context.store.publicKey.id),
        ]))
    }
  }

  private func measured() throws -> Response {
    var lines: [String] = []
    func line(_ name: String, _ type: String, _ about: String, _ values: [(String, Int)]) {
      lines.append("# HELP \(name) \(about)")
      lines.append("# TYPE \(name) \(type)")
      for (labels, value) in values { lines.append("\(name)\(labels) \(value)") }
    }
    let counts = try store.counts()
    line("organizer_facilities", "gauge", "Enrolled facilities.", [("", counts.facilities)])
    line("organizer_reports_total", "counter", "Reports taken.", [("", counts.reports)])
    line("organizer_rejections_total", "counter", "Deliveries refused.", [("", counts.rejections)])
    if let read = metrics.withLock({ $0 }) {
      let now = read()
      line(
        "http_requests_total", "counter", "Requests answered, by status class.",
        now.answered.enumerated().map { ("{class=\"\($0.offset + 1)xx\"}", $0.element) })
      line("http_requests_in_flight", "gauge", "Requests begun and not over.", [("", now.inFlight)])
      line("http_connections_open", "gauge", "Open connections.", [("", now.openConnections)])
      line("http_received_bytes_total", "counter", "Body bytes read.", [("", now.bytesReceived)])
      line("http_sent_bytes_total", "counter", "Body bytes sent.", [("", now.bytesSent)])
    }
    var response = Response.text(lines.joined(separator: "\n") + "\n")
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    return response
  }
}

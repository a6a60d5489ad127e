internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func alertRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/alerts", "A batch's alerts of one state; the open ones when none is named", for: .house, reads: .health("alerts"),
      query: [
        QueryParameter("batch", .uuid, "one batch's; when absent the open batch's, and what others have left unresolved"),
        QueryParameter("state", .code(Alert.State.self), "open when absent"),
        QueryParameter("before", .instant, "of resolved ones: the opening of the previous page's last"),
      ], gives: .object(["alerts": .list(Alert.schema)], required: ["alerts"])
    ) { context in
      let asked = context.request.query.first("state") ?? "open"
      guard let state = Alert.State(rawValue: asked) else {
        throw Refusal.invalid("state", "unknown-code", Text("没有“\(asked)”这个状态。", "There is no state “\(asked)”."))
      }
      let before = context.request.query.first("before").flatMap(Int64.init) ?? .max
      return try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        let alerts =
          state == .resolved
          ? try reader.resolvedAlerts(of: batch, before: Instant(milliseconds: before))
          : try reader.alerts(of: batch, state: state) + context.elsewhere(reader, batch, state)
        return .json(
          JSONWriter.wire(
            .object(["alerts": .array(try alerts.map { context.json($0, try reader.participant(of: $0)) })])))
      }
    }
    let answer = Writing(
      "Answer an alert by name", for: .house, decode: { context, _ in try context.id("alert") },
      event: { try $0.acknowledgeAlert($1, $2) })
    table.write("/api/v1/alerts/:alert/acknowledge", answer)
    table.send("/alerts/:alert/acknowledge", answer, reads: .allergies("alerts"), to: { _ in "/alerts" }) { context, form in
      try context.alertsPage(form)
    }
    let resolve = Writing(
      "End an answered alert, with the reason", for: .house, takes: ["reason": .text(200)], required: ["reason"],
      decode: { context, fields in (try context.id("alert"), fields.text("reason", limit: 200) ?? "") },
      event: { try $0.resolveAlert($1.0, reason: $1.1, $2) })
    table.write("/api/v1/alerts/:alert/resolve", resolve)
    table.send("/alerts/:alert/resolve", resolve, reads: .allergies("alerts"), to: { _ in "/alerts" }) { context, form in
      try context.alertsPage(form)
    }
    table.page("/alerts", for: .house, reads: .allergies("alerts")) { .response(try $0.alertsPage(Form())) }
    table.page("/alerts/:alert", for: .house, reads: .allergies("alert", .path("alert"))) { .response(try $0.alarmPage()) }
  }
}

extension Alert {
  static let schema = Schema.object([
    "id": .uuid, "code": .string, "severity": .code(Severity.self), "state": .code(Alert.State.self),
    "participant": .nullable(.uuid), "subject": .uuid, "message": .string, "drill": .boolean, "openedAt": .instant,
    "tier": .nullable(.string), "people": .string, "nextTier": .nullable(.string), "nextAt": .nullable(.instant),
    "acknowledgedBy": .nullable(.string), "acknowledgedAt": .nullable(.instant), "resolvedAt": .nullable(.instant),
    "resolution": .string,
  ])
}

extension Context {
  func json(_ alert: Alert, _ person: Participant?) -> JSON {
    func moment(_ instant: Instant?) -> JSON { instant.map { .int($0.milliseconds) } ?? .null }
    func text(_ words: String?) -> JSON { words.map(JSON.string) ?? .null }
    return .object([
      JSON.Member("id", .string(alert.id.description)), JSON.Member("code", .string(alert.code)),
      JSON.Member("severity", .string(alert.severity.rawValue)), JSON.Member("state", .string(alert.state.rawValue)),
      JSON.Member("participant", text(person?.id.description)), JSON.Member("subject", .string(alert.subject.description)),
      JSON.Member("message", .string(words(alert, person))), JSON.Member("drill", .bool(alert.isDrill)),
      JSON.Member("openedAt", moment(alert.openedAt)), JSON.Member("tier", text(alert.tier?.rawValue)),
      JSON.Member("people", .string(alert.people)), JSON.Member("nextTier", text(alert.nextTier?.rawValue)),
      JSON.Member("nextAt", moment(alert.nextAt)), JSON.Member("acknowledgedBy", text(alert.acknowledgedBy)),
      JSON.Member("acknowledgedAt", moment(alert.acknowledgedAt)), JSON.Member("resolvedAt", moment(alert.resolvedAt)),
      JSON.Member("resolution", .string(alert.tellsHealth && !actor.mayReadHealth ? "" : alert.resolution)),
    ])
  }

  /// An alert's words; who may not read health data learns whom it concerns and that somebody is needed.
  func words(_ alert: Alert, _ person: Participant?, marksDrill: Bool = true) -> String {
    words(alert, name: person?.name, room: person?.room ?? "", marksDrill: marksDrill)
  }

  /// - Parameters:
  ///   - room: empty where it stands beside the words.
  ///   - marksDrill: false where a mark beside the words says that it is one.
  func words(_ alert: Alert, name: String?, room: String, marksDrill: Bool = true) -> String {
    let drill = marksDrill && alert.isDrill && alert.code != "plan-started" ? say("【演练】", "[Drill] ") : ""
    guard alert.tellsHealth, !actor.mayReadHealth else { return drill + alert.message(language) }
    // What the plan asks for, but not why: two alerts about one person must not look the same.
    let what =
      switch alert.code {
      case "health": Text("健康警报，请医护去看", "health alert, a medic is needed")
      case "plan-started": Text("突发疾病预案启动了", "the acute illness plan has started")
      case "plan-level": Text("突发疾病预案改了级别", "the acute illness plan has another level")
      case "plan-raise": Text("突发疾病预案要不要升级", "raise the acute illness plan?")
      case let code where code.hasPrefix("plan-step"): Text("突发疾病预案有一步超时", "a step of the acute illness plan is late")
      case let code where code.hasPrefix("plan-proposed"): Text("要不要启动突发疾病预案", "start the acute illness plan?")
      case let code where code.hasPrefix("plan-"): Text("突发疾病预案", "acute illness plan")
      default: Text("有一项健康要求不再满足，由医护处理", "a health rule no longer holds, for the medical staff")
      }
    // About several at once, or about a guest of another batch: nobody's name, and no more of the words for it.
    guard let name else { return drill + say(what.chinese, what.english.prefix(1).uppercased() + what.english.dropFirst()) }
    let room = room.isEmpty ? "" : say("，\(room) 房", ", room \(room)")
    return drill + say("\(name)\(room)：\(what.chinese)", "\(name)\(room): \(what.english)")
  }

  /// Where an alert leads: the person to check, the plan, the incident.
  func target(_ alert: Alert, _ person: Participant?) -> String? {
    if alert.code.hasPrefix("plan-") { return "/activations/\(alert.subject)" }
    if alert.code == "incident" || alert.code.hasPrefix("report-") || alert.code == "command-offered" {
      return "/incidents/\(alert.subject)"
    }
    if alert.code == "round-overdue" { return actor.mayReadHealth ? "/rounds" : nil }
    if alert.code == "hand-over-late" { return "/hand-overs/\(alert.subject)" }
    return person.map { "/participants/\($0.id)" }
  }
}

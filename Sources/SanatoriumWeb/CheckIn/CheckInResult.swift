internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// What to do now after a check that asks for it, who is told, and the plan that runs.
  func checkInResultPage() throws -> Response {
    let id = try id("participant")
    let (person, check, alert, assessment, activation, plan) = try site.store.read { reader in
      let person = try reader.participant(id)
      let batch = try reader.batch(of: person)
      let check = try reader.checkIns(of: person, limit: 1).first
      let health = try reader.packs(of: batch)?.health
      let assessment = try check.flatMap { check in
        try health.map {
          try person.assess(CheckInDraft(participant: id, readings: check.readings, symptoms: check.symptoms), $0)
        }
      }
      let alert = try reader.alerts(about: person).first { $0.code == "health" && $0.state != .resolved }
      let activation = try reader.openActivations(of: batch).last { activation in
        try !activation.isDrill && reader.participant(of: activation)?.id == id
      }
      return (person, check, alert, assessment, activation, try activation.map { try reader.plan(of: $0) })
    }
    guard let check, let assessment else { return .redirect(to: "/participants/\(id)/check-in") }
    let room = person.room.isEmpty ? "" : say("\(person.room) 房", "Room \(person.room)")
    let frame = page(
      Text(verbatim: person.name), .rounds, detail: room, back: (Text("回到巡查", "Back to the round"), "/rounds"),
      keepsBar: true)
    return html { h in
      h.page(frame) {
      } top: {
        notices(h)
        if let allergy = person.allergy { h.banner(.bad, .critical, say("过敏：", "Allergic to: ") + allergy) }
      } main: {
        h.section(say("现在要做的", "What to do now"), "sheet stack") {
          h.div("row") {
            h.score(Score(check.points), large: true)
            h.p("l") { h.b(assessment.action(language)) }
          }
          for finding in assessment.findings {
            h.p { h.mark(finding.severity.boardState, finding.message(language)) }
          }
          h.p("m s", why(assessment))
          if (check.severity ?? .notice) >= .critical { h.call("120", words: say("打 120", "Call 120"), kind: .warning, full: true) }
        }
        if let activation, let plan {
          h.section(plan.name(language), "sheet stack") {
            h.mark(
              .critical,
              activation.state == .proposed
                ? say("要不要启动这个预案？等您决定", "Start this plan? It waits for a decision")
                : say("预案已启动\(activation.level.name.chinese)", "The plan runs at \(activation.level.name.english)"))
            h.linkButton(
              activation.state == .proposed ? say("去决定", "Decide") : say("看步骤", "Open the steps"),
              "/activations/\(activation.id)", large: true, full: true)
          }
        }
        if let alert {
          h.section(say("已经告诉", "Who is told"), "sheet stack") {
            h.p(alert.isNobodys ? say("没有人值班，请自己叫人", "Nobody is on duty: call somebody yourself") : alert.people)
            if let next = alert.nextTier, let at = alert.nextAt, alert.state == .open {
              h.p("m s", say("没人应答，\(clock(at)) 转 \(next.label.chinese)", "Unanswered, it goes to the \(next.label.english) at \(clock(at))"))
            }
            if alert.state == .open {
              h.act(say("我来处理", "I deal with it"), "/alerts/\(alert.id)/acknowledge", key: formKey, .other, full: true)
            }
          }
        }
        h.div("sheet stack") {
          if let due = person.dueAt { h.p(say("下次检查：\(moment(due))", "Next check: \(moment(due))")) }
          h.linkButton(say("再测一次", "Measure again"), "/participants/\(id)/check-in", .other, full: true)
          h.linkButton(say("接着查下一位", "Next person"), "/rounds", .other, full: true)
        }
      }
    }
  }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// What other batches have left open, unless one batch was asked for.
  func elsewhere(_ reader: Reader, _ batch: Batch, _ state: Alert.State) throws -> [Alert] {
    request.query.first("batch") == nil ? try reader.alerts(besides: batch, state: state) : []
  }

  /// The alerts: unanswered ones first and gravest first, then those somebody works on.
  func alertsPage(_ form: Form) throws -> Response {
    let (open, answered, running) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      func all(_ state: Alert.State) throws -> [Alert] { try reader.alerts(of: batch, state: state) + elsewhere(reader, batch, state) }
      func with(_ alerts: [Alert]) throws -> [(Alert, Participant?)] {
        try alerts.map { ($0, try reader.participant(of: $0)) }
      }
      return (
        try with(all(.open).sorted { $0.comesBefore($1) }), try with(all(.acknowledged)),
        try emergencies(reader, batch)
      )
    }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("警报", "Alerts"), .alerts, layout: .desk, live: true)) {
      } top: {
        notices(h)
        show(h, running)
        h.returning(form, to: ownAddress)
      } main: {
        if open.isEmpty && answered.isEmpty {
          h.empty(say("没有警报", "No alerts"), say("有人逾期、病情变化、没回来，会出现在这里。", "Overdue checks, changes and absences appear here."), icon: .done)
        }
        let (real, drills) = (open.filter { !$0.0.isDrill }.events(\.0), open.filter(\.0.isDrill).events(\.0))
        if !real.isEmpty {
          h.listHead(say("没人应答", "Unanswered"), count: real.count, tone: .bad)
          h.list { for event in real { openEvent(h, event, running) } }
        }
        if !answered.isEmpty {
          h.listHead(say("有人在处理", "Being dealt with"), count: answered.count)
          h.list { for (alert, person) in answered { answeredAlert(h, alert, person) } }
        }
        if !drills.isEmpty {
          h.listHead(say("演练里没人应答的", "Unanswered in drills"), count: drills.count)
          h.list { for event in drills { openEvent(h, event, running) } }
        }
      }
    }
  }

  /// The gravest alert of an event as a card; the others of the same plan are folded under it, each with its own answer.
  private func openEvent(_ h: HTML, _ event: AlertEvent<(Alert, Participant?)>, _ running: [ActivationView]) {
    let (alert, person) = event.first
    let count = event.rest.count
    let plan = running.first { $0.activation.id == alert.subject }
    h.item(alert.isDrill ? .mute : alert.severity >= .urgent ? .bad : .late, id: "a-\(alert.id)", drill: alert.isDrill) {
      h.div("row") {
        gravity(h, alert)
        if let plan, count > 0 { h.b(say("\(plan.plan.name.chinese)，\(count + 1) 条警报", "\(plan.plan.name.english), \(count + 1) alerts")) }
        h.span("end m s") {
          h.text("\(moment(alert.openedAt))·")
          h.clock(.age, at: alert.openedAt.milliseconds, now: site.store.now.milliseconds)
        }
      }
      openAlert(h, alert, person ?? plan?.person)
      if count > 0 {
        h.fold(say("同一个预案还有 \(count) 条", "\(count) more of the same plan"), id: "e-\(alert.id)") {
          h.list {
            for (each, person) in event.rest {
              h.item {
                h.p {
                  gravity(h, each)
                  h.text(" \(findings(each, person ?? plan?.person).joined(separator: say("；", "; ")))")
                }
                h.p("m s", waiting(each))
                h.act(say("这一条我去处理", "I see to this one"), "/alerts/\(each.id)/acknowledge", key: formKey, icon: .tick)
              }
            }
          }
        }
      }
    }
  }

  private func openAlert(_ h: HTML, _ alert: Alert, _ person: Participant?) {
    advice(h, alert, person)
    h.p("m s", waiting(alert))
    h.div("row") {
      h.act(say("我去处理", "I am going"), "/alerts/\(alert.id)/acknowledge", key: formKey, .main, icon: .tick)
      look(h, alert, person)
      if asksFor120(alert) {
        if alert.isDrill { h.b(saysInsteadOf120) } else { h.call("120", words: say("打 120", "Call 120"), kind: .warning) }
      }
      if alert.severity == .critical {
        h.linkButton(say("全屏", "Full screen"), "/alerts/\(alert.id)", .other)
      }
    }
  }

  private func answeredAlert(_ h: HTML, _ alert: Alert, _ person: Participant?) {
    h.item {
      h.div("row") {
        gravity(h, alert)
        h.span("end m s", alert.acknowledgedAt.map { "\(alert.acknowledgedBy ?? "") \(moment($0))" } ?? "")
      }
      advice(h, alert, person)
      look(h, alert, person)
      h.fold(say("结束这个警报", "End this alert"), id: "r-\(alert.id)") {
        h.form("/alerts/\(alert.id)/resolve", key: formKey) {
          h.field(say("怎么处理的", "What was done"), "reason", maxLength: 200)
          h.button(say("记下，结束警报", "Record and end the alert"), .other)
        }
      }
    }
  }

  /// Who and where, what happened, and then line by line what to do.
  private func advice(_ h: HTML, _ alert: Alert, _ person: Participant?) {
    if let person {
      h.div("row") {
        h.b("l", person.name)
        if !person.room.isEmpty { h.b("nw", say("\(person.room) 房", "Room \(person.room)")) }
        if let allergy = person.allergy { h.tag(say("过敏 ", "Allergy: ") + allergy, .bad, icon: .critical) }
      }
    }
    let lines = findings(alert, person)
    h.p { h.b(lines[0]) }
    if lines.count > 1 { h.bullets(Array(lines.dropFirst())) }
  }

  /// The alarm itself: where, who, what to do, who has not answered.
  func alarm(
    _ h: HTML, _ alert: Alert, _ person: Participant?, _ escort: Escort?, count: String? = nil, sounds: Bool = false, hand: () -> Void
  ) {
    let isScored = actor.mayReadHealth && alert.isScored(person)
    h.alarm(
      kind: alert.isDrill ? say("这是演练", "This is a drill") : alert.severity.label(language), time: clock(alert.openedAt), count: count, sounds: sounds,
      drill: alert.isDrill,
      score: isScored ? person.map(\.lastScore) : nil,
      room: person.map { $0.room.isEmpty ? "–" : $0.room } ?? "", way: escort.map { say("包组 ", "Escort ") + $0.name } ?? "",
      name: person?.name ?? words(alert, person), todo: todo(alert, person),
      facts: person?.allergy.map { [say("过敏：", "Allergic to: ") + $0] } ?? [],
      far: say("在手机上按“我去处理”", "Answer on your phone")
    ) {
      h.p("row base") {
        h.clock(.elapsed, at: alert.openedAt.milliseconds, now: site.store.now.milliseconds, size: "xxl")
        h.span("l", say("没人应答", "No answer"))
      }
      h.p("m", waiting(alert))
    } hand: {
      hand()
    }
  }

  /// What the full screen says to do: the gravest findings without the name, and when to call 120. More than fits would
  /// push away who has not answered.
  func todo(_ alert: Alert, _ person: Participant?) -> [String] {
    guard let person else { return alert.isDrill && asksFor120(alert) ? [saysInsteadOf120] : [] }
    var all = findings(alert, person)
    // Whom to call comes before why; the others stay in their order, as one may go on from the one before.
    if let call = all.firstIndex(where: { $0.contains("120") }) { all.insert(all.remove(at: call), at: 0) }
    var lines = Array(all.prefix(4))
    if all.count > lines.count {
      lines.append(say("还有 \(all.count - lines.count) 条，看手机", "\(all.count - lines.count) more on the phones"))
    }
    if asksFor120(alert), alert.isDrill {
      lines.insert(saysInsteadOf120, at: 0)
    } else if asksFor120(alert), !lines.contains(where: { $0.contains("120") }) {
      lines.insert(say("叫不醒、喘不上气、胸痛、嘴歪手无力：马上打 120", "Unrousable, breathless, chest pain, crooked mouth or weak arm: call 120 at once"), at: 0)
    }
    return lines
  }

  /// An alert's words finding by finding.
  func lines(of words: String) -> [String] {
    words.split { $0 == "；" || $0 == ";" }.map { String($0.drop(while: \.isWhitespace)) }
  }

  /// Somebody may need an ambulance: nothing delays the call.
  func asksFor120(_ alert: Alert) -> Bool {
    alert.severity == .critical && (alert.code == "health" || alert.code == "incident" || alert.code.hasPrefix("plan-"))
  }

  /// To what the alert is about.
  private func look(_ h: HTML, _ alert: Alert, _ person: Participant?) {
    if let target = target(alert, person) { h.linkButton(say("看情况", "Look at it"), target, .other) }
  }

  /// Who has not answered, and who is next.
  private func waiting(_ alert: Alert) -> String {
    if alert.isNobodys { return say("现在没有人值班：谁看见谁处理", "Nobody is on duty: whoever sees it deals with it") }
    var parts: [String] = []
    if !alert.people.isEmpty { parts.append(say("\(alert.people) 没应答", "\(alert.people) not answered")) }
    if let next = alert.nextTier, let at = alert.nextAt {
      parts.append(say("\(clock(at)) 转 \(next.label.chinese)", "\(next.label.english) at \(clock(at))"))
    }
    return parts.joined(separator: say("，", ", "))
  }

  /// One alert over the whole screen, for a critical one that must be heard and answered.
  func alarmPage() throws -> Response {
    let id = try id("alert")
    let (alert, person, escort) = try site.store.read { reader in
      let alert = try reader.alert(id)
      let person = try reader.participant(of: alert)
      return (alert, person, try person.flatMap { try reader.escort(of: $0) })
    }
    guard alert.state == .open else { return .redirect(to: target(alert, person) ?? "/alerts") }
    if let person { saw("alert", of: person.id) }
    var frame = page(Text("警报", "Alarm"), .alerts, layout: .alarm, live: true)
    frame.heading = nil
    frame.tabs = []
    return html { h in
      h.page(frame) {
      } main: {
        alarm(h, alert, person, escort) {
          h.act(
            say("我去处理", "I am going"), "/alerts/\(alert.id)/acknowledge", key: formKey, .main, full: true, large: true)
          if !alert.isDrill { h.call("120", words: say("打 120", "Call 120"), full: true) }
          h.linkButton(say("回到警报", "All alerts"), "/alerts", .other, large: true, full: true)
        }
      }
    }
  }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Every rule of a gate: what stops it first, each with its clause, what is missing and where to record it.
  func gatePage() throws -> Response {
    let (batch, regulation, gate) = try gateResults()
    let names = try site.store.read { reader in
      Dictionary(uniqueKeysWithValues: try reader.participants(of: batch).map { ($0.id, $0.name) })
    }
    let decides = actor.role == .lead || actor.role == .organizer
    let blocking = gate.blocking.count
    let opens = gate.gate == .open && batch.state == .planned && decides
    return html { h in
      h.page(
        page(
          Text("\(gate.gate.name.chinese)核对", "\(gate.gate.name.english) checks"), .batch,
          detail: "\(batch.number)·\(regulation.documentNumber ?? regulation.title(language))",
          back: (Text(verbatim: batch.number), "/batches/\(batch.id)"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        summary(h, gate, isSaid: opens)
        if opens {
          h.form("/batches/\(batch.id)/open", key: formKey, "sheet stack") {
            h.p("m s", Text("开班以后，规定、日期和计划人数不能再改。", "Once open, the rules, the dates and the planned number change no more.")(language))
            h.button(
              Text("开班，按现在的规则锁定", "Open the batch and freeze its rules")(language), full: true,
              blocked: blocking == 0 ? nil : Text("还有 \(blocking) 条没满足", "Rules not met: \(blocking)")(language))
          }
        }
        if gate.gate == .close, batch.state == .open, decides {
          h.div("sheet stack") {
            h.linkButton(Text("结束这一批", "Close the batch")(language), "/batches/\(batch.id)/close", full: true)
          }
        }
        results(h, gate, batch, names, back: "/batches/\(batch.id)/gates/\(gate.gate.rawValue)")
      }
    }
  }

  /// What keeps one person from being admitted.
  func arrivalGatePage() throws -> Response {
    let (person, gate) = try arrivalResults()
    let batch = try site.store.read { try $0.batch(of: person) }
    return html { h in
      h.page(
        page(
          Text("报到核对", "Arrival checks"), .people, detail: person.name,
          back: (Text(verbatim: person.name), "/participants/\(person.id)"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        summary(h, gate, isSaid: false)
        h.div("pad") {
          h.a(
            "/participants/\(person.id)/facts", "link",
            text: Text("这个人的全部事项", "All facts of this person")(language))
        }
        results(h, gate, batch, [person.id: person.name], back: "/participants/\(person.id)/gates/arrival")
      }
    }
  }

  /// `isSaid` where the button below says how many rules stand in the way.
  private func summary(_ h: HTML, _ gate: GateResults, isSaid: Bool) {
    let blocking = gate.blocking.count
    // Nothing was looked at: that is no assurance.
    guard !gate.results.isEmpty else {
      return h.note(.mute, Text("这一步还没有可核对的人，报到后再看", "Nobody to check here yet: look again after the arrivals")(language))
    }
    h.div("sheet stack") { figures(h, gate) }
    if blocking == 0 {
      h.note(.ok, Text("没有挡住的规定", "Nothing stands in the way")(language))
    } else if !isSaid {
      h.note(.bad, Text("还有 \(blocking) 条没满足", "Rules not met: \(blocking)")(language))
    }
  }

  private func figures(_ h: HTML, _ gate: GateResults) {
    let results = gate.results
    h.figures {
      h.figure(
        String(results.count { $0.outcome == .fail }), Text("不通过", "failed")(language),
        tone: results.contains { $0.outcome == .fail } ? .bad : nil)
      h.figure(
        String(results.count { $0.outcome == .unknown }), Text("不明", "unknown")(language),
        tone: results.contains { $0.outcome == .unknown } ? .late : nil)
      let accepted = results.count { gate.departure(for: $0) != nil }
      if accepted > 0 { h.figure(String(accepted), Text("说明放行", "accepted")(language)) }
      h.figure(String(results.count { $0.outcome == .pass }), Text("通过", "passed")(language))
    }
  }

  private func results(
    _ h: HTML, _ gate: GateResults, _ batch: Batch, _ names: [ID: String], back: String
  ) {
    let blocking = Set(gate.blocking)
    let rest = gate.results.filter { !blocking.contains($0) }
    let open = rest.filter { $0.outcome != .pass }
    let passed = rest.filter { $0.outcome == .pass }
    if !blocking.isEmpty {
      h.listHead(Text("挡住的", "In the way")(language), tone: .bad)
      rows(h, gate.results.filter(blocking.contains), gate, batch, names, back, true)
    }
    if !open.isEmpty {
      h.listHead(Text("记着的", "Noted")(language), count: open.count)
      rows(h, open, gate, batch, names, back, false)
    }
    if !passed.isEmpty {
      h.fold(Text("通过 \(passed.count) 条", "\(passed.count) passed")(language), state: .passed) {
        rows(h, passed, gate, batch, names, back, false)
      }
    }
  }

  /// Rule by rule; what is the same for many people is said once, with their names behind a fold.
  private func rows(
    _ h: HTML, _ results: [RuleResult], _ gate: GateResults, _ batch: Batch, _ names: [ID: String], _ back: String,
    _ blocks: Bool
  ) {
    var rules: [String] = []
    for one in results where !rules.contains(one.rule) { rules.append(one.rule) }
    h.list {
      for rule in rules {
        let same = results.filter { $0.rule == rule }
        if same.count > 3, same.allSatisfy({ $0.participant != nil }) {
          many(h, same, gate, names, blocks)
        } else {
          for one in same { result(h, one, gate, batch, names, back, blocks) }
        }
      }
    }
  }

  private func many(_ h: HTML, _ same: [RuleResult], _ gate: GateResults, _ names: [ID: String], _ blocks: Bool) {
    let first = same[0]
    h.item(blocks ? .late : nil) {
      h.div("row") {
        h.b(first.title(language))
        h.tag(first.force.name(language), first.force == .hard ? .due : .mute)
      }
      h.clause("\(first.rule)·\(article(first.article))", quote: first.quote, quoteLang: "zh-CN")
      for outcome in [Outcome.fail, .unknown, .pass] {
        let people = same.filter { $0.outcome == outcome }
        if !people.isEmpty {
          let state: State = outcome == .pass ? .passed : outcome == .fail ? .failed : .unknown
          h.fold(
            Text("\(people.count) 人\(state.word(english: false))", "\(people.count): \(state.word(english: true))")(language), state: state,
            id: "\(first.rule)-\(state)"
          ) {
            h.list {
              for one in people {
                if let person = one.participant {
                  h.linkRow(
                    names[person] ?? "", target: "/participants/\(person)/gates/arrival",
                    state: gate.departure(for: one) == nil ? state : .accepted, facts: [one.message(for: actor)(language)])
                }
              }
            }
          }
        }
      }
    }
  }

  private func result(
    _ h: HTML, _ one: RuleResult, _ gate: GateResults, _ batch: Batch, _ names: [ID: String], _ back: String,
    _ blocks: Bool
  ) {
    let departure = gate.departure(for: one)
    h.item(blocks ? (one.outcome == .fail ? .bad : .late) : nil) {
      h.div("row") {
        h.mark(departure != nil ? .accepted : one.outcome == .pass ? .passed : one.outcome == .fail ? .failed : .unknown)
        h.b(one.title(language))
        if let name = one.participant.flatMap({ names[$0] }) { h.span("m", name) }
        h.tag(one.force.name(language), one.force == .hard ? .due : .mute)
      }
      h.clause("\(one.rule)·\(article(one.article))", quote: one.quote, quoteLang: "zh-CN")
      h.p(one.message(for: actor)(language))
      if let warning = one.warning, !one.tellsHealth || actor.mayReadHealth { h.p("m s", warning(language)) }
      if let departure {
        let isKept = one.tellsHealth && !actor.mayReadHealth
        let reason = isKept ? Text("理由由医护掌握", "the medical staff know why") : Text(verbatim: departure.reason)
        h.p(
          "m",
          Text("\(departure.person) 接受：“\(reason.chinese)”", "\(departure.person) accepted: “\(reason.english)”")(language))
      }
      if one.outcome != .pass { repairs(h, one, batch, back, mayAccept: departure == nil) }
    }
  }

  /// Where to record what is missing or wrong, and how to depart from a soft rule.
  private func repairs(_ h: HTML, _ one: RuleResult, _ batch: Batch, _ back: String, mayAccept: Bool) {
    let returning = percentEncoded(back)
    var keys: [FactKey] = []
    for key in one.missing + one.findings.filter({ $0.outcome != .pass }).compactMap(\.key) where !keys.contains(key) {
      keys.append(key)
    }
    h.div("row tight") {
      // Who does what is one table, whatever number of its facts is missing.
      if keys.contains(where: ServiceGroups.keys.contains) {
        h.linkButton(say("填服务小组和责任表", "Service groups, responsibilities"), "/batches/\(batch.id)/service-groups?back=\(returning)", .other)
      }
      if keys.contains(.kit) {
        h.linkButton(say("去药箱清单", "To the kit's list"), "/batches/\(batch.id)/kit", .other)
      }
      for definition in keys.compactMap({ FactCatalogue[$0] })
      where !ServiceGroups.keys.contains(definition.key) && definition.key != .kit {
        let owner: FactOwner? =
          definition.scope == .batch ? .batch(batch.id) : one.participant.map { .participant($0) }
        if let owner {
          if definition.admits(actor) {
            h.linkButton(
              Text("记“\(definition.label.chinese)”", "Record: \(definition.label.english)")(language),
              "\(path(of: owner))/facts/\(definition.key.rawValue)?back=\(returning)", .other)
          } else {
            let chinese = definition.roles.map(\.name.chinese).joined(separator: "、")
            let english = definition.roles.map(\.name.english).joined(separator: ", ")
            h.span("m s", Text("等\(chinese)记“\(definition.label.chinese)”", "\(definition.label.english): to be recorded by \(english)")(language))
          }
        }
      }
      if keys.contains(.escorts) || keys.contains(.medicalEscorts) || keys.contains(.medicalLicence) {
        if Audience.planners.admits(actor) {
          h.linkButton(Text("登记随队人员", "Escorts")(language), "/escorts?batch=\(batch.id)", .other)
        } else {
          let lead = Role.lead.name, organizer = Role.organizer.name
          h.span(
            "m s",
            Text("等\(lead.chinese)、\(organizer.chinese)登记随队人员", "Escorts: to be recorded by \(lead.english), \(organizer.english)")(language))
        }
      }
      if keys.contains(.firstDay) || keys.contains(.lastDay) || keys.contains(.plannedParticipants),
        batch.state == .planned, Audience.deciders.admits(actor)
      {
        h.linkButton(Text("改计划", "Change the plan")(language), "/batches/\(batch.id)/change", .other)
      }
      if mayAccept, one.force == .soft, one.gate.stops, actor.role == .lead || actor.role == .organizer {
        let person = one.participant.map { "&participant=\($0)" } ?? ""
        h.linkButton(
          Text("说明理由并放行", "Accept with a reason")(language),
          "/batches/\(batch.id)/departures?rule=\(one.rule)&gate=\(one.gate.rawValue)\(person)&back=\(returning)", .other)
      }
    }
  }

  /// The form for departing from a soft rule.
  func ruleDeparturePage(_ form: Form, _ status: Status = .ok) throws -> Response {
    let id = try self.id("batch")
    let asked = { (name: String) in self.request.query.first(name) ?? form.values?.filled(name) }
    let (batch, regulation) = try site.store.read { reader in
      let batch = try reader.batch(id)
      return (batch, try self.regulation(of: batch, reader))
    }
    guard let rule = asked("rule").flatMap({ regulation.rule($0) }) else {
      throw Refusal.notFound(Text("没有这条规定。", "There is no such rule."))
    }
    let back = ownPath(asked("back")) ?? "/batches/\(id)/gates/\(asked("gate") ?? "open")"
    return html(status) { h in
      h.page(
        page(Text("说明放行", "Accept a departure"), .batch, detail: batch.number, back: (Text("返回", "Back"), back))
      ) {
      } top: {
        notices(h)
      } main: {
        h.section(rule.title(language)) {
          h.clause("\(rule.id)·\(article(rule.article))", quote: rule.quote, quoteLang: "zh-CN")
          h.form("/batches/\(id)/departures", form, key: formKey) {
            for name in ["rule", "gate", "participant"] { if let value = asked(name) { h.hiddenField(name, value) } }
            h.hiddenField("back", back)
            h.area(Text("为什么不能照办", "Why it can't be followed")(language), "reason", rows: 3, maxLength: 500)
            h.field(Text("由谁决定", "Who decided")(language), "person", value: actor.name, maxLength: 60)
            h.p("m s", Text("理由和姓名会写进完成情况报告。", "Reason and name go into the completion report.")(language))
            h.button(Text("说明理由并放行", "Accept with this reason")(language), full: true)
          }
        }
      }
    }
  }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// What is away, what is planned, what is over.
  func outingsPage() throws -> Response {
    let (outings, forecasts) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (try reader.outings(of: batch), try reader.forecasts(of: batch, at: site.store.now))
    }
    let short = Dictionary(forecasts.compactMap { one in shortage(one.forecast).map { (one.outing.id, $0) } }) { first, _ in first }
    let plans = Audience.registrars.admits(actor)
    return html { h in
      h.page(page(Text("外出活动", "Outings"), .people, back: (Text("名单和报到", "People"), "/arrivals"))) {
        if plans { h.iconLink(.plus, say("安排外出", "Plan an outing"), "/outings/new") }
      } top: {
        notices(h)
      } main: {
        if outings.isEmpty {
          h.empty(
            say("还没有外出", "No outings yet"), say("安排好的外出会出现在这里，出发和回来都要点名。", "Planned outings show here; people are counted out and back."),
            icon: .bus, act: plans ? (words: say("安排外出", "Plan an outing"), target: "/outings/new") : nil)
        }
        part(h, say("在外面", "Away"), outings.filter { $0.state == .away }, .due)
        part(h, say("计划中", "Planned"), outings.filter { $0.state == .planned }, nil, short)
        part(h, say("结束了", "Over"), outings.filter { $0.state == .returned || $0.state == .cancelled }.reversed(), nil)
      }
    }
  }

  private func part(_ h: HTML, _ words: String, _ outings: [Outing], _ tone: Tone?, _ short: [ID: String] = [:]) {
    guard !outings.isEmpty else { return }
    h.listHead(words, count: outings.count, tone: tone)
    h.list {
      for outing in outings {
        h.linkRow(
          outing.destination, target: "/outings/\(outing.id)", state: outing.mark, stateWords: outing.words(language),
          facts: [
            outing.activity.name(language), span(outing.leavesAt, outing.returnsAt),
            outing.vehicle, short[outing.id] ?? "",
          ].filter { !$0.isEmpty }, rail: outing.isOverdue || short[outing.id] != nil ? .late : nil)
      }
    }
  }

  /// One outing: who, counted when, and what can be done now.
  func outingPage(_ form: Form = Form()) throws -> Response {
    let id = try id("outing")
    let (outing, members, counts, missing, forecast) = try site.store.read { reader in
      let outing = try reader.outing(id)
      return (
        outing, try reader.members(of: outing), try reader.headcounts(of: outing), try reader.missing(on: outing),
        try reader.forecast(of: outing, at: site.store.now)
      )
    }
    let stillMissing = missing.filter { person in members.going.contains { $0.id == person.id } }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text(outing.destination, outing.destination), .people,
          detail: "\(span(outing.leavesAt, outing.returnsAt))·\(members.went.count)\(say(" 人", " people"))",
          back: (Text("外出活动", "Outings"), "/outings"))
      ) {
        h.iconLink(.print, say("打印名单", "List for paper"), "/sheets/outings/\(id)")
        h.mark(outing.mark, outing.words(language))
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
        if !stillMissing.isEmpty {
          h.banner(
            .bad, .critical,
            say("缺 \(stillMissing.count) 人：", "\(stillMissing.count) missing: ")
              + stillMissing.map(\.name).joined(separator: say("、", ", ")))
        }
      } main: {
        if let forecast, let lack = shortage(forecast) { h.banner(.late, .late, lack) }
        outingActs(h, outing)
        if let forecast {
          h.section(say("出发以后的人员配备", "Coverage once it leaves")) { forecastLines(h, forecast) }
        }
        memberSection(h, outing, members)
        if !counts.isEmpty { countSection(h, counts) }
        outingFacts(h, outing)
      }
    }
  }

  private func outingActs(_ h: HTML, _ outing: Outing) {
    let path = "/outings/\(outing.id)"
    guard Audience.carers.admits(actor) else { return }
    let registers = Audience.registrars.admits(actor)
    switch outing.state {
    case .planned:
      h.el("section", .class("sheet stack"), .label(say("现在", "Now"))) {
        h.linkButton(say("点名出发", "Count and leave"), "\(path)/leaving", icon: .bus, large: true, full: true)
        if registers {
          h.div("row") { h.linkButton(say("改计划", "Change the plan"), "\(path)/plan", .other, icon: .note, grow: true) }
          h.fold(say("取消这次外出", "Call it off")) {
            h.form("\(path)/cancellation", key: formKey) {
              h.field(say("原因", "Reason"), "reason", maxLength: 500)
              h.button(say("取消这次外出", "Call it off"), .warning, full: true)
            }
          }
        }
      }
    case .away:
      h.el("section", .class("sheet stack"), .label(say("现在", "Now"))) {
        h.linkButton(say("点名回来", "Count and return"), "\(path)/return", icon: .home, large: true, full: true)
        h.linkButton(say("途中点名", "Count on site"), "\(path)/headcounts", .other, icon: .people, full: true)
        h.fold(say("晚点回来", "Back later")) {
          h.form("\(path)/delay", key: formKey) {
            h.field(
              say("现在说好几点回来", "Now back at"), "returnsAt", .dateTime,
              value: input(max(outing.returnsAt, site.store.now) + .minutes(30)))
            h.button(say("改成这个时间", "Change to this time"), .other, full: true)
          }
        }
      }
    case .returned, .cancelled: break
    }
  }

  private func memberSection(_ h: HTML, _ outing: Outing, _ members: OutingMembers) {
    h.listHead(say("参加的人", "Participants"), count: members.participants.count)
    for (person, state) in members.participants {
      h.fold(
        person.room.isEmpty ? person.name : "\(person.name) \(person.room)", tag: person.allergy.map { .allergy(say("过敏 ", "Allergy: ") + $0) },
        mark: (state.mark, state.name(language), state == .transferred ? .hospital : nil)
      ) {
        h.div("pad row") {
          memberActs(h, outing, person, state)
          h.linkButton(say("看资料", "Open the person"), "/participants/\(person.id)", .other, icon: .person)
        }
      }
    }
    h.listHead(say("带队的人", "Escorts"), count: members.escorts.count)
    h.list {
      for (escort, state) in members.escorts {
        h.item {
          h.div("row") {
            h.b(escort.name)
            h.span("m s", "\(escort.kind.name(language))·\(escort.side.name(language))")
            h.span("end row") {
              h.mark(state.mark, state.name(language))
              h.call(escort.telephone, words: say("打电话", "Call"))
            }
          }
        }
      }
    }
  }

  private func memberActs(_ h: HTML, _ outing: Outing, _ person: Participant, _ state: OutingMemberState) {
    guard Audience.carers.admits(actor) else { return }
    let path = "/outings/\(outing.id)"
    let field = [(name: "participant", value: person.id.description)]
    switch (outing.state, state) {
    case (.planned, .planned):
      h.act(say("不去了", "Does not go"), "\(path)/staying", key: formKey, fields: field)
    case (.away, .away), (.returned, .away):
      h.act(say("自己先回来了", "Came back alone"), "\(path)/returning-alone", key: formKey, fields: field)
      h.act(say("其实没去", "Stayed in the house"), "\(path)/staying", key: formKey, fields: field)
      h.linkButton(say("转送医院", "To hospital"), "/participants/\(person.id)/hospital", .warning, icon: .hospital)
    case (.planned, .behind), (.away, .behind):
      h.act(say("还是去", "Goes after all"), "\(path)/joining", key: formKey, fields: field)
    default: break
    }
  }

  private func countSection(_ h: HTML, _ counts: [Headcount]) {
    h.section(say("点名", "Headcounts")) {
      h.timeline {
        for count in counts.reversed() {
          let figure = say("应到 \(count.expected)，点到 \(count.counted)", "\(count.counted) of \(count.expected)")
          h.event(count.matches ? .done : .critical, "\(count.point.name(language))\(colon)\(figure)") {
            h.span("m s", "\(moment(count.at))·\(count.person)")
            if !count.missing.isEmpty { h.p(say("缺：", "Missing: ") + count.missing.joined(separator: say("、", ", "))) }
          }
        }
      }
    }
  }

  private func outingFacts(_ h: HTML, _ outing: Outing) {
    h.section(say("计划", "Plan")) {
      h.facts([
        (say("活动", "Activity"), outing.activity.name(language)),
        (say("车", "Vehicle"), outing.vehicle.isEmpty ? "–" : outing.vehicle),
        (say("出发", "Left"), outing.leftAt.map { moment($0) } ?? say("计划 \(moment(outing.leavesAt))", "planned \(moment(outing.leavesAt))")),
        (say("回来", "Back"), outing.returnedAt.map { moment($0) } ?? say("说好 \(moment(outing.returnsAt))", "planned \(moment(outing.returnsAt))")),
        (say("备注", "Note"), outing.note.isEmpty ? "–" : outing.note),
      ])
    }
  }
}

extension Outing {
  var mark: Pages.State {
    switch state {
    case .planned: .due
    case .away: isOverdue ? .late : .due
    case .returned: .done
    case .cancelled: .notDone
    }
  }

  func words(_ language: Language) -> String {
    isOverdue && state == .away ? Text("没按时回来", "Overdue")(language) : state.name(language)
  }
}

extension OutingMembers {
  /// Everybody who is to go or went, whatever became of it.
  var went: [Participant] { participants.filter { $0.state != .behind }.map(\.person) }
}

extension OutingMemberState {
  var mark: State {
    switch self {
    case .planned: .due
    case .away: .due
    case .behind: .notDone
    case .back: .done
    case .transferred: .notDone
    }
  }
}

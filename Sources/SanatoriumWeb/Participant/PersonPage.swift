internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What the page of one person shows.
struct PersonView {
  let person: Participant
  let batch: Batch
  let escort: Escort?
  let outing: Outing?
  let way: [Whereabouts]
  /// The arrival gate while the person is expected or held.
  let gate: GateResults?
  /// Checks and alerts, for those who may read health data.
  let health: HealthPart?
  /// Plans that run for this person.
  let running: [ActivationView]
}

extension Context {
  /// One person: state, what must not be forgotten, the acts that are possible now, contact, and where they have been.
  func personPage(_ form: Form = Form()) throws -> Response {
    let id = try id("participant")
    let view = try site.store.read { reader in
      let person = try reader.participant(id)
      let asksGate = person.admission == .held || (person.arrivedAt == nil && person.admission.mayStillArrive)
      let batch = try reader.batch(of: person)
      return PersonView(
        person: person, batch: batch, escort: try reader.escort(of: person),
        outing: try reader.outing(of: person), way: try reader.whereabouts(of: person),
        gate: asksGate && batch.state != .planned ? try reader.arrivalGate(of: person, at: site.store.now) : nil,
        health: actor.mayReadHealth ? try HealthPart(reader, person) : nil,
        running: try emergencies(reader, batch).filter { $0.person?.id == id })
    }
    let person = view.person
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text(person.name, person.name), .people, detail: subtitle(person),
          back: (Text("名单和报到", "People"), "/arrivals"), layout: .desk, keepsBar: true)
      ) {
      } top: {
        show(h, view.running)
        notices(h)
        h.returning(form, to: ownAddress)
        if let allergy = person.allergy { h.banner(.bad, .critical, say("过敏：", "Allergic to: ") + allergy) }
      } main: {
        h.div("cols") {
          h.div {
            if view.isUrgent { urgentSection(h, view) } else { stateSection(h, view) }
            if let health = view.health {
              if !view.isUrgent { lastCheck(h, person) }
              alertLines(h, person, health.alerts)
            }
            contactSection(h, view)
          }
          if view.gate != nil || view.health != nil {
            h.div {
              if let gate = view.gate { gateSection(h, view, gate) }
              if let health = view.health { healthPart(h, person, health) }
            }
          }
          h.div {
            if actor.mayReadHealth { healthSection(h, person) }
            identitySection(h, person)
            if !view.way.isEmpty { waySection(h, view.way) }
            if view.isUrgent { stateSection(h, view) }
          }
        }
      }
    }
  }

  private func subtitle(_ person: Participant) -> String {
    var parts: [String] = []
    if person.sex == "male" { parts.append(say("男", "male")) }
    if person.sex == "female" { parts.append(say("女", "female")) }
    if let age = person.birth?.completedYears(on: today) { parts.append(say("\(age) 岁", "\(age) years")) }
    if !person.room.isEmpty { parts.append(say("\(person.room) 房", "room \(person.room)")) }
    return parts.joined(separator: "·")
  }

  private func stateSection(_ h: HTML, _ view: PersonView) {
    let person = view.person
    h.el("section", .class("sheet stack"), .label(say("现在", "Now"))) {
      h.div("row") {
        h.b("l") { h.text(person.place.name(language)) }
        if person.isBackOverdue { h.mark(.late, say("没按时回来", "Not back in time")) }
        h.span("end") { h.tag(person.admission.name(language), person.admission.tone, icon: person.admission.icon) }
      }
      if let line = placeLine(view) { h.p("m", line) }
      if let escort = view.escort { h.p("m", say("包组：", "Escort: ") + escort.name) }
      acts(h, view)
    }
  }

  /// Where exactly, since when, until when.
  private func placeLine(_ view: PersonView) -> String? {
    let person = view.person
    var parts: [String] = []
    if let outing = view.outing { parts.append("“\(outing.destination)”") }
    let note = told(person.placeNote, at: person.place)
    if !note.isEmpty { parts.append(note) }
    if let since = person.placeSince { parts.append(say("\(moment(since)) 起", "since \(moment(since))")) }
    if let back = person.expectedBack { parts.append(say("说好 \(moment(back)) 回来", "back at \(moment(back))")) }
    return parts.isEmpty ? nil : parts.joined(separator: say("，", ", "))
  }

  /// What can be done now, the likeliest first.
  private func acts(_ h: HTML, _ view: PersonView) {
    let person = view.person
    let path = "/participants/\(person.id)"
    func link(_ words: String, _ name: String, _ icon: Icon, _ kind: ButtonKind = .other) {
      h.linkButton(words, "\(path)/\(name)", kind, icon: icon, grow: true)
    }
    let registers = Audience.registrars.admits(actor)
    guard Audience.carers.admits(actor) || actor.role == .organizer else { return }
    switch person.place {
    case .notArrived:
      if registers, person.admission.mayStillArrive, view.batch.state == .open { arrivalForm(h, view) }
      if actor.role != .escort, person.admission == .expected || person.admission == .noShow {
        h.div("row") { link(say("不来住了", "Not coming"), "turn-away", .barred) }
      }
    case .present where Audience.carers.admits(actor):
      h.div("row") {
        if view.batch.state == .open { link(say("请假外出", "Leave"), "leave", .home) }
        link(say("转送医院", "To hospital"), "hospital", .hospital, .warning)
        if registers {
          link(say("换房间", "Room"), "room", .bed)
          link(say("返程", "Departure"), "departure", .logout)
        }
        // A device without network holds the form once, for whomever.
        let about = Context.isCopying ? "" : "?participant=\(person.id)"
        h.linkButton(say("报意外", "Report an incident"), "/incidents/new\(about)", .warning, icon: .siren, grow: true)
      }
    case .leave where Audience.carers.admits(actor):
      h.act(say("回来了，销假", "Back from leave"), "\(path)/leave/return", key: formKey, .main, icon: .done, full: true, large: true)
      h.div("row") {
        link(say("晚点回来", "Back later"), "leave/extension", .due)
        link(say("转送医院", "To hospital"), "hospital", .hospital, .warning)
        if registers { link(say("不回来了，返程", "Departure"), "departure", .logout) }
      }
    case .outing where Audience.carers.admits(actor):
      h.div("row") {
        if let outing = view.outing { h.linkButton(say("看这次外出", "The outing"), "/outings/\(outing.id)", .main, icon: .bus, grow: true) }
        link(say("转送医院", "To hospital"), "hospital", .hospital, .warning)
      }
    case .hospital where Audience.carers.admits(actor):
      h.act(say("出院回来了", "Back from hospital"), "\(path)/hospital/return", key: formKey, .main, icon: .done, full: true, large: true)
      if registers { h.div("row") { link(say("不回来了，返程", "Departure"), "departure", .logout) } }
    default: break
    }
  }

  private func arrivalForm(_ h: HTML, _ view: PersonView) {
    let blocking = view.gate?.blocking ?? []
    h.form("/participants/\(view.person.id)/arrival", key: formKey, id: "arrival") {
      h.field(
        say("房号", "Room"), "room", value: view.person.room.isEmpty ? nil : view.person.room, optional: true,
        maxLength: 20)
      if blocking.isEmpty {
        h.button(say("正式报到", "Admit"), icon: .done, large: true, full: true)
      } else {
        h.p {
          h.b(say("还差 \(blocking.count) 项，不能正式报到。", "\(blocking.count) things are missing for admission. "))
          h.text(say("可以先住下，照常吃住和检查。", "They can stay meanwhile, housed and looked after as everybody."))
        }
        h.button(say("先住下，暂留待核", "Let them stay, held"), icon: .held, large: true, full: true)
      }
    }
  }

  private func gateSection(_ h: HTML, _ view: PersonView, _ gate: GateResults) {
    let blocking = gate.blocking
    let open = gate.results.filter { $0.outcome != .pass && $0.force != .informational }
    let passed = gate.results.filter { $0.outcome == .pass }
    h.el("section", .class("sheet stack"), .id("rules"), .label(say("规定", "Rules"))) {
      h.div("row") {
        h.h2(say("报到要的材料", "What arrival asks for"))
        h.span("end") {
          if blocking.isEmpty { h.mark(.passed, say("齐", "Complete")) } else { h.mark(.held, say("还差 \(blocking.count) 项", "\(blocking.count) missing")) }
        }
      }
      for result in open {
        h.div("stack") {
          h.div("row") {
            h.b(result.title(language))
            h.span("end") {
              h.mark(blocking.contains(result) ? (result.outcome == .fail ? .failed : .unknown) : .accepted)
            }
          }
          h.p(result.message(for: actor)(language))
          h.clause("\(result.rule)·\(result.article)", quote: result.quote, quoteLang: "zh-CN")
          h.p("m s", say("向谁要：", "From: ") + result.by.map { $0.name(language) }.joined(separator: say("、", ", ")))
        }
      }
      if !passed.isEmpty {
        h.fold(say("\(passed.count) 项通过", "\(passed.count) passed"), state: .passed) {
          h.p("m s", passed.map { $0.title(language) }.joined(separator: say("、", ", ")))
        }
      }
      h.linkButton(
        say("补记材料", "Record what is missing"), "/participants/\(view.person.id)/gates/arrival", .other, icon: .document, full: true)
      if view.person.admission == .held, actor.role == .organizer { decision(h, view, blocking) }
    }
  }

  /// The organizer's decision about someone held.
  private func decision(_ h: HTML, _ view: PersonView, _ blocking: [RuleResult]) {
    let path = "/participants/\(view.person.id)/admission"
    if blocking.isEmpty {
      h.act(say("同意正式报到", "Admit"), path, key: formKey, .main, icon: .done, fields: [("admit", "true")], full: true, large: true)
    } else {
      h.p(say("材料补齐以后才能同意。", "Admission is possible once nothing is missing."))
    }
    h.fold(say("不予接收", "Refuse")) {
      h.form(path, key: formKey) {
        h.hiddenField("admit", "false")
        h.area(say("原因", "Reason"), "reason", maxLength: 500)
        h.button(say("不予接收，安排返程", "Refuse; they will depart"), .warning, full: true)
      }
    }
  }
}

extension Participant {
  /// What somebody is allergic to; nil when nothing is recorded or the list says that there is nothing.
  var allergy: String? {
    let nothing: Set<String> = ["", "无", "没有", "否", "无过敏", "无过敏史", "none", "no", "-", "–", "—", "/"]
    return nothing.contains(allergies.filter { !$0.isWhitespace && $0 != "。" }.lowercased()) ? nil : allergies
  }
}

extension Admission {
  /// Not turned away: expected, or a no-show who may come after all.
  var mayStillArrive: Bool { self == .expected || self == .noShow }

  var tone: Tone {
    switch self {
    case .admitted: .ok
    case .held: .hold
    case .expected: .due
    case .refused: .bad
    case .withdrawn, .noShow: .mute
    }
  }

  var icon: Icon {
    switch self {
    case .admitted: .done
    case .held: .held
    case .expected: .due
    case .refused: .cross
    case .withdrawn, .noShow: .barred
    }
  }

  var state: State {
    switch self {
    case .admitted: .done
    case .held: .held
    case .expected: .due
    case .refused: .failed
    case .withdrawn, .noShow: .notDone
    }
  }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Open incidents and running plans, the ways to report one and to start a plan.
  func incidentsPage() throws -> Response {
    let (open, closed, running) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (
        try reader.openIncidents(of: batch), try reader.closedIncidents(of: batch, limit: 20), try emergencies(reader, batch)
      )
    }
    return html { h in
      h.page(page(Text("意外和预案", "Incidents and plans"), .incidents, live: true)) {
      } top: {
        notices(h)
        show(h, running)
      } main: {
        h.div("sheet stack") {
          h.p("m", say("救命电话谁发现谁打，不等批准。", "Whoever finds it calls at once; nobody's approval is needed."))
          h.div("row") { for number in ["120", "119", "110"] { h.call(number) } }
          h.linkButton(say("报一件意外", "Report an incident"), "/incidents/new", .warning, icon: .siren, large: true, full: true)
          h.linkButton(say("看预案、启动、演练", "Plans: start one, drill"), "/plans", .other, icon: .list, full: true)
        }
        if open.isEmpty {
          h.empty(say("现在没有意外", "No open incident"), say("报了以后，在这里看经过、报告时限和指挥。", "Once reported, its timeline, reports and commander are here."), icon: .done)
        } else {
          h.listHead(say("没结", "Open"), count: open.count, tone: .bad)
          h.list { for incident in open { row(h, incident) } }
        }
        if !closed.isEmpty {
          h.listHead(say("已结", "Closed"), count: closed.count)
          h.list { for incident in closed { row(h, incident) } }
        }
      }
    }
  }

  private func row(_ h: HTML, _ incident: Incident) {
    h.linkRow(
      incident.kind.label(language), target: "/incidents/\(incident.id)",
      state: incident.isOpen ? (incident.grade >= .second ? .critical : .late) : .done,
      stateWords: incident.isOpen ? incident.grade.label(language) : incident.closedAt.map { say("\(moment($0)) 结", "closed \(moment($0))") },
      facts: [incident.place, moment(incident.happenedAt), say("指挥 ", "Command: ") + incident.commanderName],
      rail: incident.isOpen ? .bad : nil)
  }

  /// The form that reports an incident: few fields, the rest can follow in the timeline.
  func incidentFormPage(_ form: Form) throws -> Response {
    let (people, accounts) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (
        try reader.participants(of: batch).filter { $0.arrivedAt != nil && $0.place != .departed },
        try reader.accounts().filter { !$0.isDisabled && $0.role != .admin }
      )
    }
    let asked = request.query.first("participant")
    let about = people.first { $0.id.description == asked }
    func choices(_ people: [Participant]) -> [Choice] {
      people.map { Choice($0.id.description, $0.room.isEmpty ? $0.name : "\($0.name) \($0.room)") }
    }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("报意外", "Report an incident"), .incidents,
          detail: about.map { $0.name + ($0.room.isEmpty ? "" : say("·\($0.room) 房", ", room \($0.room)")) },
          back: about.map { (Text($0.name, $0.name), "/participants/\($0.id)") } ?? (Text("回到意外", "Back"), "/incidents"))
      ) {
      } top: {
        notices(h)
      } dock: {
        h.button(say("报上去，通知值班", "Report it, alert the duty lead"), .warning, icon: .siren, form: "incident", large: true, full: true)
      } main: {
        h.div("sheet row") { for number in ["120", "119", "110"] { h.call(number) } }
        h.form(about.map { "/incidents/new?participant=\($0.id)" } ?? "/incidents/new", form, key: formKey, "sheet stack", id: "incident", guardsLeaving: true)
        {
          h.select(
            say("什么事", "What"), "kind", IncidentKind.allCases.map { Choice($0.rawValue, $0.label(language)) },
            none: say("还没选", "Not chosen yet"))
          if let about {
            h.chips(
              say("牵涉到", "Involved"), Context.each + about.id.description, choices([about]).map { Choice("participants", $0.words) },
              values: ["participants"], optional: true)
          }
          h.field(
            say("在哪里", "Where"), "place", value: about.flatMap { $0.room.isEmpty ? nil : say("\($0.room) 房", "Room \($0.room)") }, maxLength: 80)
          h.area(say("看到什么、做了什么", "What was seen and done"), "text", rows: 3, maxLength: 2_000)
          h.segments(
            say("伤得怎样", "Harm"), "harm", HarmDegree.allCases.map { Choice($0.rawValue, $0.label(language)) })
          h.radios(
            say("定级（拿不准就高不就低，以后能改）", "Grade (in doubt the higher; it can be changed)"), "grade",
            [
              Choice(
                "", say("先按事情和伤情定", "By what and how badly, for now"),
                detail: say(
                  "死亡定 Ⅰ，重度、火灾、天灾、他伤定 Ⅱ，中度、走失、聚集、中毒、困电梯、停电停水、治安定 Ⅲ，其他定 Ⅳ",
                  "I: death. II: severe harm, fire, disaster, assault. III: moderate harm, missing, clusters, poisoning, lift, utilities, public order. Else IV"
                ))
            ] + FacilityGrade.allCases.map { Choice($0.rawValue, $0.label(language), detail: $0.criteria(language)) }, value: "")
          h.field(
            say("什么时候", "When"), "happenedAt", .dateTime, hint: say("空着就是现在", "Empty means now"), optional: true,
            max: input(site.store.now))
          let others = people.filter { $0.id != about?.id }
          let chosen = Set(form.values?.all("participants") ?? [])
          h.fold(
            about == nil ? say("牵涉到谁", "Who is involved") : say("还有别人", "Others too"), open: others.contains { chosen.contains($0.id.description) }
          ) {
            h.chips(say("客人", "Guests"), "participants", choices(others), optional: true)
          }
          h.select(
            say("谁指挥", "Who commands"), "commander",
            accounts.map { Choice($0.id.description, "\($0.name)·\($0.role.name(language))") },
            value: actor.account.description, optional: true)
        }
      }
    }
  }
}

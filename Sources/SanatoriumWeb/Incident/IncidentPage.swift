internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What an incident's page shows.
private struct IncidentView {
  let incident: Incident
  let people: [Participant]
  let notes: [IncidentNote]
  let duties: [IncidentDuty]
  let activations: [(Activation, PlanPack)]
  let accounts: [Account]
}

extension Context {
  /// One incident: command, reports with their limits, plans, timeline, and the forms that add to it.
  func incidentPage(_ form: Form) throws -> Response {
    let id = try id("incident")
    let view = try site.store.read { reader in
      let incident = try reader.incident(id)
      return IncidentView(
        incident: incident, people: try reader.participants(of: incident), notes: try reader.notes(of: incident),
        duties: try reader.duties(of: incident),
        activations: try reader.activations(of: incident).map { ($0, try reader.plan(of: $0)) },
        accounts: try reader.accounts().filter { !$0.isDisabled && $0.role != .admin })
    }
    let incident = view.incident
    for person in view.people where actor.mayReadHealth { saw("incident", of: person.id) }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          incident.kind.label, .incidents, detail: "\(incident.grade.label(language))·\(incident.place)",
          back: (Text("回到意外", "Back"), "/incidents"), layout: .desk)
      ) {
        h.mark(incident.isOpen ? .critical : .done, incident.isOpen ? say("没结", "Open") : say("已结", "Closed"))
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
      } main: {
        h.div("cols") {
          h.div {
            head(h, view)
            duties(h, view)
            for (activation, plan) in view.activations {
              h.list { activationRow(h, activation, plan, nil) }
            }
          }
          h.div { timeline(h, view) }
          if incident.isOpen { h.div { acts(h, view) } }
        }
      }
    }
  }

  private func head(_ h: HTML, _ view: IncidentView) {
    let incident = view.incident
    let told = mayTell(incident)
    h.section(say("情况", "What happened")) {
      h.p(told ? incident.text : kept)
      h.facts {
        h.fact(say("发生", "Happened"), moment(incident.happenedAt))
        h.fact(say("报告", "Reported"), "\(moment(incident.reportedAt)) \(incident.reporter)")
        if told { h.fact(say("伤害", "Harm"), incident.harm.label(language)) }
        h.fact(say("指挥", "Command"), incident.commanderName)
        if !view.people.isEmpty {
          h.fact(say("牵涉", "Involved")) {
            for (index, person) in view.people.enumerated() {
              if index > 0 { h.text(say("、", ", ")) }
              h.a("/participants/\(person.id)", "link", text: person.name)
            }
          }
        }
        if told, !incident.conclusion.isEmpty { h.fact(say("结论", "Conclusion"), incident.conclusion) }
      }
      if let name = incident.offeredName {
        h.note(.late, say("指挥要交给 \(name)，等本人接", "Command is offered to \(name), who has to accept"))
        if incident.offered == actor.account {
          h.act(say("我来指挥", "I take the command"), "/incidents/\(incident.id)/hand-over/accept", key: formKey, .main, full: true, large: true)
        }
      }
    }
  }

  private func duties(_ h: HTML, _ view: IncidentView) {
    guard !view.duties.isEmpty else { return }
    h.listHead(say("对外报告", "External reports"), note: say("从知道时算起", "from when it was known"))
    h.list {
      for duty in view.duties {
        h.item(duty.madeAt == nil ? .late : nil) {
          h.div("row") {
            h.b(duty.label(language))
            h.span("end") {
              if let made = duty.madeAt {
                h.mark(.done, say("\(moment(made)) 已报", "made \(moment(made))"))
              } else {
                h.mark(.late) {
                  h.clock(.countdown, at: duty.dueAt.milliseconds, now: site.store.now.milliseconds)
                }
              }
            }
          }
          h.p("m s", duty.madeBy ?? say("\(moment(duty.dueAt)) 前", "by \(moment(duty.dueAt))"))
          if duty.madeAt == nil {
            h.fold(say("记下已报", "Record the report"), id: "d-\(duty.recipient)") {
              h.form("/incidents/\(view.incident.id)/notes?report=\(duty.recipient)", key: formKey) {
                h.hiddenField("kind", "report")
                h.hiddenField("recipient", duty.recipient)
                h.segments(
                  say("第几报", "Which"), "phase", ReportPhase.allCases.map { Choice($0.rawValue, $0.label(language)) },
                  value: "initial")
                h.field(say("报给谁、怎么报的", "To whom and how"), "text", maxLength: 200)
                h.button(say("记下已报", "Record it"), full: true)
              }
            }
          }
        }
      }
    }
  }

  private func timeline(_ h: HTML, _ view: IncidentView) {
    let told = mayTell(view.incident)
    h.section(say("经过", "Timeline")) {
      h.timeline {
        h.event(.critical, view.incident.kind.label(language), "\(moment(view.incident.reportedAt)) \(view.incident.reporter)")
        for note in view.notes {
          let heading = [
            note.kind.label(language), note.phase?.label(language), note.authority.isEmpty ? nil : note.authority,
            note.grade?.label(language), told ? note.harm?.label(language) : nil,
          ].compactMap { $0 }.joined(separator: "·")
          h.event(note.kind == .report ? .done : .notDone, heading, icon: note.kind == .report ? nil : .note) {
            if told, !note.text.isEmpty { h.p(note.text) }
            h.span("m s", "\(moment(note.at)) \(note.person)")
          }
        }
      }
    }
  }

  private func acts(_ h: HTML, _ view: IncidentView) {
    let id = view.incident.id
    h.section(say("记一笔", "Add to it")) {
      h.form("/incidents/\(id)/notes", key: formKey) {
        h.segments(
          say("是什么", "Kind"), "kind", IncidentNoteKind.written.map { Choice($0.rawValue, $0.label(language)) },
          value: "observation")
        h.area(say("写下来", "Words"), "text", maxLength: 2_000)
        h.field(say("打给谁", "Called whom"), "authority", optional: true, maxLength: 80)
        h.button(say("记下来", "Record it"), full: true)
      }
      h.linkButton(say("启动预案", "Start a plan"), "/plans?incident=\(id)", .warning, icon: .siren, full: true)
    }
    h.section(say("定级、指挥、结束", "Grade, command, end")) {
      h.fold(say("改定级或伤害程度", "Change grade or harm"), id: "regrade") {
        h.form("/incidents/\(id)/notes?grade", key: formKey) {
          h.hiddenField("kind", "regrade")
          h.select(
            say("定级", "Grade"), "grade", FacilityGrade.allCases.map { Choice($0.rawValue, $0.label(language)) },
            value: view.incident.grade.rawValue)
          h.select(
            say("伤害", "Harm"), "harm", HarmDegree.allCases.map { Choice($0.rawValue, $0.label(language)) },
            value: mayTell(view.incident) ? view.incident.harm.rawValue : nil)
          h.field(say("为什么", "Why"), "text", maxLength: 200)
          h.button(say("改定级，重算报告时限", "Regrade, reckon the limits anew"), .other, full: true)
        }
      }
      h.fold(say("把指挥交给别人", "Hand the command over"), id: "command") {
        h.form("/incidents/\(id)/hand-over", key: formKey) {
          h.select(
            say("交给谁", "To whom"), "to",
            view.accounts.filter { $0.id != view.incident.commander }.map { Choice($0.id.description, "\($0.name)·\($0.role.name(language))") },
            none: say("还没选", "Not chosen yet"))
          h.area(say("交接的话", "Words of the handover"), "text", optional: true, maxLength: 500)
          h.button(say("交出指挥，等对方接", "Offer the command"), .other, full: true)
        }
      }
      h.fold(say("结束这件事", "Close it"), id: "close") {
        h.form("/incidents/\(id)/close", key: formKey) {
          h.area(say("结论", "Conclusion"), "conclusion", maxLength: 2_000)
          h.p("m s", say("结束以后不能重新打开，只能补记对外报告。", "Once closed it can't be opened again; only reports to the outside can be added."))
          h.button(say("结束，归档", "Close and file it"), .warning, full: true)
        }
      }
    }
  }
}

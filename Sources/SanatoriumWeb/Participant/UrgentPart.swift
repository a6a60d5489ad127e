internal import Pages
internal import Sanatorium
internal import SanatoriumStore

// What a person's page begins with while something must be done for them at once.
extension PersonView {
  /// A plan runs for them, or their score asks for somebody while they are in the house's hands.
  var isUrgent: Bool { person.place != .departed && (!running.isEmpty || isGrave) }

  /// The last score was medium or high; scores count for those who may read them. Whoever is in hospital or on leave has
  /// their doctor, or nobody of the house beside them.
  fileprivate var isGrave: Bool { (person.place == .present || person.place == .outing) && health?.isGrave ?? false }

  /// What runs is a drill and nothing else is wrong.
  fileprivate var isDrillAlone: Bool { !running.isEmpty && running.allSatisfy(\.activation.isDrill) && !isGrave }
}

extension Context {
  /// The score, what is next and since when it waits, and under the thumb: 120, the check, the steps of the plan.
  func urgentSection(_ h: HTML, _ view: PersonView) {
    let person = view.person
    h.el("section", .class("sheet stack rail bad"), .label(say("先做这些", "First of all"))) {
      h.div("row") {
        if let health = view.health { h.score(health.scored.map { Score($0.points) } ?? person.lastScore, large: true) }
        h.p("grow") {
          if let health = view.health {
            let at = health.scored?.occurredAt ?? person.lastAt
            h.text(at.map { say("\(moment($0)) 查的", "checked \(moment($0))") } ?? say("还没查过", "Not checked yet"))
            if health.scored != nil, let since = health.sinceScore.first?.occurredAt {
              h.text(say("，\(moment(since)) 再查没测全", "; incomplete at \(moment(since))"))
            }
            h.br()
            nextCheck(h, person)
          } else {
            h.b(say("预案在进行", "A plan is running"))
          }
        }
      }
      // A hospital has them: its number is nobody's to call.
      if view.isDrillAlone {
        h.b(saysInsteadOf120)
      } else if person.place != .hospital {
        h.call("120", words: say("打 120", "Call 120"), kind: .warning, full: true)
      }
      if view.health != nil { checkButton(h, person) }
      for each in view.running {
        h.linkButton(
          each.activation.state == .active
            ? say("看“\(each.plan.name.chinese)”的步骤", "Steps: \(each.plan.name.english)")
            : say("决定要不要启动“\(each.plan.name.chinese)”", "Decide: \(each.plan.name.english)"),
          "/activations/\(each.activation.id)", .other, icon: each.activation.isDrill ? .drill : .list, full: true)
      }
    }
  }

  /// When the next check is, or by how much it is late.
  func nextCheck(_ h: HTML, _ person: Participant) {
    guard let due = person.dueAt else { return }
    if person.isOverdue {
      h.mark(.late, say("该查，逾期 \(age(since: due))", "Check is \(age(since: due)) late"))
    } else if due > site.store.now {
      h.span("m nw", say("下次 \(moment(due))", "Next \(moment(due))"))
    } else {
      h.mark(.due, say("现在该查，\(moment(due)) 起", "Due now, since \(moment(due))"))
    }
  }

  func checkButton(_ h: HTML, _ person: Participant) {
    guard actor.mayRecordHealth, person.place == .present || person.place == .outing else { return }
    h.linkButton(say("检查", "Check"), "/participants/\(person.id)/check-in", icon: .round, full: true)
  }

  /// What nobody has settled about a person: one line for each event, its cause first.
  func alertLines(_ h: HTML, _ person: Participant, _ alerts: [Alert]) {
    let unresolved = alerts.filter { $0.state != .resolved }.sorted { $0.comesBefore($1) }
    guard !unresolved.isEmpty else { return }
    h.section(say("警报", "Alerts")) {
      for event in unresolved.events(\.self) {
        h.p {
          gravity(h, event.first)
          h.text(" " + (findings(event.first, person).first ?? "") + " ")
          if !event.rest.isEmpty { h.span("m s", say("同一个预案还有 \(event.rest.count) 条", "\(event.rest.count) more of the same plan")) }
        }
      }
      let isOpen = unresolved.contains { $0.state == .open }
      h.linkButton(isOpen ? say("去应答", "Answer") : say("看警报", "See the alerts"), "/alerts", .other)
    }
  }
}

internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Which places the wall compares with the regulation; whatever is short is among them.
  struct Ratios {
    var shown: [(words: Text, coverage: Coverage)] = []
    var left = 0
    /// The whole batch, for its medical escorts; nil where their line gives way to the outings'.
    var medical: Coverage?

    var lines: Int { shown.count + (left > 0 ? 1 : 0) + (medical == nil ? 0 : 1) }
  }

  func ratios(_ board: Board, _ room: BoardRoom) -> Ratios {
    guard let coverage = board.coverage else { return Ratios() }
    var ratios = Ratios()
    if coverage.outings.isEmpty || coverage.whole.isShort { ratios.shown.append((Text("全部", "All"), coverage.whole)) }
    if !coverage.outings.isEmpty {
      ratios.shown.append((Text("院内", "House"), coverage.house))
      let places = coverage.outings.filter { !$0.coverage.holds } + coverage.outings.filter(\.coverage.holds)
      ratios.shown += places.prefix(room.places).map { (Text("外出", "Outing"), $0.coverage) }
      ratios.left = max(0, places.count - room.places)
    }
    if coverage.whole.medicalNeeded != nil, coverage.outings.isEmpty || coverage.whole.lacksMedical {
      ratios.medical = coverage.whole
    }
    return ratios
  }

  /// The escorts against the regulation, place by place, with the clause.
  func ratio(_ h: HTML, _ board: Board, _ ratios: Ratios) {
    guard let coverage = board.coverage else { return }
    h.el("h2", .class("rule")) {
      h.text(say("护送人数", "Escorts") + " ")
      if let rule = coverage.whole.ratioRule ?? coverage.house.ratioRule { h.span("m s", "\(rule.id)·\(rule.article)") }
    }
    h.list {
      for (words, coverage) in ratios.shown { place(h, words, coverage) }
      rest(h, ratios.left, "/coverage", Text("处外出", "more outings"))
      if let whole = ratios.medical { medical(h, whole) }
    }
  }

  private func place(_ h: HTML, _ words: Text, _ coverage: Coverage) {
    h.li {
      h.text(Text("\(words.chinese) \(coverage.count.participants) 人", "\(words.english), \(coverage.count.participants)")(language))
      h.span("row end") {
        if let verdict = coverage.verdict {
          h.span {
            h.b("l") { h.int(verdict.staff) }
            h.span("m", Text(" / 需 \(verdict.fewest)", " / \(verdict.fewest) needed")(language))
          }
          switch verdict.position {
          case .below: h.mark(.critical, Text("缺 \(coverage.missing)", "\(coverage.missing) short")(language))
          case .above: h.mark(.unknown, Text("超过上限", "Above the limit")(language))
          case .within: h.mark(.passed, Text("够", "Enough")(language))
          }
        } else {
          h.span("m", Text("不要求", "Not asked")(language))
        }
      }
    }
  }

  private func medical(_ h: HTML, _ coverage: Coverage) {
    guard let needed = coverage.medicalNeeded else { return }
    h.li {
      h.text(Text("随行医护", "Medical")(language))
      if let rule = coverage.medicalRule { h.span("m s", rule.id) }
      h.span("row end") {
        h.span {
          h.b("l") { h.int(coverage.count.medical) }
          h.span("m", Text(" / 需 \(needed)", " / \(needed) needed")(language))
        }
        if coverage.lacksMedical {
          h.mark(.critical, Text("缺 \(needed - coverage.count.medical)", "\(needed - coverage.count.medical) short")(language))
        } else {
          h.mark(.passed, Text("够", "Enough")(language))
        }
      }
    }
  }

  /// The right column: who has not answered, and who is there to be called.
  func answers(_ h: HTML, _ board: Board, _ room: BoardRoom) {
    let events = board.alerts.filter { !$0.alert.isDrill }.events(\.alert)
    let drills = board.alerts.filter(\.alert.isDrill).events(\.alert)
    h.el("section", .class("card spread"), .label(Text("警报和当班", "Alerts and duty")(language))) {
      h.div("stack") {
        h.el("h2") {
          h.text(Text("没人应答的警报", "Unanswered alerts")(language) + " ")
          if !events.isEmpty { h.b("badc") { h.int(events.count) } }
        }
        if events.isEmpty { h.p { h.mark(.done, Text("没有", "None")(language)) } }
        // What waits in earnest first; a drill says that it is one, and isn't in the number.
        let shown = events.prefix(room.alerts)
        let places = room.alerts - max(1, shown.count)
        h.list {
          for event in shown + drills.prefix(places) { alert(h, event, board, isShort: events.count + drills.count >= room.alerts) }
          rest(h, events.count - shown.count, "/alerts", Text("件", "more"))
          if shown.count == events.count { rest(h, drills.count - places, "/alerts", Text("件演练", "more of drills")) }
        }
      }
      h.div("stack") { duty(h, board, room) }
    }
  }

  private func alert(_ h: HTML, _ event: AlertEvent<BoardAlert>, _ board: Board, isShort: Bool) {
    let each = event.first
    h.li {
      gravity(h, each.alert)
      if !event.rest.isEmpty { h.span("m nw", Text("连同另外 \(event.rest.count) 条", "with \(event.rest.count) more")(language)) }
      if let person = each.person { h.b("nw", person.room) }
      h.span("end") { h.clock(.age, at: each.alert.openedAt.milliseconds, now: board.at.milliseconds) }
      h.b(isShort ? "whole clip one" : "whole clip", alertWords(each))
      h.span("m s whole clip one", answering(each.alert))
    }
  }

  /// With the name in front where the words don't have it.
  private func alertWords(_ each: BoardAlert) -> String {
    let words = words(of: each)
    guard let person = each.person, !words.contains(person.name) else { return words }
    return Text("\(person.name)：\(words)", "\(person.name): \(words)")(language)
  }

  private func duty(_ h: HTML, _ board: Board, _ room: BoardRoom) {
    h.el("h2", .class("rule")) {
      h.text(Text("现在当班", "On duty")(language) + " ")
      if let until = board.onDuty.map(\.until).min() {
        let clock = moment(until)
        h.span("m s", Text("到 \(clock)", "until \(clock)")(language))
      }
    }
    if board.onDuty.isEmpty { h.p { h.mark(.critical, Text("排班表上现在没有人", "Nobody is on the rota now")(language)) } }
    let places = board.alerts.count > 1 ? room.duty : room.duty + 2
    let shown = board.onDuty.count > places ? places - 1 : places
    h.list {
      for each in board.onDuty.prefix(shown) {
        h.li {
          // Who is outside will not be there first: that matters more than which duty it is.
          if each.place == .present { h.text(each.duty.name(language)) } else { h.tag(each.place.name(language), icon: each.place.icon) }
          h.b(each.name)
          h.b("end") { h.a("tel:\(each.telephone.filter { $0.isNumber || $0 == "+" })", "plain", text: each.telephone) }
        }
      }
      rest(h, board.onDuty.count - shown, "/shifts", Text("人当班", "more on duty"))
    }
  }
}

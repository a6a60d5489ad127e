internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Who does what on both sides, what nobody does yet and which clause asks it.
  func serviceGroupsPage() throws -> Response {
    let view = try serviceGroups()
    let path = serviceGroupPath
    let isOngoing = view.batch.state == .planned || view.batch.state == .open
    let back = ownPath(request.query.first("back")) ?? "/batches/\(view.batch.id)"
    return html { h in
      h.page(
        page(
          Text("疗养专项服务小组", "Service groups"), .batch, detail: view.batch.number, back: (Text("返回", "Back"), back),
          layout: .desk)
      ) {
        h.iconLink(.print, say("打印责任表", "Print the responsibility table"), "\(path)/table")
      } top: {
        notices(h)
      } main: {
        gaps(h, view)
        h.div("cols") {
          for side in ServiceSide.allCases {
            h.div {
              let members = view.members(of: side)
              h.listHead(say("\(side.name.chinese)小组", "\(side.name.english)’s group"), count: members.count)
              if members.isEmpty { h.p("pad m", say("还没有人。", "Nobody yet.")) }
              if !members.isEmpty, !members.contains(where: \.person.isLead) {
                h.p("pad m s", say("还没定组长。", "It has no head yet."))
              }
              h.list { for member in members { row(h, member, view, isOngoing && side.admits(actor)) } }
              h.div("pad") {
                if isOngoing, side.admits(actor) {
                  h.linkButton(say("加一个人", "Add somebody"), "\(path)/new?side=\(side.rawValue)", .other, icon: .plus)
                } else if isOngoing {
                  h.p("m s", say("由\(names(side).chinese)填。", "Recorded by: \(names(side).english)."))
                }
              }
            }
          }
        }
        h.section(say("谁管什么", "Who does what")) { duties(h, view) }
        h.div("pad") { h.linkButton(say("责任表（打印）", "Responsibility table, to print"), "\(path)/table", .other, icon: .print) }
      }
    }
  }

  private func names(_ side: ServiceSide) -> Text {
    let roles = FactCatalogue[side.group]?.roles ?? []
    return Text(roles.map(\.name.chinese).joined(separator: "、"), roles.map(\.name.english).joined(separator: ", "))
  }

  private func gaps(_ h: HTML, _ view: ServiceGroupView) {
    guard !view.gaps.isEmpty else {
      if !view.members.isEmpty { h.note(.ok, say("规定要的人都有了", "Everybody that the regulation asks for is named")) }
      return
    }
    h.listHead(say("还缺的", "Missing"), count: view.gaps.count, tone: .late)
    var rules: [String] = []
    for gap in view.gaps where !rules.contains(gap.rule.rule) { rules.append(gap.rule.rule) }
    h.list {
      for rule in rules {
        let here = view.gaps.filter { $0.rule.rule == rule }
        h.item(here[0].rule.force == .hard ? .late : nil) {
          h.div("row") {
            h.mark(.unknown)
            h.b(here[0].rule.title(language))
            h.tag(here[0].rule.force.name(language), here[0].rule.force == .hard ? .due : .mute)
          }
          h.clause("\(rule)·\(article(here[0].rule.article))", quote: here[0].rule.quote, quoteLang: "zh-CN")
          for gap in here { h.p(gap.finding.message(language)) }
        }
      }
    }
  }

  private func row(_ h: HTML, _ member: ServiceMember, _ view: ServiceGroupView, _ mayChange: Bool) {
    let person = member.person
    h.item {
      h.div("row") {
        if mayChange { h.a("\(serviceGroupPath)/\(member.id)", "link") { h.b("l", person.name) } } else { h.b("l", person.name) }
        if !person.unit.isEmpty { h.span("m s", person.unit) }
        h.span("row tight end") {
          if person.isLead { h.tag(say("组长", "head"), .due) }
          if let escort = view.escorts.first(where: { $0.id == member.escort }), escort.place == .left {
            h.tag(escort.place.name(language), icon: escort.place.icon)
          }
        }
      }
      let separator = say("、", ", ")
      if !person.duties.isEmpty {
        h.p(say("管", "Does ") + person.duties.map { $0.name(language) }.joined(separator: separator))
      }
      if !person.accountable.isEmpty {
        h.p("m", say("责任人：", "Accountable for ") + person.accountable.map { $0.name(language) }.joined(separator: separator))
      }
      h.p { telephones(h, person.telephone, names: "link") }
    }
  }

  private func duties(_ h: HTML, _ view: ServiceGroupView) {
    h.facts {
      for duty in ServiceDuty.allCases {
        h.fact(duty.name(language)) {
          let lines =
            ServiceSide.allCases.flatMap { side in view.people(for: duty, of: side).map { ($0, side.name) } }
            + view.accountable(for: duty).map { ($0, Text("责任人", "accountable")) }
          if lines.isEmpty { h.mark(.unknown, say("没有人", "nobody")) }
          for (person, what) in lines {
            h.span("blk") {
              h.b(person.name)
              h.span("m s", " \(what(language)) ")
              if !person.telephone.isEmpty { telephones(h, person.telephone, names: "link") }
            }
          }
          if view.isRecorded(duty) {
            h.span("m s blk", say("按单独记的事项。", "As recorded by itself."))
          }
        }
      }
    }
  }

  /// To be pressed on a phone and read on paper; several numbers are a link each.
  private func telephones(_ h: HTML, _ numbers: String, names: StaticString = "nw") {
    for (index, number) in numbers.split(whereSeparator: { "、,，;；".contains($0) }).enumerated() {
      if index > 0 { h.text(" ") }
      let dialled = number.filter { "0123456789+".contains($0) }
      if dialled.isEmpty { h.text(String(number)) } else { h.a("tel:\(dialled)", names, text: String(number)) }
    }
  }

  /// 责任表: each duty with the people of both sides and who answers for it, on A4.
  func responsibilityTable() throws -> Response {
    let view = try serviceGroups()
    let sheet = Sheet(
      title: Text("责任表", "Responsibility table"), batch: view.batch,
      summary: Text(
        "组织单位：\(view.batch.organizer)。承办单位：\(view.batch.host)。\(view.batch.firstDay) 到 \(view.batch.lastDay)。",
        "Organizer: \(view.batch.organizer). Host: \(view.batch.host). \(view.batch.firstDay) to \(view.batch.lastDay)."),
      back: (Text("疗养专项服务小组", "Service groups"), serviceGroupPath))
    return draw(
      sheet,
      [
        Text("职责", "Duty"), Text("组织单位负责人", "Organizer’s person"), Text("承办单位负责人", "Host’s person"),
        Text("责任人", "Accountable"), Text("签字", "Signature"),
      ]
    ) { h in
      func cell(_ people: [(name: String, telephone: String)]) {
        h.td {
          if people.isEmpty { h.text("–") }
          for person in people {
            h.b("blk", person.name)
            if !person.telephone.isEmpty { telephones(h, person.telephone) }
          }
        }
      }
      func heads(_ side: ServiceSide) -> [(name: String, telephone: String)] {
        view.members(of: side).filter(\.person.isLead).map { ($0.person.name, $0.person.telephone) }
      }
      h.row {
        h.th(say("组长", "Head of the group"))
        cell(heads(.organizer))
        cell(heads(.host))
        h.td("–")
        h.td(names: "pen") {}
      }
      for duty in ServiceDuty.allCases {
        h.row {
          h.th(duty.name(language))
          cell(view.people(for: duty, of: .organizer))
          cell(view.people(for: duty, of: .host))
          cell(view.accountable(for: duty))
          h.td(names: "pen") {}
        }
      }
    }
  }
}

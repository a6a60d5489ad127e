internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// Which people the list shows.
private enum Shown: String, CaseIterable {
  case expected, here, held, away, gone

  func takes(_ person: Participant) -> Bool {
    switch self {
    case .expected: person.place == .notArrived && person.admission == .expected
    case .here: person.place == .present
    case .held: person.admission == .held && person.place != .departed
    case .away: person.place == .outing || person.place == .leave || person.place == .hospital
    case .gone:
      person.place == .departed || (person.place == .notArrived && person.admission != .expected)
    }
  }

  var state: State {
    switch self {
    case .expected: .due
    case .here: .done
    case .held: .held
    case .away: .due
    case .gone: .notDone
    }
  }

  var words: Text {
    switch self {
    case .expected: Text("没到", "Expected")
    case .here: Text("在院", "Here")
    case .held: Text("暂留", "Held")
    case .away: Text("外面", "Away")
    case .gone: Text("走了、没来", "Gone, never came")
    }
  }
}

extension Site {
  func arrivalRoutes(_ table: inout RouteTable) {
    table.page("/arrivals", for: .house, reads: .none) { .response(try $0.arrivalsPage()) }
  }
}

extension Context {
  /// Everybody on the list by where they are; tap the person, tap what happens.
  fileprivate func arrivalsPage() throws -> Response {
    let (batch, people) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.participants(of: batch))
    }
    let shown = request.query.first("show").flatMap(Shown.init(rawValue:)) ?? preset(people)
    let listed = people.filter(shown.takes)
    let detail = say("\(batch.number)·名单 \(people.count) 人", "\(batch.number), \(people.count) on the list")
    return html { h in
      h.page(page(Text("名单和报到", "People"), .people, detail: detail, searches: false)) {
      } top: {
        notices(h)
      } main: {
        h.filters(say("按状态看", "By state"), filters(people, shown))
        personSearch(h)
        if listed.isEmpty { nobody(h, shown) } else { rows(h, listed) }
        houseLinks(h, batch)
      }
    }
  }

  /// While people are awaited, those; later those who are here.
  private func preset(_ people: [Participant]) -> Shown {
    people.contains(where: Shown.expected.takes) ? .expected : .here
  }

  private func filters(_ people: [Participant], _ current: Shown?) -> [Filter] {
    Shown.allCases.map { one in
      Filter(
        one.state, one.words(language), count: people.count(where: one.takes), target: "/arrivals?show=\(one.rawValue)",
        isCurrent: one == current)
    }
  }

  private func rows(_ h: HTML, _ people: [Participant]) {
    h.list {
      for person in people {
        var facts: [String] = []
        if let age = person.birth?.completedYears(on: today) { facts.append(say("\(age) 岁", "\(age)")) }
        if !person.unit.isEmpty { facts.append(person.unit) }
        if let back = person.expectedBack { facts.append(say("说好 \(moment(back)) 回来", "back at \(moment(back))")) }
        var tags: [Tag] = []
        if person.isBackOverdue { tags.append(.state(.late, say("没按时回来", "Not back in time"))) }
        if person.admission == .held, person.place != .present { tags.append(.state(.held, say("暂留", "Held"))) }
        h.slimRow(
          PersonRow(
            person.name, target: "/participants/\(person.id)", state: standing(person), stateWords: standingWords(person),
            room: person.room.isEmpty ? nil : person.room, facts: facts, tags: tags,
            rail: person.isBackOverdue ? .late : nil))
      }
    }
  }

  func standing(_ person: Participant) -> State {
    switch person.place {
    case .notArrived, .present: person.admission.state
    case .outing, .leave, .hospital: person.isBackOverdue ? .late : .due
    case .departed: .notDone
    }
  }

  func standingWords(_ person: Participant) -> String {
    switch person.place {
    case .notArrived: person.admission.name(language)
    case .present: person.admission == .admitted ? person.place.name(language) : person.admission.name(language)
    default: person.place.name(language)
    }
  }

  private func nobody(_ h: HTML, _ shown: Shown) {
    h.empty(
      say("这里没有人", "Nobody here"), say("“\(shown.words.chinese)”的人会出现在这里。", "People who are “\(shown.words.english)” will show here."))
  }

  /// The other pages of the stay, for those whose work they are.
  private func houseLinks(_ h: HTML, _ batch: Batch) {
    h.el("nav", .class("sheet stack"), .label(say("这一批", "This batch"))) {
      h.div("row") {
        h.linkButton(say("外出活动", "Outings"), "/outings", .other, icon: .bus)
        h.linkButton(say("值班表", "Rota"), "/shifts", .other, icon: .calendar)
        h.linkButton(say("服务人员", "Escorts"), "/escorts", .other, icon: .people)
        h.linkButton(say("包组", "Assignments"), "/assignments", .other, icon: .swap)
        h.linkButton(say("人员配备", "Coverage"), "/coverage", .other, icon: .shield)
        h.linkButton(say("活动记录", "Activities"), "/activities", .other, icon: .list)
        h.linkButton(say("打印名单", "Lists for paper"), "/sheets", .other, icon: .print)
        if Audience.listers.admits(actor) {
          h.linkButton(say("打印证件牌", "Print badges"), "/badges?batch=\(batch.id)", .other, icon: .print)
        }
      }
    }
  }
}

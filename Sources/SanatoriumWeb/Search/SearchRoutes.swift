internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// Finding people, from everywhere.
  func searchRoutes(_ table: inout RouteTable) {
    table.page("/search", for: .house, reads: .health("search")) { .response(try $0.searchPage()) }
    table.get(
      "/api/v1/search", "People by name, pinyin initials, room, badge or number, the best matches first", for: .house,
      reads: .allergies("search"),
      query: [
        QueryParameter("batch", .uuid, "the open batch when absent"),
        QueryParameter("q", .text(80), "what was typed or scanned; nobody when it is blank"),
      ], gives: .object(["participants": .list(Participant.schema)])
    ) { context in
      let typed = context.request.query.first("q") ?? ""
      let people = try context.site.store.read { try $0.participants(of: context.stayBatch($0), matching: typed) }
      let health = context.actor.mayReadHealth
      return .json(JSONWriter.wire(.object(["participants": .array(people.map { $0.json(health: health) })])))
    }
  }
}

extension Context {
  /// The field that finds people, on pages where looking somebody up is the work.
  func personSearch(_ h: HTML, _ typed: String? = nil, found: Int? = nil) {
    let what = say("姓名、拼音首字母、房号、序号或证件牌号。", "Name, pinyin initials, room, number or badge.")
    let count = found.map { say("找到 \($0) 人。", " \($0) found.") } ?? ""
    h.query("/search") {
      h.searchField(say("找人", "Find somebody"), value: typed, hint: what + count, scans: true)
      // A keyboard's Enter is all it takes, where somebody knows that.
      h.el("noscript") { h.button(say("找", "Find"), .other) }
    }
  }

  /// One hit is opened; of several each is shown with what is done next.
  fileprivate func searchPage() throws -> Response {
    let typed = request.query.first("q") ?? ""
    let asked = !PersonSearch(typed).isEmpty
    let (batch, people) = try site.store.read { reader in
      let batch = try presentBatch(reader)
      return (batch, try batch.map { try reader.participants(of: $0, matching: typed) } ?? [])
    }
    if people.count == 1 { return .redirect(to: "/participants/\(people[0].id)") }
    return html { h in
      h.page(page(Text("找人", "Find somebody"), .people, detail: batch?.number, searches: false)) {
      } top: {
        notices(h)
      } main: {
        personSearch(h, asked ? typed : nil, found: asked ? people.count : nil)
        if let batch {
          if !people.isEmpty {
            h.list { for person in people { hit(h, person, batch) } }
          } else if asked {
            h.empty(
              say("没找到", "Nobody found"),
              say("换个写法：只打姓，或姓名的拼音首字母，比如 zs。", "Try the family name alone, or the initials of the pinyin: zs for 张三."),
              icon: .search, act: (words: say("看全部的人", "Show everybody"), target: "/arrivals?show=here"))
          } else {
            h.empty(
              say("想找谁？", "Whom?"),
              say(
                "打姓名（张三）、拼音首字母（zs）、房号（302）、名单序号，或扫证件牌，也可以用手机自带的相机扫。只有一个人时直接打开。",
                "Type a name (张三), its initials (zs), a room (302), a number of the list, or scan a badge; the phone's own camera does it, too. A single hit opens at once."
              ),
              icon: .search)
          }
        } else {
          h.empty(
            say("还没有名单", "There is no list yet"),
            say("批次建好、名单导入以后，在这里找人。", "People are found here once a batch is made and its list imported."), icon: .people)
        }
      }
    }
  }

  private func hit(_ h: HTML, _ person: Participant, _ batch: Batch) {
    h.item(person.isBackOverdue || (actor.mayReadHealth && person.isOverdue) ? .late : nil) {
      h.div("row") {
        h.span {
          h.a("/participants/\(person.id)", "link") { h.b("l", person.name) }
          if !person.room.isEmpty { h.span("m", " \(person.room)") }
        }
        h.mark(standing(person), standingWords(person))
        if let act = nextAct(of: person, in: batch) {
          h.span("end") { h.linkButton(act.words, act.target, act.isMain ? .main : .other, icon: act.icon) }
        }
      }
      var facts: [String] = []
      if let age = person.birth?.completedYears(on: today) { facts.append(say("\(age) 岁", "\(age)")) }
      if !person.unit.isEmpty { facts.append(person.unit) }
      if let back = person.expectedBack { facts.append(say("说好 \(moment(back)) 回来", "back at \(moment(back))")) }
      if !facts.isEmpty { h.p("m s", facts.joined(separator: "·")) }
    }
  }
}

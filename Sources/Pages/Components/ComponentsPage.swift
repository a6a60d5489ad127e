/// Every part once, with invented people: the page on which the look is judged and kept.
///
/// `names` are the pages; each executable serves them by `add(to:)`, the first as `/components`.
public enum ComponentsPage {
  /// The pages there are.
  public static let names = ["parts", "check-in", "confirm", "wall", "alarm", "survey", "report"]

  /// The page of that name; nil where there is none.
  public static func render(_ name: String, lang: String, english: Bool) -> [UInt8]? {
    let h = HTML(lang: lang, english: english, capacity: 65_536)
    switch name {
    case "parts": parts(h)
    case "check-in": checkIn(h)
    case "confirm": confirm(h)
    case "wall": wall(h)
    case "alarm": alarm(h)
    case "survey": survey(h)
    case "report": report(h)
    default: return nil
    }
    return h.bytes
  }

  static let key = "00000000-0000-4000-8000-000000000000"
  /// 2027-06-03 14:26 in Shanghai.
  static let now: Int64 = 1_812_003_960_000

  static func site(_ h: HTML) -> String { h.english ? "White Birch Lake" : "白桦湖疗养中心" }

  private static func parts(_ h: HTML) {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    let page = Page(
      w("组件", "Parts"), site: site(h), heading: w("组件", "Parts"), detail: w("每一页只用这里的东西", "Pages use only these"),
      tabs: tabs(h), layout: .wide, now: now)
    h.page(page) {
      h.iconLink(.scan, w("扫证件牌", "Scan a badge"), "#q")
      h.iconLink(.search, w("找人", "Find"), "#q")
    } top: {
      h.emergency(
        w("三级响应·疑似食物中毒", "Level III: suspected food poisoning"), detail: w("指挥 周敏", "Zhou Min commands"),
        target: "#plan",
        drill: true
      ) {
        h.div("end") {
          h.small(w("已进行", "Running"))
          h.clock(.elapsed, at: now - 2_892_000, now: now)
        }
      }
      h.flash(.done, w("已保存 孛儿只斤·巴特尔", "Saved: Borjigin Bator"), undo: (w("撤回", "Undo"), "/undo", key))
    } main: {
      h.div("pad flow") {
        texts(h, w)
        states(h, w)
        people(h, w)
        notices(h, w)
        fields(h, w)
        facts(h, w)
        tables(h, w)
      }
    }
  }

  static func tabs(_ h: HTML) -> [Tab] {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    return [
      Tab(w("巡查", "Rounds"), "#rounds", .round, isCurrent: true, count: 5),
      Tab(w("找人", "Find"), "#q", .search),
      Tab(w("报意外", "Report"), "#plan", .siren, isAlarm: true),
      Tab(w("我的", "Me"), "#me", .person),
      Tab(w("合规", "Rules"), "#rules", .shield, isWideOnly: true),
      Tab(w("排班", "Rota"), "#rota", .calendar, isWideOnly: true),
      Tab(w("报告", "Reports"), "#report", .document, isWideOnly: true),
    ]
  }

  typealias Words = (String, String) -> String

  private static func texts(_ h: HTML, _ w: Words) {
    h.section(w("字号和按钮", "Type and buttons"), "card stack") {
      h.p("xxxl") {
        h.b("74 ")
        h.span("m s", w("56 大屏数字", "56 wall figures"))
      }
      h.p("xxl") { h.b("93 / 98") }
      h.p("xl") { h.b(w("封存午餐留样", "Seal the lunch samples")) }
      h.p("l") { h.b(w("孛儿只斤·巴特尔", "Borjigin Bator")) }
      h.p(w("先看手指是否冰凉，换一只手再测。", "See whether the fingers are cold; measure on the other hand."))
      h.p("s m", w("上次 96·量表 1", "Last 96, scale 1"))
      h.div("row") {
        h.button(w("保存检查", "Save the check"))
        h.button(w("再测一次", "Measure again"), .other)
        h.button(w("报意外", "Report an incident"), .warning, icon: .siren)
        h.button(w("删除这批资料", "Erase this batch"), .destroying)
        h.button(w("发出报告", "Send the report"), blocked: w("还有 2 处没说明", "2 departures have no reason yet"))
        h.call("8002")
        h.a("#", "link", text: w("用表格看", "As a table"))
      }
    }
  }

  private static func states(_ h: HTML, _ w: Words) {
    h.section(w("状态", "States"), "card stack") {
      h.div("grid4") { for state in State.allCases { h.mark(state) } }
      h.div("row tight") {
        h.tag(w("青霉素过敏", "Penicillin allergy"), .bad, icon: .critical)
        h.tag(w("独居", "Lives alone"))
        h.tag(w("暂留待核", "Held"), .hold, icon: .held)
        h.tag(w("齐", "Complete"), .ok, icon: .done)
        h.tag(w("待同步", "Waiting"), .wait, icon: .waiting)
      }
      h.div("row") {
        for (total, band) in [(0, ScoreBand.routine), (3, .low), (3, .lowMedium), (6, .medium), (9, .high)] {
          h.score(Score(total: total, band: band))
        }
        h.score(.incomplete)
        h.score(Score(total: 6, band: .medium), large: true)
      }
      h.div("row") {
        for points in 0...3 { h.points(points) }
        h.points(nil)
      }
      h.div("row") { for icon in Icon.allCases { h.icon(icon) } }
    }
  }

  private static func people(_ h: HTML, _ w: Words) {
    h.section(w("人和列表", "People and lists"), "card stack", id: "rounds") {
      h.filters(
        w("按状态看", "By state"),
        [
          Filter(.due, w("没到", "Expected"), count: 23, target: "#", isCurrent: true),
          Filter(.done, w("已报到", "Arrived"), count: 74, target: "#"),
          Filter(.held, w("暂留", "Held"), count: 2, target: "#"),
          Filter(.notDone, w("不来", "No-show"), count: 1, target: "#"),
        ])
      h.listHead(w("逾期", "Overdue"), count: 2, note: w("按风险排序", "By risk"), tone: .late)
      h.list {
        h.personRow(
          PersonRow(
            w("孛儿只斤·巴特尔", "Borjigin Bator"), target: "#", score: Score(total: 6, band: .medium), isPreviousScore: true,
            state: .late, stateWords: w("逾期 25 分", "Overdue 25 min"), room: "412",
            facts: [w("79 岁", "79"), w("比早上 +5", "+5")],
            tags: [.allergy(w("青霉素过敏", "Penicillin allergy")), Tag(w("独居", "Lives alone"))], rail: .late,
            searched: w("巴特尔", "bator")))
        h.personRow(
          PersonRow(
            w("欧阳建国", "Ouyang Jianguo"), target: "#", score: .incomplete, state: .due,
            stateWords: w("还剩 48 分", "48 min left"),
            room: "415", facts: [w("77 岁", "77")], tags: [.state(.held, w("暂留待核", "Held"))], rail: .due, isCurrent: true
          ))
        h.slimRow(
          PersonRow(
            w("赵振华", "Zhao Zhenhua"), target: "#", score: Score(total: 0, band: .routine), state: .done,
            stateWords: "19:42",
            room: "208"))
        h.linkRow(
          w("护送人数 1:10", "Escorts 1:10"), target: "#", state: .failed, facts: ["NM11", w("第十条", "Art. 10")], rail: .bad)
      }
      h.meter([
        Share(.done, 90, w("已保存", "Saved")), Share(.waiting, 3, w("待同步", "Waiting")),
        Share(.late, 2, w("逾期", "Overdue")), Share(.rest, 3, w("没到时限", "Not due yet")),
      ])
      h.fold(w("已查 93 人", "93 checked"), state: .done, note: w("没查成 2", "2 not done")) { h.p(w("名单", "List")) }
      h.pager(first: "#", next: "#")
    }
  }

  private static func notices(_ h: HTML, _ w: Words) {
    h.section(w("横幅和提示", "Banners and notes"), "card stack") {
      h.banner(
        .wait, .offline, w("离线，可以照常检查", "Offline; go on checking"), detail: w("名单停在 20:04", "List as of 20:04"),
        link: (w("3 条待同步", "3 waiting"), "#"))
      h.banner(.ok, .live, w("实时", "Live"))
      h.div("row") {
        h.span("mark mute") {
          h.icon(.waiting)
          h.text(w("3 条待发", "3 waiting"))
        }
        h.soundMark()
      }
      h.list {
        h.linkRow(
          w("检查·欧阳建国", "Check: Ouyang Jianguo"), target: "#", state: .waiting,
          stateWords: w("存在本机，连上后自动发", "Kept here, sent once connected"))
        h.linkRow(
          w("检查·赵振华", "Check: Zhao Zhenhua"), target: "#", state: .failed, stateWords: w("没存上：体温超出范围", "Not saved: temperature out of range"),
          rail: .bad)
        h.linkRow(w("检查·白玉兰", "Check: Bai Yulan"), target: "#", state: .done, stateWords: w("已保存 20:14", "Saved 20:14"))
      }
      h.banner(.late, .late, w("设备时间快 6 分钟，已按服务器时间记", "This device is 6 minutes fast; the server's time was used"))
      h.banner(.bad, .critical, w("青霉素过敏（皮疹）", "Penicillin allergy (rash)"))
      h.note(.due, w("还差 2 项，不能正式报到", "2 items missing: no admission yet")) {
        h.p(w("可以先住下，照常吃住和检查。", "They may stay, eat and be checked as usual."))
      }
      h.empty(
        w("还没有人在院", "Nobody is here yet"), w("报到以后，名单会自动出现。", "The list appears with the first arrival."),
        act: (w("去看今天谁报到", "See who arrives today"), "#"))
    }
  }
}

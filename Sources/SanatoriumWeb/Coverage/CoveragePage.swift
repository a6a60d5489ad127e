internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func coverageRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/coverage",
      "Escorts against the regulation's ratio: now, the worst moment of each day, breaches, planned outings; pieces of time where `from` or `until` is given",
      for: .house, reads: .none,
      query: [
        QueryParameter("batch", .uuid, "the open batch when absent"),
        QueryParameter("from", .instant, "the first moment looked at; the first arrival when absent"),
        QueryParameter("until", .instant, "the moment after the last; now when absent or later"),
      ], gives: .anyObject
    ) { .json(JSONWriter.wire(try $0.coverageJSON())) }
    table.page("/coverage", for: .house, reads: .none) { .response(try $0.coveragePage()) }
    table.page("/coverage/days/:day", for: .house, reads: .none) { .response(try $0.coverageDayPage()) }
  }
}

/// What the pages and the answer of the API show.
struct CoverageView {
  let batch: Batch
  /// Nil before the batch is opened, as all that follows.
  let now: CoverageNow?
  let history: CoverageHistory?
  let planned: [(outing: Outing, forecast: OutingForecast)]
  let nonconformities: [Nonconformity]

  /// The recorded breach of a rule that stood during one of the batch, the house or an outing.
  func recorded(_ breach: CoverageBreach) -> Nonconformity? {
    let subject = if case .outing(let id) = breach.place { id } else { batch.id }
    return nonconformities.first { one in
      one.rule == breach.rule.id && one.subject == subject && one.isOfHouse == (breach.place == .house)
        && one.cause == .staffing && (breach.until.map { one.openedAt < $0 } ?? true)
        && (one.closedAt.map { $0 > breach.from } ?? true)
    }
  }
}

extension Context {
  func coverageView(_ reader: Reader, from: Instant = Instant(milliseconds: 0), until: Instant? = nil) throws -> CoverageView {
    let batch = try stayBatch(reader)
    let now = site.store.now
    return CoverageView(
      batch: batch, now: try reader.coverageNow(of: batch),
      history: try reader.coverage(of: batch, from: from, until: max(from, min(until ?? now, now))), planned: try reader.forecasts(of: batch, at: now),
      nonconformities: try reader.nonconformities(of: batch))
  }

  fileprivate func coveragePage() throws -> Response {
    let (view, onDuty) = try site.store.read { reader in
      let view = try coverageView(reader)
      return (view, try reader.onDuty(in: view.batch, at: site.store.now))
    }
    return html { h in
      h.page(
        page(
          Text("人员配备", "Coverage"), .people, detail: say("\(clock(site.store.now)) 的情况", "as of \(clock(site.store.now))"),
          back: (Text("名单和报到", "People"), "/arrivals"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        h.div("cols") {
          h.div {
            if let coverage = view.now {
              nowSection(h, coverage)
            } else {
              h.empty(
                say("还没开班", "Not opened yet"),
                say("\(view.batch.number)开班以后，这里算人员配备。", "Coverage is counted once \(view.batch.number) is open."), icon: .shield)
            }
            plannedSection(h, view)
          }
          h.div { dutySection(h, onDuty) }
        }
        daysSection(h, view)
        breachSection(h, view, view.history?.timeline.breaches ?? [])
      }
    }
  }

  private func nowSection(_ h: HTML, _ coverage: CoverageNow) {
    h.section(say("现在", "Now")) {
      coverageLine(h, say("在院和外出一共", "In the house and on outings"), coverage.whole)
      if !coverage.outings.isEmpty {
        coverageLine(h, say("留在院里的", "Left in the house"), coverage.house)
        for (outing, part) in coverage.outings { coverageLine(h, "“\(outing.destination)”", part) }
      }
      clauses(h, coverage.whole)
    }
  }

  /// One place: people, escorts, what is asked, whether it holds.
  func coverageLine(_ h: HTML, _ who: String, _ coverage: Coverage) {
    h.div("stack") {
      h.div("row") {
        h.b(who)
        h.span("end") {
          if let verdict = coverage.verdict {
            switch verdict.position {
            case .below: h.mark(.failed, say("缺 \(coverage.missing) 名", "\(coverage.missing) short"))
            case .within: h.mark(.passed, say("够", "Enough"))
            case .above: h.mark(.unknown, say("超过上限", "Above the limit"))
            }
          } else {
            h.mark(.passed, say("没有人数要求", "Nothing asked"))
          }
        }
      }
      h.figures {
        h.figure(String(coverage.count.participants), say("疗养员", "participants"))
        h.figure(
          String(coverage.verdict?.staff ?? coverage.count.general), say("随队人员", "escorts"),
          of: coverage.verdict.map { say(" / 需 \($0.fewest)", " / \($0.fewest) needed") }, tone: coverage.isShort ? .bad : nil)
        h.figure(
          String(coverage.count.medical), say("随行医护", "medical"), of: coverage.medicalNeeded.map { say(" / 需 \($0)", " / \($0) needed") },
          tone: coverage.lacksMedical ? .bad : nil)
      }
      if coverage.verdict?.holdsOnlyByMedical == true {
        h.p("m s", say("不算医护就不够；文件没写医护算不算。", "It holds only with the medical escorts, of whom the text does not say whether they count."))
      }
    }
  }

  func clauses(_ h: HTML, _ coverage: Coverage) {
    for rule in [coverage.ratioRule, coverage.medicalRule].compactMap({ $0 }) {
      h.clause("\(rule.id)·\(rule.article)", quote: rule.quote, quoteLang: "zh-CN")
    }
    if coverage.ratioRule == nil { h.p("m s", say("这套规定没有写人员比例。", "This regulation sets no ratio.")) }
  }

  private func dutySection(_ h: HTML, _ onDuty: [OnDuty]) {
    h.listHead(say("现在值班", "On duty now"), count: onDuty.count)
    if onDuty.isEmpty {
      h.empty(
        say("没有人值班", "Nobody is on duty"), say("警报会没有人应答。请排班。", "Alerts would have nobody to answer. Plan shifts."), icon: .calendar,
        act: Audience.planners.admits(actor) ? (words: say("排班", "Plan shifts"), target: "/shifts/new") : nil)
      return
    }
    if !onDuty.contains(where: { $0.place == .present }) {
      h.banner(
        .late, .late,
        say("当班的人都不在院里，院里出事没有人先到。", "Everybody on duty is off the site; nobody would be there first."))
    }
    h.list {
      for one in onDuty {
        h.item {
          h.div("row") {
            h.p("grow") {
              h.b(one.name)
              if one.place != .present {
                h.text(" ")
                h.tag(one.place.name(language), icon: one.place.icon)
              }
              h.br()
              h.span("m s", one.duty.name(language) + say("，", ", "))
              h.span("m s nw", say("到 \(moment(one.until))", "until \(moment(one.until))"))
            }
            h.span("end") { h.call(one.telephone, words: say("打电话", "Call")) }
          }
        }
      }
    }
  }
}

internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func coverageRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/coverage", "Escorts against the regulation's ratio now: whole, house, each outing", for: .house, reads: .none,
      query: [QueryParameter("batch", .uuid, "the open batch when absent")], gives: .anyObject
    ) { context in
      let coverage = try context.site.store.read { try $0.coverageNow(of: context.stayBatch($0)) }
      return .json(JSONWriter.wire(coverage?.json ?? .object(["whole": .null])))
    }
    table.page("/coverage", for: .house, reads: .none) { .response(try $0.coveragePage()) }
  }
}

extension Context {
  fileprivate func coveragePage() throws -> Response {
    let (batch, coverage, onDuty, breaches) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (
        batch, try reader.coverageNow(of: batch), try reader.onDuty(in: batch, at: site.store.now),
        try reader.nonconformities(of: batch).filter { $0.cause == .staffing }
      )
    }
    return html { h in
      h.page(
        page(
          Text("人员配备", "Coverage"), .people, detail: say("\(clock(site.store.now)) 的情况", "as of \(clock(site.store.now))"),
          back: (Text("名单和报到", "People"), "/arrivals"))
      ) {
      } top: {
        notices(h)
      } main: {
        if let coverage {
          h.section(say("现在", "Now")) {
            coverageLine(h, say("在院和外出一共", "In the house and on outings"), coverage.whole)
            if !coverage.outings.isEmpty {
              coverageLine(h, say("留在院里的", "Left in the house"), coverage.house)
              for (outing, part) in coverage.outings { coverageLine(h, "“\(outing.destination)”", part) }
            }
            clauses(h, coverage.whole)
          }
        } else {
          h.empty(say("还没开班", "Not opened yet"), say("\(batch.number)开班以后，这里算人员配备。", "Coverage is counted once \(batch.number) is open."), icon: .shield)
        }
        dutySection(h, onDuty)
        if !breaches.isEmpty { breachSection(h, breaches) }
      }
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

  private func clauses(_ h: HTML, _ coverage: Coverage) {
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

  private func breachSection(_ h: HTML, _ breaches: [Nonconformity]) {
    h.section(say("配备不够的时候", "When it did not suffice")) {
      h.timeline {
        for breach in breaches.reversed() {
          let until = breach.closedAt.map { moment($0) } ?? say("现在", "now")
          h.event(breach.isOpen ? .failed : .done, "\(breach.rule)：\(breach.message(language))", isNow: breach.isOpen) {
            h.span("m s", "\(moment(breach.openedAt))–\(until)")
            if let explanation = breach.explanation {
              h.p(say("\(breach.explainedBy ?? "")说明：", "\(breach.explainedBy ?? ""): ") + explanation)
            }
          }
        }
      }
    }
  }
}

extension Coverage {
  var json: JSON {
    .object([
      "participants": .int(Int64(count.participants)), "general": .int(Int64(count.general)),
      "medical": .int(Int64(count.medical)), "counted": verdict.map { .int(Int64($0.staff)) },
      "needed": verdict.map { .int(Int64($0.fewest)) }, "most": verdict?.most.map { .int(Int64($0)) },
      "medicalNeeded": medicalNeeded.map { .int(Int64($0)) }, "holds": .bool(holds),
      "rule": ratioRule.map { .string($0.id) }, "article": ratioRule.map { .string($0.article) },
      "quote": ratioRule.map { .string($0.quote) }, "medicalRule": medicalRule.map { .string($0.id) },
    ])
  }
}

extension CoverageNow {
  fileprivate var json: JSON {
    .object([
      "whole": whole.json, "house": house.json,
      "outings": .array(
        outings.map { outing, coverage in
          .object(["outing": .string(outing.id.description), "coverage": coverage.json])
        }),
      "holds": .bool(holds),
    ])
  }
}

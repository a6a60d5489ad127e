internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// What is still open, the counts from paper, an explanation for each breach, and the act that ends the batch.
  func closingPage(_ form: Form, _ status: Status = .ok) throws -> Response {
    let id = try self.id("batch")
    let (batch, matters, breaches, counts, soundness, gate, indicators) = try site.store.read { reader in
      let batch = try reader.batch(id)
      let regulation = try self.regulation(of: batch, reader)
      return (
        batch, try reader.openMatters(of: batch), try reader.nonconformities(of: batch),
        try reader.satisfaction(of: batch), try reader.indicators(of: batch)[Indicator.planSoundness.rawValue],
        try reader.gate(.close, of: batch, under: regulation, at: site.store.now), regulation.parameters.indicators
      )
    }
    let elsewhere = matters.filter(\.isElsewhere)
    // What the gate asks besides may be in this form.
    let open = elsewhere.count
    let folded: [(String, (Int) -> Text)] = [
      ("present", { Text("\($0) 人还没登记返程", "\($0) people without a departure") }),
      ("alert", { Text("\($0) 条警报还没人应答", "\($0) alerts unanswered") }),
    ]
    return html(status) { h in
      h.page(
        page(
          Text("结束这一批", "Close the batch"), .batch, detail: batch.number,
          back: (Text(verbatim: batch.number), "/batches/\(id)"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        h.div("cols") {
          h.div {
            if batch.state != .open {
              h.note(.due, Text("这一批是“\(batch.state.name.chinese)”", "This batch is “\(batch.state.name.english)”")(language))
            }
            if !elsewhere.isEmpty {
              h.listHead(Text("先办完这些", "First of all")(language), count: elsewhere.count, tone: .late)
              for (code, words) in folded {
                let same = elsewhere.filter { $0.code == code }
                if !same.isEmpty {
                  h.fold(words(same.count)(language), state: .late, id: code) {
                    h.list { for matter in same { row(h, matter, batch) } }
                  }
                }
              }
              h.list { for matter in elsewhere where !folded.contains(where: { $0.0 == matter.code }) { row(h, matter, batch) } }
            }
            if !gate.blocking.isEmpty {
              h.list {
                h.linkRow(
                  Text("还有 \(gate.blocking.count) 条规定没满足", "Rules not met: \(gate.blocking.count)")(language),
                  target: "/batches/\(id)/gates/close", state: .failed, rail: .bad)
              }
            }
          }
          h.form("/batches/\(id)/close", form, key: formKey, "sheet stack", guardsLeaving: true) {
            let asks = {
              satisfaction(h, counts)
              if indicators.contains(.planSoundness) { self.soundness(h, soundness) }
              explanations(h, breaches)
            }
            if open == 0 {
              asks()
            } else {
              let left = breaches.count { $0.explanation == nil }
              h.fold(
                Text("纸质份数和说明", "Counts from paper and explanations")(language), state: left > 0 ? .late : nil,
                note: left > 0 ? say("\(left) 次不符合没说明", "breaches not explained: \(left)") : nil,
                open: !form.faults.isEmpty || request.query.first("explain") != nil, id: "closing"
              ) {
                h.div("stack") { asks() }
              }
            }
            if today < batch.lastDay {
              h.area(
                Text("为什么提前结束", "Why it is closed early")(language), "reason",
                rows: 2, hint: say("原定到 \(date(batch.lastDay))。", "It was to last until \(date(batch.lastDay))."), maxLength: 500)
            }
            h.p(
              "m s", Text("结束后不能再报到，还能补记；报告从这里开始。", "After closing nobody arrives any more; late records are still possible. The report begins here.")(language)
            )
            h.button(
              Text("结束这一批", "Close the batch")(language), .warning, full: true,
              blocked: batch.state != .open
                ? batch.state.name(language) : open == 0 ? nil : say("还有 \(open) 件没办完", "Matters still open: \(open)"))
          }
        }
      }
    }
  }

  private func row(_ h: HTML, _ matter: OpenMatter, _ batch: Batch) {
    h.linkRow(
      matter.message(language), target: target(of: matter, batch), state: .late,
      stateWords: Text("没了结", "open")(language))
  }

  private func target(of matter: OpenMatter, _ batch: Batch) -> String {
    switch matter.code {
    case "present", "expected": "/participants/\(matter.subject)"
    case "incident", "owed-report": "/incidents/\(matter.subject)"
    case "alert": "/alerts"
    case "activation": "/activations/\(matter.subject)"
    default: "/batches/\(batch.id)/close"
    }
  }

  private func satisfaction(_ h: HTML, _ counts: SatisfactionCounts?) {
    h.group(
      Text("满意度测评（纸质）份数", "Satisfaction forms on paper")(language), "satisfaction.grades",
      hint: Text("五档加起来等于有效份数", "the five grades add up to the valid ones")(language)
    ) {
      h.div("grid4") { counted(h, counts) }
    }
  }

  private func counted(_ h: HTML, _ counts: SatisfactionCounts?) {
    for (name, words, value) in [
      ("distributed", Text("发放", "Handed out"), counts?.distributed), ("returned", Text("回收", "Returned"), counts?.returned),
      ("valid", Text("有效", "Valid"), counts?.valid),
    ] { h.field(words(language), "satisfaction.\(name)", .whole, value: value.map { String($0) }) }
    for (index, words) in SatisfactionCounts.gradeNames.enumerated() {
      h.field(
        words(language), "satisfaction.grades.\(index + 1)", .whole, value: (counts?.grades[index]).map { String($0) })
    }
  }

  private func soundness(_ h: HTML, _ known: RecordedIndicator?) {
    h.group(Text("计划合理度", "Soundness of the plan")(language), "soundness") {
      h.field(Text("得分", "Score")(language), "soundness.score", .whole, value: known.map { String($0.score) })
      h.field(Text("满分", "Of")(language), "soundness.of", .whole, value: String(known?.whole ?? 100))
      h.field(
        Text("依据", "Basis")(language), "soundness.basis", value: known?.basis,
        hint: Text("例如 行程、活动、伙食评议表", "for example the review of schedule, activities, meals")(language), optional: true,
        maxLength: 500)
    }
  }

  private func explanations(_ h: HTML, _ breaches: [Nonconformity]) {
    for breach in breaches {
      h.clause("\(breach.rule)·\(article(breach.article))", quote: breach.quote, quoteLang: "zh-CN")
      let span = breach.closedAt.map { self.span(breach.openedAt, $0) } ?? "\(moment(breach.openedAt))\(say(" 起，还在", " on, still"))"
      h.p("\(span) \(breach.message(language))")
      if let explanation = breach.explanation {
        h.p("m", "\(breach.explainedBy ?? "")\(colon)“\(explanation)”")
      } else {
        h.area(
          Text("怎么回事，怎么处理的", "How it came about and what was done")(language), "explanations.\(breach.id)", rows: 2,
          maxLength: 1_000)
      }
    }
  }
}

extension OpenMatter {
  /// Settled on another page than the one that closes the batch.
  var isElsewhere: Bool { !["satisfaction", "soundness", "nonconformity"].contains(code) }
}

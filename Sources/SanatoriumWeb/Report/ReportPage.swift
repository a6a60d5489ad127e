internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// One revision: the figures as frozen, the clauses, and what became of the delivery.
  func reportPage() throws -> Response {
    let reportID = try id("report")
    let (report, batch, bytes, regulation) = try site.store.read { reader in
      let report = try reader.report(reportID)
      let batch = try reader.batch(of: report)
      return (report, batch, try reader.bytes(of: report), try self.regulation(of: batch, reader))
    }
    let signed = try UnverifiedReport(bytes).trusted()
    let title = Text("\(batch.number)荣誉疗养完成情况报告", "Completion report of \(batch.number)")
    return html { h in
      h.page(
        page(
          Text("完成情况报告", "Completion report"), .batch,
          detail: "\(batch.number)·\(Text("第 \(report.revision) 版", "revision \(report.revision)")(language))",
          back: (Text("报告", "Reports"), "/batches/\(batch.id)/reports"), layout: .report)
      ) {
      } top: {
        notices(h)
      } main: {
        h.el("article", .class("paper")) {
          h.el("header", .class("stack")) {
            h.p("m", Text("\(batch.organizer) 收", "To \(batch.organizer)")(language))
            h.h2("xxl", title(language))
            h.p("", span(batch, signed.report))
            verdicts(h, signed.report)
          }
          figures(h, signed.report.figures)
          rounds(h, signed.report.figures.rounds)
          rules(h, signed.report, regulation)
          events(h, signed.report.figures)
          indicators(h, signed.report.figures.indicators)
          signatures(h, signed.report)
        }
        h.el("aside", .class("card stack")) { delivery(h, report, signed) }
      }
    }
  }

  private func span(_ batch: Batch, _ report: CompletionReport) -> String {
    let clause = report.regulation.documentNumber ?? report.regulation.title(language)
    return Text(
      "\(batch.host)，\(date(batch.firstDay))到\(date(batch.lastDay))，共 \(batch.days) 天。依据 \(clause)，规则第 \(report.regulation.edition) 版。",
      "\(batch.host), \(batch.firstDay) to \(batch.lastDay), \(batch.days) days, under \(clause) (rules of edition \(report.regulation.edition))."
    )(language)
  }

  private func figures(_ h: HTML, _ figures: CompletionFigures) {
    let people = figures.people
    h.section(Text("一、人数", "1. People")(language), "stack") {
      h.figures {
        for (value, words) in [
          (people.planned, Text("计划", "Planned")), (people.arrived, Text("报到", "Arrived")),
          (people.admitted, Text("正式接收", "Admitted")), (people.noShow, Text("没来", "No-show")),
          (people.transferred, Text("送医", "To hospital")), (people.completed, Text("按期完成", "Completed")),
        ] { h.figure("\(value)", words(language)) }
      }
      h.p(
        figures.groups.ageBands.sorted { $0.key < $1.key }
          .map { "\(FigureNames.name($0.key)(language)) \($0.value)" }.joined(separator: english ? ", " : "，"))
    }
  }

  private func rounds(_ h: HTML, _ rounds: CompletionFigures.Rounds) {
    h.section(Text("二、健康检查", "2. Health rounds")(language), "stack") {
      h.table(
        Text("每天检查", "Rounds by day")(language),
        [
          Column(Text("日期", "Day")(language)), .number(Text("应查", "Due")(language)),
          .number(Text("已查", "Done")(language)), .number(Text("其中没测全", "Incomplete")(language)),
          .number(Text("没查成", "Not done")(language)), .number(Text("漏查", "Missed")(language)),
        ], showsCaption: false
      ) {
        for (day, tally) in rounds.days.sorted(by: { $0.key < $1.key }) { line(h, Day(day).map { date($0) } ?? day, tally) }
        line(h, Text("合计", "Total")(language), rounds.total)
      }
    }
  }

  private func line(_ h: HTML, _ head: String, _ tally: CompletionFigures.RoundTally) {
    h.row {
      h.th(head)
      for value in [tally.due, tally.done, tally.incomplete, tally.notDone, tally.missed] { h.num(value) }
    }
  }

  /// Whether the figures stand, and what to look at.
  private func verdicts(_ h: HTML, _ report: CompletionReport) {
    h.mark(.passed, say("数字由记录算出，已签名", "Figures counted from the records, signed"))
    let missed = report.figures.rounds.total.missed
    let open = report.compliance.count { $0.outcome != .pass }
    if missed == 0, open == 0 { return h.mark(.passed, say("没有漏查，规定全部通过", "No check missed, every rule passed")) }
    if missed > 0 { h.mark(.late, say("漏查 \(missed) 次", "Checks missed: \(missed)")) }
    if open > 0 { h.mark(.failed, say("\(open) 条规定没通过或不明", "Rules failed or unknown: \(open)")) }
  }

  private func rules(_ h: HTML, _ report: CompletionReport, _ regulation: Regulation) {
    let open = report.compliance.filter { $0.outcome != .pass }
    let failed = open.filter { $0.outcome == .fail } + open.filter { $0.outcome != .fail }
    h.section(Text("三、规定", "3. Rules")(language), "stack") {
      h.p(
        Text(
          "\(report.compliance.count) 项检查，\(failed.count) 项有没通过或不明的；说明放行 \(report.departures.count)，不符合项 \(report.nonconformities.count)。",
          "\(report.compliance.count) checks, \(failed.count) with failures or unknowns; \(report.departures.count) departures, \(report.nonconformities.count) nonconformities."
        )(language))
      h.list("stack") {
        for row in failed {
          h.li("stack") {
            h.p {
              h.mark(row.outcome == .fail ? .failed : .unknown)
              h.text(" ")
              h.b(regulation.rule(row.rule)?.title(language) ?? article(row.article))
              h.span("m", " \(row.gate.name(language))·\(tally(row.tally))")
            }
            if let message = row.message { h.p(message(language)) }
            h.clause("\(row.rule)·\(article(row.article))", quote: row.quote, quoteLang: "zh-CN")
          }
        }
        for departure in report.departures {
          h.li("stack") {
            h.mark(.accepted, departure.rule)
            h.p("\(departure.by)\(colon)\(departure.reason)")
          }
        }
        for found in report.nonconformities {
          h.li("stack") {
            h.mark(.failed, found.rule)
            h.p(found.explanation.map { "\(found.by ?? "")：\($0)" } ?? Text("没有说明", "Not explained")(language))
          }
        }
      }
    }
  }

  private func tally(_ tally: CompletionFigures.RuleTally) -> String {
    [
      (tally.fail, Text("不通过", "failed")), (tally.unknown, Text("不明", "unknown")), (tally.pass, Text("通过", "passed")),
    ].filter { $0.0 > 0 }.map { "\($0.1(language)) \($0.0)" }.joined(separator: say("，", ", "))
  }

  private func events(_ h: HTML, _ figures: CompletionFigures) {
    h.section(Text("四、突发事件和预案", "4. Incidents and plans")(language), "stack") {
      h.figures {
        h.figure("\(figures.incidents.total)", Text("突发事件", "Incidents")(language))
        h.figure("\(figures.activations.automatic.started)", Text("自动启动", "Automatic")(language))
        h.figure("\(figures.activations.manual.started)", Text("人工启动", "By hand")(language))
        h.figure("\(figures.alerts.raised)", Text("警报", "Alerts")(language))
        h.figure("\(figures.alerts.escalations)", Text("升级", "Escalations")(language))
      }
      for sentence in figures.care?.sentences ?? [] { h.p(sentence(language)) }
    }
  }

  private func indicators(_ h: HTML, _ indicators: CompletionFigures.Indicators) {
    func text(_ ratio: Ratio) -> String { english ? ratio.english : ratio.description }
    h.section(Text("五、指标", "5. Indicators")(language), "stack") {
      h.facts {
        h.fact(Text("任务完成率", "Completion rate")(language), text(indicators.completion))
        if let satisfaction = indicators.satisfaction {
          h.fact(Text("回收率", "Response rate")(language), text(satisfaction.responseRate))
          h.fact(Text("满意率", "Satisfied")(language), text(satisfaction.satisfied))
          h.fact(Text("平均分（百分制）", "Mean (of 100)")(language), satisfaction.mean.quotient ?? "–")
        }
        if let soundness = indicators.planSoundness {
          h.fact(Text("计划合理度", "Plan soundness")(language), text(soundness))
        }
      }
    }
  }

  private func signatures(_ h: HTML, _ report: CompletionReport) {
    h.section(Text("六、签字", "6. Signatures")(language), "stack") {
      h.facts {
        for signatory in report.signatories {
          h.fact(signatory.unit, signatory.name.isEmpty ? "＿＿＿＿＿＿" : signatory.name)
        }
      }
      h.p("s m", Text("本报告不含身份证号和个人诊断。", "This report holds no identity number and nobody's diagnosis.")(language))
    }
  }

  private func delivery(_ h: HTML, _ report: Report, _ signed: SignedReport) {
    h.mark(report.state, report.delivery.name(language), size: "l")
    if let error = report.lastError, report.delivery != .accepted {
      h.p("s m", Text("试了 \(report.attempts) 次：\(error)", "\(report.attempts) tries: \(error)")(language))
    }
    if let stored = report.receipt, let signed = try? SignedReceipt(stored: Array(stored.utf8)) {
      let receipt = signed.receipt
      h.facts {
        h.fact(Text("签收单位", "Received by")(language), receipt.organizer)
        h.fact(
          Text("时间", "At")(language),
          moment(receipt.receivedAt))
        h.fact(
          Text("核对", "Checked")(language),
          Text("重算 \(receipt.figures) 项", "\(receipt.figures) figures recomputed")(language))
        h.fact(Text("结论", "Verdict")(language), receipt.verdict.name(language))
        h.fact(
          Text("签名", "Signature")(language),
          Text("Ed25519，密钥 \(signed.signature.keyID.prefix(16))", "Ed25519, key \(signed.signature.keyID.prefix(16))")(language))
      }
      if !receipt.reasons.isEmpty { h.bullets(receipt.reasons.map { $0(language) }) }
    }
    h.facts {
      h.fact(Text("证据", "Evidence")(language), Text("\(signed.evidence.entries.count) 条记录", "\(signed.evidence.entries.count) entries")(language))
      h.fact(Text("校验码", "Digest")(language), String(report.digest.prefix(16)))
    }
    h.linkButton(
      Text("下载签名文件", "Download the signed file")(language), "/api/v1/reports/\(report.id)/file", .other, icon: .download,
      full: true)
    if report.delivery != .accepted, actor.role == .lead {
      h.form("/reports/\(report.id)/deliveries", key: formKey) {
        h.button(Text("现在再送一次", "Deliver again now")(language), full: true)
      }
    }
  }
}

internal import Evidence
internal import Pages
internal import Sanatorium

extension ReportPage {
  func compliance(_ h: HTML) {
    let rows = report.compliance
    let failed = rows.filter { $0.outcome == .fail }.count
    let unknown = rows.filter { $0.outcome == .unknown }.count
    h.section(self("五、规定", "5 Compliance"), "stack") {
      h.p(
        self(
          "\(rows.count) 条：通过 \(rows.count - failed - unknown)，不通过 \(failed)，不明 \(unknown)；说明放行 \(report.departures.count) 次，不符合项 \(report.nonconformities.count) 项。",
          "\(rows.count) rules: passed \(rows.count - failed - unknown), failed \(failed), unknown \(unknown); \(report.departures.count) departures accepted, \(report.nonconformities.count) nonconformities."
        ))
      h.ul("stack") {
        for row in rows where row.outcome == .fail { h.li { rule(row, h) } }
        for row in rows where row.outcome == .unknown { h.li { rule(row, h) } }
      }
      h.fold(self("通过的 \(rows.count - failed - unknown) 条", "The \(rows.count - failed - unknown) that passed")) {
        h.ul("stack") {
          for row in rows where row.outcome == .pass { h.li { rule(row, h) } }
        }
      }
      departures(h)
      nonconformities(h)
    }
  }

  private func rule(_ row: CompletionReport.ComplianceRow, _ h: HTML) {
    let state: State = row.outcome == .pass ? .passed : row.outcome == .fail ? .failed : .unknown
    let tally = row.tally
    h.mark(state)
    h.text(" ")
    h.b("\(row.rule)·\(article(row.article))")
    h.text(" " + context(FigureNames.name(row.gate.rawValue, under: "gates")))
    if tally.pass + tally.fail + tally.unknown > 1 {
      let counts = [
        (tally.fail, self("不通过", "failed")), (tally.unknown, self("不明", "unknown")), (tally.pass, self("通过", "passed")),
      ].filter { $0.0 > 0 }.map { self("\($0.1) \($0.0) 人", "\($0.1) \($0.0)") }
      h.text(self("·", " · ") + counts.joined(separator: self("，", ", ")))
    }
    if let message = row.message { h.p("s", context(message)) }
    h.clause(
      context(row.force.name), quote: row.quote,
      quoteLang: "zh-CN")
  }

  /// `第 9 条`, or the citation as it stands.
  private func article(_ article: String) -> String {
    article.allSatisfy(\.isNumber) ? self("第 \(article) 条", "Art. \(article)") : article
  }

  private func departures(_ h: HTML) {
    guard !report.departures.isEmpty else { return }
    h.h3(self("说明放行", "Departures accepted with a reason"))
    h.ul("stack") {
      for departure in report.departures {
        h.li {
          h.mark(.accepted, departure.rule)
          h.text(" \(departure.reason)")
          h.span("m s blk", "\(departure.by)·\(clock(departure.at))")
        }
      }
    }
  }

  private func nonconformities(_ h: HTML) {
    guard !report.nonconformities.isEmpty else { return }
    h.h3(self("不符合项", "Nonconformities"))
    h.ul("stack") {
      for row in report.nonconformities {
        h.li {
          h.mark(row.endedAt == nil ? .late : .done, row.rule)
          h.text(" \(row.explanation ?? self("没有说明", "not explained"))")
          h.span(
            "m s blk",
            "\(clock(row.startedAt)) – \(row.endedAt.map { clock($0) } ?? self("未消除", "not ended"))\(row.by.map { "·\($0)" } ?? "")"
          )
        }
      }
    }
  }

  func incidents(_ h: HTML) {
    let incidents = figures.incidents
    let activations = figures.activations
    h.section(self("六、突发事件和预案", "6 Incidents and plans"), "stack") {
      h.facts {
        h.fact(
          self("突发事件", "Incidents"),
          self("\(incidents.total) 起，未了结 \(incidents.open) 起", "\(incidents.total), open \(incidents.open)"))
        h.fact(self("种类", "Kinds"), counts(incidents.byKind, under: "byKind", of: "incidents"))
        h.fact(self("伤害程度", "Harm"), counts(incidents.byHarm, under: "byHarm"))
        h.fact(self("级别", "Grades"), counts(incidents.byGrade, under: "byGrade"))
        h.fact(
          self("预案启动", "Plans started"),
          self(
            "自动 \(activations.automatic.started)，人工 \(activations.manual.started)，演练 \(activations.drill.started)（不计入统计）",
            "automatic \(activations.automatic.started), by hand \(activations.manual.started), drills \(activations.drill.started) (not counted)"
          ))
        h.fact(
          self("超时的步骤", "Steps overdue"),
          "\(activations.automatic.stepsOverdue + activations.manual.stepsOverdue)")
      }
      if !incidents.list.isEmpty || !activations.list.isEmpty {
        h.timeline {
          for incident in incidents.list { event(incident, h) }
          for activation in activations.list { event(activation, h) }
        }
      }
    }
  }

  private func event(_ incident: CompletionFigures.Incident, _ h: HTML) {
    h.event(
      incident.closedAt == nil ? .late : .done,
      [
        context(FigureNames.name(incident.kind, under: "byKind", of: "incidents")),
        context(FigureNames.name(incident.harm, under: "byHarm")),
        context(FigureNames.name(incident.grade, under: "byGrade")),
      ].joined(separator: "·")
    ) {
      h.span("m s", "\(clock(incident.reportedAt)) – \(clock(incident.closedAt))")
      for external in incident.reports {
        h.p("s", "\(context(FigureNames.name(external.phase))) \(clock(external.at))")
      }
    }
  }

  private func event(_ activation: CompletionFigures.Activation, _ h: HTML) {
    let level = activation.level.flatMap(PlanLevel.init(rawValue:)).map { "·\(context($0.name))" } ?? ""
    h.event(
      activation.terminatedAt == nil ? .late : .done,
      "\(context(FigureNames.name(activation.plan)))\(level)·\(context(FigureNames.name(activation.origin)))",
      icon: activation.origin == "drill" ? .drill : nil
    ) {
      h.span("m s", "\(clock(activation.startedAt)) – \(clock(activation.terminatedAt))")
      h.p(
        "s",
        self(
          "完成步骤 \(activation.stepsDone)，超时 \(activation.stepsOverdue)，复盘 \(clock(activation.reviewedAt))",
          "steps done \(activation.stepsDone), overdue \(activation.stepsOverdue), reviewed \(clock(activation.reviewedAt))"
        ))
    }
  }

  func activities(_ h: HTML) {
    let all = figures.activities
    h.section(self("七、活动", "7 Activities"), "stack") {
      if all.byKind.isEmpty && all.outings.isEmpty {
        h.p(self("无", "None"))
      } else {
        h.table(
          self("活动", "Activities"),
          [Column(self("种类", "Kind")), .number(self("次数", "Held")), .number(self("人次", "Participants"))],
          showsCaption: false
        ) {
          for (name, tallies, parent) in [
            ("", all.byKind, "byKind"), (self("外出·", "Outing · "), all.outings, "outings"),
          ] {
            for (kind, tally) in tallies.sorted(by: { $0.key < $1.key }) {
              h.row {
                h.th(name + context(FigureNames.name(kind, under: parent, of: "activities")))
                h.num(tally.held)
                h.num(tally.participants)
              }
            }
          }
        }
      }
      h.p(
        self(
          "外出点名 \(all.headcounts) 次，缺人 \(all.headcountsShort) 次。",
          "\(all.headcounts) headcounts, \(all.headcountsShort) with somebody missing."))
      for sentence in figures.care?.sentences ?? [] { h.p(context(sentence)) }
    }
  }

  func indicators(_ h: HTML) {
    let indicators = figures.indicators
    h.section(self("八、指标", "8 Indicators"), "stack") {
      h.facts {
        h.fact(self("任务完成率（按期完成 ÷ 计划）", "Completion (completed ÷ planned)"), context.share(indicators.completion))
        if let soundness = indicators.planSoundness {
          h.fact(self("计划合理度", "Plan soundness"), "\(soundness.part)/\(soundness.whole)")
        }
        if let satisfaction = indicators.satisfaction {
          h.fact(
            self("满意率（非常满意＋满意 ÷ 有效）", "Satisfied (very satisfied + satisfied ÷ valid)"),
            context.share(satisfaction.satisfied))
          h.fact(self("平均分（100/75/50/25/0）", "Mean (100/75/50/25/0)"), satisfaction.mean.quotient ?? "–")
          h.fact(self("回收率", "Response rate"), context.share(satisfaction.responseRate))
          h.fact(
            self("发放、回收、有效", "Distributed, returned, valid"),
            "\(satisfaction.distributed)、\(satisfaction.returned)、\(satisfaction.valid)")
          h.fact(
            self("五档份数", "Grades"),
            zip(satisfaction.grades, gradeNames).map { "\($1) \($0)" }.joined(separator: self("，", ", ")))
        } else {
          h.fact(self("满意度", "Satisfaction"), self("没有统计", "not counted"))
        }
      }
    }
  }

  private var gradeNames: [String] {
    context.english
      ? ["very satisfied", "satisfied", "neutral", "dissatisfied", "very dissatisfied"]
      : ["非常满意", "满意", "一般", "不满意", "非常不满意"]
  }

  private func role(_ signatory: CompletionReport.Signatory) -> String {
    switch signatory.role {
    case "host": self("承办单位", "Host")
    case "organizer": self("组织单位", "Organizer")
    default: signatory.role
    }
  }

  func signatures(_ h: HTML) {
    h.section(self("九、责任人和签字", "9 Responsible people and signatures"), "stack") {
      h.facts {
        for responsibility in report.responsibilities {
          h.fact(context(FactCatalogue.label(FactKey(responsibility.duty))), responsibility.person)
        }
        for signatory in report.signatories {
          h.fact(
            role(signatory),
            [signatory.unit, signatory.name, signatory.at.map { clock($0) } ?? ""].filter { !$0.isEmpty }.joined(separator: "·"))
        }
        h.fact(self("出具时间", "Issued at"), clock(report.issuedAt))
      }
      if let matters = report.openMatters {
        h.h3(self("问题和建议", "Open matters"))
        h.p(matters)
      }
    }
  }
}

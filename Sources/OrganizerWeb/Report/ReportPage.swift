internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

/// One report as a paper, with what was checked beside it.
struct ReportPage {
  let context: Context
  let stored: StoredReport
  let revisions: [StoredReport]
  /// The facility's.
  let key: PublicKey
  /// Every figure beside its recount, when somebody asked for checking again.
  let lines: [FigureLine]?

  var report: CompletionReport { stored.report }
  var figures: CompletionFigures { stored.report.figures }
  var time: LocalTime { report.batch.time }

  func callAsFunction(_ chinese: String, _ english: String) -> String { context.english ? english : chinese }

  var drawn: Response {
    context.html { h in
      h.page(
        context.page(
          Text("完成情况报告", "Completion report"), .reports,
          detail:
            "\(stored.facilityName)·\(report.batch.number)·\(self("第 \(report.revision) 版", "revision \(report.revision)"))",
          back: (Text("所有报告", "All reports"), "/reports"), layout: .report)
      ) {
        paper(h)
        aside(h)
      }
    }
  }

  private func paper(_ h: HTML) {
    let label = h.freshID()
    h.el("article", .class("paper"), .labelled(by: label)) {
      h.el("header", .class("stack")) {
        h.p("m", self("\(report.batch.organizer) 收", "To \(report.batch.organizer)"))
        h.el(
          "h2", .id(label), .class("xxl"),
          text: self(
            "\(report.batch.number)荣誉疗养任务完成情况报告", "Completion of honorary recuperation, \(report.batch.number)"))
        verdicts(h)
      }
      identity(h)
      people(h)
      rounds(h)
      staffing(h)
      compliance(h)
      incidents(h)
      activities(h)
      indicators(h)
      signatures(h)
      h.p("s m", self("本报告不含身份证号和个人诊断。", "This report holds no identity number and nobody's diagnosis."))
    }
  }

  /// Whether the figures stand, and what to look at.
  private func verdicts(_ h: HTML) {
    h.mark(.passed, self("\(stored.figures) 项数字重算一致", "\(stored.figures) figures counted again, all agree"))
    let missed = figures.rounds.total.missed
    let open = report.compliance.count { $0.outcome != .pass }
    if missed == 0, open == 0 { return h.mark(.passed, self("没有漏查，规定全部通过", "No check missed, every rule passed")) }
    if missed > 0 { h.mark(.late, self("漏查 \(missed) 次", "Checks missed: \(missed)")) }
    if open > 0 { h.mark(.failed, self("\(open) 条规定没通过或不明", "Rules failed or unknown: \(open)")) }
  }

  /// Counts under codes, as pairs of word and figure, the largest first.
  func counts(_ counts: [String: Int], under parent: String = "", of section: String = "") -> String {
    let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
      "\(context(FigureNames.name(code, under: parent, of: section))) \(count)"
    }
    return parts.isEmpty ? self("无", "none") : parts.joined(separator: self("，", ", "))
  }

  /// `2026年6月8日`, without leading zeros.
  func date(_ day: Day) -> String {
    let (year, month, number) = day.civil
    return context.english ? day.description : "\(year)年\(month)月\(number)日"
  }

  /// A figure's key, without the year that stands above: `6月8日`.
  func date(_ text: String) -> String {
    guard let day = Day(text), !context.english else { return text }
    return "\(day.civil.month)月\(day.civil.day)日"
  }

  func clock(_ instant: Instant?) -> String { instant.map { context.time($0, time) } ?? "–" }

  /// The organizer's administrative level in words.
  private func level(_ code: String) -> String {
    FactCatalogue[.organizerLevel].map { context($0.label(of: code)) } ?? code
  }

  private func identity(_ h: HTML) {
    let batch = report.batch
    let regulation = report.regulation
    h.section(self("一、基本情况", "1 Identity"), "stack") {
      h.facts {
        h.fact(self("计划依据", "Plan"), batch.planReference ?? self("未填", "not given"))
        h.fact(
          self("时间", "Days"),
          self(
            "\(date(batch.firstDay)) 到 \(date(batch.lastDay))，共 \(batch.days) 天",
            "\(batch.firstDay) to \(batch.lastDay), \(batch.days) days"))
        h.fact(self("地点", "Venue"), batch.venue)
        h.fact(self("组织单位", "Organizer"), batch.organizer + (batch.organizerLevel.map { "（\(level($0))）" } ?? ""))
        h.fact(self("承办单位", "Host"), batch.host)
        h.fact(
          self("适用规定", "Regulation"),
          [context(regulation.title), regulation.documentNumber, context(regulation.status.name)].compactMap { $0 }
            .joined(separator: "·"))
        h.fact(
          self("规则包", "Rule pack"),
          self("第 \(regulation.edition) 版", "edition \(regulation.edition)"))
      }
      h.fold(self("开批时冻结的参数", "Parameters frozen at opening")) {
        parameters(h)
      }
    }
  }

  private func people(_ h: HTML) {
    let people = figures.people
    h.section(self("二、人数", "2 People"), "stack") {
      h.figures {
        h.figure("\(people.planned)", self("计划", "planned"))
        h.figure("\(people.arrived)", self("报到", "arrived"))
        h.figure("\(people.admitted)", self("正式接收", "admitted"))
        h.figure("\(people.completed)", self("按期完成", "completed"))
        h.figure("\(people.leftEarly)", self("提前返程", "left early"))
        h.figure("\(people.transferred)", self("送医", "taken to hospital"))
      }
      h.facts {
        h.fact(
          self("没有疗养的", "Did not stay"),
          self(
            "没来 \(people.noShow)，退出 \(people.withdrawn)，不予接收 \(people.refused)",
            "no-show \(people.noShow), withdrawn \(people.withdrawn), refused \(people.refused)"))
        h.fact(
          self("暂留待核", "Held at arrival"),
          self("\(people.held) 人，未决 \(people.undecided) 人", "\(people.held), undecided \(people.undecided)"))
        h.fact(
          self("结束时", "At close"),
          self(
            "在住 \(people.presentAtClose)，住院 \(people.inHospitalAtClose)",
            "present \(people.presentAtClose), in hospital \(people.inHospitalAtClose)"))
        h.fact(self("年龄段", "Age bands"), counts(figures.groups.ageBands))
        h.fact(self("类别", "Categories"), counts(figures.groups.categories, under: "categories"))
        h.fact(self("性别", "Sexes"), counts(figures.groups.sexes))
        h.fact(self("资格依据", "Grounds"), counts(figures.groups.grounds))
      }
    }
  }

  private func rounds(_ h: HTML) {
    let rounds = figures.rounds
    h.section(self("三、健康检查", "3 Health rounds"), "stack") {
      h.table(
        self("每天检查", "Rounds by day"),
        [
          Column(self("日期", "Day")), .number(self("应查", "Due")), .number(self("已查", "Done")),
          .number(self("其中迟查", "Late")), .number(self("其中没测全", "Incomplete")), .number(self("没查成", "Not done")),
          .number(self("漏查", "Missed")),
          .number(self("完成率", "Share")),
        ], showsCaption: false
      ) {
        for (day, tally) in rounds.days.sorted(by: { $0.key < $1.key }) { row(date(day), tally, h) }
        row(self("合计", "Total"), rounds.total, h)
      }
      h.facts {
        h.fact(self("没查成的原因", "Reasons"), counts(rounds.notDoneReasons, under: "notDoneReasons"))
        h.fact(
          self("巡查", "Rounds"),
          self(
            "\(rounds.opened) 次，过时限还有人没查的 \(rounds.overdue) 次",
            "\(rounds.opened), \(rounds.overdue) with somebody unseen at the limit"))
        h.fact(self("NEWS2 级别（不是诊断）", "NEWS2 levels (no diagnosis)"), counts(figures.assessments.levels))
        h.fact(
          self("送医", "Taken to hospital"),
          self(
            "\(figures.stay.hospitalTransfers) 次，返回 \(figures.stay.hospitalReturns) 次",
            "\(figures.stay.hospitalTransfers) times, back \(figures.stay.hospitalReturns) times"))
        h.fact(
          self("警报", "Alerts"),
          self(
            "发出 \(figures.alerts.raised)，升级 \(figures.alerts.escalations)，有人应答 \(figures.alerts.acknowledged)，解除 \(figures.alerts.resolved)",
            "raised \(figures.alerts.raised), escalated \(figures.alerts.escalations), acknowledged \(figures.alerts.acknowledged), resolved \(figures.alerts.resolved)"
          ))
        h.fact(self("按轻重", "By severity"), counts(figures.alerts.bySeverity, under: "bySeverity"))
      }
    }
  }

  private func row(_ name: String, _ tally: CompletionFigures.RoundTally, _ h: HTML) {
    h.row {
      h.th(name)
      h.num(tally.due)
      h.num(tally.done)
      h.num(tally.late)
      h.num(tally.incomplete)
      h.num(tally.notDone)
      h.num(tally.missed)
      h.num(context.share(Ratio(tally.done, of: tally.due)))
    }
  }

  /// Escorts to participants at a day's worst moment, `2:19`.
  private func ratio(
    _ moment: CompletionFigures.StaffMoment?, _ staff: (CompletionFigures.StaffMoment) -> Int
  ) -> String { moment.map { "\(staff($0)):\($0.participants)" } ?? "–" }

  private func staffing(_ h: HTML) {
    let staffing = figures.staffing
    h.section(self("四、人员配备", "4 Staffing"), "stack") {
      h.table(
        self("逐日人数与配备", "People and escorts by day"),
        [
          Column(self("日期", "Day")), .number(self("在住", "Present")), .number(self("服务保障", "General")),
          .number(self("随行医护", "Medical")), .number(self("最紧时，不算医护", "Worst, without medical")),
          .number(self("最紧时，算医护", "Worst, with medical")),
        ], showsCaption: false
      ) {
        for (day, staff) in staffing.days.sorted(by: { $0.key < $1.key }) {
          h.row {
            h.th(date(day))
            h.num(staff.participants)
            h.num(staff.general)
            h.num(staff.medical)
            h.num(ratio(staff.worstWithoutMedical) { $0.general })
            h.num(ratio(staff.worstWithMedical) { $0.general + $0.medical })
          }
        }
      }
      h.facts {
        h.fact(self("随队人员", "Sent with the batch"), counts(staffing.sent))
        h.fact(self("承办方人员", "Of the host"), counts(staffing.host))
        h.fact(self("随行医护有执业证", "Medical escorts with a licence"), "\(staffing.licensed)")
        h.fact(
          self("配备最少的一天", "Worst day"),
          self(
            "不算医护 \(staffing.worstDayWithoutMedical.map { date($0) } ?? "–")，算医护 \(staffing.worstDayWithMedical.map { date($0) } ?? "–")",
            "without medical \(staffing.worstDayWithoutMedical.map { date($0) } ?? "–"), with medical \(staffing.worstDayWithMedical.map { date($0) } ?? "–")"
          ))
      }
    }
  }
}

internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension OrganizerSite {
  /// 考评: hosts and batches of a year side by side.
  func evaluationRoutes(_ table: inout RouteTable) {
    table.page(.get, "/evaluations") { try $0.evaluationPage() }
    table.api(
      Operation(
        method: .get, pattern: "/api/v1/evaluations", summary: "Hosts compared over a year", audience: .accounts,
        query: [("year", "this year by default")])
    ) { context in
      let year = try context.year()
      return context.json(
        .object([
          "year": .int(Int64(year)), "hosts": .array(try context.store.evaluations(year: year).map(\.json)),
        ]))
    }
  }
}

extension Context {
  fileprivate func year() throws -> Int {
    Int(try number("year") ?? Int64(LocalTime.china.day(of: now).civil.year))
  }

  fileprivate func evaluationPage() throws -> Response {
    let year = try year()
    let evaluations = try store.evaluations(year: year)
    guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else {
      throw Refusal.invalid("year", "out-of-range", Text("没有这一年。", "There is no such year."))
    }
    let batches = try store.batches(from: first, to: last)
    return html { h in
      h.page(
        page(
          Text("\(year) 年比较", "Comparison \(year)"), .evaluation, detail: store.name, layout: .wide)
      ) {
        h.el("nav", .class("row pad"), .label(self(Text("年份", "Year")))) {
          h.linkButton("\(year - 1)", "/evaluations?year=\(year - 1)", .other, icon: .back)
          h.linkButton("\(year + 1)", "/evaluations?year=\(year + 1)", .other, icon: .next)
        }
        if evaluations.isEmpty {
          h.empty(
            self(Text("这一年还没有报告", "No reports of this year")),
            self(Text("收到报告以后，各承办单位会并排列在这里。", "Hosts stand side by side here once reports have come.")), icon: .chart)
        } else {
          h.section(self(Text("承办单位", "Hosts"))) { hosts(evaluations, h) }
          h.section(self(Text("批次", "Batches"))) { batchTable(batches.map(\.report), h) }
          h.p(
            "m s pad",
            self(
              Text(
                "满意率 =（非常满意 + 满意）÷ 有效份数；平均分按 100、75、50、25、0 计；各批按份数相加，不平均百分比。",
                "Satisfied = (very satisfied + satisfied) ÷ valid; the mean counts 100, 75, 50, 25, 0; batches are added by counts."
              )))
        }
      }
    }
  }

  private func hosts(_ evaluations: [Evaluation], _ h: HTML) {
    h.table(
      self(Text("承办单位比较", "Hosts compared")),
      [
        Column(self(Text("承办单位", "Host"))), .number(self(Text("批次", "Batches"))), .number(self(Text("报到", "Arrived"))),
        .number(self(Text("任务完成率", "Completed"))), .number(self(Text("检查完成率", "Rounds done"))),
        .number(self(Text("漏查", "Missed"))), .number(self(Text("突发事件", "Incidents"))),
        .number(self(Text("满意率", "Satisfied"))), .number(self(Text("平均分", "Mean"))),
        .number(self(Text("回收率", "Responses"))), .number(self(Text("不符合项", "Nonconformities"))),
        .number(self(Text("最慢几天报来", "Slowest report, days"))),
      ], showsCaption: false
    ) {
      for line in evaluations {
        h.row {
          h.th(line.facilityName, target: "/reports?facility=\(line.facility)")
          h.num(line.batches)
          h.num("\(line.arrived)/\(line.planned)")
          h.num(share(line.completion))
          h.num(share(line.rounds))
          h.num(line.missed)
          h.num(line.incidents)
          h.num(share(line.satisfied))
          h.num(line.mean.quotient ?? "–")
          h.num(share(line.responses))
          h.num(line.nonconformities)
          h.num(line.slowestReport)
        }
      }
    }
  }

  private func batchTable(_ batches: [StoredReport], _ h: HTML) {
    h.table(
      self(Text("批次比较", "Batches compared")),
      [
        Column(self(Text("批次", "Batch"))), Column(self(Text("承办单位", "Host"))), .number(self(Text("报到", "Arrived"))),
        .number(self(Text("任务完成率", "Completed"))), .number(self(Text("检查完成率", "Rounds done"))),
        .number(self(Text("突发事件", "Incidents"))), .number(self(Text("满意率", "Satisfied"))),
        .number(self(Text("不符合项", "Nonconformities"))), .number(self(Text("说明放行", "Departures"))),
      ], showsCaption: false
    ) {
      for stored in batches {
        let figures = stored.report.figures
        h.row {
          h.th(stored.report.batch.number, target: "/reports/\(stored.id)")
          h.td(stored.facilityName)
          h.num("\(figures.people.arrived)/\(figures.people.planned)")
          h.num(share(figures.indicators.completion))
          h.num(share(Ratio(figures.rounds.total.done, of: figures.rounds.total.due)))
          h.num(figures.incidents.total)
          h.num(figures.indicators.satisfaction.map { share($0.satisfied) } ?? "–")
          h.num(stored.report.nonconformities.count)
          h.num(stored.report.departures.count)
        }
      }
    }
  }
}

extension Evaluation {
  var json: JSON {
    func pair(_ ratio: Ratio) -> JSON { .array([.int(Int64(ratio.part)), .int(Int64(ratio.whole))]) }
    return .object([
      "facility": .string(facility.description), "name": .string(facilityName), "batches": .int(Int64(batches)),
      "planned": .int(Int64(planned)), "arrived": .int(Int64(arrived)), "completed": .int(Int64(completed)),
      "leftEarly": .int(Int64(leftEarly)), "transferred": .int(Int64(transferred)), "completion": pair(completion),
      "rounds": pair(rounds), "missed": .int(Int64(missed)), "incidents": .int(Int64(incidents)),
      "satisfied": pair(satisfied), "responses": pair(responses), "mean": pair(mean),
      "nonconformities": .int(Int64(nonconformities)), "departures": .int(Int64(departures)),
      "slowestReport": .int(Int64(slowestReport)), "revised": .int(Int64(revised)),
    ])
  }
}

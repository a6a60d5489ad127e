internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension Context {
  /// Every report that came, the newest first; those of one facility on request.
  func reportList() throws -> Response {
    let (list, next) = try reports()
    let facilities = try store.facilities()
    let chosen = request.query.first("facility").flatMap { ID($0) }
    return html { h in
      h.page(page(Text("报告", "Reports"), .reports, detail: store.name, layout: .wide)) {
        if facilities.count > 1 {
          h.el("nav", .class("row pad"), .label(self(Text("按承办单位看", "By facility")))) {
            h.linkButton(self(Text("全部", "All")), "/reports", chosen == nil ? .main : .other)
            for facility in facilities {
              h.linkButton(facility.name, "/reports?facility=\(facility.id)", chosen == facility.id ? .main : .other)
            }
          }
        }
        if list.isEmpty {
          h.empty(
            self(Text("还没有报告", "No reports yet")),
            self(
              Text(
                "承办单位结束一批以后，报告会自动发到这里。先登记承办单位。",
                "When a facility has closed a batch its report comes here by itself. Enrol the facility first.")),
            icon: .document, act: (self(Text("登记承办单位", "Enrol a facility")), "/facilities"))
        } else {
          table(list, h)
          h.pager(
            first: request.query.contains("before") ? "/reports" : nil,
            next: next.map { "/reports?before=\($0)" + (chosen.map { "&facility=\($0)" } ?? "") })
        }
      }
    }
  }

  private func table(_ list: [StoredReport], _ h: HTML) {
    h.table(
      self(Text("收到的报告", "Reports received")),
      [
        Column(self(Text("批次", "Batch"))), Column(self(Text("承办单位", "Facility"))),
        Column(self(Text("日期", "Days"))), Column.number(self(Text("报到", "Arrived"))),
        Column.number(self(Text("完成率", "Completed"))), Column.number(self(Text("满意率", "Satisfied"))),
        Column(self(Text("核对", "Check"))), Column(self(Text("收到", "Received"))),
      ], showsCaption: false
    ) {
      for stored in list {
        let figures = stored.report.figures
        h.row {
          h.th(
            stored.report.batch.number,
            detail: self(Text("第 \(stored.report.revision) 版", "Revision \(stored.report.revision)")),
            target: "/reports/\(stored.id)")
          h.td(stored.facilityName)
          h.td("\(stored.report.batch.firstDay) – \(stored.report.batch.lastDay)")
          h.num("\(figures.people.arrived)/\(figures.people.planned)")
          h.num(share(figures.indicators.completion))
          h.num(figures.indicators.satisfaction.map { share($0.satisfied) } ?? "–")
          h.td {
            if stored.isLatest {
              h.mark(.passed, self(Text("\(stored.figures) 项一致", "\(stored.figures) figures agree")))
            } else {
              h.mark(.accepted, self(Text("有更新的一版", "Replaced by a later revision")))
            }
          }
          h.td(time(stored.receivedAt))
        }
      }
    }
  }

  /// `93/98（94.9%）`
  func share(_ ratio: Ratio) -> String { english ? ratio.english : ratio.description }

  /// What was not taken, and why.
  func rejectionList() throws -> Response {
    let before = try number("before")
    let list = try store.rejections(before: before)
    return html { h in
      h.page(page(Text("退回的报告", "Refused deliveries"), .rejections, detail: store.name, layout: .wide)) {
        if list.isEmpty {
          h.empty(
            self(Text("没有退回的报告", "Nothing was refused")),
            self(
              Text(
                "签名不对、数字对不上、发送太久的报告会记在这里。",
                "Deliveries with a wrong signature, figures that don't agree or an old time are kept here.")))
        }
        for rejection in list {
          h.section(rejection.facilityName ?? self(Text("不知道是谁", "Sender unknown"))) {
            h.p(
              "m s",
              "\(time(rejection.at))·\(rejection.channel == "file" ? self(Text("文件", "file")) : rejection.remote)·\(rejection.size) B"
            )
            h.bullets(rejection.faults.map { self($0.message) })
          }
        }
        h.pager(
          first: before == nil ? nil : "/rejections",
          next: list.count == 50 ? list.last.map { "/rejections?before=\($0.id)" } : nil)
      }
    }
  }
}

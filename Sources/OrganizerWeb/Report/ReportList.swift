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
      h.page(page(Text("报告", "Reports"), .reports, detail: store.name)) {
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
          rows(list, h)
          h.pager(
            first: request.query.contains("before") ? "/reports" : nil,
            next: next.map { "/reports?before=\($0)" + (chosen.map { "&facility=\($0)" } ?? "") })
        }
      }
    }
  }

  private func rows(_ list: [StoredReport], _ h: HTML) {
    h.ul("list") {
      for stored in list {
        let figures = stored.report.figures
        let satisfied = figures.indicators.satisfaction.map { self(Text("满意率 ", "satisfied ")) + share($0.satisfied) }
        h.linkRow(
          "\(stored.report.batch.number)·\(stored.facilityName)", target: "/reports/\(stored.id)",
          state: stored.isLatest ? .passed : .accepted,
          stateWords: stored.isLatest
            ? self(Text("\(stored.figures) 项一致", "\(stored.figures) figures agree"))
            : self(Text("有更新的一版", "Replaced by a later revision")),
          facts: [
            self(Text("第 \(stored.report.revision) 版", "revision \(stored.report.revision)")),
            self(
              Text(
                "\(shortDay(stored.report.batch.firstDay))到\(shortDay(stored.report.batch.lastDay))",
                "\(stored.report.batch.firstDay) to \(stored.report.batch.lastDay)")),
            self(Text("报到 ", "arrived ")) + "\(figures.people.arrived)/\(figures.people.planned)",
            self(Text("按期完成 ", "completed ")) + share(figures.indicators.completion), satisfied,
            self(Text("收到 ", "received ")) + time(stored.receivedAt),
          ].compactMap { $0 })
      }
    }
  }

  /// `2026年6月8日`
  private func shortDay(_ day: Day) -> String {
    let (year, month, number) = day.civil
    return "\(year)年\(month)月\(number)日"
  }

  /// `93/98（94.9%）`
  func share(_ ratio: Ratio) -> String { english ? ratio.english : ratio.description }

  /// What was not taken, and why.
  func rejectionList() throws -> Response {
    let before = try number("before")
    let list = try store.rejections(before: before)
    return html { h in
      h.page(page(Text("退回的报告", "Refused deliveries"), .rejections, detail: store.name)) {
        if list.isEmpty {
          h.empty(
            self(Text("没有退回的报告", "Nothing was refused")),
            self(
              Text(
                "签名不对、数字对不上、发送太久的报告会记在这里。",
                "Deliveries with a wrong signature, figures that don't agree or an old time are kept here.")))
        }
        if !list.isEmpty {
          h.ul("list") {
            for rejection in list {
              h.item(.bad) {
                h.b(rejection.facilityName ?? self(Text("不知道是谁", "Sender unknown")))
                h.p(
                  "m s",
                  "\(time(rejection.at))·\(rejection.channel == "file" ? self(Text("文件", "file")) : rejection.remote)·\(rejection.size) B")
                h.bullets(rejection.faults.map { self($0.message) })
              }
            }
          }
        }
        h.pager(
          first: before == nil ? nil : "/rejections",
          next: list.count == 50 ? list.last.map { "/rejections?before=\($0.id)" } : nil)
      }
    }
  }
}

internal import Evidence
internal import Pages
internal import Sanatorium

extension ReportPage {
  /// What was checked: signature, chain, revisions, figures, receipt.
  func aside(_ h: HTML) {
    let label = h.freshID()
    h.el("aside", .class("card stack"), .labelled(by: label)) {
      let differing = lines?.filter { !$0.agrees } ?? []
      h.el("h2", .id(label)) {
        h.mark(
          differing.isEmpty ? .passed : .failed,
          differing.isEmpty
            ? self("核对一致", "Everything agrees") : self("\(differing.count) 项对不上", "\(differing.count) figures differ"))
      }
      h.timeline {
        h.event(
          .passed, self("签名有效", "The signature is valid"),
          self("\(stored.facilityName)，密钥 \(key.spokenID)", "\(stored.facilityName), key \(key.spokenID)"))
        h.event(
          .passed, self("记录连续", "The records are complete"),
          self(
            "第 \(stored.sequences.lowerBound) 到 \(stored.sequences.upperBound) 条，共 \(stored.entries) 条，没有缺号、没有改动",
            "entries \(stored.sequences.lowerBound) to \(stored.sequences.upperBound), \(stored.entries) in all, none missing, none changed"
          ))
        h.event(
          .passed, self("\(stored.figures) 项数字一致", "\(stored.figures) figures agree"),
          self("收到时由随报告提交的证据重算", "counted again from the enclosed evidence on reception"))
        if stored.report.hasUncounted {
          h.event(
            .due, self("每天的服务人员没有重算", "Escorts by day were not counted again"),
            self("报告是旧格式，那时按排班计", "a report of the earlier format, which counted them by shifts"))
        }
        h.event(
          .done, context(stored.receipt.receipt.verdict.name),
          self("回执 \(clock(stored.receivedAt))", "receipt of \(clock(stored.receivedAt))"))
      }
      versions(h)
      recount(h)
      h.linkButton(
        self("下载带证据的报告", "Download the report with its evidence"), "/api/v1/reports/\(stored.id)/document", .other,
        icon: .download, full: true)
      h.linkButton(
        self("下载回执", "Download the receipt"), "/api/v1/reports/\(stored.id)/receipt", .other, icon: .signature,
        full: true)
      h.p("s m", self("校验码 \(stored.digest)", "Digest \(stored.digest)"))
    }
  }

  private func versions(_ h: HTML) {
    guard revisions.count > 1 else { return }
    h.h3(self("各版", "Revisions"))
    h.ul("stack") {
      for revision in revisions {
        h.li {
          let words = self("第 \(revision.report.revision) 版", "Revision \(revision.report.revision)")
          if revision.id == stored.id { h.b(words) } else { h.a("/reports/\(revision.id)", text: words) }
          h.span("m s blk", "\(clock(revision.receivedAt))\(revision.report.reason.map { "·\($0)" } ?? "")")
        }
      }
    }
  }

  /// A figure for people: a moment as a time, a code as its name.
  private func shown(_ figure: String?) -> String {
    guard let figure else { return "–" }
    if figure.utf8.count == 13, let milliseconds = Int64(figure) { return clock(Instant(milliseconds: milliseconds)) }
    return context(FigureNames.name(figure))
  }

  private func recount(_ h: HTML) {
    guard let lines else {
      return h.linkButton(
        self("现在再核一次", "Check again now"), "/reports/\(stored.id)?check=1", .other, icon: .sum, full: true)
    }
    let (same, other) = (lines.filter(\.agrees), lines.filter { !$0.agrees })
    if !other.isEmpty {
      h.h3(self("对不上的", "What differs"))
      h.ul("stack") {
        for line in other {
          h.li {
            h.mark(.failed, context(line.label))
            h.span(
              "m blk",
              self(
                "申报 \(shown(line.declared))，重算 \(shown(line.recomputed))",
                "declared \(shown(line.declared)), counted \(shown(line.recomputed))"))
          }
        }
      }
    }
    guard !same.isEmpty else { return }
    h.fold(
      self("申报和重算一致的 \(same.count) 项", "Declared as counted: \(same.count) figures"), state: .passed, id: "same"
    ) {
      h.table(
        self("申报和重算一致的", "Declared as counted"), [Column(self("项目", "Figure")), .number(self("申报和重算", "Both"))]
      ) {
        for line in same {
          h.row {
            h.th(context(line.label))
            h.num(shown(line.declared))
          }
        }
      }
    }
  }
}

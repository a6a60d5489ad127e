internal import Evidence
internal import Pages
internal import Sanatorium

extension ReportPage {
  /// What the regulation asked when the batch opened, in words; what it does not ask is left out.
  func parameters(_ h: HTML) {
    let parameters = report.regulation.parameters
    h.facts {
      func days(_ words: String, _ count: Int?) {
        if let count { h.fact(words, self("\(count) 天", "\(count) days")) }
      }
      days(self("最长", "At most"), parameters.maxDays)
      days(self("一般", "Usually"), parameters.usualDays)
      if let cap = parameters.batchCap { h.fact(self("每批最多", "Batch of at most"), self("\(cap) 人", "\(cap)")) }
      if let cap = parameters.ageCap {
        h.fact(
          self("年龄", "Age"),
          parameters.ageCapInclusive ? self("不超过 \(cap) 岁", "at most \(cap)") : self("不满 \(cap) 岁", "under \(cap)"))
      }
      if let care = parameters.selfCare {
        h.fact(self("自理", "Self-care"), care == .full ? self("完全自理", "full") : self("能够自理", "able"))
      }
      if parameters.outdoor { h.fact(self("户外活动", "Outdoors"), self("要能参加", "fit to take part")) }
      if let ratio = parameters.ratio {
        let most = ratio.participantsPerEscortAtLeast.map { self("，不超过 1:\($0)", ", at most 1:\($0)") } ?? ""
        h.fact(self("随队人员", "Escorts"), self("至少 1:", "at least 1:") + "\(ratio.participantsPerEscort)\(most)")
      }
      if let count = parameters.medicalEscorts { h.fact(self("随行医护", "Medical escorts"), self("至少 \(count) 名", "at least \(count)")) }
      if !parameters.insurance.isEmpty { h.fact(self("保险", "Insurance"), list(parameters.insurance.map(\.name))) }
      if let years = parameters.cycleYears {
        h.fact(self("疗养周期", "Cycle"), self("\(years) 年一次", "once in \(years) years"))
      }
      if let months = parameters.checkupMonths {
        h.fact(self("体检", "Check-up"), self("\(months) 个月以内", "within \(months) months"))
      }
      if !parameters.activities.isEmpty { h.fact(self("活动", "Activities"), list(parameters.activities.map(\.name))) }
      if !parameters.grounds.isEmpty {
        h.fact(self("入选条件", "Grounds"), list(parameters.grounds.map { FigureNames.name($0, under: "grounds") }))
      }
    }
  }

  private func list(_ words: [Text]) -> String { words.map { context($0) }.joined(separator: self("、", ", ")) }
}

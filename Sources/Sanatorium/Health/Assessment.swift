/// What one check-in means by the batch's pack: the score, the findings, when to look again and what to do. The API,
/// the pages and the Store all use this one function's answer. It never diagnoses.
public struct Assessment: Hashable, Sendable {
  public let news2: NEWS2Score
  /// Worst first; without the score's own band.
  public let findings: [Finding]
  /// The alert it asks for: the worst of the findings and of the band's response; nil for none.
  public let severity: Severity?
  /// The longest time in minutes until the next observation.
  public let nextMinutes: Int
  /// What to do now, by the band that is certain; while a reading is missing, to complete the set.
  public let action: Text

  /// Holds readings and symptoms against the pack. Any of it may be missing; what is missing yields no finding.
  ///
  /// - Parameter baseline: the person's usual values, for changes from them.
  public static func assess(
    _ readings: Readings, symptoms: Symptoms = [], baseline: Readings? = nil, pack: borrowing HealthPack
  ) -> Assessment {
    let facts = HealthFacts(readings: readings, symptoms: symptoms, baseline: baseline, redFlags: pack.redFlags)
    var findings: [Finding] = []
    let response = pack.response(to: facts.news2.leastBand)
    var severity = response?.severity
    var minutes = response?.minutes ?? 60
    for ladder in pack.ladders {
      guard let met = ladder.firstMet(facts) else { continue }
      let rule = ladder.rules[met]
      findings.append(rule.finding)
      if severity.map({ $0 < rule.severity }) ?? true { severity = rule.severity }
      if let again = rule.remeasureMinutes { minutes = min(minutes, again) }
    }
    for finding in Implausible.findings(readings) {
      findings.append(finding)
      if severity.map({ $0 < finding.severity }) ?? true { severity = finding.severity }
    }
    if findings.count > 1 { findings.sort { $0.severity > $1.severity } }
    return Assessment(
      news2: facts.news2, findings: findings, severity: severity, nextMinutes: minutes,
      action: action(facts.news2, response?.action))
  }

  /// What is not measured is never normal: a calm band that some readings alone suggest gives no advice of its own.
  private static func action(_ score: NEWS2Score, _ advice: Text?) -> Text {
    guard !score.isComplete else { return advice ?? Text(verbatim: "") }
    let missing = score.missing.map(\.label)
    let complete = Text(
      "请测全，还缺：\(missing.map(\.chinese).joined(separator: "、"))。",
      "Complete the set; missing: \(missing.map(\.english).joined(separator: ", ")).")
    guard let advice, score.leastBand >= .lowMedium else { return complete }
    return Text("\(advice.chinese) \(complete.chinese)", "\(advice.english) \(complete.english)")
  }

  init(news2: NEWS2Score, findings: [Finding], severity: Severity?, nextMinutes: Int, action: Text) {
    self.news2 = news2
    self.findings = findings
    self.severity = severity
    self.nextMinutes = nextMinutes
    self.action = action
  }

  /// Why it asks for an alert, in the order of weight: the score, then the findings.
  public var reasons: [Text] {
    var reasons: [Text] = []
    let band = news2.leastBand
    if band >= .lowMedium {
      if let total = news2.total {
        reasons.append(Text("NEWS2 \(total) 分（\(band.label.chinese)）", "NEWS2 \(total) (\(band.label.english))"))
      } else {
        let sum = news2.partialTotal
        reasons.append(Text("NEWS2 没测全，已有 \(sum) 分", "NEWS2 incomplete, \(sum) points already"))
      }
    }
    return reasons + findings.map(\.message)
  }
}

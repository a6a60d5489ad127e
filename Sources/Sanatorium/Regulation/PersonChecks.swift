/// What is asked of each participant.
extension RuleContext {
  /// Grounds that stand above one that a regulation names: 二等功（含）以上 takes 一等功 and titles of honour in.
  private static let above: [String: [String]] = [
    "merit_2": ["merit_1", "honor_title"], "merit_3": ["merit_1", "merit_2", "war_merit_3", "honor_title"],
    "theater_award": ["central_award"], "deputy_theater_award": ["theater_award", "central_award"],
    "city_award": ["central_award"], "county_award": ["city_award", "central_award"],
    "county_model_cadre": ["model_cadre"],
  ]

  func ground(_ force: Force) -> [RuleFinding] {
    guard let found = finding(for: FactDemand(.qualifyingGround), force) else { return [] }
    guard found.outcome == .pass, let value = fact(.qualifyingGround)?[.value] else { return [found] }
    let accepted = Set(parameters.grounds.flatMap { [$0] + (RuleContext.above[$0] ?? []) })
    let codes = value.split(separator: ",").map { $0.drop { $0 == " " } }
    if parameters.grounds.isEmpty || codes.contains(where: { accepted.contains(String($0)) }) { return [found] }
    let names = codes.map { FactCatalogue[.qualifyingGround]?.label(of: String($0)).chinese ?? String($0) }
    return [
      RuleFinding(
        .pass, force, key: .qualifyingGround, part: .value, found.message,
        warning: Text(
          "“\(names.joined(separator: "、"))”不在本办法列出的条件里，由选送单位负责认定。",
          "“\(value)” is none of the grounds listed here; the sending unit answers for it."),
        used: found.used)
    ]
  }

  func selfCare(_ force: Force) -> [RuleFinding] {
    var findings: [RuleFinding] = []
    if let least = parameters.selfCare {
      let values = least == .full ? ["full"] : ["able", "full"]
      if let found = finding(for: FactDemand(.selfCare, values: values), force) { findings.append(found) }
    }
    if parameters.outdoor, let found = finding(for: FactDemand(.outdoorFit, values: ["yes"]), force) {
      findings.append(found)
    }
    return findings
  }

  func exclusions(_ force: Force) -> [RuleFinding] {
    parameters.exclusions.compactMap { exclusion in
      finding(
        for: FactDemand(exclusion.key, values: [exclusion == .infectious ? "negative" : "absent"]), force)
    }
  }

  func consents(_ force: Force) -> [RuleFinding] {
    [FactKey.consentSelf, .consentFamily, .consentUnit].compactMap { key in
      guard let found = finding(for: FactDemand(key, values: ["yes"]), force) else { return nil }
      guard found.outcome == .pass, parameters.consentsDated, columns == nil, fact(key)?.date == nil else {
        return found
      }
      // One date for the whole list, checked by a named person, stands for those that carry none of their own.
      if let collected = batch.facts[.consentsCollected]?.date {
        return RuleFinding(
          .pass, force, key: key, part: .date, found.message,
          used: found.used + [FactUse(.consentsCollected, collected.description)])
      }
      return RuleFinding(.unknown, force, key: key, part: .date, missing(key, [.date], of: fact(key)), used: found.used)
    }
  }

  func insurance(_ force: Force) -> [RuleFinding] {
    parameters.insurance.compactMap { kind in
      let key = kind.key
      guard let found = finding(for: FactDemand(key, parts: [.value], values: ["yes"]), force) else { return nil }
      guard found.outcome == .pass else { return found }
      let hasGroupNumber = columns == nil && batch.facts[.insurancePeriod]?[.number] != nil
      if asks(key, .number), fact(key)?[.number] == nil, !hasGroupNumber {
        return RuleFinding(
          .unknown, force, key: key, part: .number, missing(key, [.number], of: fact(key)), used: found.used)
      }
      return columns == nil ? cover(of: kind, found, force) : found
    }
  }

  /// Every day of the stay must be covered, by the person's own policy or the group's.
  private func cover(of kind: InsuranceKind, _ found: RuleFinding, _ force: Force) -> RuleFinding {
    let key = kind.key
    let own = fact(key)
    let group = batch.facts[.insurancePeriod]
    let from = own?.date ?? group?.date
    let until = own?.until ?? group?.until
    let used =
      found.used + (own?[.number].map { [FactUse(key, $0)] } ?? [])
      + [from, until].compactMap { $0 }.map { FactUse(own?.until == nil ? .insurancePeriod : key, $0.description) }
    guard let until, let from else {
      if parameters.insuranceCover == .required {
        return RuleFinding(.unknown, force, key: key, part: .until, missing(key, [.date, .until], of: own), used: used)
      }
      return RuleFinding(
        .pass, force, key: key, part: .value, found.message,
        warning: Text(
          "“\(kind.name.chinese)”没记起止日期，没法核对每一天都在保。",
          "The days that the \(kind.name.english) covers are not recorded, so they can't be compared with the stay."),
        used: used)
    }
    guard let first = firstDay, let last = lastDay else {
      return RuleFinding(
        .unknown, force, key: .lastDay,
        Text("还没定疗养起止日期，没法核对保险。", "The days of the stay are not set, so cover can't be compared."), used: used)
    }
    if from <= first, until >= last {
      return RuleFinding(.pass, force, key: key, part: .value, found.message, used: used)
    }
    // The first gap: before the cover begins, else after it ends.
    let gap = from > first ? (first, min(from + -1, last)) : (max(until + 1, first), last)
    return RuleFinding(
      .fail, force, key: key, part: from > first ? .date : .until,
      Text(
        "“\(kind.name.chinese)”从\(gap.0.short.chinese)到\(gap.1.short.chinese)不在保。",
        "The \(kind.name.english) does not cover \(gap.0.short.english) to \(gap.1.short.english)."),
      used: used)
  }

  func ageCap(_ force: Force) -> [RuleFinding] {
    guard let cap = parameters.ageCap, asks(.birth) else { return [] }
    guard let birth = person?.birth else {
      return [RuleFinding(.unknown, force, key: .birth, Text("还没记出生日期。", "The date of birth is not recorded yet."))]
    }
    guard let day = firstDay else {
      return [RuleFinding(.unknown, force, key: .firstDay, Text("还没定报到日。", "The first day is not set."))]
    }
    let used = [FactUse(.birth, birth.description), FactUse(.firstDay, day.description)]
    guard let age = birth.age(on: day) else {
      return [
        RuleFinding(
          .fail, force, key: .birth, Text("出生日期 \(birth) 晚于报到日。", "The date of birth \(birth) is after the first day."),
          used: used)
      ]
    }
    let highest = parameters.ageCapInclusive ? cap : cap - 1
    let limit = Text(
      parameters.ageCapInclusive ? "不超过 \(cap) 周岁" : "不满 \(cap) 周岁",
      parameters.ageCapInclusive ? "\(cap) at most" : "under \(cap)")
    let outcome: Outcome =
      if age.upperBound <= highest { .pass } else if age.lowerBound > highest { .fail } else { .unknown }
    let message =
      outcome == .unknown
      ? Text(
        "只知道出生年月 \(birth)，报到日可能是 \(age.lowerBound) 也可能是 \(age.upperBound) 周岁，规定\(limit.chinese)。",
        "Only the month of birth is known (\(birth)): \(age.lowerBound) or \(age.upperBound) on day 1; allowed: \(limit.english)."
      )
      : Text(
        "报到日 \(age.lowerBound) 周岁，规定\(limit.chinese)。", "\(age.lowerBound) on day 1; allowed: \(limit.english).")
    return [
      RuleFinding(outcome, force, key: .birth, message, used: used + [FactUse(.age, String(age.lowerBound))])
    ]
  }

  func checkup(_ force: Force) -> [RuleFinding] {
    guard let months = parameters.checkupMonths else { return [] }
    guard let found = finding(for: FactDemand(.checkup, parts: [.date]), force) else { return [] }
    guard found.outcome == .pass, let date = fact(.checkup)?.date else { return [found] }
    guard let day = firstDay else {
      return [RuleFinding(.unknown, force, key: .firstDay, Text("还没定报到日。", "The first day is not set."))]
    }
    let oldest = day.adding(months: -months)
    let message: Text =
      if date > day {
        Text("体检日期 \(date) 晚于报到日 \(day)，请核对。", "The check-up of \(date) is after day 1, \(day); please check.")
      } else if date < oldest {
        Text(
          "最近一次体检 \(date)，到报到日已超过 \(months) 个月。",
          "The last check-up, \(date), is more than \(months) months before day 1.")
      } else {
        found.message
      }
    return [
      RuleFinding(
        date > day || date < oldest ? .fail : .pass, force, key: .checkup, part: .date, message, used: found.used)
    ]
  }

  func cycle(_ force: Force) -> [RuleFinding] {
    guard asks(.previousStay) || asks(.previousStay, .date) else { return [] }
    var fact = fact(.previousStay)
    // The house's own earlier batches know what a list may not: they count where they know of a later stay.
    if let here = person?.previousHere, fact?.date.map({ here > $0 }) ?? true {
      fact = RecordedFact(value: "yes", date: here)
    }
    if fact?.value == "none" {
      return [
        RuleFinding(
          .pass, force, key: .previousStay, part: .value, FactCatalogue.label(.previousStay),
          used: [FactUse(.previousStay, "none")])
      ]
    }
    guard let previous = fact?.date else {
      return [
        RuleFinding(
          .unknown, force, key: .previousStay, part: fact?.value == nil ? .value : .date,
          missing(.previousStay, [.date], of: fact))
      ]
    }
    guard let day = firstDay else {
      return [RuleFinding(.unknown, force, key: .firstDay, Text("还没定报到日。", "The first day is not set."))]
    }
    let used = [FactUse(.previousStay, previous.description)]
    let set = parameters.cycleYears ?? batch.facts[.cycleLength]?[.number].flatMap { Int($0) }
    func message(_ years: Int, _ isRepeat: Bool) -> Text {
      Text(
        "上次疗养 \(previous)，周期 \(years) 年，\(isRepeat ? "还在同一周期里" : "已过一个周期")。",
        "Last stay \(previous), cycle of \(years) years: \(isRepeat ? "still the same cycle" : "a new cycle").")
    }
    if let years = set {
      let isRepeat = previous.adding(months: 12 * years) > day
      return [
        RuleFinding(
          isRepeat ? .fail : .pass, force, key: .previousStay, part: .date, message(years, isRepeat),
          used: used + [FactUse(.cycleLength, String(years))])
      ]
    }
    // A cycle that nobody set is no longer than the regulation allows.
    if let longest = parameters.cycleYearsLimit, previous.adding(months: 12 * longest) <= day {
      return [RuleFinding(.pass, force, key: .previousStay, part: .date, message(longest, false), used: used)]
    }
    return [
      RuleFinding(
        .unknown, force, key: .cycleLength, part: .number,
        Text(
          "上次疗养 \(previous)；疗养周期几年还没定，看不出是不是同一周期。",
          "Last stay \(previous); the length of the cycle is not set, so it can't be told whether this is the same cycle."
        ),
        used: used)
    ]
  }
}

/// Days, numbers, place and validity.
extension RuleContext {
  /// Days that count at this gate: the batch's at opening, a person's planned ones at arrival, those so far daily.
  private func stay() -> (first: Day, last: Day)? {
    guard let first = firstDay else { return nil }
    if gate == .daily { return (first, max(today, first)) }
    return lastDay.map { (first, max($0, first)) }
  }

  private func unsetDays(_ force: Force) -> [RuleFinding] {
    let key: FactKey = firstDay == nil ? .firstDay : .lastDay
    return [RuleFinding(.unknown, force, key: key, Text("还没定疗养起止日期。", "The days of the stay are not set."))]
  }

  private func used(_ stay: (first: Day, last: Day)) -> [FactUse] {
    [
      FactUse(.firstDay, stay.first.description), FactUse(.lastDay, stay.last.description),
      FactUse(.days, String(stay.first.days(through: stay.last))),
    ]
  }

  func maxDays(_ force: Force) -> [RuleFinding] {
    guard let most = parameters.maxDays else { return [] }
    guard let stay = stay() else { return unsetDays(force) }
    let days = stay.first.days(through: stay.last)
    let message = Text("\(days) 天（含往返），最多 \(most) 天。", "\(days) days, travel included; at most \(most).")
    let isIll = person?.isInHospital == true
    if days > most {
      return [
        RuleFinding(
          .fail, force, key: .lastDay,
          isIll
            ? Text(
              "第 \(days) 天，最多 \(most) 天；人在住院，记为因病超期，不因此退疗。",
              "Day \(days) of at most \(most); in hospital: recorded as a medical overrun, no discharge.") : message,
          used: used(stay))
      ]
    }
    let isLast = gate == .daily && days == most
    return [
      RuleFinding(
        .pass, force, key: .lastDay, message,
        warning: isLast ? Text("今天是最后一天。", "Today is the last day allowed.") : nil, used: used(stay))
    ]
  }

  func usualDays(_ force: Force) -> [RuleFinding] {
    guard let usual = parameters.usualDays else { return [] }
    guard let stay = stay() else { return unsetDays(force) }
    let days = stay.first.days(through: stay.last)
    return [
      RuleFinding(
        days > usual ? .fail : .pass, force, key: .lastDay,
        Text("\(days) 天，一般为 \(usual) 天。", "\(days) days; usually \(usual)."), used: used(stay))
    ]
  }

  func batchCap(_ force: Force) -> [RuleFinding] {
    guard let cap = parameters.batchCap else { return [] }
    return size(against: cap, force)
  }

  func statedSize(_ force: Force) -> [RuleFinding] {
    guard let stated = batch.facts[.statedSize]?[.number].flatMap({ Int($0) }) else {
      return [
        RuleFinding(
          .unknown, .informational, key: .statedSize, part: .number,
          missing(.statedSize, [.number], of: batch.facts[.statedSize]))
      ]
    }
    return size(against: stated, force)
  }

  private func size(against cap: Int, _ force: Force) -> [RuleFinding] {
    if person != nil {
      let number = batch.admitted + 1
      return [
        RuleFinding(
          number > cap ? .fail : .pass, force, key: .admittedParticipants,
          Text("这是第 \(number) 人，每批最多 \(cap) 人。", "Number \(number) of at most \(cap) participants."),
          used: [FactUse(.admittedParticipants, String(batch.admitted))])
      ]
    }
    guard let planned = batch.plannedParticipants else {
      return [
        RuleFinding(.unknown, force, key: .plannedParticipants, Text("还没定计划人数。", "The planned number is not set."))
      ]
    }
    return [
      RuleFinding(
        planned > cap ? .fail : .pass, force, key: .plannedParticipants,
        Text(
          "计划 \(planned) 人，最多 \(cap) 人（不含工作人员）。",
          "\(planned) participants planned, at most \(cap), escorts not counted."),
        used: [FactUse(.plannedParticipants, String(planned))])
    ]
  }

  func venueArea(_ force: Force) -> [RuleFinding] {
    guard let area = parameters.venueArea,
      let found = finding(for: FactDemand(.venueArea, values: [area.code]), force)
    else { return [] }
    return [found]
  }

  func activities(_ force: Force) -> [RuleFinding] {
    guard let logged = batch.activities else {
      return [RuleFinding(.unknown, force, key: .activities, Text("还没开始记活动。", "No activity log is kept yet."))]
    }
    let held = logged.filter { $0.value > 0 }
    let used = ActivityKind.allCases.compactMap { kind in
      held[kind].map { FactUse(.activities, "\(kind.rawValue): \($0)") }
    }
    if held.isEmpty {
      return [RuleFinding(.fail, force, key: .activities, Text("还没有记过一次活动。", "No activity has been logged."))]
    }
    let rest = parameters.activities.filter { held[$0] == nil }
    let warning = Text(
      "还没安排：\(rest.map(\.name.chinese).joined(separator: "、"))。",
      "Not held yet: \(rest.map(\.name.english).joined(separator: ", ")).")
    return [
      RuleFinding(
        .pass, force, key: .activities,
        Text(
          "记了 \(held.values.reduce(0, +)) 次活动。",
          "\(held.values.reduce(0, +)) activities logged."),
        warning: rest.isEmpty ? nil : warning, used: used)
    ]
  }

  /// reading Q11: the first day counts; a stay that ends after the regulation does is remarked on.
  func validityOfDay1(_ force: Force) -> [RuleFinding] {
    guard let first = batch.firstDay else { return unsetDays(force) }
    let used = [FactUse(.firstDay, first.description)]
    if let from = validity.from, first < from {
      return [
        RuleFinding(
          .fail, force, key: .firstDay,
          Text(
            "报到日 \(first) 早于施行日期 \(from)。",
            "Day 1, \(first), is before the regulation's first day, \(from)."), used: used)
      ]
    }
    guard let until = validity.until else {
      return [RuleFinding(.pass, force, key: .firstDay, Text("细则有效。", "The regulation is in force."), used: used)]
    }
    if first > until { return lapsed(until, first, force, used) }
    let ends = batch.lastDay.map { $0 > until } ?? false
    return [
      RuleFinding(
        .pass, force, key: .firstDay, Text("报到日 \(first) 在有效期内。", "Day 1, \(first), lies within its validity."),
        warning: ends
          ? Text("细则有效期到 \(until)，本批结束时已过期。", "The regulation lapses on \(until), before the batch ends.") : nil,
        used: used)
    ]
  }

  /// A recorded notice that extends the validity is a fact and no override; a new regulation needs its own pack.
  private func lapsed(_ until: Day, _ first: Day, _ force: Force, _ used: [FactUse]) -> [RuleFinding] {
    let successor = batch.facts[.successor]
    if let number = successor?[.number], successor?.value == "extension", let extended = successor?.until,
      first <= extended
    {
      return [
        RuleFinding(
          .pass, force, key: .successor, part: .until,
          Text("有效期已由 \(number) 延长到 \(extended)。", "Its validity was extended to \(extended) by \(number)."),
          warning: Text(
            "细则原有效期到 \(until)，按延期文件执行。", "It was to lapse on \(until); the batch relies on the notice extending it."),
          used: used + [FactUse(.successor, number), FactUse(.successor, extended.description)])
      ]
    }
    let advice: Text =
      switch successor?.value {
      case "replacement":
        Text("请改用新细则（\(successor?[.number] ?? "")）。", "Use the new regulation (\(successor?[.number] ?? "")).")
      case "extension": Text("延期文件还差文号，或延长的日期不够。", "The notice extending it lacks its number, or ends too early.")
      default: Text("请改用新细则，或记下延长有效期的文件。", "Use its successor, or record the notice that extends it.")
      }
    return [
      RuleFinding(
        .fail, force, key: .firstDay,
        Text(
          "细则有效期到 \(until)，报到日 \(first) 已过期。\(advice.chinese)",
          "The regulation lapsed on \(until); day 1 is \(first). \(advice.english)"),
        used: used)
    ]
  }

  func issued(_ force: Force) -> [RuleFinding] {
    if status != .draft {
      return [RuleFinding(.pass, force, key: .issued, Text("细则已印发。", "The regulation has been issued."))]
    }
    guard let found = finding(for: FactDemand(.issued, parts: [.number, .date]), force) else { return [] }
    guard found.outcome == .pass, let date = fact(.issued)?.date, let first = batch.firstDay, first < date else {
      return [found]
    }
    return [
      RuleFinding(
        .fail, force, key: .issued, part: .date,
        Text("细则 \(date) 才施行，报到日是 \(first)。", "The regulation is in force from \(date) only; day 1 is \(first)."),
        used: found.used + [FactUse(.firstDay, first.description)])
    ]
  }
}

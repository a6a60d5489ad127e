internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What a person's page shows of their health, for those who may read it.
struct HealthPart {
  let checks: [CheckIn]
  let alerts: [Alert]
  /// The last check with every reading; nil when there is none.
  let scored: CheckIn?

  init(_ reader: Reader, _ person: Participant) throws {
    checks = try reader.checkIns(of: person, limit: 30)
    alerts = try reader.alerts(about: person, limit: 10)
    scored = try checks.first { $0.total != nil } ?? (checks.count < 30 ? nil : reader.lastScored(of: person))
  }

  /// Made since the last score, newest first: a reading was left out of each.
  var sinceScore: [CheckIn] { checks.prefix { $0.entry != scored?.entry }.filter { $0.reason == nil } }

  /// The last score is medium or high, or what was measured since comes to as much, or one of them was critical. A reading
  /// that was left out is not a normal one: it takes nothing back.
  var isGrave: Bool {
    (sinceScore + [scored].compactMap(\.self)).contains { $0.points.partialTotal >= 5 || $0.severity == .critical }
  }
}

extension Context {
  /// The last score and the next check of one person. The caller records that health data were shown.
  func lastCheck(_ h: HTML, _ person: Participant) {
    h.section(say("最近检查", "Last check")) {
      h.div("row") {
        h.score(person.lastScore, large: true)
        h.p {
          h.text(person.lastAt.map { moment($0) } ?? say("还没查过", "Not checked yet"))
          h.br()
          nextCheck(h, person)
        }
      }
      checkButton(h, person)
    }
  }

  /// Trends and checks of one person.
  func healthPart(_ h: HTML, _ person: Participant, _ part: HealthPart) {
    let made = part.checks.filter { $0.reason == nil }
    if made.count > 1 { h.section(say("变化", "Trends")) { trend(h, Array(made.prefix(10).reversed())) } }
    if !part.checks.isEmpty { history(h, part.checks) }
  }

  private func trend(_ h: HTML, _ checks: [CheckIn]) {
    func points(_ reading: Reading) -> [Trend.Point] {
      checks.map { check in
        let value = check.readings[reading].map { reading.isInTenths ? $0 : $0 * 10 }
        let (_, month, date) = time.day(of: check.occurredAt).civil
        return Trend.Point(
          hour(check.occurredAt), day: say("\(date)日", "\(date)/\(month)"), tenths: value,
          isScored: (check.points.points(of: reading) ?? 0) > 0, note: say("没测", "none"))
      }
    }
    let readings: [(Reading, [Trend.Band])] = [
      (
        .respirationRate,
        [.init(upTo: 80, points: 3), .init(upTo: 110, points: 1), .init(upTo: 200, points: 0), .init(upTo: 240, points: 2), .init(upTo: 990, points: 3)]
      ),
      (.oxygenSaturation, saturationBands(checks)),
      (
        .systolic,
        [.init(upTo: 900, points: 3), .init(upTo: 1000, points: 2), .init(upTo: 1100, points: 1), .init(upTo: 2190, points: 0), .init(upTo: 3990, points: 3)]
      ),
      (
        .pulse,
        [
          .init(upTo: 400, points: 3), .init(upTo: 500, points: 1), .init(upTo: 900, points: 0), .init(upTo: 1100, points: 1), .init(upTo: 1300, points: 2),
          .init(upTo: 3990, points: 3),
        ]
      ),
      (
        .temperature,
        [.init(upTo: 350, points: 3), .init(upTo: 360, points: 1), .init(upTo: 380, points: 0), .init(upTo: 390, points: 1), .init(upTo: 990, points: 2)]
      ),
    ]
    let scores = Trend(
      "NEWS2", unit: say("分", "points"),
      points: checks.map { check in
        let (_, month, date) = time.day(of: check.occurredAt).civil
        return Trend.Point(
          hour(check.occurredAt), day: say("\(date)日", "\(date)/\(month)"), tenths: check.total.map { $0 * 10 },
          isScored: (check.total ?? 0) >= 5, note: say("没测全", "partial"))
      },
      bands: [.init(upTo: 40, points: 0), .init(upTo: 60, points: 2), .init(upTo: 200, points: 3)])
    h.trends(
      say("体征变化", "Readings"),
      [scores]
        + readings.map { reading, bands in
          Trend(
            reading.label(language), unit: reading.unit(language), points: points(reading), bands: bands,
            isDecimal: reading.isInTenths, lastPoints: checks.last?.points.points(of: reading))
        })
  }

  /// `7时`, as there is room for under a point.
  private func hour(_ instant: Instant) -> String {
    let hour = Int(clock(instant).prefix(2)) ?? 0
    return say("\(hour)时", "\(hour)h")
  }

  /// Scale 2 has other grounds, which depend on the gas: none are drawn then.
  private func saturationBands(_ checks: [CheckIn]) -> [Trend.Band] {
    if checks.last?.readings.oxygenScale == .scale2 { return [.init(upTo: 1000, points: 0)] }
    return [
      .init(upTo: 910, points: 3), .init(upTo: 930, points: 2), .init(upTo: 950, points: 1), .init(upTo: 1000, points: 0),
    ]
  }

  private func history(_ h: HTML, _ checks: [CheckIn]) {
    h.section(say("检查记录", "Checks")) {
      h.timeline {
        for check in checks.prefix(12) {
          if let reason = check.reason {
            h.event(.notDone, say("没查成：", "Not done: ") + reason.label(language), "\(moment(check.occurredAt)) \(check.remark)")
          } else {
            let total = check.total.map { "NEWS2 \($0)" } ?? say("NEWS2 没测全", "NEWS2 incomplete")
            h.event(
              check.severity.map { $0 >= .attention ? $0.boardState : .done } ?? .done, total,
              "\(moment(check.occurredAt)) \(line(check))")
          }
        }
      }
    }
  }

  private func line(_ check: CheckIn) -> String {
    var parts: [String] = []
    for reading in [Reading.respirationRate, .oxygenSaturation, .pulse, .temperature, .glucose] {
      if let value = check.readings[reading] { parts.append("\(reading.label(language)) \(reading.written(value))") }
    }
    if let high = check.readings.systolic, let low = check.readings.diastolic {
      parts.append(say("血压", "Pressure") + " \(high)/\(low)")
    }
    let symptoms = check.symptoms.all.filter { $0 != .none }.map { $0.label(language) }
    return (parts + symptoms + (check.remark.isEmpty ? [] : [check.remark])).joined(separator: "·")
  }
}

public import Sanatorium

/// Counts from the paper forms: 发放、回收、有效 and the five grades from 非常满意 to 非常不满意.
public struct SatisfactionCounts: Sendable, Hashable {
  public var distributed: Int
  public var returned: Int
  public var valid: Int
  /// Five, from very satisfied to very dissatisfied.
  public var grades: [Int]

  public init(distributed: Int, returned: Int, valid: Int, grades: [Int]) {
    self.distributed = distributed
    self.returned = returned
    self.valid = valid
    self.grades = grades
  }

  public static let gradeNames = [
    Text("非常满意", "Very satisfied"), Text("满意", "Satisfied"), Text("一般", "Neither"), Text("不满意", "Dissatisfied"),
    Text("非常不满意", "Very dissatisfied"),
  ]

  /// Very satisfied and satisfied.
  public var satisfied: Int { grades.prefix(2).reduce(0, +) }

  /// What contradicts itself, by field.
  public var faults: [Fault] {
    var faults = Faults()
    func count(_ field: String, _ value: Int) {
      if !(0...10_000).contains(value) {
        faults.add(field, "out-of-range", Text("可填 0 到 10,000，填的是 \(value)。", "0 to 10,000 is allowed, \(value) was given."))
      }
    }
    count("satisfaction.distributed", distributed)
    count("satisfaction.returned", returned)
    count("satisfaction.valid", valid)
    for (index, grade) in grades.enumerated() { count("satisfaction.grades.\(index + 1)", grade) }
    if grades.count != 5 {
      faults.add("satisfaction.grades", "not-five", Text("要填五档的份数。", "Five grades are needed."))
    }
    if returned > distributed {
      faults.add(
        "satisfaction.returned", "more-than-distributed",
        Text("发放 \(distributed) 份，不会回收 \(returned) 份。", "\(distributed) were handed out, so \(returned) can't have come back."))
    }
    if valid > returned {
      faults.add(
        "satisfaction.valid", "more-than-returned",
        Text("回收 \(returned) 份，不会有 \(valid) 份有效。", "\(returned) came back, so \(valid) can't be valid."))
    }
    let sum = grades.reduce(0, +)
    if sum != valid {
      faults.add(
        "satisfaction.grades", "sum",
        Text("五档加起来是 \(sum) 份，有效是 \(valid) 份，要相等。", "The grades add up to \(sum), \(valid) are valid; both must be equal."))
    }
    return faults.all
  }

  /// More forms than people: nobody outside the batch is asked.
  func faults(listed: Int, arrived: Int) -> [Fault] {
    var faults = Faults()
    if distributed > listed {
      faults.add(
        "satisfaction.distributed", "more-than-the-batch",
        Text("这一批名单上 \(listed) 人，发放 \(distributed) 份不对。", "The batch lists \(listed) people, so \(distributed) can't have been handed out."))
    }
    if returned > arrived {
      faults.add(
        "satisfaction.returned", "more-than-arrived",
        Text("报到 \(arrived) 人，不会回收 \(returned) 份。", "\(arrived) arrived, so \(returned) can't have come back."))
    }
    return faults.all
  }
}

/// A recorded indicator, `score` of `whole`.
public struct RecordedIndicator: Sendable, Hashable {
  public var score: Int
  public var whole: Int
  public var basis: String

  public init(score: Int, whole: Int = 100, basis: String = "") {
    self.score = score
    self.whole = whole
    self.basis = basis
  }

  var faults: [Fault] {
    var faults = Faults()
    if !(1...1_000).contains(whole) {
      faults.add("soundness.of", "out-of-range", Text("满分可填 1 到 1,000。", "The full score is 1 to 1,000."))
    } else if !(0...whole).contains(score) {
      faults.add(
        "soundness.score", "out-of-range",
        Text("可填 0 到 \(whole)，填的是 \(score)。", "0 to \(whole) is allowed, \(score) was given."))
    }
    return faults.all
  }
}

/// Something that still keeps a batch from being closed and is no rule.
public struct OpenMatter: Sendable, Hashable {
  /// `present`, `expected`, `nonconformity`, `incident`, `owed-report`, `activation`, `alert`, `satisfaction`,
  /// `soundness`.
  public let code: String
  /// The participant, nonconformity, incident … it is about; the batch otherwise.
  public let subject: ID
  public let message: Text

  var fault: Fault { Fault(code, "open-\(code)", message) }
}

extension Connection {
  func satisfaction(batch: Int64) throws -> SatisfactionCounts? {
    try first(ClosingTable.satisfaction, batch) { row in
      SatisfactionCounts(
        distributed: row.int(0), returned: row.int(1), valid: row.int(2), grades: (3...7).map { row.int($0) })
    }
  }

  func indicators(batch: Int64) throws -> [String: RecordedIndicator] {
    Dictionary(
      uniqueKeysWithValues: try all(ClosingTable.indicators, batch) { row in
        (row.text(0), RecordedIndicator(score: row.int(1), whole: row.int(2), basis: row.text(3)))
      })
  }

  /// Everything that must have ended before the batch can: people here, on the way or awaited, breaches nobody has
  /// explained, incidents and plans that run, external reports past their limit, alerts nobody has answered, counts that
  /// are missing. Whoever lies in hospital keeps nothing open, and a report whose limit lies ahead outlives the batch.
  func openMatters(of batch: Batch, under regulation: Regulation) throws -> [OpenMatter] {
    var matters: [OpenMatter] = []
    for person in try all(ParticipantTable.ofBatch, batch.key, read: Participant.init) {
      switch person.place {
      case .present, .outing, .leave:
        matters.append(
          OpenMatter(
            code: "present", subject: person.id,
            message: Text(
              "\(person.name)还是“\(person.place.name.chinese)”，先登记返程。",
              "\(person.name) is still “\(person.place.name.english)”; record the departure first.")))
      case .notArrived where person.admission == .expected:
        matters.append(
          OpenMatter(
            code: "expected", subject: person.id,
            message: Text(
              "\(person.name)没到，请登记没来、退出或不予接收。",
              "\(person.name) has not arrived; record a no-show, a withdrawal or a refusal.")))
      default: break
      }
    }
    for breach in try nonconformities(of: batch.key) where breach.explanation == nil {
      matters.append(
        OpenMatter(
          code: "nonconformity", subject: breach.id,
          message: Text(
            "\(breach.rule) 的不符合项还没说明：\(breach.message.chinese)",
            "The nonconformity under \(breach.rule) has not been explained: \(breach.message.english)")))
    }
    for incident in try all(IncidentTable.open, batch.key, read: Incident.init) {
      matters.append(
        OpenMatter(
          code: "incident", subject: incident.id,
          message: Text(
            "意外“\(incident.kind.label.chinese)”还没了结，指挥 \(incident.commanderName)。",
            "The incident “\(incident.kind.label.english)” is not closed; \(incident.commanderName) commands.")))
    }
    for (incident, chinese, english) in try all(
      IncidentTable.owedLate, batch.key, read: { ($0.id(0), $0.text(1), $0.text(2)) })
    {
      matters.append(
        OpenMatter(
          code: "owed-report", subject: incident,
          message: Text("对外报告还没报，已过时限：\(chinese)", "An external report is past its limit and not made: \(english)")))
    }
    for alert in try all(AlertTable.ofState, batch.key, Alert.State.open.rawValue, read: Alert.init) {
      // Whose words tell of health says no more here than that it waits.
      let what = alert.tellsHealth ? Text("有一个健康警报", "An alert about somebody's health") : alert.message
      matters.append(
        OpenMatter(
          code: "alert", subject: alert.id,
          message: Text("警报还没人应答：\(what.chinese)", "Nobody has answered an alert: \(what.english)")))
    }
    for activation in try openActivations(of: batch.key) {
      matters.append(
        OpenMatter(
          code: "activation", subject: activation.id,
          message: Text(
            "预案还没结束：\(activation.reason.chinese)", "A plan is not over: \(activation.reason.english)")))
    }
    if try satisfaction(batch: batch.key) == nil {
      matters.append(
        OpenMatter(
          code: "satisfaction", subject: batch.id,
          message: Text("还没填满意度份数。", "The satisfaction counts are missing.")))
    }
    if regulation.parameters.indicators.contains(.planSoundness),
      try indicators(batch: batch.key)[Indicator.planSoundness.rawValue] == nil
    {
      matters.append(
        OpenMatter(code: "soundness", subject: batch.id, message: Text("还没填计划合理度。", "The plan's soundness is missing.")))
    }
    return matters
  }
}

extension Reader {
  public func satisfaction(of batch: Batch) throws -> SatisfactionCounts? { try tables.satisfaction(batch: batch.key) }

  /// By indicator: `plan_soundness`.
  public func indicators(of batch: Batch) throws -> [String: RecordedIndicator] {
    try tables.indicators(batch: batch.key)
  }

  /// What still keeps an open batch from being closed, beside its rules.
  public func openMatters(of batch: Batch) throws -> [OpenMatter] {
    guard let packs = try tables.frozenPacks(batch: batch.key) else { return [] }
    return try tables.openMatters(of: batch, under: packs.regulation)
  }
}

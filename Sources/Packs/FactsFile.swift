public import Sanatorium

/// The facts of a batch written by hand or by a script, to see what a regulation says of them without a batch. YAML, of
/// which JSON is a part.
public struct FactsFile: Sendable {
  /// Somebody of the file: a name to tell them by, and what rules know.
  public struct Person: Sendable {
    public let name: String
    public let facts: PersonFacts
  }

  /// The day on which the daily gate is asked; the batch's first day unless the file names another.
  public let day: Day
  public let batch: BatchFacts
  public let people: [Person]
  /// Soft rules that somebody has accepted not to follow.
  public let departures: [Departure]

  /// Reads a file. Throws `PackFaults` with every fault: its line, field and reason; with a regulation also those of
  /// departures that it doesn't know or allow.
  public static func read(
    _ bytes: [UInt8], file: String, under regulation: Regulation? = nil
  ) throws(PackFaults) -> FactsFile {
    let reader = PackReader(file: file)
    let root = try reader.root(bytes)
    let form = FactsForm()
    let batch = root.fields("batch").map { form.batch($0) } ?? BatchFacts()
    let people = root.list("people").enumerated().map { form.person($1, number: $0 + 1) }
    var seen: Set<String> = []
    for person in people where !seen.insert(person.name).inserted {
      root.fault("people", Text("有两个“\(person.name)”，请加以区别", "“\(person.name)” stands there twice; tell them apart"))
    }
    let departures = root.list("departures").map { form.departure($0, people, regulation) }
    let day = root.optionalDay("day") ?? batch.firstDay
    if day == nil { root.fault("day", Text("要写 day 或 batch.first_day", "`day` or `batch.first_day` must be given")) }
    try reader.finish()
    return FactsFile(day: day ?? Day(number: 0), batch: batch, people: people, departures: departures)
  }
}

/// Reads the parts of a facts file.
private struct FactsForm {
  func batch(_ fields: PackFields) -> BatchFacts {
    let activities = fields.optionalFields("activities").map { kinds in
      var counts: [ActivityKind: Int] = [:]
      for kind in ActivityKind.allCases {
        if let count = kinds.optionalInteger(kind.rawValue, in: 0...10_000) { counts[kind] = count }
      }
      return counts
    }
    let batch = BatchFacts(
      facts: facts(fields, of: .batch), firstDay: fields.optionalDay("first_day"),
      lastDay: fields.optionalDay("last_day"), plannedParticipants: fields.optionalInteger("planned", in: 1...10_000),
      admitted: fields.optionalInteger("admitted", in: 0...10_000) ?? 0,
      present: fields.optionalInteger("present", in: 0...10_000), escorts: fields.list("escorts").map(escort),
      activities: activities)
    if let first = batch.firstDay, let last = batch.lastDay, last < first {
      fields.fault("last_day", Text("最后一天早于第一天", "the last day lies before the first"))
    }
    return batch
  }

  private func escort(_ fields: PackFields) -> EscortFacts {
    EscortFacts(
      name: fields.string("name"), isMedical: fields.optionalFlag("medical") ?? false,
      licence: fields.optionalString("licence"), licenceUntil: fields.optionalDay("licence_until"),
      isPresent: fields.optionalFlag("present") ?? true)
  }

  func person(_ fields: PackFields, number: Int) -> FactsFile.Person {
    var birth: BirthDate?
    if let text = fields.optionalString("birth") {
      birth = BirthDate(text)
      if birth == nil {
        fields.fault("birth", Text("“\(text)”应是 1946-05-01 或 1946-05", "“\(text)” must be like 1946-05-01 or 1946-05"))
      }
    }
    // The id tells people apart in the results; nobody sees it.
    let person = PersonFacts(
      id: ID(high: 0, low: UInt64(number)), facts: facts(fields, of: .participant), birth: birth,
      sex: fields.optionalChoice("sex", Sex.self), firstDay: fields.optionalDay("first_day"),
      lastDay: fields.optionalDay("last_day"), isInHospital: fields.optionalFlag("in_hospital") ?? false)
    return FactsFile.Person(name: fields.optionalString("name") ?? "\(number)", facts: person)
  }

  private func facts(_ fields: PackFields, of scope: FactDefinition.Scope) -> Facts {
    var facts = Facts()
    guard let recorded = fields.optionalFields("facts") else { return facts }
    for name in recorded.keys {
      guard let definition = FactCatalogue[FactKey(name)], definition.scope == scope else {
        recorded.fault(
          name,
          scope == .batch
            ? Text("没有这个批次事项", "there is no such fact of a batch") : Text("没有这个个人事项", "there is no such fact of a person"))
        continue
      }
      guard let parts = recorded.optionalFields(name) else { continue }
      let fact = RecordedFact(
        value: parts.optionalString("value"), number: parts.optionalString("number"), date: parts.optionalDay("date"),
        until: parts.optionalDay("until"), person: parts.optionalString("person"), paper: parts.optionalString("paper"))
      for fault in definition.faults(in: fact) { parts.fault(fault.field, fault.message) }
      facts[definition.key] = fact
    }
    return facts
  }

  func departure(_ fields: PackFields, _ people: [FactsFile.Person], _ regulation: Regulation?) -> Departure {
    var participant: ID?
    if let name = fields.optionalString("participant") {
      participant = people.first { $0.name == name }?.facts.id
      if participant == nil {
        fields.fault("participant", Text("people 里没有“\(name)”", "there is no “\(name)” in `people`"))
      }
    }
    let departure = Departure(
      rule: fields.string("rule"), gate: fields.choice("gate", Gate.self, or: .open), participant: participant,
      reason: fields.string("reason"), person: fields.string("person"), at: Instant(milliseconds: 0))
    if let regulation, !departure.rule.isEmpty, !fields.isFaulty("gate") {
      refuseIdle(departure, regulation, fields)
    }
    return departure
  }

  /// Reports a departure that could never let anything pass.
  private func refuseIdle(_ departure: Departure, _ regulation: Regulation, _ fields: PackFields) {
    let (id, gate) = (departure.rule, departure.gate)
    guard let rule = regulation.rule(id) else {
      fields.fault("rule", Text("\(regulation.id) 里没有 \(id) 这条规定", "\(regulation.id) has no rule \(id)"))
      return
    }
    let checks = rule.checks.filter { $0.gates.contains(gate) }
    let soft = checks.filter { $0.force == .soft }
    guard !checks.isEmpty else {
      let gates = rule.gates.map(\.rawValue).joined(separator: ", ")
      fields.fault("gate", Text("\(id) 不在这个关口查；可填 \(gates)", "\(id) is not asked at this gate; known: \(gates)"))
      return
    }
    guard !soft.isEmpty else {
      fields.fault(
        "rule",
        checks.contains { $0.force == .hard }
          ? Text("\(id) 是必须做到的，不能说明放行", "\(id) is a hard rule; nobody can override it")
          : Text("\(id) 只作记录，不拦，不用说明", "\(id) is informational and stops nothing"))
      return
    }
    if departure.participant == nil, soft.allSatisfy({ $0.isPersonal(at: gate) }), !fields.isFaulty("participant") {
      fields.fault("participant", Text("\(id) 是按人查的，请写明是谁", "\(id) is asked of each person; say of whom this is"))
    } else if departure.participant != nil, !soft.contains(where: { $0.isPersonal(at: gate) }) {
      fields.fault("participant", Text("\(id) 查的是整个批次，不写这一项", "\(id) is asked of the batch; leave this out"))
    }
  }
}

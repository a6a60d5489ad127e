public import Sanatorium

/// What a gate says now: every rule's answer with its clause, and the departures accepted so far.
public struct GateResults: Sendable, Hashable {
  public let gate: Gate
  /// The batch's, then each person's where the gate asks persons.
  public let results: [RuleResult]
  public let departures: [Departure]

  /// The results that stop it.
  public var blocking: [RuleResult] { results.blocking(departures: departures) }

  /// The departure that lets a result pass; nil when there is none.
  public func departure(for result: RuleResult) -> Departure? { departures.letting(result) }

  /// As they are kept with the decision.
  var answers: [RecordedAnswer] { results.map { RecordedAnswer($0, departures) } }

  /// One result for each rule: of several persons' the gravest, and what nobody has accepted before what somebody has.
  var worst: GateResults {
    func weight(_ result: RuleResult) -> Int {
      guard result.outcome != .pass else { return 4 }
      return (departure(for: result) == nil ? 0 : 2) + (result.outcome == .fail ? 0 : 1)
    }
    var order: [String] = []
    var worst: [String: (result: RuleResult, weight: Int)] = [:]
    for result in results {
      let own = weight(result)
      guard let known = worst[result.rule] else {
        order.append(result.rule)
        worst[result.rule] = (result, own)
        continue
      }
      if own < known.weight { worst[result.rule] = (result, own) }
    }
    return GateResults(gate: gate, results: order.compactMap { worst[$0]?.result }, departures: departures)
  }
}

extension [Departure] {
  /// The one accepted last that lets a result pass; nil when there is none.
  func letting(_ result: RuleResult) -> Departure? { last { $0.faults(for: result).isEmpty } }
}

private enum DepartureSQL {
  static let ofEverybody = SQL(
    """
    SELECT d.rule, d.gate, p.uuid, d.reason, d.person, d.accepted_at
    FROM rule_departure d LEFT JOIN participant p ON p.id = d.participant WHERE d.batch = ? ORDER BY d.entry
    """)
}

extension Connection {
  /// The results of one subject: the batch's rules, or those of one person.
  func results(
    at gate: Gate, of subject: FactSubject, under regulation: Regulation, at moment: Instant, in time: LocalTime
  ) throws -> [RuleResult] {
    let batch = subject.batch
    let facts = try batchFacts(batch, facts(batch: batch.key), excluding: subject.key, in: time)
    let person = try subject.participant.map {
      personFacts(
        $0, try self.facts(batch: batch.key, participant: $0.key),
        earlier: try earlierStays(
          batch: batch.key, before: time.instant(batch.firstDay, minute: 0), person: $0.key)[$0.key], at: moment, in: time)
    }
    return regulation.results(at: gate, on: time.day(of: moment), batch: facts, person: person)
  }

  /// The results of the batch and, where the gate asks persons, of all of them, in a few queries.
  ///
  /// - Parameter withDeparted: of the daily gate those who have left as well, each asked for their last day.
  func wholeResults(
    at gate: Gate, of batch: Batch, under regulation: Regulation, at moment: Instant, in time: LocalTime,
    withDeparted: Bool = false
  ) throws -> GateResults {
    let recorded = try factsOfEverybody(batch: batch.key)
    let facts = try batchFacts(batch, recorded[0] ?? Facts(), in: time)
    let today = time.day(of: moment)
    var results = regulation.results(at: gate, on: today, batch: facts)
    if gate == .arrival || gate == .daily || gate == .close {
      let people = try all(ParticipantTable.ofBatch, batch.key, read: Participant.init)
      let earlier = try earlierStays(batch: batch.key, before: time.instant(batch.firstDay, minute: 0))
      // Whoever is still awaited is judged as if they came on the first day.
      let expected = max(moment, time.instant(batch.firstDay, minute: 0))
      for person in people where gate == .arrival || person.arrivedAt != nil {
        // Who was turned away before they came is asked for nothing.
        if person.arrivedAt == nil, ![.expected, .held].contains(person.admission) { continue }
        let departed = gate == .daily ? person.departedAt : nil
        if departed != nil, !withDeparted { continue }
        var others = facts
        if person.admission == .admitted { others.admitted -= 1 }
        results += regulation.results(
          at: gate, on: departed.map { time.day(of: $0) } ?? today, batch: others,
          person: personFacts(
            person, recorded[person.key] ?? Facts(), earlier: earlier[person.key], at: expected, in: time))
      }
    }
    return GateResults(gate: gate, results: results, departures: try departures(batch: batch.key, at: gate))
  }

  func departures(batch: Int64, at gate: Gate? = nil) throws -> [Departure] {
    try all(DepartureSQL.ofEverybody, batch) { row in
      Departure(
        rule: row.text(0), gate: try row.code(1), participant: row.optionalID(2), reason: row.text(3),
        person: row.text(4), at: row.instant(5))
    }.filter { gate == nil || $0.gate == gate }
  }
}

extension Reader {
  /// A gate as it stands. `proposed` is the regulation of a batch that isn't open yet; throws `Refusal.conflict` when it
  /// is needed and missing.
  public func gate(
    _ gate: Gate, of batch: Batch, under proposed: Regulation? = nil, at moment: Instant
  ) throws -> GateResults {
    try tables.wholeResults(at: gate, of: batch, under: try regulation(of: batch, or: proposed), at: moment, in: time)
  }

  /// The arrival gate of one person, as it would decide at that moment: for people still awaited the later of now and
  /// the batch's first day.
  public func arrivalGate(
    of participant: Participant, under proposed: Regulation? = nil, at moment: Instant
  ) throws -> GateResults {
    let batch = try batch(of: participant)
    let subject = FactSubject(batch: batch, participant: participant)
    let results = try tables.results(
      at: .arrival, of: subject, under: try regulation(of: batch, or: proposed), at: moment, in: time)
    return GateResults(
      gate: .arrival, results: results,
      departures: try tables.departures(batch: batch.key, at: .arrival).filter { $0.participant == participant.id })
  }

  /// Every departure from a soft rule that was accepted, in order.
  public func departures(of batch: Batch) throws -> [Departure] { try tables.departures(batch: batch.key) }

  private func regulation(of batch: Batch, or proposed: Regulation?) throws -> Regulation {
    if let frozen = try tables.frozenPacks(batch: batch.key)?.regulation { return frozen }
    guard let proposed else {
      throw Refusal.conflict("batch", "not-open", Text("这一批还没有开班。", "This batch has not been opened yet."))
    }
    return proposed
  }
}

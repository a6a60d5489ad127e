internal import Sanatorium

private enum GateSQL {
  static let arrived = SQL("SELECT count(*) FROM participant WHERE batch = ? AND arrived_at IS NOT NULL")
  /// When people of a batch were here before: admitted under the same name and date of birth in another
  /// batch before, and with no other identity number.
  static let earlierStays = SQL(
    """
    SELECT p.id, max(q.arrived_at) FROM participant p JOIN participant q
      ON q.name = p.name AND q.birth = p.birth AND q.batch <> p.batch AND q.admission = 'admitted'
      AND q.arrived_at < coalesce(p.arrived_at, ?3)
      AND (q.identity IS NULL OR p.identity IS NULL OR q.identity = p.identity)
    WHERE p.batch = ?1 AND (?2 = 0 OR p.id = ?2) GROUP BY p.id
    """)
  static let admitted = SQL("SELECT count(*) FROM participant WHERE batch = ? AND admission = 'admitted' AND id <> ?")
}

/// What the rules look at, read from the tables. Facts that nobody has to write down because the house knows them (the
/// batch's number, the members of the service groups, the satisfaction counted at the end) stand in where nobody recorded them.
extension Connection {
  func batchFacts(
    _ batch: Batch, _ recorded: Facts, excluding person: Int64 = 0, in time: LocalTime
  ) throws -> BatchFacts {
    var facts = recorded
    func stand(_ key: FactKey, _ fact: RecordedFact?) {
      if facts[key] == nil, let fact { facts[key] = fact }
    }
    stand(.batchNumber, RecordedFact(number: batch.number))
    stand(.venue, RecordedFact(value: batch.venue))
    facts = try factsWithGroups(batch: batch.key, facts)
    // A list that is kept knows better than what somebody wrote down once.
    if let kit = try kit(of: batch.key).fact(until: batch.lastDay, in: time) { facts[.kit] = kit }
    if let counts = try satisfaction(batch: batch.key) {
      let arrived = try count(GateSQL.arrived, batch.key)
      stand(
        .satisfactionOffered,
        RecordedFact(value: counts.distributed >= arrived ? "yes" : "no", number: String(counts.distributed)))
      stand(.indicatorSatisfaction, RecordedFact(value: "\(counts.satisfied)/\(counts.valid)"))
    }
    if let soundness = try indicators(batch: batch.key)[Indicator.planSoundness.rawValue] {
      stand(.indicatorPlanSoundness, RecordedFact(value: "\(soundness.score)/\(soundness.whole)", paper: soundness.basis))
    }
    // The report counts completed stays by itself, from the departures; from the closing on none can be missing.
    if batch.closedAt != nil { stand(.indicatorCompletion, RecordedFact(value: "counted")) }
    let here = try coverageCounts(batch: batch.key).whole.participants
    return BatchFacts(
      facts: facts, firstDay: batch.firstDay, lastDay: batch.lastDay, plannedParticipants: batch.planned,
      admitted: try count(GateSQL.admitted, batch.key, person), present: batch.hasBegun ? here : nil,
      escorts: try escorts(of: batch.key).filter { $0.side == .sent }.map(\.facts),
      activities: batch.hasBegun ? try activityCounts(batch: batch.key) : nil)
  }

  /// By participant; `person` asks for one alone.
  ///
  /// - Parameter first: the batch's first day; nobody's stay in it begins before.
  func earlierStays(batch: Int64, before first: Instant, person: Int64 = 0) throws -> [Int64: Instant] {
    Dictionary(
      uniqueKeysWithValues: try all(GateSQL.earlierStays, batch, person, first) { ($0.int64(0), $0.instant(1)) })
  }

  /// - Parameter earlier: when they were in this house last, as its own earlier batches tell.
  func personFacts(
    _ person: Participant, _ recorded: Facts, earlier: Instant?, at moment: Instant, in time: LocalTime
  ) -> PersonFacts {
    var facts = recorded
    if facts[.category] == nil, !person.category.isEmpty { facts[.category] = RecordedFact(value: person.category) }
    if facts[.certifyingUnit] == nil, !person.unit.isEmpty { facts[.certifyingUnit] = RecordedFact(value: person.unit) }
    return PersonFacts(
      id: person.id, facts: facts, birth: person.birth.map(BirthDate.day), sex: Sex(rawValue: person.sex),
      firstDay: time.day(of: person.arrivedAt ?? moment), lastDay: person.departedAt.map { time.day(of: $0) },
      isInHospital: person.place == .hospital, previousHere: earlier.map { time.day(of: $0) })
  }
}

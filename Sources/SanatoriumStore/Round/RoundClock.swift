internal import Evidence
internal import Sanatorium

extension Ledger {
  /// The first planned round that opens at or after a moment, with its day.
  func nextRound(in batch: Batch, health: HealthPack, from moment: Instant) -> (round: PlannedRound, day: Day)? {
    var day = max(time.day(of: moment), batch.firstDay)
    for _ in 0..<2 {
      for round in health.rounds.sorted(by: { $0.opens < $1.opens })
      where round.times(on: day, in: time).opens >= moment { return (round, day) }
      day = day + 1
    }
    return nil
  }

  /// When the first round of a batch opens that is opened now; its `batchOpened` entry sets the deadline with it.
  func firstRoundOpening(in batch: Batch, health: HealthPack) -> Instant? {
    nextRound(in: batch, health: health, from: now).map { $0.round.times(on: $0.day, in: time).opens }
  }

  /// The clock: a round opens.
  func openRound(batch key: Int64, at due: Instant) throws {
    let batch = try tables.batch(key: key)
    let health = try packs(of: key).health
    guard let (planned, day) = nextRound(in: batch, health: health, from: due) else {
      throw DeadlineStands(kind: "roundOpens", subject: key)
    }
    let times = planned.times(on: day, in: time)
    let next = nextRound(in: batch, health: health, from: times.opens + Span(milliseconds: 1))
    let payload = RoundOpened(
      openPart: .init(round: planned.code, day: day, dueAt: times.due),
      personalPart: .init(
        chinese: planned.name.chinese, english: planned.name.english, dueAt: times.due, overdueAt: times.overdue,
        participants: try tables.all(RoundTable.presentKeys, key) { $0.int64(0) },
        nextAt: next.map { $0.round.times(on: $0.day, in: time).opens }))
    try record(payload, .consequence(batch: key, subject: batch.id, at: times.opens))
  }

  /// The clock: a round's limit passes. Who has not been seen is overdue, and one alert says how many.
  func closeRound(_ key: Int64, at due: Instant) throws {
    guard let round = try tables.first(RoundTable.byKey, key, read: Round.init) else {
      throw CorruptRow(column: 0, value: "round \(key)")
    }
    let counts = try tables.counts(batch: round.batch, round: key)
    let missing = counts.open + counts.missed
    let gone = Text(
      counts.missed > 0 ? "，\(counts.missed) 人没查就离开了" : "", counts.missed > 0 ? ", \(counts.missed) left unseen" : "")
    try record(
      RoundPassed(
        openPart: .init(round: round.code, day: round.day, missing: missing), personalPart: .init(round: key)),
      .consequence(batch: round.batch, subject: round.id, at: due))
    guard missing > 0 else { return }
    let civil = round.day.civil
    try raise(
      AlertDraft(
        code: "round-overdue", severity: .attention, batch: round.batch, subject: round.id,
        message: Text(
          "\(civil.month)月\(civil.day)日 \(round.name.chinese)过了时限，还有 \(counts.open) 人没查\(gone.chinese)",
          "\(round.name.english) of \(round.day) is past its limit, \(counts.open) not seen\(gone.english)"),
        at: due))
  }

  /// The clock: a check that a score asked for was not made.
  func passFollowUp(participant key: Int64, at due: Instant) throws {
    let participant = try tables.participant(key: key)
    try record(
      FollowUpPassed(openPart: .init(), personalPart: .init(participant: key)),
      .consequence(batch: participant.batch, subject: participant.id, at: due))
    try raise(
      AlertDraft(
        code: "follow-up-overdue", severity: .urgent, batch: participant.batch, participant: participant,
        message: Text("\(participant.name)该复查了，没人查", "\(participant.name) should have been checked again"), at: due))
  }
}

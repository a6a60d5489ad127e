public import Sanatorium

/// 每日健康巡查: one planned round of one day.
public struct Round: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let day: Day
  /// The pack's code, `morning`.
  public let code: String
  public let name: Text
  public let opensAt: Instant
  public let dueAt: Instant
  public let overdueAt: Instant
  /// Its limit has passed.
  public let isOverdue: Bool

  init(_ row: Row) {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    day = row.day(3)
    code = row.text(4)
    name = Text(row.text(5), row.text(6))
    opensAt = row.instant(7)
    dueAt = row.instant(8)
    overdueAt = row.instant(9)
    isOverdue = row.bool(10)
  }
}

/// How a round stands. Suspended people (hospital, leave, departed) are not due.
public struct RoundCounts: Sendable, Hashable {
  public var due = 0
  /// Seen, with every reading or not.
  public var done = 0
  /// Of those done, with a reading left out: no total, and somebody has to complete the set.
  public var incomplete = 0
  public var notDone = 0
  /// Neither seen nor given a reason, and here.
  public var open = 0
  /// Left the house after the round's time without having been seen.
  public var missed = 0

  /// Nobody is unaccounted for.
  var isAnswered: Bool { open == 0 && missed == 0 }
}

extension Reader {
  /// The last round that had opened by then; nil before the first.
  public func round(in batch: Batch, at now: Instant) throws -> Round? {
    try tables.first(RoundTable.at, batch.key, now, read: Round.init)
  }

  public func round(_ id: ID) throws -> Round {
    guard let round = try tables.first(RoundTable.byID, id, read: Round.init) else {
      throw Refusal.notFound(Text("没有这次巡查。", "There is no such round."))
    }
    return round
  }

  /// The rounds that opened on a day.
  public func rounds(in batch: Batch, on day: Day) throws -> [Round] {
    try tables.all(
      RoundTable.between, batch.key, time.instant(day, minute: 0), time.instant(day + 1, minute: 0), read: Round.init)
  }

  public func counts(of round: Round) throws -> RoundCounts { try tables.counts(batch: round.batch, round: round.key) }

  /// What became of everyone who was due in a round, by the participant's id.
  public func outcomes(of round: Round) throws -> [ID: String] {
    let pairs = try tables.all(RoundTable.outcomes, round.batch, round.key) { ($0.id(0), $0.text(1)) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// What became of a person's part in a round: `open`, `done`, `incomplete`, `not-done`, `missed` (left after
  /// the round's time unseen), `suspended`; nil when it was never due.
  public func outcome(of round: Round, for participant: Participant) throws -> String? {
    try tables.first(RoundTable.dueOf, round.batch, round.key, participant.key) { $0.text(0) }
  }
}

extension Connection {
  func counts(batch: Int64, round: Int64) throws -> RoundCounts {
    let counts = try first(RoundTable.counts, batch, round) {
      RoundCounts(
        due: $0.int(0), done: $0.int(1), incomplete: $0.int(2), notDone: $0.int(3), open: $0.int(4), missed: $0.int(5))
    }
    return counts ?? RoundCounts()
  }

  /// From `apply` of an arrival or a return: the person is due in the round whose time has not passed.
  func joinRound(participant: Int64, batch: Int64, at moment: Instant) throws {
    guard let round = try first(RoundTable.at, batch, moment, read: Round.init), moment < round.overdueAt else {
      return
    }
    try run(RoundTable.insertDue, batch, round.key, participant)
    try run(RoundTable.resume, batch, round.key, participant)
    if try first(RoundTable.dueOf, batch, round.key, participant, read: { $0.text(0) }) == "open" {
      try run(RoundTable.dueParticipant, round.key, round.dueAt, participant)
    }
  }

  /// From `apply` of leave, hospital, departure: nothing is due any more. Before the round's time what was open is
  /// suspended; after it whoever goes unseen was missed, unless a hospital sees them now. Who was not seen when the limit
  /// passed stays open, wherever they go afterwards.
  func leaveRound(participant: Int64, batch: Int64, for place: Place, at moment: Instant) throws {
    if let round = try first(RoundTable.at, batch, moment, read: Round.init), moment < round.overdueAt {
      let isMissed = place != .hospital && moment > round.dueAt
      try run(RoundTable.leave, isMissed ? "missed" : "suspended", batch, round.key, participant)
    }
    try run(RoundTable.clearParticipant, participant)
    try setDeadline(.followUp, participant, batch: batch, at: nil)
  }
}

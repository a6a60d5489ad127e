public import Sanatorium

/// The duty room's picture of the open batch at one moment: who is where, who must be seen, what holds, who must answer.
/// A few statements whatever the length of the stay.
public struct Board: Sendable {
  public let batch: Batch
  public let at: Instant
  /// The day of the stay, from 1.
  public let day: Int
  public let presence: Presence
  /// The last round that had opened; nil before the first.
  public let round: Round?
  public let counts: RoundCounts?
  /// What became of everyone who was due in the round.
  public let outcomes: [ID: String]
  /// What the round came to and what is due once more; nil before the first.
  public let standing: RoundStanding?
  /// Whose check should have been made, the longest overdue first.
  public let overdue: [BoardPerson]
  /// Whose next check is due within the hour, or in the round that runs; the soonest first.
  public let dueSoon: [BoardPerson]
  /// 暂留待核 and not departed.
  public let held: [BoardPerson]
  public let hospital: [BoardPerson]
  public let leave: [BoardPerson]
  /// Whose leave or outing should have ended, the longest overdue first.
  public let missing: [BoardPerson]
  public let outings: [BoardOuting]
  /// Escorts against the regulation; nil where the batch has no packs.
  public let coverage: CoverageNow?
  /// Unanswered alerts: drills last, the gravest first, then the oldest.
  public let alerts: [BoardAlert]
  /// Proposed and running plans, in the order in which they began.
  public let activations: [Activation]
  /// Incidents not closed, newest first.
  public let incidents: [Incident]
  /// In the order of their tiers; one row per person and duty.
  public let onDuty: [OnDuty]
}

/// An outing under way.
public struct BoardOuting: Sendable, Hashable {
  public let outing: Outing
  public let participants: Int
}

/// An unanswered alert with the person it is about.
public struct BoardAlert: Sendable, Hashable {
  public let alert: Alert
  public let person: BoardPerson?
}

extension Reader {
  /// The board of the open batch; nil when none is open.
  public func board(at now: Instant) throws -> Board? {
    guard let batch = try activeBatch() else { return nil }
    let people = try tables.all(BoardSQL.people, batch.key, read: BoardPerson.init)
    let byKey = Dictionary(uniqueKeysWithValues: people.map { ($0.key, $0) })
    var presence = Presence()
    for person in people { presence.add(person.admission, person.place, overdue: person.isBackOverdue ? 1 : 0) }
    let round = try round(in: batch, at: now)
    let counts = try round.map { try self.counts(of: $0) }
    let outcomes = try round.map { try self.outcomes(of: $0) } ?? [:]
    let coverage = try coverageNow(of: batch)
    let here = people.filter(\.isHere)
    return Board(
      batch: batch, at: now, day: time.day(of: now) - batch.firstDay + 1, presence: presence, round: round,
      counts: counts, outcomes: outcomes,
      standing: round.flatMap { round in counts.map { RoundStanding(round, $0, people, outcomes: outcomes, at: now) } },
      overdue: here.filter(\.isOverdue).sorted { ($0.dueAt ?? now, $0.number) < ($1.dueAt ?? now, $1.number) },
      dueSoon: here.filter { !$0.isOverdue && ($0.isRoundDue || $0.dueAt.map { $0 <= now + .hours(1) } ?? false) }
        .sorted { ($0.dueAt ?? now, $0.number) < ($1.dueAt ?? now, $1.number) },
      held: people.filter { $0.admission == .held && $0.place != .departed && $0.place != .notArrived },
      hospital: people.filter { $0.place == .hospital }, leave: people.filter { $0.place == .leave },
      missing: people.filter(\.isBackOverdue)
        .sorted { ($0.expectedBack ?? now, $0.number) < ($1.expectedBack ?? now, $1.number) },
      outings: try outings(coverage, batch, people), coverage: coverage,
      alerts: try (alerts(of: batch, state: .open) + alerts(besides: batch, state: .open)).map { BoardAlert(alert: $0, person: byKey[$0.participant]) }
        .sorted { $0.alert.comesBefore($1.alert) },
      activations: try openActivations(of: batch), incidents: try openIncidents(of: batch),
      onDuty: try onDuty(in: batch, at: now).sorted { ($0.duty.rank, $0.name) < ($1.duty.rank, $1.name) })
  }

  /// The coverage has read them already; only without packs they are read here.
  private func outings(_ coverage: CoverageNow?, _ batch: Batch, _ people: [BoardPerson]) throws -> [BoardOuting] {
    var counts: [Int64: Int] = [:]
    for outing in people.compactMap(\.outing) { counts[outing, default: 0] += 1 }
    let away = try coverage.map { $0.outings.map(\.outing) } ?? tables.outingsAway(batch: batch.key)
    return away.map { BoardOuting(outing: $0, participants: counts[$0.key] ?? 0) }
  }
}

extension Duty {
  /// Who is called first stands first.
  fileprivate var rank: Int {
    switch self {
    case .dutyLead: 0
    case .medicalLead: 1
    case .escort: 2
    case .facilityHead: 3
    case .organizerLead: 4
    case .security: 5
    case .reception: 6
    case .logistics: 7
    }
  }
}

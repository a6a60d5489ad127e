public import Sanatorium

/// A call for a named person's answer: open → acknowledged → resolved, climbing by tier while unanswered.
public struct Alert: Sendable, Hashable {
  public enum State: String, Sendable, Codable, CaseIterable { case open, acknowledged, resolved }

  let key: Int64
  public let id: ID
  let batch: Int64
  /// What raised it, `news2`, `round-overdue`, `outing-overdue`.
  public let code: String
  public let severity: Severity
  /// 0 when it concerns no single person.
  let participant: Int64
  /// The participant, outing, round, activation … it is about.
  public let subject: ID
  public let message: Text
  public let isDrill: Bool
  public let openedAt: Instant
  public let state: State
  /// The tier that must answer now; nil when nobody stands in any tier.
  public let tier: AlertTier?
  public let tierAt: Instant?
  /// The names of those who must answer now.
  public let people: String
  public let nextTier: AlertTier?
  public let nextAt: Instant?
  public let acknowledgedBy: String?
  public let acknowledgedAt: Instant?
  public let resolvedAt: Instant?
  /// The first tier that is asked; those before it are not concerned. Nil for all.
  let from: AlertTier?
  /// Why it was resolved.
  public let resolution: String

  /// Nobody stands in any tier: every device of the house has to show it.
  public var isNobodys: Bool { state == .open && tier == nil && nextTier == nil }

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    code = row.text(3)
    severity = try row.code(4)
    participant = row.int64(5)
    subject = row.id(6)
    message = Text(row.text(7), row.text(8))
    isDrill = row.bool(9)
    openedAt = row.instant(10)
    state = try row.code(11)
    tier = row.optionalText(12).flatMap(AlertTier.init(rawValue:))
    tierAt = row.optionalInstant(13)
    people = row.text(14)
    nextTier = row.optionalText(15).flatMap(AlertTier.init(rawValue:))
    nextAt = row.optionalInstant(16)
    acknowledgedBy = row.optionalText(17)
    acknowledgedAt = row.optionalInstant(18)
    resolvedAt = row.optionalInstant(19)
    from = row.optionalText(20).flatMap(AlertTier.init(rawValue:))
    resolution = row.text(21)
  }
}

extension Connection {
  func unresolvedAlerts(_ code: String, batch: Int64) throws -> [Alert] {
    try all(AlertTable.unresolvedOf, batch, code, read: Alert.init)
  }
}

extension Alert {
  /// Its words tell of somebody's health: for those who may read that. A plan's words hold the reason that started it.
  public var tellsHealth: Bool {
    code == "health" || code.hasPrefix(Alert.healthRulePrefix)
      || ["plan-st", "plan-pro", "plan-level", "plan-raise"].contains { code.hasPrefix($0) }
  }
}

extension Reader {
  public func alert(_ id: ID) throws -> Alert {
    guard let alert = try tables.first(AlertTable.byID, id, read: Alert.init) else {
      throw Refusal.notFound(Text("没有这个警报。", "There is no such alert."))
    }
    return alert
  }

  /// Newest first; `before` is the opening of the previous page's last.
  public func resolvedAlerts(
    of batch: Batch, before: Instant = Instant(milliseconds: .max), limit: Int = 50
  ) throws -> [Alert] {
    try tables.all(AlertTable.resolvedPage, batch.key, before, limit, read: Alert.init)
  }

  /// A person's alerts, unresolved before resolved, newest first in each.
  public func alerts(about participant: Participant, limit: Int = 20) throws -> [Alert] {
    try Alert.State.allCases.flatMap { state in
      try tables.all(
        AlertTable.ofParticipant, participant.batch, state.rawValue, participant.key, limit, read: Alert.init)
    }
  }

  /// The person an alert concerns.
  public func participant(of alert: Alert) throws -> Participant? {
    alert.participant == 0 ? nil : try tables.participant(key: alert.participant)
  }

  public func alerts(of batch: Batch, state: Alert.State) throws -> [Alert] {
    try tables.all(AlertTable.ofState, batch.key, state.rawValue, read: Alert.init)
  }

  /// Unresolved ones of every other batch: a report that nobody takes stays an alert while the next batch is here.
  public func alerts(besides batch: Batch, state: Alert.State) throws -> [Alert] {
    guard state != .resolved else { return [] }
    return try tables.all(AlertTable.elsewhere, state.rawValue, batch.key, read: Alert.init)
  }
}

extension Alert {
  /// What to look at first: what is meant in earnest before drills, the gravest first, then the oldest.
  public func comesBefore(_ other: Alert) -> Bool {
    if isDrill != other.isDrill { return other.isDrill }
    return (other.severity, openedAt) < (severity, other.openedAt)
  }
}

internal import Sanatorium

/// A deadline whose entry left it where it was: the clock would never come past it.
struct DeadlineStands: Error {
  let kind: String
  let subject: Int64
}

extension Ledger {
  /// Does everything that has become due by now, in the order of its times, at most `limit` things at once. After a stop
  /// it catches up: each entry says when it should have happened and when it was recorded. Returns whether anything is
  /// left that is due.
  @discardableResult
  public func advance(limit: Int = 200) throws -> Bool {
    for _ in 0..<limit {
      guard let deadline = try dueDeadline() else { return false }
      switch deadline.kind {
      case .alert: try escalate(alert: deadline.subject, at: deadline.at)
      case .roundOpens: try openRound(batch: deadline.subject, at: deadline.at)
      case .roundOverdue: try closeRound(deadline.subject, at: deadline.at)
      case .followUp: try passFollowUp(participant: deadline.subject, at: deadline.at)
      case .leave: try leaveOverdue(participant: deadline.subject, at: deadline.at)
      case .outing: try outingOverdue(outing: deadline.subject, at: deadline.at)
      case .proposal: try proposalUnanswered(activation: deadline.subject, at: deadline.at)
      case .step: try stepOverdue(activation: deadline.subject, at: deadline.at)
      case .report: try reportsOverdue(incident: deadline.subject, at: deadline.at)
      }
      if let again = try dueDeadline(), again.kind == deadline.kind, again.subject == deadline.subject,
        again.at <= deadline.at
      {
        throw DeadlineStands(kind: deadline.kind.rawValue, subject: deadline.subject)
      }
    }
    return try dueDeadline() != nil
  }

  private func dueDeadline() throws -> Deadline? {
    let deadline = try tables.first(DeadlineTable.first) { row in
      Deadline(kind: try row.code(0), subject: row.int64(1), batch: row.int64(2), at: row.instant(3))
    }
    guard let deadline, deadline.at <= now else { return nil }
    return deadline
  }
}

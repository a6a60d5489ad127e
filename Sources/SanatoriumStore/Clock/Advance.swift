internal import Sanatorium

/// A deadline whose entry left it where it was: the clock would never come past it.
struct DeadlineStands: Error {
  let kind: String
  let subject: Int64
}

/// A deadline that could not be kept and waits for its next try; in memory alone, so that a restart tries at once.
struct StuckDeadline {
  let batch: Int64
  var attempts: Int
  var retryAt: Instant

  /// Tried again after 10 s, then twice as long each time, at most an hour.
  mutating func fail(at now: Instant) {
    retryAt = now + min(.hours(1), .seconds(10 << min(attempts, 9)))
    attempts += 1
  }
}

extension Ledger {
  private static let savepoint = SQL("SAVEPOINT deadline")
  private static let release = SQL("RELEASE deadline")
  private static let rollback = SQL("ROLLBACK TO deadline")

  /// Before anything else is recorded: what has become due by now happens first, so that a check sent right after a round
  /// has opened answers that round. Costs one comparison while nothing is due.
  func keepPace() throws {
    guard now >= tables.nextDue else { return }
    try advance()
  }

  /// Does everything that has become due by now, in the order of its times, at most `limit` things at once. After a stop
  /// it catches up: each entry says when it should have happened and when it was recorded. Returns whether anything is
  /// left that is due.
  ///
  /// A deadline that fails is undone alone, told to the duty lead and to `takeClockFaults`, and tried again later; the
  /// others go on.
  @discardableResult
  public func advance(limit: Int = 200) throws -> Bool {
    for _ in 0..<limit {
      guard let deadline = try dueDeadline() else {
        tables.nextDue = try nextDue()
        return false
      }
      try keep(deadline)
    }
    return try dueDeadline() != nil
  }

  /// What could not be done since the last call, one line each for the operator's log.
  public func takeClockFaults() -> [String] {
    defer { clockFaults = [] }
    return clockFaults
  }

  private func keep(_ deadline: Deadline) throws {
    let isDone = try apart("\(deadline.kind) \(deadline.subject)") {
      try perform(deadline)
      if let again = try dueDeadline(), again.key == deadline.key, again.at <= deadline.at {
        throw DeadlineStands(kind: deadline.kind, subject: deadline.subject)
      }
    }
    let batch = deadline.batch
    if isDone {
      guard stuck.removeValue(forKey: deadline.key) != nil, !stuck.values.contains(where: { $0.batch == batch }) else {
        return
      }
      try apart("the end of an alert") {
        try resolveAlert(
          "clock", batch: batch, subject: try tables.batch(key: batch).id, reason: "done at last", at: now)
      }
      return
    }
    stuck[deadline.key, default: StuckDeadline(batch: batch, attempts: 0, retryAt: now)].fail(at: now)
    let what = DeadlineKind(rawValue: deadline.kind)?.name ?? Text(verbatim: deadline.kind)
    try apart("the alert about it") {
      try raise(
        AlertDraft(
          code: "clock", severity: .urgent, batch: batch, subject: try tables.batch(key: batch).id,
          message: Text(
            "“\(what.chinese)”到点没能自动办，请人工看一下，并告诉管理员查日志。",
            "“\(what.english)” was due and could not be done by itself; look after it by hand and have the log read."),
          at: now, from: .dutyLead))
    }
  }

  /// Runs something in a savepoint of its own: false when it failed and left nothing behind. A storage that fails ends
  /// everything.
  @discardableResult
  private func apart(_ what: String, _ body: () throws -> Void) throws -> Bool {
    let mark = mark
    try tables.run(Ledger.savepoint)
    do {
      try body()
      try tables.run(Ledger.release)
      return true
    } catch {
      guard tables.isInTransaction, StorageCondition(of: error) == .writable else { throw error }
      try tables.run(Ledger.rollback)
      try tables.run(Ledger.release)
      restore(mark)
      clockFaults.append("\(what) was due and could not be done: \(error)")
      return false
    }
  }

  private func perform(_ deadline: Deadline) throws {
    guard let kind = DeadlineKind(rawValue: deadline.kind) else { throw CorruptRow(column: 0, value: deadline.kind) }
    switch kind {
    case .alert: try escalate(alert: deadline.subject, at: deadline.at)
    case .roundOpens: try openRound(batch: deadline.subject, at: deadline.at)
    case .roundOverdue: try closeRound(deadline.subject, at: deadline.at)
    case .followUp: try passFollowUp(participant: deadline.subject, at: deadline.at)
    case .leave: try leaveOverdue(participant: deadline.subject, at: deadline.at)
    case .outing: try outingOverdue(outing: deadline.subject, at: deadline.at)
    case .proposal: try proposalUnanswered(activation: deadline.subject, at: deadline.at)
    case .step: try stepOverdue(activation: deadline.subject, at: deadline.at)
    case .report: try reportsOverdue(incident: deadline.subject, at: deadline.at)
    case .day: try askDaily(batch: deadline.subject, at: deadline.at)
    case .handOver: try handOverLate(deadline.subject, at: deadline.at)
    }
  }

  /// The first that is due and does not wait for another try.
  private func dueDeadline() throws -> Deadline? {
    try firstDeadlines().first { $0.at <= now && (stuck[$0.key].map { $0.retryAt <= now } ?? true) }
  }

  /// As many as are stuck and one more.
  private func firstDeadlines() throws -> [Deadline] {
    try tables.all(DeadlineTable.firsts, stuck.count + 1, read: Deadline.init)
  }

  /// When something has to be done next.
  private func nextDue() throws -> Instant {
    try firstDeadlines().map { max($0.at, stuck[$0.key]?.retryAt ?? $0.at) }.min() ?? .distantFuture
  }
}

public import Sanatorium

/// 合规看板: every rule of a batch's regulation with what it says at each of its gates, the departures accepted and the
/// breaches recorded. Gates that were decided stand as they were decided; the others as they would be now.
public struct ComplianceBoard: Sendable, Hashable {
  /// How a rule stands, the gravest first.
  public enum Standing: Int, Sendable, Comparable, CaseIterable {
    case failed, unknown, accepted
    /// Its gate lies ahead, and what it asks is not due yet.
    case later
    case passed

    public static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
  }

  /// One rule at one gate.
  public struct AtGate: Sendable, Hashable {
    public let gate: Gate
    /// The batch's answer, or one for each person.
    public let answers: [GateAnswer]
    public let standing: Standing

    /// When it was decided last; nil while it has not been.
    public var decidedAt: Instant? { answers.compactMap(\.decidedAt).max() }

    public func count(_ outcome: Outcome) -> Int { answers.count { $0.outcome == outcome && $0.departure == nil } }

    public var accepted: Int { answers.count { $0.departure != nil } }
  }

  /// One rule.
  public struct Line: Sendable, Hashable {
    public let rule: Rule
    public let gates: [AtGate]
    public let departures: [Departure]
    public let nonconformities: [Nonconformity]

    /// The gravest of its gates; failed while a breach of it lasts.
    public var standing: Standing {
      if nonconformities.contains(where: \.isOpen) { return .failed }
      return gates.map(\.standing).min() ?? .later
    }

    /// Whether it stops a gate now or has to be explained.
    public var needsAct: Bool {
      gates.contains { at in at.answers.contains { $0.blocks && $0.decidedAt == nil } && at.standing != .later }
        || nonconformities.contains { $0.isOpen || $0.explanation == nil }
    }
  }

  public let regulation: Regulation
  /// In the order of the rules.
  public let lines: [Line]
  public let at: Instant

  public func count(_ standing: Standing) -> Int { lines.count { $0.standing == standing } }
}

extension Reader {
  /// A batch's board. `proposed` is the regulation of a batch that isn't open yet.
  public func compliance(
    of batch: Batch, under proposed: Regulation? = nil, at moment: Instant
  ) throws -> ComplianceBoard {
    let regulation = try packs(of: batch)?.regulation ?? regulation(of: batch, or: proposed)
    let departures = try departures(of: batch)
    let answers = try answers(of: batch, under: regulation, departures, at: moment)
    let breaches = try nonconformities(of: batch)
    let today = time.day(of: moment)
    let lines = regulation.rules.map { rule in
      ComplianceBoard.Line(
        rule: rule,
        gates: rule.gates.map { gate in
          let own = answers[gate]?.filter { $0.rule == rule.id } ?? []
          return ComplianceBoard.AtGate(
            gate: gate, answers: own, standing: own.standing(isDue: batch.isDue(gate, on: today)))
        }, departures: departures.filter { $0.rule == rule.id },
        nonconformities: breaches.filter { $0.rule == rule.id })
    }
    return ComplianceBoard(regulation: regulation, lines: lines, at: moment)
  }

  private func answers(
    of batch: Batch, under regulation: Regulation, _ departures: [Departure], at moment: Instant
  ) throws -> [Gate: [GateAnswer]] {
    let recorded = try tables.recordedAnswers(batch: batch.key)
    let people = try participants(of: batch)
    let ids = Dictionary(uniqueKeysWithValues: people.map { ($0.key, $0.id) })
    // Of someone held the gate is still being decided.
    let decided = Set(people.filter { $0.arrivedAt != nil && $0.admission != .held }.map(\.id))
    var answers: [Gate: [GateAnswer]] = [:]
    for gate in Gate.allCases {
      var own: [GateAnswer] = []
      for (participant, kept) in recorded[gate] ?? [:] {
        guard participant == 0 || ids[participant].map(decided.contains) == true else { continue }
        own += kept.map { GateAnswer($0.answer, at: gate, decided: $0.at) }
      }
      let known = Set(own.compactMap(\.participant))
      if batch.isDecided(gate), !own.isEmpty, gate != .arrival {
        answers[gate] = own
        continue
      }
      if gate == .daily { own = [] }
      let live = try tables.wholeResults(at: gate, of: batch, under: regulation, at: moment, in: time)
      own += live.results.filter { result in
        guard let participant = result.participant else { return true }
        return !known.contains(participant)
      }.map { GateAnswer($0, departures) }
      answers[gate] = own
    }
    return answers
  }

  private func regulation(of batch: Batch, or proposed: Regulation?) throws -> Regulation {
    guard let proposed else {
      throw Refusal.conflict("batch", "not-open", Text("这一批还没有开班。", "This batch has not been opened yet."))
    }
    return proposed
  }
}

extension Batch {
  /// Whether a gate of the batch is behind it.
  fileprivate func isDecided(_ gate: Gate) -> Bool {
    switch gate {
    case .open: openedAt != nil
    case .arrival: false
    case .daily, .close: closedAt != nil
    case .report: reportedAt != nil
    }
  }

  /// Whether what a gate asks can be asked for now, and isn't only ahead.
  fileprivate func isDue(_ gate: Gate, on today: Day) -> Bool {
    switch gate {
    case .open, .arrival: true
    case .daily: openedAt != nil && today >= firstDay
    case .close: closedAt != nil || openedAt != nil && today >= lastDay
    case .report: closedAt != nil
    }
  }
}

extension [GateAnswer] {
  fileprivate func standing(isDue: Bool) -> ComplianceBoard.Standing {
    let worst =
      map { answer -> ComplianceBoard.Standing in
        if answer.outcome == .pass { return .passed }
        if answer.departure != nil { return .accepted }
        return answer.outcome == .fail ? .failed : .unknown
      }.min() ?? .later
    return isDue || worst == .passed || worst == .accepted ? worst : .later
  }
}

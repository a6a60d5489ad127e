internal import Sanatorium

/// Counts rounds, answers and levels.
struct RoundFold {
  private struct Key: Hashable {
    let round: String
    let day: String
  }

  private struct Answers {
    /// Who was seen, and whether late.
    var done: [ID: Bool] = [:]
    var notDone: [ID: String] = [:]
    /// Who was seen with every reading.
    var complete: Set<ID> = []
  }

  private var opened: Set<Key> = []
  private var dues: [Key: Instant] = [:]
  private var limits: [Key: Instant] = [:]
  private var overdue: Set<Key> = []
  private var answers: [Key: Answers] = [:]
  private var between = 0
  /// The level of each check-in, by its entry.
  private var levels: [ID: String] = [:]
  private var amended = 0

  mutating func take(_ record: EvidenceRecord) throws {
    switch record.kind {
    case .roundOpened:
      let key = try roundKey(record)
      opened.insert(key)
      dues[key] = record.open["dueAt"]?.int.map { Instant(milliseconds: $0) }
    case .roundOverdue:
      let key = try roundKey(record)
      limits[key] = record.at
      if try record.count("missing") > 0 { overdue.insert(key) }
    case .checkIn:
      levels[record.header.id] = record.open["level"]?.string ?? "incomplete"
      guard let key = key(record) else {
        between += 1
        return
      }
      let late = record.open["late"]?.bool ?? false
      // Seen in time once is seen in time.
      let before = answers[key]?.done[record.subject]
      answers[key, default: Answers()].done[record.subject] = (before ?? true) && late
      if record.open["complete"]?.bool == true { answers[key, default: Answers()].complete.insert(record.subject) }
    case .checkInNotDone:
      guard let key = key(record) else { return }
      answers[key, default: Answers()].notDone[record.subject] = try record.text("reason")
    case .checkInAmended:
      amended += 1
      guard let original = record.open["amends"]?.string.flatMap({ ID($0) }) else { return }
      levels[original] = record.open["level"]?.string ?? "incomplete"
    default: break
    }
  }

  private func roundKey(_ record: EvidenceRecord) throws -> Key {
    Key(round: try record.text("round"), day: try record.text("day"))
  }

  /// Nil for a check-in between rounds.
  private func key(_ record: EvidenceRecord) -> Key? {
    guard let round = record.open["round"]?.string, let day = record.open["day"]?.string else { return nil }
    return Key(round: round, day: day)
  }

  var assessments: CompletionFigures.Assessments {
    var result = CompletionFigures.Assessments()
    result.checkIns = levels.count
    result.amended = amended
    for level in levels.values { result.levels.count(level) }
    return result
  }

  /// - Parameter end: the batch's close.
  func figures(_ participants: ParticipantFold, until end: Instant) -> CompletionFigures.Rounds {
    var result = CompletionFigures.Rounds()
    result.opened = opened.count
    result.overdue = overdue.count
    result.between = between
    for key in opened.union(answers.keys) {
      var tally = CompletionFigures.RoundTally()
      let given = answers[key] ?? Answers()
      tally.done = given.done.count
      tally.late = given.done.values.count { $0 }
      tally.incomplete = given.done.keys.count { !given.complete.contains($0) }
      for (person, reason) in given.notDone where given.done[person] == nil {
        tally.notDone += 1
        result.notDoneReasons.count(reason)
      }
      if opened.contains(key) {
        let limit = limits[key] ?? end
        for (person, course) in participants.courses where course.wasDue(after: dues[key], until: limit) {
          if given.done[person] == nil, given.notDone[person] == nil { tally.missed += 1 }
        }
      }
      tally.due = tally.done + tally.notDone + tally.missed
      result.total += tally
      result.days[key.day, default: .init()] += tally
      result.rounds[key.round, default: .init()] += tally
    }
    return result
  }
}

extension CompletionFigures.RoundTally {
  static func += (left: inout Self, right: Self) {
    left.due += right.due
    left.done += right.done
    left.late += right.late
    left.incomplete += right.incomplete
    left.notDone += right.notDone
    left.missed += right.missed
  }
}

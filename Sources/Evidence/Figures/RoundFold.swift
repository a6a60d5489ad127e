internal import Sanatorium

/// Counts rounds, answers and levels.
struct RoundFold {
  private struct Key: Hashable {
    let round: String
    let day: String
  }

  private struct Opening {
    let at: Instant
    /// When the round was overdue, as its opening tells; nil when it tells no limit.
    let limit: Instant?
  }

  private struct Answers {
    /// Who was seen, and whether late.
    var done: [ID: Bool] = [:]
    var notDone: [ID: String] = [:]
  }

  private var openings: [Key: Opening] = [:]
  private var overdue: Set<Key> = []
  private var answers: [Key: Answers] = [:]
  private var between = 0
  /// The level of each check-in, by its entry.
  private var levels: [ID: String] = [:]
  private var amended = 0

  mutating func take(_ record: EvidenceRecord) throws {
    switch record.header.kind {
    case .roundOpened: try open(record)
    case .roundOverdue: overdue.insert(Key(round: try record.text("round"), day: try record.text("day")))
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

  private mutating func open(_ record: EvidenceRecord) throws {
    var limit: Instant?
    if record.open["limitMinutes"] != nil { limit = record.at + .minutes(try record.count("limitMinutes")) }
    let key = Key(round: try record.text("round"), day: try record.text("day"))
    openings[key] = Opening(at: record.at, limit: limit)
  }

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

  func figures(_ participants: ParticipantFold) -> CompletionFigures.Rounds {
    var result = CompletionFigures.Rounds()
    result.opened = openings.count
    result.overdue = overdue.count
    result.between = between
    for key in Set(openings.keys).union(answers.keys) {
      var tally = CompletionFigures.RoundTally()
      let given = answers[key] ?? Answers()
      tally.done = given.done.count
      tally.late = given.done.values.count { $0 }
      for (person, reason) in given.notDone where given.done[person] == nil {
        tally.notDone += 1
        result.notDoneReasons.count(reason)
      }
      if let opening = openings[key] {
        for (person, course) in participants.courses
        where given.done[person] == nil && given.notDone[person] == nil && isDue(course, opening) {
          tally.missed += 1
        }
      }
      tally.due = tally.done + tally.notDone + tally.missed
      result.total += tally
      result.days[key.day, default: .init()] += tally
      result.rounds[key.round, default: .init()] += tally
    }
    return result
  }

  /// For somebody without an answer; the rule stands at `CompletionFigures.Rounds`.
  private func isDue(_ course: ParticipantCourse, _ opening: Opening) -> Bool {
    guard let arrivedAt = course.arrivedAt else { return false }
    let atOpening = course.place(at: opening.at) == .present
    guard let limit = opening.limit else { return atOpening }
    let arrivesDuring = arrivedAt > opening.at && arrivedAt < limit
    return (atOpening || arrivesDuring) && !course.isGone(by: limit)
  }
}

extension CompletionFigures.RoundTally {
  static func += (left: inout Self, right: Self) {
    left.due += right.due
    left.done += right.done
    left.late += right.late
    left.notDone += right.notDone
    left.missed += right.missed
  }
}

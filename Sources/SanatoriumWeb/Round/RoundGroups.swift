internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// Who is in which part of the list.
struct RoundGroups {
  /// Due once more: because a score, a finding or a failed try asks for it, of whomever the round had or not. The most
  /// overdue first.
  var recheck: [Participant] = []
  /// The round waits for them: with those due now and later they are its open ones, but for who has left since its limit.
  var late: [Participant] = []
  var now: [Participant] = []
  /// Before the first round: whoever is here.
  var later: [Participant] = []
  var missed: [Participant] = []
  /// Seen, and a reading was left out.
  var partial: [Participant] = []
  var done: [Participant] = []
  /// Seen, and to be seen again soon because the score or a finding asks for it.
  var again: [Participant] = []
  /// Here, and the round doesn't ask for them: they came, or came back, after its limit.
  var beside: [Participant] = []
  var away = 0
  /// Of those who are away, the ones that the round had seen before.
  var seenAndAway = 0

  /// Each person in one list, by what is due of them at a moment.
  ///
  /// - Parameter outcomes: of everybody who was due in the round; empty before the first.
  init(_ people: [Participant], outcomes: [ID: String], at moment: Instant) {
    for person in people {
      let outcome = outcomes[person.id]
      switch RoundPart(person, outcome: outcome, at: moment) {
      case .away:
        guard person.place == .hospital || person.place == .leave else { continue }
        away += 1
        if ["done", "incomplete"].contains(outcome) { seenAndAway += 1 }
      case .again: recheck.append(person)
      case .open where person.isOverdue: late.append(person)
      case .open where person.dueAt.map { $0 <= moment } ?? false: now.append(person)
      case .open: later.append(person)
      case .answered where outcome == "incomplete": partial.append(person)
      case .answered where outcome == "not-done": missed.append(person)
      case .answered where person.dueAt == nil: done.append(person)
      case .answered: again.append(person)
      case .beside where person.dueAt != nil && person.lastAt != nil: again.append(person)
      case .beside where outcomes.isEmpty: later.append(person)
      case .beside: beside.append(person)
      }
    }
    recheck.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    late.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    now.sort { ($0.lastTotal ?? 99, $1.dueAt ?? moment) > ($1.lastTotal ?? 99, $0.dueAt ?? moment) }
    again.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    done.sort { ($0.lastAt ?? moment) > ($1.lastAt ?? moment) }
  }
}

internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// Who is in which part of the list.
struct RoundGroups {
  /// Answered for in this round, and due once more because a score, a finding or a failed try asks for it: the most
  /// overdue first.
  var recheck: [Participant] = []
  /// Not seen in the round: with those due now and later they are its open ones.
  var late: [Participant] = []
  var now: [Participant] = []
  var later: [Participant] = []
  var missed: [Participant] = []
  /// Seen, and a reading was left out.
  var partial: [Participant] = []
  var done: [Participant] = []
  /// Seen in the round, and to be seen again soon because the score or a finding asks for it.
  var again: [Participant] = []
  var overdue: Int { late.count + recheck.count(where: \.isOverdue) }
  var away = 0
  /// Of those who are away, the ones that the round had seen before.
  var seenAndAway = 0

  /// Present people and those on an outing, by what is due of them at a moment.
  init(_ people: [Participant], outcomes: [ID: String], at moment: Instant) {
    for person in people {
      guard person.place == .present || person.place == .outing else {
        if person.place == .hospital || person.place == .leave {
          away += 1
          if ["done", "incomplete"].contains(outcomes[person.id]) { seenAndAway += 1 }
        }
        continue
      }
      let isDue = person.isOverdue || person.dueAt.map { $0 <= moment } ?? false
      if isDue, ["done", "incomplete", "not-done"].contains(outcomes[person.id]) {
        recheck.append(person)
      } else if person.isOverdue {
        late.append(person)
      } else if isDue {
        now.append(person)
      } else {
        switch outcomes[person.id] {
        case "done" where person.dueAt != nil: again.append(person)
        case "done": done.append(person)
        case "incomplete": partial.append(person)
        case "not-done": missed.append(person)
        default: later.append(person)
        }
      }
    }
    recheck.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    late.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    now.sort { ($0.lastTotal ?? 99, $1.dueAt ?? moment) > ($1.lastTotal ?? 99, $0.dueAt ?? moment) }
    again.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    done.sort { ($0.lastAt ?? moment) > ($1.lastAt ?? moment) }
  }
}

extension Board {
  /// Due once more, apart from the round: as many as the list 要复查 has.
  var recheck: Int { (overdue + dueSoon).count { !$0.isRoundDue && ($0.dueAt.map { $0 <= at } ?? false) } }
  /// Answered for in the round and not due once more.
  var seen: Int { max(0, (counts?.done ?? 0) + (counts?.notDone ?? 0) - recheck) }
}

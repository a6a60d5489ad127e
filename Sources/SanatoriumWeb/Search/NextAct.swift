internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What the viewer most likely does next for a person: a button that leads there.
struct NextAct {
  let words: String
  let target: String
  let icon: Icon
  /// It is due now.
  var isMain = false

  /// At the end of a row, where a verb alone would read as the person's state: 去销假 ›.
  func invitation(_ language: Language) -> String {
    Text("\(words.hasPrefix("去") ? "" : "去")\(words) ›", "\(words) ›")(language)
  }
}

extension Context {
  /// By role and by where the person is; nil where opening the person is all.
  func nextAct(of person: Participant, in batch: Batch) -> NextAct? {
    let path = "/participants/\(person.id)"
    let isHere = person.place == .present || person.place == .outing
    if actor.role == .escort, actor.isMedical, isHere, batch.state == .open {
      let isDue = person.isOverdue || person.dueAt.map { $0 <= site.store.now } ?? false
      return NextAct(words: say("检查", "Check"), target: "\(path)/check-in", icon: .round, isMain: isDue)
    }
    if Audience.registrars.admits(actor) {
      if person.place == .notArrived, person.admission.mayStillArrive, batch.state == .open {
        return NextAct(words: say("报到", "Arrival"), target: "\(path)#arrival", icon: .done, isMain: person.admission == .expected)
      }
      if isHere, batch.state == .open, today >= batch.lastDay {
        return NextAct(words: say("返程", "Departure"), target: "\(path)/departure", icon: .logout, isMain: true)
      }
    }
    if actor.role == .organizer, person.admission == .held, person.place != .departed {
      return NextAct(words: say("去决定", "Decide"), target: "\(path)#rules", icon: .held, isMain: true)
    }
    if Audience.carers.admits(actor), person.place == .leave {
      return NextAct(words: say("销假", "Back from leave"), target: path, icon: .home, isMain: person.isBackOverdue)
    }
    if actor.role == .lead, isHere, person.isOverdue {
      return NextAct(words: say("检查", "Check"), target: "\(path)/check-in", icon: .round, isMain: true)
    }
    return nil
  }
}

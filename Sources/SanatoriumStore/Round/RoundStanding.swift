public import Sanatorium

/// Somebody of a batch whom a round may ask for.
public protocol RoundPerson {
  var id: ID { get }
  var place: Place { get }
  /// When the next check is due; nil when none is.
  var dueAt: Instant? { get }
  /// The check should have been made.
  var isOverdue: Bool { get }
}

extension Participant: RoundPerson {}
extension BoardPerson: RoundPerson {}

/// What is asked of one person while a round is the last that opened: one rule for every list and every figure of it.
public enum RoundPart: Sendable, Hashable {
  /// In hospital, on leave, not arrived or departed: nothing is asked.
  case away
  /// The round waits for them.
  case open
  /// A check is due once more, because a score, a finding or a failed try asks for it: of those whom the round has seen,
  /// and of those whom it never had, such as who came after its limit.
  case again
  /// Seen in the round, or given a reason; nothing is due at the moment.
  case answered
  /// Here, nothing is due at the moment, and the round doesn't ask for them.
  case beside

  /// - Parameter outcome: what became of them in the round (`Reader.outcomes(of:)`); nil when they were never due in it.
  public init(_ person: some RoundPerson, outcome: String?, at moment: Instant) {
    guard person.place == .present || person.place == .outing else {
      self = .away
      return
    }
    if outcome == "open" {
      self = .open
    } else if person.isOverdue || person.dueAt.map({ $0 <= moment }) ?? false {
      self = .again
    } else {
      self = ["done", "incomplete", "not-done"].contains(outcome) ? .answered : .beside
    }
  }
}

/// How the last round stands at a moment: what it came to, and what is due once more since.
public struct RoundStanding: Sendable, Hashable {
  public let counts: RoundCounts
  /// Its limit has passed: whoever is open is overdue.
  public let isPastLimit: Bool
  /// People to be checked once more now (`RoundPart.again`).
  public private(set) var again = 0
  /// Of those, whom the round counts as done with every reading, with some, and as not done. The rest it never had.
  public private(set) var againDone = 0
  public private(set) var againIncomplete = 0
  public private(set) var againNotDone = 0
  /// People here whose check should have been made, for the round or once more.
  public private(set) var overdue = 0

  public init(
    _ round: Round, _ counts: RoundCounts, _ people: some Sequence<some RoundPerson>, outcomes: [ID: String],
    at moment: Instant
  ) {
    self.counts = counts
    isPastLimit = round.isOverdue
    for person in people {
      let outcome = outcomes[person.id]
      let part = RoundPart(person, outcome: outcome, at: moment)
      if part != .away, person.isOverdue { overdue += 1 }
      guard part == .again else { continue }
      again += 1
      switch outcome {
      case "done": againDone += 1
      case "incomplete": againIncomplete += 1
      case "not-done": againNotDone += 1
      default: break
      }
    }
  }

  /// Whom the round has and who is to be checked once more now.
  public var againOfRound: Int { againDone + againIncomplete + againNotDone }
  /// With a reading left out, and not among those who are to be checked once more now.
  public var incomplete: Int { max(0, counts.incomplete - againIncomplete) }
  /// Not done, and not among those who are to be checked once more now.
  public var notDone: Int { max(0, counts.notDone - againNotDone) }
  /// Everybody was checked with every reading, and nothing is due: whoever was asleep or has left was not checked.
  public var isComplete: Bool {
    counts.open == 0 && counts.missed == 0 && counts.notDone == 0 && counts.incomplete == 0 && again == 0 && overdue == 0
  }
}

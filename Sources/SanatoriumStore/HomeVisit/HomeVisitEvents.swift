internal import Evidence
public import Sanatorium

/// Somebody's health kept them from the stay, or ended it: their unit owes them a visit.
struct HomeVisitOwed: CodedPayload {
  static let kind = EntryKind.homeVisitOwed
  struct Personal: Codable, Sendable { var participant: Int64 }
  let openPart: Open.HomeVisit
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(HomeVisitTable.owe, personalPart.participant, entry.batch, openPart.cause, entry.occurredAt)
  }
}

/// They came after all: nothing is owed any more.
struct HomeVisitLapsed: CodedPayload {
  static let kind = EntryKind.homeVisitLapsed
  let openPart: Open.HomeVisit
  let personalPart: HomeVisitOwed.Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(HomeVisitTable.lapse, personalPart.participant)
  }
}

/// The visit was made.
struct HomeVisitMade: CodedPayload {
  static let kind = EntryKind.homeVisitMade
  struct Personal: Codable, Sendable {
    var participant: Int64
    var day: Day
    var visitor: String
    var note: String
  }
  let openPart: Open.HomeVisit
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let visit = personalPart
    try tables.run(HomeVisitTable.make, visit.day, visit.visitor, visit.note, visit.participant)
  }
}

extension Ledger {
  /// Notes that a visit is owed, once for each person.
  func oweHomeVisit(_ participant: Participant, _ cause: HomeVisitCause, at moment: Instant) throws {
    guard try tables.homeVisit(of: participant.key) == nil else { return }
    try record(
      HomeVisitOwed(openPart: .init(cause: cause.rawValue), personalPart: .init(participant: participant.key)),
      .consequence(batch: participant.batch, subject: participant.id, at: moment))
  }

  /// Takes back what was owed to somebody who comes after all; a visit that was made stays.
  func lapseHomeVisit(_ participant: Participant, at moment: Instant) throws {
    guard let visit = try tables.homeVisit(of: participant.key), visit.visitedOn == nil else { return }
    try record(
      HomeVisitLapsed(openPart: .init(cause: visit.cause.rawValue), personalPart: .init(participant: participant.key)),
      .consequence(batch: participant.batch, subject: participant.id, at: moment))
  }

  /// Records a visit that was made; possible long after the batch, where it makes another revision of the report worth
  /// issuing.
  ///
  /// - Throws: `Refusal.conflict` when none is owed or it was made already; `Refusal.invalid` for a day in the future or
  ///   before it was owed, or without a visitor.
  public func makeHomeVisit(
    _ id: ID, on day: Day, by visitor: String, note: String = "", _ submission: Submission
  ) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(HomeVisitMade.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard let visit = try tables.homeVisit(of: participant.key) else {
      throw Refusal.conflict(
        "participant", "not-owed",
        Text("\(participant.name)没有要走访的记录。", "No home visit is owed to \(participant.name)."))
    }
    if let made = visit.visitedOn {
      throw Refusal.conflict(
        "participant", "visited-already",
        Text(
          "\(visit.visitor ?? "")在 \(made) 已经走访过。", "\(visit.visitor ?? "") has made this visit on \(made)."))
    }
    var faults = Faults()
    faults.require(visitor, "visitor")
    if day > time.day(of: now) { faults.add("day", "in-the-future", Text("这一天还没到。", "This day is yet to come.")) }
    // Somebody ill at home may have been visited before anybody wrote down that they would not come.
    let earliest = time.day(of: visit.since) + -30
    if day < earliest {
      faults.add("day", "too-early", Text("不能早于 \(earliest)。", "It can't be earlier than \(earliest)."))
    }
    try faults.refuse()
    let payload = HomeVisitMade(
      openPart: .init(cause: visit.cause.rawValue),
      personalPart: .init(participant: participant.key, day: day, visitor: trim(visitor), note: trim(note)))
    return Recorded(try record(payload, draft), repeated: false)
  }
}

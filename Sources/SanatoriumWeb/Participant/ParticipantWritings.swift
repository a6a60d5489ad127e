internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// A participant and what the form of the act holds.
struct About<Part: Sendable>: Sendable {
  let participant: ID
  let part: Part
}

/// Everything that is recorded about where one participant is.
enum ParticipantWritings {
  static let arrival = Writing(
    "Arrival: admitted, or held while a rule stops the gate", for: .registrars, takes: ["room": .text(20)]
  ) { context, fields in
    About(participant: try context.id("participant"), part: fields.text("room", required: false, limit: 20))
  } event: { ledger, about, submission in
    try ledger.arrive(about.participant, room: about.part, submission)
  }

  struct Decision: Sendable {
    let admit: Bool
    let reason: String
  }

  static let admission = Writing(
    "The organizer's decision about someone held", for: .roles([.organizer]),
    takes: ["admit": .boolean, "reason": .text(500)], required: ["admit"]
  ) { context, fields in
    About(
      participant: try context.id("participant"),
      part: Decision(
        admit: fields.bool("admit") ?? false,
        reason: fields.text("reason", required: false, limit: 500, lines: true) ?? ""))
  } event: { ledger, about, submission in
    try ledger.resolveHeld(about.participant, admit: about.part.admit, reason: about.part.reason, submission)
  }

  struct Turning: Sendable {
    let outcome: TurnAway
    let reason: String
    let forHealth: Bool
  }

  static let turnAway = Writing(
    "Someone on the list does not come to stay", for: .roles([.staff, .lead, .organizer]),
    takes: ["outcome": .code(TurnAway.self), "reason": .text(500), "forHealth": .boolean], required: ["outcome"]
  ) { context, fields in
    About(
      participant: try context.id("participant"),
      part: Turning(
        outcome: fields.code("outcome", TurnAway.self) ?? .noShow,
        reason: fields.text("reason", required: false, limit: 500, lines: true) ?? "",
        forHealth: fields.bool("forHealth", required: false) ?? false))
  } event: { ledger, about, submission in
    try ledger.turnAway(
      about.participant, about.part.outcome, reason: about.part.reason, forHealth: about.part.forHealth, submission)
  }

  static let room = Writing(
    "Give someone a room", for: .registrars, takes: ["room": .text(20)], required: ["room"]
  ) { context, fields in
    About(participant: try context.id("participant"), part: fields.text("room", limit: 20) ?? "")
  } event: { ledger, about, submission in
    try ledger.assignRoom(about.participant, room: about.part, submission)
  }

  struct Departing: Sendable {
    let reason: DepartureReason
    let badgeReturned: Bool
    let note: String
  }

  static let departure = Writing(
    "Departure: the end of a stay", for: .registrars,
    takes: ["reason": .code(DepartureReason.self), "badgeReturned": .boolean, "note": .text(500)], required: ["reason"]
  ) { context, fields in
    About(
      participant: try context.id("participant"),
      part: Departing(
        reason: fields.code("reason", DepartureReason.self) ?? .completed,
        badgeReturned: fields.bool("badgeReturned", required: false) ?? false,
        note: fields.text("note", required: false, limit: 500, lines: true) ?? ""))
  } event: { ledger, about, submission in
    let part = about.part
    return try ledger.depart(
      about.participant, reason: part.reason, badgeReturned: part.badgeReturned, note: part.note, submission)
  }

  static let leave = Writing(
    "Leave, with the time of return", for: .carers,
    takes: ["expectedBack": .instant, "destination": .text(100), "companion": .text(100)],
    required: ["expectedBack", "destination"]
  ) { context, fields in
    About(
      participant: try context.id("participant"),
      part: LeaveDraft(
        expectedBack: fields.moment("expectedBack", context.time) ?? Instant(milliseconds: 0),
        destination: fields.text("destination", limit: 100) ?? "",
        companion: fields.text("companion", required: false, limit: 100) ?? ""))
  } event: { ledger, about, submission in
    try ledger.startLeave(about.participant, about.part, submission)
  }

  static let leaveExtension = Writing(
    "A later return from leave was agreed", for: .carers, takes: ["expectedBack": .instant],
    required: ["expectedBack"]
  ) { context, fields in
    About(
      participant: try context.id("participant"),
      part: fields.moment("expectedBack", context.time) ?? Instant(milliseconds: 0))
  } event: { ledger, about, submission in
    try ledger.extendLeave(about.participant, expectedBack: about.part, submission)
  }

  static let leaveReturn = Writing("Back from leave", for: .carers) { context, _ in
    About(participant: try context.id("participant"), part: ())
  } event: { ledger, about, submission in
    try ledger.endLeave(about.participant, submission)
  }

  static let hospital = Writing(
    "Taken to hospital, from wherever they are", for: .carers,
    takes: ["hospital": .text(100), "reason": .text(500), "escort": .uuid], required: ["hospital"]
  ) { context, fields in
    About(
      participant: try context.id("participant"),
      part: HospitalDraft(
        hospital: fields.text("hospital", limit: 100) ?? "",
        reason: fields.text("reason", required: false, limit: 500, lines: true) ?? "",
        escort: fields.id("escort", required: false)))
  } event: { ledger, about, submission in
    try ledger.transferToHospital(about.participant, about.part, submission)
  }

  static let hospitalReturn = Writing("Back from hospital", for: .carers) { context, _ in
    About(participant: try context.id("participant"), part: ())
  } event: { ledger, about, submission in
    try ledger.returnFromHospital(about.participant, submission)
  }
}

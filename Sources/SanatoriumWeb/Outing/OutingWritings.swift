internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// An outing and what the form of the act holds.
struct OnOuting<Part: Sendable>: Sendable {
  let outing: ID
  let part: Part
}

/// Everything that is recorded about outings.
enum OutingWritings {
  struct Plan: Sendable {
    let batch: ID
    let draft: OutingDraft
  }

  private static let planMembers: KeyValuePairs<String, Schema> = [
    "batch": .uuid, "activity": .code(ActivityKind.self), "destination": .text(100), "vehicle": .text(100),
    "note": .text(500), "leavesAt": .instant, "returnsAt": .instant, "participants": .list(.uuid), "escorts": .list(.uuid),
  ]
  private static let planRequired = ["activity", "destination", "leavesAt", "returnsAt", "participants", "escorts"]

  static let plan = Writing(
    "Plan an outing", for: .registrars, takes: planMembers, required: planRequired
  ) { context, fields in
    Plan(batch: try context.writeBatch(&fields), draft: OutingDraft(&fields, context.time))
  } event: { ledger, plan, submission in
    try ledger.planOuting(plan.draft, in: plan.batch, submission)
  }

  static let change = Writing(
    "Replace the plan of an outing that has not left", for: .registrars, takes: planMembers, required: planRequired
  ) { context, fields in
    _ = fields.id("batch", required: false)
    return OnOuting(outing: try context.id("outing"), part: OutingDraft(&fields, context.time))
  } event: { ledger, about, submission in
    try ledger.changeOuting(about.outing, about.part, submission)
  }

  static let cancellation = Writing(
    "Call off an outing that has not left", for: .registrars, takes: ["reason": .text(500)], required: ["reason"]
  ) { context, fields in
    OnOuting(outing: try context.id("outing"), part: fields.text("reason", limit: 500, lines: true) ?? "")
  } event: { ledger, about, submission in
    try ledger.cancelOuting(about.outing, reason: about.part, submission)
  }

  struct Leaving: Sendable {
    let headcount: HeadcountDraft
    let changes: OutingChanges
  }

  static let leaving = Writing(
    "An outing leaves, counted", for: .carers,
    takes: [
      "counted": .integer(0...1_000), "missing": .list(.uuid), "stayingParticipants": .list(.uuid),
      "stayingEscorts": .list(.uuid), "joiningParticipants": .list(.uuid), "joiningEscorts": .list(.uuid),
    ], required: ["counted"]
  ) { context, fields in
    var changes = OutingChanges()
    changes.stayingParticipants = fields.ids("stayingParticipants")
    changes.stayingEscorts = fields.ids("stayingEscorts")
    changes.joiningParticipants = fields.ids("joiningParticipants")
    changes.joiningEscorts = fields.ids("joiningEscorts")
    return OnOuting(
      outing: try context.id("outing"), part: Leaving(headcount: HeadcountDraft(&fields), changes: changes))
  } event: { ledger, about, submission in
    try ledger.leaveOuting(about.outing, about.part.headcount, changes: about.part.changes, submission)
  }

  private static let countMembers: KeyValuePairs<String, Schema> = [
    "counted": .integer(0...1_000), "missing": .list(.uuid),
  ]

  static let headcount = Writing(
    "Count the people of an outing that is away", for: .carers, takes: countMembers, required: ["counted"]
  ) { context, fields in
    OnOuting(outing: try context.id("outing"), part: HeadcountDraft(&fields))
  } event: { ledger, about, submission in
    try ledger.countOuting(about.outing, about.part, submission)
  }

  static let homecoming = Writing(
    "An outing comes back, counted", for: .carers, takes: countMembers, required: ["counted"]
  ) { context, fields in
    OnOuting(outing: try context.id("outing"), part: HeadcountDraft(&fields))
  } event: { ledger, about, submission in
    try ledger.returnOuting(about.outing, about.part, submission)
  }

  static let delay = Writing(
    "An outing that is away comes back at another time", for: .carers, takes: ["returnsAt": .instant],
    required: ["returnsAt"]
  ) { context, fields in
    OnOuting(
      outing: try context.id("outing"),
      part: fields.moment("returnsAt", context.time) ?? Instant(milliseconds: 0))
  } event: { ledger, about, submission in
    try ledger.delayOuting(about.outing, returnsAt: about.part, submission)
  }

  private static func member(
    _ summary: String, _ event: @escaping @Sendable (Ledger, ID, ID, Submission) throws -> Recorded
  ) -> Writing<OnOuting<ID>> {
    Writing(summary, for: .carers, takes: ["participant": .uuid], required: ["participant"]) { context, fields in
      OnOuting(outing: try context.id("outing"), part: fields.id("participant") ?? .none)
    } event: { ledger, about, submission in
      try event(ledger, about.part, about.outing, submission)
    }
  }

  static let joining = member("Someone goes along after all") { try $0.joinOuting($1, $2, $3) }
  static let staying = member("Someone stayed behind") { try $0.stayBehind($1, $2, $3) }
  static let returningAlone = member("Someone came back apart from the others") { try $0.returnAlone($1, $2, $3) }
}

extension OutingDraft {
  init(_ fields: inout JSONFields, _ time: LocalTime) {
    self.init(
      activity: fields.code("activity", ActivityKind.self) ?? .visit,
      destination: fields.text("destination", limit: 100) ?? "",
      vehicle: fields.text("vehicle", required: false, limit: 100) ?? "",
      note: fields.text("note", required: false, limit: 500, lines: true) ?? "",
      leavesAt: fields.moment("leavesAt", time) ?? Instant(milliseconds: 0),
      returnsAt: fields.moment("returnsAt", time) ?? Instant(milliseconds: 0),
      participants: fields.ids("participants", required: true), escorts: fields.ids("escorts", required: true))
  }
}

extension HeadcountDraft {
  init(_ fields: inout JSONFields) {
    self.init(counted: fields.int("counted", 0...1_000) ?? 0, missing: fields.ids("missing"))
  }
}

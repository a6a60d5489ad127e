internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// Everything that is recorded about escorts, their shifts, and whom they look after.
enum EscortWritings {
  struct Adding: Sendable {
    let batch: ID
    let draft: EscortDraft
  }

  static let adding = Writing(
    "Add an escort or a member of the host's staff", for: .planners,
    takes: [
      "batch": .uuid, "name": .text(40), "kind": .code(EscortKind.self), "side": .code(EscortSide.self),
      "unit": .text(80), "telephone": .text(40), "licence": .text(40), "licenceKind": .text(40), "licenceUntil": .day,
      "account": .uuid,
    ], required: ["name", "kind", "side", "telephone"]
  ) { context, fields in
    Adding(batch: try context.writeBatch(&fields), draft: EscortDraft(&fields))
  } event: { ledger, adding, submission in
    try ledger.addEscort(adding.draft, in: adding.batch, submission)
  }

  struct Change: Sendable {
    let escort: ID
    let draft: EscortDraft
    let revision: Int64?
  }

  static let change = Writing(
    "Change what is known of an escort; the revision guards against overwriting somebody else's change",
    for: .planners,
    takes: [
      "name": .text(40), "kind": .code(EscortKind.self), "side": .code(EscortSide.self), "unit": .text(80),
      "telephone": .text(40), "licence": .text(40), "licenceKind": .text(40), "licenceUntil": .day, "account": .uuid,
      "revision": .integer,
    ], required: ["name", "kind", "side", "telephone"]
  ) { context, fields in
    Change(
      escort: try context.id("escort"), draft: EscortDraft(&fields),
      revision: fields.int("revision", 0...Int.max, required: false).map(Int64.init))
  } event: { ledger, change, submission in
    try ledger.changeEscort(change.escort, change.draft, basedOn: change.revision, submission)
  }

  struct Moving: Sendable {
    let escort: ID
    let place: EscortPlace
    let note: String
  }

  static let moving = Writing(
    "An escort leaves the site or comes back", for: .carers,
    takes: ["place": .code(EscortPlace.self), "note": .text(200)], required: ["place"]
  ) { context, fields in
    Moving(
      escort: try context.id("escort"), place: fields.code("place", EscortPlace.self) ?? .present,
      note: fields.text("note", required: false, limit: 200) ?? "")
  } event: { ledger, moving, submission in
    try ledger.moveEscort(moving.escort, to: moving.place, note: moving.note, submission)
  }

  struct Planning: Sendable {
    let batch: ID
    let shifts: [ShiftDraft]
  }

  private static let shift = Schema.object(
    ["escort": .uuid, "duty": .code(Duty.self), "startsAt": .instant, "endsAt": .instant],
    required: ["escort", "duty", "startsAt", "endsAt"])

  /// The API's form: a list of shifts with their times.
  static let planning = Writing(
    "Plan shifts, all or none", for: .planners, takes: ["batch": .uuid, "shifts": .list(shift)], required: ["shifts"]
  ) { context, fields in
    let batch = try context.writeBatch(&fields)
    guard case .array(let list)? = fields.value("shifts"), list.count <= 500 else {
      fields.refuse("shifts", "not-a-list", Text("这里要一个列表，最多 500 班。", "A list of at most 500 is needed here."))
      return Planning(batch: batch, shifts: [])
    }
    var shifts: [ShiftDraft] = []
    for (index, element) in list.enumerated() {
      var one = try JSONFields(element, prefix: "shifts[\(index)]")
      shifts.append(
        ShiftDraft(
          escort: one.id("escort") ?? .none, duty: one.code("duty", Duty.self) ?? .escort,
          startsAt: one.moment("startsAt", context.time) ?? Instant(milliseconds: 0),
          endsAt: one.moment("endsAt", context.time) ?? Instant(milliseconds: 0)))
      do { try one.finish() } catch Refusal.invalid(let faults) { fields.add(faults) }
    }
    return Planning(batch: batch, shifts: shifts)
  } event: { ledger, planning, submission in
    try ledger.planShifts(planning.shifts, in: planning.batch, submission)
  }

  /// The page's form: the same hours on several days.
  static let planningByHours = Writing("Plan the same shift on several days", for: .planners) { context, fields in
    let batch = try context.writeBatch(&fields)
    let escort = fields.id("escort") ?? .none
    let duty = fields.code("duty", Duty.self) ?? .escort
    let day = fields.day("day") ?? context.today
    let days = fields.int("days", 1...31) ?? 1
    let from = fields.minute("from") ?? 0
    let until = fields.minute("until") ?? 0
    let length = until > from ? until - from : until + 1440 - from
    return Planning(
      batch: batch,
      shifts: (0..<days).map { offset in
        let start = context.time.instant(day + offset, minute: from)
        return ShiftDraft(escort: escort, duty: duty, startsAt: start, endsAt: start + .minutes(length))
      })
  } event: { ledger, planning, submission in
    do { return try ledger.planShifts(planning.shifts, in: planning.batch, submission) } catch Refusal.invalid(let faults) {
      // The form knows one day and its hours; which of the days is meant stands in the sentence.
      throw Refusal.invalid(faults.map { Fault($0.field.hasSuffix("escort") ? "escort" : "day", $0.code, $0.message) })
    }
  }

  struct Removal: Sendable {
    let batch: ID
    let shift: ID
    let reason: String
  }

  static let removal = Writing(
    "Take a shift off the rota", for: .planners, takes: ["batch": .uuid, "reason": .text(200)]
  ) { context, fields in
    Removal(
      batch: try context.writeBatch(&fields), shift: try context.id("shift"),
      reason: fields.text("reason", required: false, limit: 200) ?? "")
  } event: { ledger, removal, submission in
    try ledger.removeShift(removal.shift, reason: removal.reason, in: removal.batch, submission)
  }

  struct Assigning: Sendable {
    let batch: ID
    let escort: ID?
    let participants: [ID]
  }

  static let assigning = Writing(
    "Assign participants to an escort in one step; without an escort they are taken off", for: .planners,
    takes: ["batch": .uuid, "escort": .nullable(.uuid), "participants": .list(.uuid)], required: ["participants"]
  ) { context, fields in
    Assigning(
      batch: try context.writeBatch(&fields), escort: fields.id("escort", required: false),
      participants: fields.ids("participants", required: true))
  } event: { ledger, assigning, submission in
    try ledger.assign(assigning.participants, to: assigning.escort, in: assigning.batch, submission)
  }

  /// What the page sends to leave people without anybody.
  static let nobody = "nobody"

  /// The same by the page's form, where an escort forgotten must not take everybody ticked off theirs: who is to have nobody
  /// says so.
  static let assigningByForm = Writing(
    assigning.summary, for: .planners,
    takes: ["batch": .uuid, "escort": .string, "participants": .list(.uuid)], required: ["escort", "participants"]
  ) { context, fields in
    let batch = try context.writeBatch(&fields)
    let chosen = fields.text("escort", required: false, limit: 40)
    let escort = chosen.flatMap { ID($0) }
    if chosen == nil {
      fields.refuse("escort", "missing", Text("还没选分给谁。", "Choose whom they are assigned to."))
    } else if escort == nil, chosen != nobody {
      fields.refuse("escort", "not-a-uuid", Text("这里要 UUID。", "A UUID is needed here."))
    }
    return Assigning(batch: batch, escort: escort, participants: fields.ids("participants", required: true))
  } event: { ledger, assigning, submission in
    try ledger.assign(assigning.participants, to: assigning.escort, in: assigning.batch, submission)
  }
}

extension EscortDraft {
  init(_ fields: inout JSONFields) {
    self.init(
      name: fields.text("name", limit: 40) ?? "", kind: fields.code("kind", EscortKind.self) ?? .general,
      side: fields.code("side", EscortSide.self) ?? .sent, unit: fields.text("unit", required: false, limit: 80) ?? "",
      telephone: fields.text("telephone", limit: 40) ?? "",
      licence: fields.text("licence", required: false, limit: 40),
      licenceKind: fields.text("licenceKind", required: false, limit: 40),
      licenceUntil: fields.day("licenceUntil", required: false), account: fields.id("account", required: false))
  }
}

extension JSONFields {
  /// A time of day as a form sends it, `08:30`, in minutes since midnight.
  mutating func minute(_ name: String) -> Int? {
    guard let text = text(name, limit: 8) else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, let hour = Int(parts[0]), (0...23).contains(hour), let minute = Int(parts[1]),
      (0...59).contains(minute)
    else {
      refuse(name, "no-such-time", Text("钟点要写成 08:30。", "A time of day is written as 08:30."))
      return nil
    }
    return hour * 60 + minute
  }
}

internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// Everything that is recorded about shifts: planned, taken off, taken over.
enum ShiftWritings {
  /// What an edit of the rota was made from, and whether what it brings was seen.
  struct Seen: Sendable {
    let revision: Int64?
    let confirmed: Bool

    /// A form that says nothing has not shown what would come of it; a script that says nothing doesn't ask.
    init(_ context: Context, _ fields: inout JSONFields) {
      revision = fields.int("revision", 0...Int.max, required: false).map(Int64.init)
      confirmed = fields.bool("confirmed", required: false) ?? context.isAPI
    }
  }

  struct Planning: Sendable {
    let batch: ID
    let shifts: [ShiftDraft]
    let seen: Seen
  }

  private static let shift = Schema.object(
    ["escort": .uuid, "duty": .code(Duty.self), "startsAt": .instant, "endsAt": .instant],
    required: ["escort", "duty", "startsAt", "endsAt"])

  /// The API's form: a list of shifts with their times.
  static let planning = Writing(
    "Plan shifts, all or none; with confirmed false they are refused where problems would come of them, and with a revision where others have changed the rota since",
    for: .planners,
    takes: ["batch": .uuid, "shifts": .list(shift), "revision": .integer, "confirmed": .boolean], required: ["shifts"]
  ) { context, fields in
    let batch = try context.writeBatch(&fields)
    let seen = Seen(context, &fields)
    guard case .array(let list)? = fields.value("shifts"), list.count <= 500 else {
      fields.refuse("shifts", "not-a-list", Text("这里要一个列表，最多 500 班。", "A list of at most 500 is needed here."))
      return Planning(batch: batch, shifts: [], seen: seen)
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
    return Planning(batch: batch, shifts: shifts, seen: seen)
  } event: { ledger, planning, submission in
    try plan(ledger, planning, submission)
  }

  private static func plan(_ ledger: Ledger, _ planning: Planning, _ submission: Submission) throws -> Recorded {
    try ledger.planShifts(
      planning.shifts, in: planning.batch, basedOn: planning.seen.revision, confirmed: planning.seen.confirmed, submission)
  }

  /// The page's form: the same hours on several days.
  static let planningByHours = Writing("Plan the same shift on several days", for: .planners) { context, fields in
    let batch = try context.writeBatch(&fields)
    let seen = Seen(context, &fields)
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
      }, seen: seen)
  } event: { ledger, planning, submission in
    do { return try plan(ledger, planning, submission) } catch Refusal.invalid(let faults) {
      // The form knows one day and its hours; which of the days is meant stands in the sentence.
      throw Refusal.invalid(
        faults.map { $0.code == "will-cause" ? $0 : Fault($0.field.hasSuffix("escort") ? "escort" : "day", $0.code, $0.message) })
    }
  }

  struct Removal: Sendable {
    let batch: ID
    let shift: ID
    let reason: String
    let seen: Seen
  }

  static let removal = Writing(
    "Take a shift off the rota; one that has begun ends now. A stand-in that has not begun is taken back so", for: .planners,
    takes: ["batch": .uuid, "reason": .text(200), "revision": .integer, "confirmed": .boolean]
  ) { context, fields in
    Removal(
      batch: try context.writeBatch(&fields), shift: try context.id("shift"),
      reason: fields.text("reason", required: false, limit: 200) ?? "", seen: Seen(context, &fields))
  } event: { ledger, removal, submission in
    try ledger.removeShift(
      removal.shift, reason: removal.reason, in: removal.batch, basedOn: removal.seen.revision,
      confirmed: removal.seen.confirmed, submission)
  }

  struct StandIn: Sendable {
    let batch: ID
    let shift: ID
    let draft: StandInDraft
    let seen: Seen
  }

  static let standIn = Writing(
    "Have somebody take over a shift, wholly or from a moment on; on duty, alerts and the grid go by it", for: .planners,
    takes: [
      "batch": .uuid, "escort": .uuid, "from": .instant, "reason": .text(200), "revision": .integer, "confirmed": .boolean,
    ], required: ["escort", "reason"]
  ) { context, fields in
    StandIn(
      batch: try context.writeBatch(&fields), shift: try context.id("shift"),
      draft: StandInDraft(
        escort: fields.id("escort") ?? .none, from: fields.moment("from", context.time, required: false),
        reason: fields.text("reason", limit: 200) ?? ""), seen: Seen(context, &fields))
  } event: { ledger, standIn, submission in
    try ledger.standIn(
      for: standIn.shift, standIn.draft, in: standIn.batch, basedOn: standIn.seen.revision,
      confirmed: standIn.seen.confirmed, submission)
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

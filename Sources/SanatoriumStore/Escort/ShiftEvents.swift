internal import Evidence
public import Sanatorium

extension Ledger {
  /// Plans shifts, all of them or none. Refuses an end before its beginning, more than 48 hours, a time far outside the
  /// batch, and the same person twice at the same time; every fault names its shift.
  public func planShifts(_ shifts: [ShiftDraft], in batchID: ID, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    var draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ShiftPlanned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard batch.state == .planned || batch.state == .open else {
      throw Refusal.conflict("batch", "closed", Text("\(batch.number)已经结束。", "\(batch.number) is closed."))
    }
    let known = Dictionary(uniqueKeysWithValues: try tables.escorts(of: batch.key).map { ($0.id, $0) })
    try check(shifts, in: batch, known)
    var first: AppliedEntry?
    for shift in shifts {
      guard let escort = known[shift.escort] else { continue }
      let entry = try record(
        ShiftPlanned(
          openPart: .init(escort: shift.escort, from: shift.startsAt, until: shift.endsAt),
          personalPart: .init(escort: escort.key, duty: shift.duty)), draft)
      if first == nil { first = entry }
      draft = .consequence(batch: batch.key, subject: .random(), actor: submission.actor, at: draft.occurredAt)
    }
    guard let first else {
      throw Refusal.invalid("shifts", "empty", Text("一班也没有填。", "There is no shift."))
    }
    try addressUnheard(in: batch)
    return Recorded(first, repeated: false)
  }

  public func planShift(_ shift: ShiftDraft, in batchID: ID, _ submission: Submission) throws -> Recorded {
    try planShifts([shift], in: batchID, submission)
  }

  /// Takes a shift off the rota that has not ended; what has been worked stays.
  public func removeShift(
    _ id: ID, reason: String = "", in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    // The batch is named by the caller, since a repeated removal finds no row of the shift any more.
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(ShiftRemoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let shift = try tables.shift(id)
    guard shift.batch == batch.key else {
      throw Refusal.notFound(Text("这一批没有这一班。", "This batch has no such shift."))
    }
    guard shift.endsAt > now else {
      throw Refusal.conflict(
        "shift", "over", Text("这一班已经上完，不能删。", "This shift is over and can't be removed."))
    }
    let entry = try record(
      ShiftRemoved(
        openPart: .init(escort: shift.escort, from: shift.startsAt, until: shift.endsAt),
        personalPart: .init(shift: shift.key, reason: trim(reason))), draft)
    return Recorded(entry, repeated: false)
  }

  private func check(_ shifts: [ShiftDraft], in batch: Batch, _ known: [ID: Escort]) throws {
    var faults = Faults()
    let days = (batch.firstDay + -3)...(batch.lastDay + 3)
    for (index, shift) in shifts.enumerated() {
      let field = shifts.count == 1 ? "" : "shifts[\(index)]."
      guard let escort = known[shift.escort] else {
        faults.add("\(field)escort", "unknown", Text("这一批没有这名人员。", "This batch has no such escort."))
        continue
      }
      guard shift.endsAt > shift.startsAt else {
        faults.add("\(field)endsAt", "ends-before-start", Text("下班要在上班之后。", "The end must be after the beginning."))
        continue
      }
      if shift.endsAt - shift.startsAt > .hours(48) {
        faults.add("\(field)endsAt", "too-long", Text("一班最多 48 小时。", "A shift has at most 48 hours."))
      }
      if !days.contains(time.day(of: shift.startsAt)) {
        faults.add(
          "\(field)startsAt", "outside-the-batch",
          Text(
            "这一批是 \(batch.firstDay) 到 \(batch.lastDay)，请核对日期。",
            "The batch lasts from \(batch.firstDay) to \(batch.lastDay); check the day."))
      }
      let stored = try tables.first(
        EscortTable.overlapping, escort.key, shift.startsAt, shift.endsAt, read: Shift.init)
      let other = shifts[..<index].first {
        $0.escort == shift.escort && $0.startsAt < shift.endsAt && $0.endsAt > shift.startsAt
      }
      if let from = stored?.startsAt ?? other?.startsAt, let until = stored?.endsAt ?? other?.endsAt {
        let (start, end) = (time.moment(from), time.moment(until))
        faults.add(
          "\(field)startsAt", "twice-at-the-same-time",
          Text(
            "\(escort.name)在 \(start.chinese) 到 \(end.chinese) 已经有班。",
            "\(escort.name) has a shift from \(start.english) to \(end.english) already."))
      }
    }
    try faults.refuse()
  }
}

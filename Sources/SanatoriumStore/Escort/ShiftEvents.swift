internal import Evidence
public import Sanatorium

extension Ledger {
  /// Plans shifts, all of them or none. Refuses an end before its beginning, more than 48 hours, a time far outside the
  /// batch, and the same person twice at the same time; every fault names its shift.
  ///
  /// - Parameters:
  ///   - revision: the rota's revision that the shifts were planned from; when others have changed it since, they are refused.
  ///   - confirmed: false refuses where problems would come of it (`will-cause`), so that they are seen first.
  public func planShifts(
    _ shifts: [ShiftDraft], in batchID: ID, basedOn revision: Int64? = nil, confirmed: Bool = true, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    var draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ShiftPlanned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requirePlanning(of: batch)
    try requireSeen(revision, of: batch, by: submission.actor)
    let known = Dictionary(uniqueKeysWithValues: try tables.escorts(of: batch.key).map { ($0.id, $0) })
    try check(shifts, in: batch, known)
    if !confirmed { try refuseUnseen(in: batch) { $0.times += shifts.map(RotaTime.init) } }
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

  /// Takes a shift off the rota that has not ended. One that has begun ends now, and what was served stays. A stand-in that
  /// has not begun is taken back so: the shift is its first owner's again. One that has begun is refused (`begun`): whoever
  /// serves from now on, also the first owner, stands in for it.
  public func removeShift(
    _ id: ID, reason: String = "", in batchID: ID, basedOn revision: Int64? = nil, confirmed: Bool = true,
    _ submission: Submission
  ) throws -> Recorded {
    // The batch is named by the caller, since a repeated removal finds no row of the shift any more.
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(ShiftRemoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requirePlanning(of: batch)
    let shift = try shift(id, in: batch, seen: revision)
    guard shift.batch == batch.key else {
      throw Refusal.notFound(Text("这一批没有这一班。", "This batch has no such shift."))
    }
    try requireSeen(revision, of: shift)
    guard shift.endsAt > now else {
      throw Refusal.conflict(
        "shift", "over", Text("这一班已经上完，不能删。", "This shift is over and can't be removed."))
    }
    if let other = try tables.first(EscortTable.standsIn, shift.key, read: Shift.init) {
      throw Refusal.conflict(
        "shift", "stood-in",
        other.startsAt < now
          ? Text(
            "\(other.name)已经在替这一班；要换人，从\(other.name)的班上再替。",
            "\(other.name) serves it already; to change that, take over that service.")
          : Text("\(other.name)要替这一班，先撤销替班。", "\(other.name) is to stand in for it; take that back first."))
    }
    let original = try shift.standsInFor.map { try tables.shift($0) }
    // By the house's own clock: until now the alerts went by this shift.
    let hasBegun = shift.startsAt < now
    if hasBegun, let original {
      throw Refusal.conflict(
        "shift", "begun",
        Text(
          "\(shift.name)已经在替这一班，不能撤销；要换人（也可以换回\(original.name)），从\(shift.name)的班上找人从现在起替。",
          "\(shift.name) serves it already, so it can't be taken back; to change that (also to \(original.name)), have somebody stand in for \(shift.name) from now on."
        ))
    }
    if let original { try requireFree(original.escort, original.name, from: shift.startsAt, until: shift.endsAt, besides: [shift, original]) }
    if !confirmed {
      try refuseUnseen(in: batch) { rota in
        if hasBegun, let index = rota.times.firstIndex(where: { $0.shift == shift.id }) {
          rota.times[index].until = now
        } else {
          rota.times.removeAll { $0.shift == shift.id }
        }
        guard let original else { return }
        rota.times.removeAll { $0.shift == original.id }
        rota.times.append(
          RotaTime(shift: original.id, person: original.escort, duty: original.duty, from: original.startsAt, until: original.endsAt))
      }
    }
    let entry = try record(
      ShiftRemoved(
        openPart: .init(escort: shift.escort, from: hasBegun ? now : shift.startsAt, until: shift.endsAt),
        personalPart: .init(shift: shift.key, reason: trim(reason))), draft)
    return Recorded(entry, repeated: false)
  }

  /// 替班: somebody takes over a shift, from its beginning or from a moment on to its end. The rota's shift stays and says
  /// who should have served; whoever is on duty, and the alerts' tiers, go by the stand-in. It may be recorded up to a day
  /// after the shift has ended.
  public func standIn(
    for id: ID, _ standIn: StandInDraft, in batchID: ID, basedOn revision: Int64? = nil, confirmed: Bool = true,
    _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ShiftStoodIn.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requirePlanning(of: batch)
    let shift = try shift(id, in: batch, seen: revision)
    let escort = try tables.escort(standIn.escort, in: batch.key)
    guard shift.batch == batch.key else {
      throw Refusal.notFound(Text("这一批没有这一班。", "This batch has no such shift."))
    }
    try requireSeen(revision, of: shift)
    if let other = try tables.first(EscortTable.standsIn, shift.key, read: Shift.init) {
      throw Refusal.conflict(
        "shift", "stood-in",
        Text("\(other.name)已经在替这一班；要换人，从\(other.name)的班上再替。", "\(other.name) stands in for it already; to change that, take over that service."))
    }
    let from = standIn.from ?? shift.startsAt
    var faults = Faults()
    faults.require(standIn.reason, "reason")
    if escort.id == shift.escort {
      faults.add("escort", "the-same", Text("替班的要是另一个人。", "Somebody else has to stand in."))
    } else if escort.place == .left {
      faults.add("escort", "left", Text("\(escort.name)已经离开。", "\(escort.name) has left."))
    }
    if from < shift.startsAt || from >= shift.endsAt {
      faults.add("from", "outside-the-shift", Text("替班从这一班里面的时间开始。", "A stand-in begins within the shift."))
    }
    if now - shift.endsAt > .days(1) {
      faults.add("shift", "over", Text("这一班一天前就上完了。", "This shift has been over for more than a day."))
    }
    try faults.refuse()
    try requireFree(escort.id, escort.name, from: from, until: shift.endsAt, besides: [])
    if !confirmed {
      try refuseUnseen(in: batch) { rota in
        if let index = rota.times.firstIndex(where: { $0.shift == shift.id }) {
          rota.times[index].until = from
          if from <= shift.startsAt { rota.times.remove(at: index) }
        }
        rota.times.append(
          RotaTime(shift: draft.subject, person: escort.id, duty: shift.duty, from: from, until: shift.endsAt))
      }
    }
    let entry = try record(
      ShiftStoodIn(
        openPart: .init(shift: shift.id, escort: escort.id, from: from, until: shift.endsAt),
        personalPart: .init(shift: shift.key, escort: escort.key, duty: shift.duty, reason: trim(standIn.reason))), draft)
    try addressUnheard(in: batch)
    return Recorded(entry, repeated: false)
  }

  private func requirePlanning(of batch: Batch) throws {
    guard batch.state == .planned || batch.state == .open else {
      throw Refusal.conflict("batch", "closed", Text("\(batch.number)已经结束。", "\(batch.number) is closed."))
    }
  }

  /// Refuses with what a change of the rota would bring, one fault for each problem, until somebody has seen it.
  private func refuseUnseen(in batch: Batch, _ change: (inout Rota) -> Void) throws {
    let rota = try tables.rota(of: batch, time: time)
    var changed = rota
    change(&changed)
    let caused = rota.caused(by: changed, at: now, time)
    if !caused.isEmpty { throw Refusal.invalid(caused.map { Fault("confirmed", "will-cause", $0.message) }) }
  }

  private func requireFree(_ person: ID, _ name: String, from: Instant, until: Instant, besides: [Shift]) throws {
    let escort = try tables.escort(person)
    let found = try tables.all(EscortTable.shiftsOf, escort.batch, read: Shift.init).first { other in
      other.escort == person && other.isServed && other.startsAt < until && other.until > from && !besides.contains { $0.id == other.id }
    }
    guard let found else { return }
    let (start, end) = (time.moment(found.startsAt), time.moment(found.until))
    throw Refusal.invalid(
      "escort", "twice-at-the-same-time",
      Text(
        "\(name)在 \(start.chinese) 到 \(end.chinese) 已经有班。", "\(name) has a shift from \(start.english) to \(end.english) already."))
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
      if let from = stored?.startsAt ?? other?.startsAt, let until = stored?.until ?? other?.endsAt {
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

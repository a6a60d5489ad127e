internal import Evidence
public import Sanatorium

extension Ledger {
  /// Writes the hand-over note of a shift, or writes it anew; where people are is counted by the house itself at the
  /// change of shift, or now where that is ahead. Whoever is on that shift writes it, and signs with `signs`; the duty lead and the organizer may for
  /// somebody. Written anew it has to be signed again; once the next shift has signed, it stays as it is.
  ///
  /// - Parameter revision: the note's revision that the words were made from, nil while there was none. A note that
  ///   somebody has written meanwhile is not overwritten.
  public func writeHandOver(
    of shiftID: ID, _ words: HandOverDraft, signs: Bool, basedOn revision: Int64? = nil, _ submission: Submission
  ) throws -> Recorded {
    let present = try tables.first(EscortTable.shiftByID, shiftID, read: Shift.init)
    // A repeated request finds its note also where the shift was taken off the rota meanwhile.
    let known =
      try present.map { try tables.first(HandOverTable.ofShift, $0.key, read: HandOver.init) }
      ?? tables.first(HandOverTable.ofShiftID, shiftID, read: HandOver.init)
    guard let batchKey = present?.batch ?? known?.batch else { throw Refusal.notFound(Text("没有这一班。", "There is no such shift.")) }
    let draft = submission.draft(batch: batchKey, subject: known?.id ?? .random(), now: now)
    if let earlier = try earlier(HandOverWritten.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let shift = try tables.shift(shiftID)
    let batch = try tables.batch(key: shift.batch)
    guard batch.state == .open else {
      throw Refusal.conflict("batch", "not-open", Text("\(batch.number)没有在进行。", "\(batch.number) is not open."))
    }
    guard shift.isHandedOver(by: submission.actor) else {
      throw Refusal.forbidden(
        Text("交接班记录由\(shift.name)或值班负责人写。", "The note is written by \(shift.name) or the duty lead."))
    }
    guard shift.isServed, shift.startsAt <= now else {
      throw Refusal.conflict("shift", "not-yet", Text("这一班还没开始，或者由别人替了。", "This shift has not begun, or somebody else serves it."))
    }
    if let known {
      if let taker = known.taker {
        throw Refusal.conflict(
          "note", "signed", Text("\(taker.name)已经签收，不能再改。", "\(taker.name) has signed it; it can't be changed any more."))
      }
      if revision != known.revision {
        let at = time.moment(known.writtenAt)
        throw Refusal.conflict(
          "revision", "changed-since",
          Text(
            "\(known.writtenBy) \(at.chinese) 写过这一班的记录，请先看一下；没有覆盖任何内容。",
            "\(known.writtenBy) wrote this note at \(at.english); look at it first. Nothing has been overwritten."))
      }
    }
    let payload = HandOverWritten(
      openPart: .init(duty: shift.duty.rawValue, changeAt: shift.until),
      personalPart: .init(
        shift: shift.key, shiftID: shift.id, escort: shift.escort, name: shift.name, startsAt: shift.startsAt,
        figures: try tables.handOverFigures(batch: shift.batch, since: shift.startsAt, at: min(shift.until, now)), deputy: trim(words.deputy),
        // Whoever may not read what stands there must not lose it either.
        people: submission.actor.mayReadHealth ? trim(words.people) : known?.words.people ?? "",
        incidents: trim(words.incidents), rounds: trim(words.rounds), tasks: trim(words.tasks),
        medicines: trim(words.medicines), keys: trim(words.keys), vehicles: trim(words.vehicles),
        writer: submission.actor.name, signed: signs))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Whoever comes on duty has read a note and signs for it: somebody of the next shift, or the duty lead. Nobody signs
  /// both sides.
  public func signHandOver(_ id: ID, basedOn revision: Int64? = nil, _ submission: Submission) throws -> Recorded {
    let note = try tables.handOver(id)
    let draft = submission.draft(batch: note.batch, subject: id, now: now)
    if let earlier = try earlier(HandOverSigned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    if let taker = note.taker {
      throw Refusal.conflict("note", "signed", Text("\(taker.name)已经签收了。", "\(taker.name) has signed it already."))
    }
    guard let giver = note.giver else {
      throw Refusal.conflict("note", "not-given", Text("交班人还没签字。", "Whoever hands over has not signed yet."))
    }
    guard giver.account != submission.actor.account else {
      throw Refusal.conflict("note", "the-same", Text("交班和接班要两个人签。", "Two people sign: one who goes and one who comes."))
    }
    let next = try tables.nextShifts(batch: note.batch, duty: note.duty, after: note.changeAt, besides: note.shift)
    guard note.isTakenOver(by: submission.actor, next: next) else {
      throw Refusal.forbidden(
        Text("由接班的人签：\(next.map(\.name).joined(separator: "、"))。", "The next shift signs: \(next.map(\.name).joined(separator: ", "))."))
    }
    if let revision, revision != note.revision {
      throw Refusal.conflict(
        "revision", "changed-since",
        Text("\(note.writtenBy)刚才又改过，请看过再签。", "\(note.writtenBy) has changed it meanwhile; read it again before you sign."))
    }
    let entry = try record(
      HandOverSigned(
        openPart: .init(duty: note.duty.rawValue, changeAt: note.changeAt),
        personalPart: .init(note: note.key, name: submission.actor.name)), draft)
    try resolveAlert("hand-over-late", batch: note.batch, subject: id, reason: "signed by both", at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// The clock: an hour after the change of shift a note still lacks a signature.
  func handOverLate(_ key: Int64, at due: Instant) throws {
    guard let note = try tables.first(HandOverTable.byKey, key, read: HandOver.init) else {
      throw CorruptRow(column: 0, value: "hand-over \(key)")
    }
    try record(
      HandOverPassed(openPart: .init(duty: note.duty.rawValue, changeAt: note.changeAt), personalPart: .init(note: key)),
      .consequence(batch: note.batch, subject: note.id, at: due))
    let at = time.moment(note.changeAt)
    try raise(
      AlertDraft(
        code: "hand-over-late", severity: .attention, batch: note.batch, subject: note.id,
        message: Text(
          "\(note.duty.name.chinese) \(at.chinese) 的交接班记录还没有两边签字。",
          "The hand-over note of the \(note.duty.name.english) at \(at.english) is not signed by both."),
        at: due, from: .dutyLead))
  }
}

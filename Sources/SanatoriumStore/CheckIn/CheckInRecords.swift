internal import Evidence
internal import Sanatorium

/// A check that was made. Written by hand and not by `Codable`: it is the entry that is recorded thousands of times.
struct CheckInMade: Payload {
  static let kind = EntryKind.checkIn
  let day: Day?
  let roundCode: String?
  let isLate: Bool
  let participant: Int64
  let round: Int64?
  let readings: Readings
  let symptoms: Symptoms
  let remark: String
  /// The seven points, `0120--0`.
  let points: String
  let total: Int?
  let level: String?
  let severity: String?
  let findings: [String]
  /// When the next check is due and when it would be late, where a score or finding asks for one.
  let followUpDue: Instant?
  let followUpLate: Instant?
  /// What the person is due for next: the follow-up, or the open round's time.
  let nextDue: Instant?
  /// The round that stays open for the person after this check.
  let nextRound: Int64?
  let isBaseline: Bool

  var open: JSON {
    .object([
      "complete": .bool(total != nil), "day": day.map { .string($0.description) }, "late": .bool(isLate),
      "level": .optional(level), "round": .optional(roundCode),
    ])
  }

  var personal: JSON {
    .object([
      "baseline": isBaseline ? true : nil, "findings": .array(findings.map(JSON.string)),
      "followUpDue": .optional(followUpDue?.milliseconds), "followUpLate": .optional(followUpLate?.milliseconds),
      "nextDue": .optional(nextDue?.milliseconds), "nextRound": .optional(nextRound), "participant": .int(participant),
      "points": .string(points), "readings": readings.json, "remark": .string(remark), "round": .optional(round),
      "severity": .optional(severity), "symptoms": .array(symptoms.all.map { .string($0.rawValue) }),
      "total": .optional(total),
    ])
  }

  var openBody: [UInt8] {
    var writer = CanonicalObject(capacity: 96)
    writer.member("complete", total != nil)
    writer.member("day", day?.description)
    writer.member("late", isLate)
    writer.member("level", level)
    writer.member("round", roundCode)
    return writer.finish()
  }

  var personalBody: [UInt8] {
    var writer = CanonicalObject(capacity: 448)
    if isBaseline { writer.member("baseline", true) }
    writer.member("findings", findings)
    writer.member("followUpDue", followUpDue?.milliseconds)
    writer.member("followUpLate", followUpLate?.milliseconds)
    writer.member("nextDue", nextDue?.milliseconds)
    writer.member("nextRound", nextRound)
    writer.member("participant", participant)
    writer.member("points", points)
    writer.member("readings", canonical: readings.canonical)
    writer.member("remark", remark)
    writer.member("round", round)
    writer.member("severity", severity)
    writer.member("symptoms", symptoms.all.map(\.rawValue))
    writer.member("total", total.map(Int64.init))
    return writer.finish()
  }

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let codes = symptoms.isEmpty ? "" : symptoms.all.map(\.rawValue).joined(separator: " ")
    try tables.run(
      CheckInTable.insert, entry.batch, participant, entry.recordedAt, entry.sequence, round, entry.occurredAt,
      entry.actor, readings.respirationRate, readings.oxygenSaturation, readings.oxygenScale?.rawValue,
      readings.supplementalOxygen, readings.systolic, readings.diastolic, readings.pulse,
      readings.consciousness?.rawValue, readings.temperature, readings.glucose, codes, remark, total, level, points,
      severity, findings.joined(separator: " "), String?.none, isLate)
    if let round {
      let outcome = total == nil ? "incomplete" : "done"
      try tables.run(RoundTable.answer, outcome, entry.sequence, entry.batch, round, participant)
    }
    let compact = TextBytes(readings.canonical)
    let isNewest = try tables.run(
      CheckInTable.updateLast, entry.sequence, entry.occurredAt, total, level, compact, codes,
      isBaseline ? compact : nil, nextDue, nextRound, participant)
    if isNewest == 1 {
      try tables.setDeadline(.followUp, participant, batch: entry.batch, at: followUpLate)
    } else {
      try tables.run(CheckInTable.link, entry.sequence, participant)
    }
  }
}

extension CheckInMade {
  init(open: JSON, personal: JSON) throws {
    func instant(_ name: String) -> Instant? { personal[name]?.int.map { Instant(milliseconds: $0) } }
    guard let late = open["late"]?.bool, let participant = personal["participant"]?.int,
      let readings = personal["readings"], let points = personal["points"]?.string
    else { throw CorruptRow(column: 0, value: "check-in") }
    self.init(
      day: open["day"]?.string.flatMap { Day($0) }, roundCode: open["round"]?.string, isLate: late,
      participant: participant, round: personal["round"]?.int, readings: Readings(json: readings),
      symptoms: Symptoms((personal["symptoms"]?.array ?? []).compactMap { $0.string.flatMap(Symptom.init(rawValue:)) }),
      remark: personal["remark"]?.string ?? "", points: points, total: personal["total"]?.int.map(Int.init),
      level: open["level"]?.string, severity: personal["severity"]?.string,
      findings: (personal["findings"]?.array ?? []).compactMap(\.string), followUpDue: instant("followUpDue"),
      followUpLate: instant("followUpLate"), nextDue: instant("nextDue"), nextRound: personal["nextRound"]?.int,
      isBaseline: personal["baseline"]?.bool ?? false)
  }
}

/// A check that was not made, with the reason; never taken for normal.
struct CheckInMissed: CodedPayload {
  static let kind = EntryKind.checkInNotDone
  struct Personal: Codable, Sendable {
    var participant: Int64
    var round: Int64?
    var remark: String
    var late: Bool
    /// When to try again.
    var againDue: Instant?
    var againLate: Instant?
  }
  let openPart: Open.NotDone
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let missed = personalPart
    try tables.run(
      CheckInTable.insert, entry.batch, missed.participant, entry.recordedAt, entry.sequence, missed.round,
      entry.occurredAt, entry.actor, Int?.none, Int?.none, Int?.none, Bool?.none, Int?.none, Int?.none, Int?.none,
      String?.none, Int?.none, Int?.none, "", missed.remark, Int?.none, String?.none, "-------", String?.none, "",
      openPart.reason, missed.late)
    if let round = missed.round {
      try tables.run(RoundTable.excuse, entry.sequence, entry.batch, round, missed.participant)
    }
    // One that arrives late must not move what a newer check asked for.
    let isNewest = try tables.run(
      CheckInTable.remind, missed.againDue, missed.participant, entry.occurredAt, entry.sequence)
    if isNewest == 1 {
      try tables.setDeadline(.followUp, missed.participant, batch: entry.batch, at: missed.againLate)
    } else {
      try tables.run(CheckInTable.link, entry.sequence, missed.participant)
    }
  }
}

/// A doctor's decision which SpO₂ scale a person is scored by (confirmed hypercapnic failure: scale 2).
struct OxygenScaleDecided: CodedPayload {
  static let kind = EntryKind.oxygenScaleDecided
  struct Personal: Codable, Sendable {
    var participant: Int64
    var scale: Int
    var doctor: String
    var reason: String
  }
  let openPart: Open.Movement
  let personalPart: Personal

  private static let update = SQL("UPDATE participant SET oxygen_scale = ? WHERE id = ?")

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(OxygenScaleDecided.update, personalPart.scale, personalPart.participant)
  }
}

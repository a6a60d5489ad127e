internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func checkInRoutes(_ table: inout RouteTable) {
    table.post(
      "/api/v1/check-ins", "Record a check: readings, symptoms, remark", for: .healthRecorders,
      takes: .object(
        [
          "participant": .uuid, "readings": Readings.schema, "symptoms": .list(.code(Symptom.self)),
          "remark": .text(1_000), "occurredAt": .instant, "sentAt": .instant,
        ], required: ["participant"]), gives: .anyObject
    ) { context in
      var fields = try context.fields()
      let check = CheckInDraft(&fields)
      let submission = try context.submission(&fields)
      try fields.finish()
      return Act({ try $0.checkIn(check, submission) }) { receipt in
        .json(receipt.json, status: receipt.recorded.repeated ? .ok : .created)
      }
    }
    table.post(
      "/api/v1/check-ins/not-done", "Record that a check could not be made, and why", for: .healthRecorders,
      takes: .object(
        [
          "participant": .uuid, "reason": .code(NotDoneReason.self), "remark": .text(1_000), "occurredAt": .instant,
          "sentAt": .instant,
        ], required: ["participant", "reason"])
    ) { context in
      var fields = try context.fields()
      let missed = MissedCheck(&fields)
      let submission = try context.submission(&fields)
      try fields.finish()
      return .recorded { try $0.missCheckIn(missed.participant, reason: missed.reason, remark: missed.remark, submission) }
    }
    table.get(
      "/api/v1/check-ins", "A participant's checks, newest first", for: .healthReaders, reads: .health("check-ins", .query("participant")),
      query: [
        QueryParameter("participant", .uuid, "whose"), QueryParameter("before", .instant, "the last page's oldest time"),
        QueryParameter("limit", .integer(1...200), "at most so many, 50 by default"),
      ], gives: .anyObject
    ) { context in
      guard let id = context.request.query.first("participant").flatMap({ ID($0) }) else {
        throw Refusal.invalid("participant", "missing", Text("要给出 participant。", "The participant is missing."))
      }
      let before = context.request.query.first("before").flatMap(Int64.init) ?? .max
      let limit = min(max(context.request.query.first("limit").flatMap { Int($0) } ?? 50, 1), 200)
      let checks = try context.site.store.read { reader in
        try reader.checkIns(of: reader.participant(id), before: Instant(milliseconds: before), limit: limit)
      }
      return .json(JSONWriter.wire(.object(["checkIns": .array(checks.map(\.json))])))
    }
  }
}

extension CheckInDraft {
  init(_ fields: inout JSONFields) {
    self.init(
      participant: fields.id("participant") ?? .none, readings: fields.readings("readings"),
      symptoms: fields.symptoms("symptoms"),
      remark: fields.text("remark", required: false, limit: 1_000, lines: true) ?? "")
  }
}

/// A check that could not be made, as it is sent.
struct MissedCheck: Sendable {
  let participant: ID
  let reason: NotDoneReason
  let remark: String

  init(_ fields: inout JSONFields) {
    participant = fields.id("participant") ?? .none
    reason = fields.code("reason", NotDoneReason.self) ?? .other
    remark = fields.text("remark", required: false, limit: 1_000, lines: true) ?? ""
  }
}

extension CheckInReceipt {
  /// Written by hand: it is the answer that is sent thousands of times.
  fileprivate var json: [UInt8] {
    var writer = JSONWriter(capacity: 320)
    writer.raw("{\"id\":")
    writer.string(recorded.id.description)
    writer.raw(",\"subject\":")
    writer.string(recorded.subject.description)
    writer.raw(",\"sequence\":")
    writer.int(recorded.sequence)
    writer.raw(",\"recordedAt\":")
    writer.int(recorded.recordedAt.milliseconds)
    writer.raw(",\"news2\":{\"total\":")
    if let total { writer.int(Int64(total)) } else { writer.raw("null") }
    writer.raw(",\"level\":")
    if let level { writer.string(level) } else { writer.raw("null") }
    writer.raw("},\"severity\":")
    if let severity { writer.string(severity.rawValue) } else { writer.raw("null") }
    writer.raw(",\"findings\":[")
    for (index, finding) in findings.enumerated() {
      if index > 0 { writer.raw(",") }
      writer.string(finding)
    }
    writer.raw("],\"againAt\":")
    if let againAt { writer.int(againAt.milliseconds) } else { writer.raw("null") }
    writer.raw("}")
    return writer.bytes
  }
}

extension Readings {
  /// The wire's units: tenths as decimals.
  var wire: JSON {
    func tenths(_ value: Int?) -> JSON? { value.map { .decimal(Int64($0), scale: 1) } }
    return .object([
      "respirationRate": .optional(respirationRate), "oxygenSaturation": .optional(oxygenSaturation),
      "oxygenScale": oxygenScale.map { .int(Int64($0.rawValue)) }, "supplementalOxygen": supplementalOxygen.map(JSON.bool),
      "systolic": .optional(systolic), "diastolic": .optional(diastolic), "pulse": .optional(pulse),
      "consciousness": consciousness.map { .string($0.rawValue) }, "temperature": tenths(temperature),
      "glucose": tenths(glucose),
    ])
  }
}

extension CheckIn {
  fileprivate var json: JSON {
    .object([
      "sequence": .int(entry), "occurredAt": .int(occurredAt.milliseconds), "recordedAt": .int(recordedAt.milliseconds),
      "actor": .string(actor.description), "readings": readings.wire,
      "symptoms": .array(symptoms.all.map { .string($0.rawValue) }), "remark": .string(remark),
      "news2": .object([
        JSON.Member("total", total.map { .int(Int64($0)) } ?? .null),
        JSON.Member("level", points.level.map { .string($0.rawValue) } ?? .null),
      ]),
      "severity": severity.map { .string($0.rawValue) }, "findings": .array(findings.map(JSON.string)),
      "reason": reason.map { .string($0.rawValue) }, "late": .bool(isLate),
    ])
  }
}

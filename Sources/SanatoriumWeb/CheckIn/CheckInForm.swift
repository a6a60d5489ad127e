internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func checkInPages(_ table: inout RouteTable) {
    table.page("/participants/:participant/check-in", for: .healthRecorders, reads: .check) { .response(try $0.checkInPage(Form())) }
    table.formReply("/participants/:participant/check-in", for: .healthRecorders, reads: .check) { try $0.saveCheckIn() }
    table.page("/participants/:participant/check-in/result", for: .healthRecorders, reads: .check) {
      .response(try $0.checkInResultPage())
    }
    // The score while it is typed: with the person's own scale and baseline and the batch's own limits.
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/participants/:participant/assessments",
        summary: "What given readings would come to for this person; stores nothing", audience: .healthRecorders, reads: .none,
        takes: .object(["readings": Readings.schema, "symptoms": .list(.code(Symptom.self))]), gives: .anyObject)
    ) { context in
      let id = try context.id("participant")
      var fields = try context.fields()
      let check = CheckInDraft(
        participant: id, readings: fields.readings("readings"), symptoms: fields.symptoms("symptoms"))
      try fields.finish()
      let (person, health) = try context.site.store.read { reader in
        let person = try reader.participant(id)
        return (person, try reader.packs(of: reader.batch(of: person))?.health)
      }
      guard let health else {
        throw Refusal.conflict(Fault("batch", "not-open", Text("这一批还没有开始。", "This batch has not been opened.")))
      }
      return .response(.json(JSONWriter.wire(try person.assess(check, health).json(context.language))))
    }
    let missed = Writing(
      "Record that a check could not be made", for: .healthRecorders,
      decode: { context, fields in
        let reason = fields.code("reason", NotDoneReason.self) ?? .other
        let remark = fields.text("detail", required: reason.needsRemark, limit: 1_000, lines: true) ?? ""
        return (try context.id("participant"), reason, remark)
      },
      event: { try $0.missCheckIn($1.0, reason: $1.1, remark: $1.2, $2) })
    table.send("/participants/:participant/not-done", missed, reads: .check, to: { _ in "/rounds" }) { context, form in
      try context.checkInPage(Form(), missed: form)
    }
    table.post(
      "/api/v1/participants/:participant/oxygen-scale", "Record a doctor's decision on the SpO₂ scale",
      for: .healthRecorders,
      takes: .write(
        ["scale": .integer(1...2), "doctor": .text(40), "reason": .text(200)], required: ["scale", "doctor", "reason"])
    ) { context in
      let id = try context.id("participant")
      var fields = try context.fields()
      let scale = fields.int("scale", 1...2).flatMap(OxygenScale.init(rawValue:)) ?? .scale1
      let doctor = fields.text("doctor", limit: 40) ?? ""
      let reason = fields.text("reason", limit: 200) ?? ""
      let submission = try context.submission(&fields)
      try fields.finish()
      return .recorded { try $0.decideOxygenScale(id, scale: scale, doctor: doctor, reason: reason, submission) }
    }
  }
}

extension CheckInDraft {
  /// The fields of the form: every reading under its own name, as it was typed.
  init(form fields: inout JSONFields, participant: ID) {
    var readings = Readings()
    for reading in Reading.allCases where reading != .oxygenScale {
      guard let value = fields.value(reading.rawValue) else { continue }
      guard let typed = value.string else {
        fields.refuse(
          reading.rawValue, "twice",
          Text("“\(reading.label.chinese)”填了不止一次。", "“\(reading.label.english)” was sent more than once."))
        continue
      }
      if let fault = readings.set(reading, to: typed, prefix: "") { fields.add([fault]) }
    }
    self.init(
      participant: participant, readings: readings, symptoms: fields.symptoms("symptoms"),
      remark: fields.text("remark", required: false, limit: 1_000, lines: true) ?? "")
  }
}

extension Participant {
  /// What a check of this person comes to, as the Store will reckon it.
  func assess(_ check: CheckInDraft, _ health: HealthPack) throws -> Assessment {
    var readings = check.readings
    readings.oxygenScale = OxygenScale(rawValue: oxygenScale)
    return Assessment.assess(
      readings, symptoms: check.symptoms, baseline: try baseline.map { try Readings(compact: $0) }, pack: health)
  }
}

extension Context {
  fileprivate func saveCheckIn() throws -> Reply {
    let id = try id("participant")
    let refused: @Sendable ([Fault]) throws -> Response = { faults in
      try checkInPage(Form(formValues, faults: faults.map { $0.shown(language) }))
    }
    do {
      var fields = try fields()
      let check = CheckInDraft(form: &fields, participant: id)
      let submission = try submission()
      try fields.finish()
      return Act({ try $0.checkIn(check, submission) }, refused: refused) { receipt in
        let sequence = receipt.recorded.sequence
        // What was left out has to be asked for as well.
        guard (receipt.severity ?? .notice) >= .attention || receipt.total == nil else { return .redirect(to: "/rounds?saved=\(sequence)") }
        return .redirect(to: "/participants/\(id)/check-in/result?saved=\(sequence)")
      }.reply(self)
    } catch Refusal.invalid(let faults) where !wantsFaults {
      return .response(try refused(faults))
    }
  }

  /// What to do now: the gravest finding before the score.
  func act(_ assessment: Assessment) -> String {
    if let worst = assessment.findings.first, worst.severity >= .urgent { return worst.message(language) }
    if assessment.news2.known.isEmpty { return say("还没有数，测一项填一项", "Nothing measured yet") }
    return assessment.action(language)
  }

  func why(_ assessment: Assessment) -> String {
    let score = assessment.news2
    if !score.isComplete {
      // The act says it already where it asks for the rest.
      if (assessment.findings.first?.severity ?? .notice) < .urgent, !score.known.isEmpty { return "" }
      return say("缺 ", "Missing: ") + score.missing.map { $0.label(language) }.joined(separator: say("、", ", "))
    }
    let points = score.known.filter { $0.points > 0 }.sorted { $0.points > $1.points }
    if points.isEmpty { return say("各项 0 分", "All at 0 points") }
    return points.map { "\($0.parameter.label(language)) \($0.points)" }.joined(separator: "·")
  }
}

extension HealthReading {
  fileprivate static let check = HealthReading.allergies("check-in", .path("participant"))
}

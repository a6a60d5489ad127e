internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The check-in form of one person; sent back it keeps what was typed.
  func checkInPage(_ form: Form, missed: Form = Form()) throws -> Response {
    let id = try id("participant")
    let (person, health) = try site.store.read { reader in
      let person = try reader.participant(id)
      return (person, try reader.packs(of: reader.batch(of: person))?.health)
    }
    guard let health else { throw Refusal.conflict(Fault("batch", "not-open", Text("这一批还没有开始。", "This batch has not been opened."))) }
    let last = try person.lastReadings.map { try Readings(compact: $0) } ?? Readings()
    let score = try score(typed: form, of: person, health)
    var detail: [String] = []
    if !person.room.isEmpty { detail.append(say("\(person.room) 房", "Room \(person.room)")) }
    if let age = person.birth?.completedYears(on: today) { detail.append(say("\(age) 岁", "\(age)")) }
    let frame = page(
      Text(verbatim: person.name), .rounds, detail: detail.joined(separator: "·"),
      back: (Text("回到巡查", "Back to the round"), "/rounds"), layout: .desk, keepsBar: true)
    return html(form.faults.isEmpty && missed.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(frame) {
        if person.isOverdue { h.tag(say("逾期", "Overdue"), .late, icon: .late) }
      } top: {
        notices(h)
        if let allergy = person.allergy { h.banner(.bad, .critical, say("过敏：", "Allergic to: ") + allergy) }
      } dock: {
        h.assessment(
          Score(score.news2), act: act(score), why: why(score),
          last: person.lastAt.map { _ in say("上次 ", "Last ") + (person.lastTotal.map(String.init) ?? "–") })
        h.button(say("保存检查", "Save the check"), form: "check", large: true, full: true)
      } main: {
        notDone(h, person, missed)
        h.form(
          "/participants/\(id)/check-in", form, key: formKey, "", id: "check", guardsLeaving: true,
          assesses: "/api/v1/participants/\(id)/assessments",
          chart: OwnScoring.chart(OxygenScale(rawValue: person.oxygenScale) ?? .scale1, health, language)
        ) {
          h.div("list") {
            readings(h, person, last, score.news2)
            symptoms(h, health)
            h.area(say("备注", "Remarks"), "remark", optional: true, maxLength: 1_000)
          }
        }
        h.p("pad m s", NEWS2.acknowledgement(language))
      }
    }
  }

  private func score(typed form: Form, of person: Participant, _ health: HealthPack) throws -> Assessment {
    var readings = Readings()
    for reading in Reading.allCases where reading != .oxygenScale {
      if let typed = form.values?[reading.rawValue] { _ = readings.set(reading, to: typed) }
    }
    return try person.assess(CheckInDraft(participant: person.id, readings: readings, symptoms: []), health)
  }

  private func readings(_ h: HTML, _ person: Participant, _ last: Readings, _ score: NEWS2Score) {
    func before(_ words: String?) -> String? { words.map { say("上次 ", "Last ") + $0 } }
    func value(_ reading: Reading) -> String? { last[reading].map(reading.written) }
    func measure(_ reading: Reading, stepping: Stepping? = .one, optional: Bool = false) {
      var hint = before(value(reading))
      if reading == .oxygenSaturation, person.oxygenScale == 2 { hint = [hint, say("量表 2", "scale 2")].compactMap { $0 }.joined(separator: "·") }
      h.measure(
        reading.label(language), reading.rawValue, unit: reading.unit(language), last: hint, start: value(reading),
        stepping: stepping, points: optional ? nil : .some(score.points(of: reading)), optional: optional,
        placeholder: optional ? say("未测", "none") : nil)
    }
    measure(.respirationRate)
    measure(.oxygenSaturation)
    h.segments(
      Reading.supplementalOxygen.label(language), "supplementalOxygen",
      [Choice("false", say("空气", "Air")), Choice("true", say("吸氧", "Oxygen"))],
      hint: before(last.supplementalOxygen.map { $0 ? say("吸氧", "oxygen") : say("空气", "air") }),
      points: .some(score.points(of: .supplementalOxygen)))
    let both = [last.systolic, last.diastolic].compactMap { $0.map(String.init) }.joined(separator: "/")
    h.measurePair(
      say("血压", "Pressure"), "pressure", unit: "mmHg", last: before(both.isEmpty ? nil : both),
      (Reading.systolic.label(language), "systolic", nil), (Reading.diastolic.label(language), "diastolic", nil),
      points: .some(score.points(of: .systolic)))
    measure(.pulse)
    measure(.temperature, stepping: .tenth)
    h.segments(
      Reading.consciousness.label(language), "consciousness",
      Consciousness.allCases.map { Choice($0.rawValue, $0.rawValue, detail: $0.short(language)) },
      hint: before(last.consciousness.map { "\($0.rawValue) \($0.short(language))" }))
    measure(.glucose, stepping: nil, optional: true)
  }

  /// None first; then what the pack calls critical by itself, the usual ones, and the rest behind a fold.
  private func symptoms(_ h: HTML, _ health: HealthPack) {
    let grave = Symptom.allCases.filter { Assessment.assess(Readings(), symptoms: [$0], pack: health).severity == .critical }
    let usual: [Symptom] = [
      .cough, .soreThroat, .breathless, .chestPain, .dizzy, .nausea, .vomiting, .diarrhoea, .abdominalPain, .chills, .fall, .poorSleep,
    ].filter { !grave.contains($0) }
    let rest = Symptom.allCases.filter { $0 != .none && !grave.contains($0) && !usual.contains($0) }
    func choices(_ symptoms: [Symptom]) -> [Choice] {
      symptoms.map { Choice($0.rawValue, $0.label(language), isAlone: $0 == .none) }
    }
    h.chips(
      say("症状", "Symptoms"), "symptoms",
      groups: [
        ChoiceGroup(nil, choices([.none])), ChoiceGroup(say("有一样就马上打 120", "Any of these: call 120 at once"), choices(grave)),
        ChoiceGroup(say("常见的", "Usual"), choices(usual)), ChoiceGroup(say("其他", "Others"), choices(rest), isFolded: true),
      ], hint: say("可多选", "Several may be chosen"), optional: true)
  }

  private func notDone(_ h: HTML, _ person: Participant, _ form: Form) {
    h.div("sheet") {
      h.fold(say("没查成？选原因", "Not done? Give the reason"), state: .notDone, open: !form.faults.isEmpty, id: "not-done") {
        h.form("/participants/\(person.id)/not-done", form, key: formKey) {
          h.chips(
            say("没查成的原因", "Why it was not done"), "reason",
            NotDoneReason.allCases.map { Choice($0.rawValue, $0.label(language)) }, one: true)
          h.field(say("说明", "Remark"), "detail", hint: say("选“设备坏了”“其他”要写", "Needed with “device broken” and “other”"), optional: true, maxLength: 1_000)
          h.button(say("记下没查成", "Record that it was not done"), .other, full: true)
          h.p("m s", say("没查成不算正常，30 分钟后会再提醒。", "Not done is not normal; it is asked for again after 30 minutes."))
        }
      }
    }
  }
}

extension Consciousness {
  /// The word under the letter on a narrow segment.
  func short(_ language: Language) -> String {
    let word =
      switch self {
      case .alert: Text("清醒", "Alert")
      case .confused: Text("新糊涂", "Con\u{AD}fused")
      case .voice: Text("应声", "Voice")
      case .pain: Text("应疼", "Pain")
      case .unresponsive: Text("无应", "None")
      }
    return word(language)
  }
}

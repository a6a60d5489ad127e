internal import Sanatorium
internal import SanatoriumStore

/// What went wrong in the demonstration's past: a drill, a fall, and a sudden illness that started the plan by itself.
struct DemoEmergencies {
  let batch: ID

  /// 演练 on the first afternoon, as every batch should within a day of its arrival.
  func drill(_ script: inout DemoScript) throws {
    let id = batch
    let draft = ActivationDraft(plan: "acute-illness", isDrill: true, reason: "报到当天演练：餐厅卒中")
    let activation = try script.act("lead") { try $0.startPlan(draft, in: id, $1) }.subject
    try finish(&script, activation, review: "十分钟做完六步，接车慢了一分钟。")
  }

  /// A fall in a corridor that did no harm.
  func fall(_ script: inout DemoScript, _ person: Participant) throws {
    let id = batch
    let draft = IncidentDraft(
      kind: .fall, harm: .none, grade: .fourth, place: "二楼走廊", participants: [person.id], text: "走廊地面有水，滑了一下，扶住了栏杆。")
    let incident = try script.act("staff") { try $0.reportIncident(draft, in: id, $1) }.subject
    let note = IncidentNoteDraft(kind: .measure, text: "擦干地面，放警示牌；随行医护看过，没有受伤。")
    try script.act("staff") { try $0.noteIncident(incident, note, $1) }
    for activation in try openActivations(script) { try decline(&script, activation) }
    try script.act("lead") { try $0.closeIncident(incident, conclusion: "保洁改为午休时拖地。", $1) }
  }

  /// NEWS2 of 9: the plan starts by itself, 120 is called, the person goes to hospital.
  func illness(_ script: inout DemoScript, _ person: Participant) throws {
    let readings = Readings(
      respirationRate: 26, oxygenSaturation: 90, supplementalOxygen: false, systolic: 98, diastolic: 60, pulse: 118,
      consciousness: .alert, temperature: 371)
    let check = CheckInDraft(participant: person.id, readings: readings, symptoms: Symptoms([.breathless, .chestPain]))
    try script.act("medic") { try $0.checkIn(check, $1) }
    for alert in try script.store.read({ try $0.alerts(of: $0.batch(batch), state: .open) })
    where alert.code == "health" && alert.subject == person.id {
      try script.act("medic") { try $0.acknowledgeAlert(alert.id, $1) }
    }
    let hospital = HospitalDraft(hospital: "云州市人民医院", reason: "胸痛、气短")
    try script.pass(until: script.clock + .minutes(20))
    try script.act("lead") { try $0.transferToHospital(person.id, hospital, $1) }
    for activation in try openActivations(script) { try finish(&script, activation.id, review: "十八分钟交给 120，家属十五分钟内告知。") }
  }

  private func openActivations(_ script: DemoScript) throws -> [Activation] {
    try script.store.read { try $0.openActivations(of: $0.batch(batch)) }
  }

  private func decline(_ script: inout DemoScript, _ activation: Activation) throws {
    guard case .proposed = activation.planState else { return }
    try script.act("lead") { try $0.declinePlan(activation.id, reason: "没有受伤", $1) }
  }

  /// Every step done, every condition of the end confirmed, then the review.
  private func finish(_ script: inout DemoScript, _ activation: ID, review: String) throws {
    let (done, plan) = try script.store.read { reader in
      let found = try reader.activation(activation)
      return (Set(try reader.steps(of: found).filter { $0.doneAt != nil }.map(\.number)), try reader.plan(of: found))
    }
    for step in plan.steps where !done.contains(step.number) {
      try script.pass(until: script.clock + .minutes(1))
      try script.act("lead") { try $0.finishStep(activation, step: step.number, note: "", $1) }
    }
    let confirmed = Set([plan.end.any[0].code] + plan.end.all.map(\.code))
    try script.act("lead") { try $0.terminatePlan(activation, confirmed: confirmed, text: "已交接，其余客人平稳。", $1) }
    try script.act("lead") { try $0.reviewPlan(activation, text: review, $1) }
  }
}

import Evidence
import Foundation
import Packs
import Sanatorium

@testable import SanatoriumStore

/// A running batch in which everything that tells of somebody's health holds words found nowhere else.
struct Scene {
  let house: House
  let batch: ID
  let people: [ID]
  let alert: ID
  let activation: ID
  let incident: ID
  let outing: ID
  let escort: ID
  let shift: ID
  /// The shift's hand-over note.
  let handOver: ID
  let template: ID
  /// What only those may see who may read health data, with the words that the alarm and the plan found themselves.
  let clinical: [String]

  static let clinical = ["陈旧心梗甲", "硝酸甘油乙", "夜间咳喘丙", "口齿不清丁", "肢体无力戊", "北山医院己", "自理评估庚", "含服一片辛", "41.3", "夜里看住壬"]
  /// What the whole house is told for safety.
  static let allergy = "青霉素壬"

  static func people(_ count: Int) -> [ParticipantDraft] {
    ["巴特尔", "白天恩", "陈玉兰", "丁国强", "高建军"].prefix(count).map {
      ParticipantDraft(
        name: $0, telephone: "13900000001", conditions: clinical[0], allergies: allergy, medicines: clinical[1],
        remarks: clinical[2])
    }
  }

  /// The packs without what the opening gate asks, so that no paper has to be recorded first.
  static func packs() throws -> FrozenPacks {
    let nm = try Packs.regulation("nm-2023")
    let rules = nm.rules.compactMap { rule -> Rule? in
      let checks = rule.checks.compactMap { check -> RuleCheck? in
        let gates = check.gates.filter { $0 != .open }
        return gates.isEmpty ? nil : RuleCheck(check.kind, at: gates, force: check.force, by: check.by, demands: check.demands)
      }
      guard !checks.isEmpty else { return nil }
      return Rule(
        id: rule.id, regulation: rule.regulation, article: rule.article, quote: rule.quote, title: rule.title,
        checks: checks)
    }
    return FrozenPacks(
      regulation: Regulation(
        id: nm.id, edition: nm.edition, title: nm.title, issuer: nm.issuer, documentNumber: nm.documentNumber,
        status: nm.status, validity: nm.validity, bases: nm.bases, parameters: nm.parameters, rules: rules),
      health: try Packs.health("cn-elder-2026"), plans: [try Packs.plan("acute-illness")])
  }

  init(_ house: House) throws {
    self.house = house
    let now = house.now
    let plan = BatchDraft(
      number: "2026年第3批", regulation: "nm-2023", organizer: "自治区退役军人事务厅", host: "白桦湖疗养中心", venue: "白桦湖",
      firstDay: House.firstDay, lastDay: House.firstDay + 6, planned: 5)
    let batch = try house.perform(.organizer) { try $0.planBatch(plan, $1) }.subject
    try house.perform(.staff) { _ = try $0.listParticipants(Scene.people(5), in: batch, $1) }
    let people = try house.store.read { try $0.participants(of: $0.batch(batch)).map(\.id) }
    let packs = try Scene.packs()
    try house.perform(.organizer) { try $0.openBatch(batch, packs: packs, $1) }
    for (index, person) in people.prefix(4).enumerated() {
      try house.perform(.staff) { try $0.arrive(person, room: "30\(index)", $1) }
    }
    try house.perform(.medic) {
      let fact = RecordedFact(value: "able", person: Scene.clinical[6])
      _ = try $0.recordFact(.selfCare, fact, of: .participant(people[0]), $1)
    }
    escort = try house.perform(.lead) { ledger, submission in
      try ledger.addEscort(EscortDraft(name: "苏和", kind: .general, side: .sent, telephone: "13800000001"), in: batch, submission)
    }.subject
    let escort = escort
    shift = try house.perform(.lead) {
      try $0.planShift(
        ShiftDraft(escort: escort, duty: .dutyLead, startsAt: now, endsAt: now + .hours(8)), in: batch, $1)
    }.subject
    outing = try house.perform(.staff) {
      try $0.planOuting(
        OutingDraft(
          activity: .cultureAndSports, destination: "湿地公园", leavesAt: now + .hours(1), returnsAt: now + .hours(3),
          participants: [people[0], people[2]], escorts: [escort]), in: batch, $1)
    }.subject
    // grave: raises the alarm and starts the plan
    try house.perform(.medic) {
      _ = try $0.checkIn(
        CheckInDraft(
          participant: people[0],
          readings: Readings(
            respirationRate: 26, oxygenSaturation: 90, supplementalOxygen: false, systolic: 96, diastolic: 60,
            pulse: 118, consciousness: .alert, temperature: 413), symptoms: [.none], remark: Scene.clinical[2]), $1)
    }
    let commander = house.accounts[.lead]!
    incident = try house.perform(.staff) {
      try $0.reportIncident(
        IncidentDraft(
          kind: .acuteIllness, harm: .mild, grade: .third, place: "餐厅", participants: [people[0]],
          text: Scene.clinical[3], commander: commander), in: batch, $1)
    }.subject
    let incident = incident
    try house.perform(.medic) {
      try $0.noteIncident(incident, IncidentNoteDraft(kind: .observation, text: Scene.clinical[4]), $1)
    }
    try house.perform(.lead) {
      try $0.transferToHospital(people[1], HospitalDraft(hospital: Scene.clinical[5], reason: Scene.clinical[3]), $1)
    }
    let running = try house.store.read { try $0.openActivations(of: $0.batch(batch)).first { $0.state == .active } }
    guard let running else { throw Missing(what: "activation") }
    activation = running.id
    try house.perform(.medic) { try $0.finishStep(running.id, step: 1, note: Scene.clinical[7], $1) }
    let shift = shift
    handOver = try house.perform(.lead) { ledger, submission in
      var words = HandOverDraft()
      words.people = Scene.clinical[9]
      return try ledger.writeHandOver(of: shift, words, signs: true, submission)
    }.subject
    template = try house.perform(.lead) { ledger, submission in
      let line = RotaLine(duty: .dutyLead, from: 480, until: 1200, people: ["苏和"])
      return try ledger.saveRotaTemplate(nil, RotaTemplateDraft(name: "白班", lines: [line]), submission)
    }.subject
    let alerts = try house.store.read { try $0.alerts(of: $0.batch(batch), state: .open) }
    guard let health = alerts.first(where: { $0.code == "health" }) else { throw Missing(what: "alert") }
    alert = health.id
    let sentences = health.message.chinese.split(separator: "：", maxSplits: 1)[1].split(separator: "；").map(String.init)
    clinical = Scene.clinical + sentences + [running.reason.chinese]
    self.batch = batch
    self.people = people
  }

  struct Missing: Error {
    let what: String
  }

  /// Targets of a route about what is in the scene: one for each of the people where it is about one.
  func targets(_ pattern: String) -> [String] {
    var target = pattern
    for (name, value) in [
      ("batch", batch.description), ("alert", alert.description), ("activation", activation.description),
      ("incident", incident.description), ("outing", outing.description), ("escort", escort.description),
      ("shift", shift.description), ("handover", handOver.description), ("template", template.description), ("gate", "arrival"),
      ("key", pattern.contains(":participant") ? "self_care" : "venue"), ("report", ID.random().description),
      ("account", ID.random().description), ("nonconformity", ID.random().description), ("step", "1"),
    ] {
      target = target.replacing("/:\(name)/", with: "/\(value)/")
      if target.hasSuffix("/:\(name)") { target = String(target.dropLast(name.utf8.count + 1)) + value }
    }
    if target == "/api/v1/check-ins" { return people.map { "\(target)?participant=\($0)" } }
    guard target.contains(":participant") else { return [target] }
    return people.map { target.replacing(":participant", with: $0.description) }
  }
}

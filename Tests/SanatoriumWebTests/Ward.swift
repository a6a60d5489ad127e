import Evidence
import Sanatorium

@testable import SanatoriumStore

/// Five people of an open batch and its rounds: the morning's opens at 7, should be done at 8 and is late at 9:30.
struct Ward {
  let house: House
  let batch: ID
  let people: [ID]

  static let calm = Readings(
    respirationRate: 16, oxygenSaturation: 97, supplementalOxygen: false, systolic: 124, diastolic: 76, pulse: 72,
    consciousness: .alert, temperature: 366)
  /// Five points: another check within the hour, and a plan proposed.
  static let worrying = Readings(
    respirationRate: 22, oxygenSaturation: 94, supplementalOxygen: false, systolic: 124, diastolic: 76, pulse: 115,
    consciousness: .alert, temperature: 366)

  /// - Parameter arrived: how many came on the second day, before its first round.
  init(_ house: House, arrived: Int = 5) throws {
    self.house = house
    let plan = BatchDraft(
      number: "2026年第3批", regulation: "nm-2023", organizer: "自治区退役军人事务厅", host: "白桦湖疗养中心", venue: "白桦湖",
      firstDay: House.firstDay, lastDay: House.firstDay + 6, planned: 5)
    let batch = try house.perform(.organizer) { try $0.planBatch(plan, $1) }.subject
    try house.perform(.staff) { _ = try $0.listParticipants(Scene.people(5), in: batch, $1) }
    people = try house.store.read { try $0.participants(of: $0.batch(batch)).map(\.id) }
    let packs = try Scene.packs()
    try house.perform(.organizer) { try $0.openBatch(batch, packs: packs, $1) }
    self.batch = batch
    try advance(6, 50)
    for index in 0..<arrived { try arrive(index) }
  }

  func arrive(_ index: Int) throws {
    let id = people[index]
    try house.perform(.staff) { try $0.arrive(id, room: "30\(index)", $1) }
  }

  /// Lets the clock come to a time of the second day and does what is due.
  func advance(_ hour: Int, _ minute: Int) throws {
    house.move(to: house.store.time.instant(House.firstDay + 1, minute: hour * 60 + minute))
    while try house.store.perform(at: house.now, { try $0.advance() }) {}
  }

  func check(_ indexes: Int..., readings: Readings = Ward.calm) throws {
    for index in indexes {
      let draft = CheckInDraft(participant: people[index], readings: readings, symptoms: [.none])
      try house.perform(.medic) { _ = try $0.checkIn(draft, $1) }
    }
  }

  func miss(_ indexes: Int...) throws {
    for index in indexes {
      let id = people[index]
      try house.perform(.medic) { _ = try $0.missCheckIn(id, reason: .asleep, remark: "", $1) }
    }
  }

  /// Nobody starts what a score has proposed.
  func decline() throws {
    for plan in try house.store.read({ try $0.openActivations(of: $0.batch(batch)) }) {
      try house.perform(.medic) { try $0.declinePlan(plan.id, reason: "本人平时如此", $1) }
    }
  }
}

import Evidence
import Foundation
import Packs
import Sanatorium

@testable import SanatoriumStore

/// Four people in the house, the acute illness plan frozen with the batch, and somebody on duty in each tier.
struct PlanHouse {
  let house: StayHouse
  static let medic = Actor(account: .random(), role: .escort, isMedical: true, name: "何一鸣")
  static let lead = Actor(account: .random(), role: .lead, name: "周敏")

  init(onDuty: Bool = true) throws {
    house = try StayHouse(people: 4, plans: ["acute-illness"])
    let id = house.batch
    try house.arrive(0..<4)
    guard onDuty else { return }
    let duties: [(String, EscortKind, EscortSide, Duty)] = [
      ("何一鸣", .medical, .sent, .escort), ("高原", .medical, .sent, .medicalLead), ("周敏", .general, .host, .dutyLead),
      ("孟和", .general, .host, .facilityHead), ("白露", .general, .sent, .organizerLead),
    ]
    for (name, kind, side, duty) in duties {
      let licence = kind == .medical ? "110000000000001" : nil
      let draft = EscortDraft(
        name: name, kind: kind, side: side, telephone: "13800000001", licence: licence,
        licenceKind: licence.map { _ in "执业医师" }, licenceUntil: licence.map { _ in Day("2030-01-01")! })
      let escort = try house.perform { try $0.addEscort(draft, in: id, $1) }.subject
      let shift = ShiftDraft(escort: escort, duty: duty, startsAt: house.at(1, 8), endsAt: house.at(1, 20))
      try house.perform { try $0.planShift(shift, in: id, $1) }
    }
  }

  /// A check of the first person: `calm`, five points, or eight.
  func check(_ index: Int = 0, respirations: Int = 16, saturation: Int = 97, pulse: Int = 72) throws {
    let person = house.people[index]
    try house.perform(PlanHouse.medic) { ledger, submission in
      _ = try ledger.checkIn(
        CheckInDraft(
          participant: person,
          readings: Readings(
            respirationRate: respirations, oxygenSaturation: saturation, supplementalOxygen: false, systolic: 124,
            diastolic: 76, pulse: pulse, consciousness: .alert, temperature: 366), symptoms: [.none]), submission)
    }
  }

  /// Five points: proposes.
  func worrying(_ index: Int = 0) throws { try check(index, respirations: 22, saturation: 94, pulse: 115) }
  /// Eight points: starts.
  func grave(_ index: Int = 0) throws { try check(index, respirations: 26, saturation: 91, pulse: 115) }

  func activations() throws -> [Activation] { try house.read { try $0.openActivations(of: $1) } }

  func only() throws -> Activation {
    guard let first = try activations().first else { throw Missing() }
    return first
  }

  struct Missing: Error {}
}

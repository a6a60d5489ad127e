import Evidence
import GRDB
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Files of earlier versions")
struct MigrationTests {
  @Test("a file from before rosters, papers and the kit is opened, keeps its shifts, and takes the new kinds of entries")
  func beforeRosters() throws {
    let house = try StayHouse(open: false)
    let id = house.batch
    let escort = try house.perform(StayHouse.lead) {
      try $0.addEscort(EscortDraft(name: "周敏", kind: .general, side: .host, telephone: "14000000101"), in: id, $1)
    }.subject
    let draft = ShiftDraft(escort: escort, duty: .dutyLead, startsAt: house.at(1, 8), endsAt: house.at(1, 20))
    try house.perform(StayHouse.lead) { try $0.planShift(draft, in: id, $1) }
    let before = try house.store.read { try $0.shifts(of: $0.batch(id), on: StayHouse.firstDay) }
    house.store.close()

    let old = try DatabaseQueue(path: house.store.path)
    try old.writeWithoutTransaction { database in
      for table in [
        "roster", "service_member", "gate_answer", "scan", "scan_file", "hand_over", "rota_template", "home_visit", "kit_item", "kit_movement",
        "kit",
      ] {
        try database.execute(sql: "DROP TABLE \(table)")
      }
      try database.execute(
        sql: """
          DROP INDEX shift_stands_in;
          DROP INDEX participant_person;
          ALTER TABLE shift DROP COLUMN until_at;
          ALTER TABLE shift DROP COLUMN stands_in;
          ALTER TABLE shift DROP COLUMN reason;
          ALTER TABLE shift DROP COLUMN revision;
          DELETE FROM grdb_migrations WHERE identifier >= '2026-11-22 h';
          """)
    }
    try old.close()

    let store = try Store(path: house.store.path)
    defer { store.close() }
    #expect(try store.verify().faults == [])
    #expect(try store.read { try $0.shifts(of: $0.batch(id), on: StayHouse.firstDay) } == before)
    let item = KitItem(category: .emergency, name: "阿司匹林", unit: "盒", needed: 3, present: 3)
    let submission = Submission(key: .random(), actor: StayHouse.medic, occurredAt: nil, request: Digest.of([]))
    _ = try store.perform(at: house.now) { try $0.addKitItem(item, in: id, submission) }
    #expect(try store.read { try $0.kit(of: $0.batch(id)) }.lines.count == 1)
    #expect(try store.verify().faults == [])
  }
}

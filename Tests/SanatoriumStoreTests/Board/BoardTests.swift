import Foundation
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("The board")
struct BoardTests {
  @Test("without an open batch there is no board and no emergency list")
  func nothingOpen() throws {
    let house = try StayHouse(open: false)
    #expect(try house.store.read { try $0.board(at: house.now) } == nil)
    #expect(try house.store.read { try $0.emergencyList() } == nil)
  }

  @Test("everybody is counted where they are, and the escorts against them")
  func numbers() throws {
    let house = try StayHouse(people: 12)
    house.now = house.at(1, 9)
    try house.arrive(0..<11)
    _ = try house.escort("高原")
    _ = try house.escort("何一鸣", .medical)
    let ill = house.people[0]
    let hospital = HospitalDraft(hospital: "县医院", reason: "胸痛")
    try house.perform { try $0.transferToHospital(ill, hospital, $1) }
    let away = house.people[1]
    let leave = LeaveDraft(expectedBack: house.at(1, 11), destination: "县城")
    try house.perform { try $0.startLeave(away, leave, $1) }
    let gone = house.people[2]
    try house.perform { try $0.depart(gone, reason: .early, badgeReturned: true, $1) }
    try house.advance(to: house.at(1, 12))

    let board = try #require(try house.store.read { try $0.board(at: house.now) })
    #expect(board.day == 1)
    #expect(board.presence == (try house.read { try $0.presence(in: $1) }))
    #expect(board.presence.present == 8)
    #expect(board.presence.expected == 1)
    #expect(board.hospital.map(\.placeNote) == ["县医院"])
    #expect(board.missing.map(\.id) == [away])
    #expect(board.alerts.contains { $0.alert.code == "leave-overdue" && $0.person?.id == away })
    #expect(board.coverage?.whole.count == CoverageCount(participants: 8, general: 1, medical: 1))
    #expect(try house.faults() == [])
  }

  @Test("a round past its limit names who has not been seen, the longest overdue first")
  func overdue() throws {
    let house = try StayHouse(people: 4)
    house.now = house.at(1, 9)
    try house.arrive(0..<4)
    try house.advance(to: house.at(3, 23))
    let board = try #require(try house.store.read { try $0.board(at: house.now) })
    let round = try #require(board.round)
    #expect(board.counts == (try house.store.read { try $0.counts(of: round) }))
    #expect(board.overdue.count == 4)
    #expect(board.overdue.map(\.number) == [1, 2, 3, 4])
    let severities = board.alerts.map(\.alert.severity)
    let gravestFirst: [Severity] = severities.sorted { $0 > $1 }
    #expect(severities == gravestFirst)
  }

  @Test("the emergency list holds those who are here, by room, 9 before 10, without a room last")
  func emergencyList() throws {
    let house = try StayHouse(people: 5)
    house.now = house.at(1, 9)
    for (index, room) in [(0, "10"), (1, "9"), (3, "102")] { try house.arrive(index..<(index + 1), room: room) }
    try house.arrive(2..<3)
    let list = try #require(try house.store.read { try $0.emergencyList() })
    #expect(list.entries.map(\.room) == ["9", "10", "102", ""])
    #expect(list.entries.count { !$0.withoutHealth.conditions.isEmpty } == 0)
    let gone = house.people[1]
    try house.perform { try $0.depart(gone, reason: .early, badgeReturned: true, $1) }
    #expect(try house.store.read { try $0.emergencyList()?.entries.map(\.room) } == ["10", "102", ""])
  }

  @Test("no statement of the board reads the journal or check-ins, or a whole table")
  func plans() throws {
    let house = try StayHouse()
    let plans = try house.store.read { reader in
      try BoardSQL.all.map { sql in (sql.text, try reader.tables.plan(of: sql).joined(separator: "\n")) }
    }
    for (text, plan) in plans {
      #expect(!plan.contains("journal") && !plan.contains("check_in"), "\(text)\n\(plan)")
      #expect(!plan.contains("SCAN"), "\(text)\n\(plan)")
      #expect(!plan.isEmpty)
    }
  }
}

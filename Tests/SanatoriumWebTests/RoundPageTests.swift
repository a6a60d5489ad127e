import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("A round's figures")
struct RoundPageTests {
  private let house: House

  init() throws { house = try House() }

  /// The list's page, both start pages and the wall tell the same.
  private func expect(
    _ done: Int, of due: Int, _ marks: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let all = ["逾期 ", "还没查 ", "要复查 ", "没查成 ", "没测全 ", "没查就离开 ", "查齐了"]
    for (person, target) in [(House.Person.medic, "/rounds"), (.medic, "/"), (.staff, "/board"), (.lead, "/")] {
      let page = try await house.ask(.get, target, as: person).text
      let size = target == "/board" ? "xxxl" : "xxl"
      let number = person == .lead ? page.contains("\(done) / \(due)") : page.contains("<b class=\"\(size)\">\(done)</b>")
      #expect(number && page.contains(" / \(due)"), "\(target) of \(person)", sourceLocation: sourceLocation)
      for mark in marks { #expect(page.contains(mark), "\(target) of \(person): \(mark)", sourceLocation: sourceLocation) }
      for mark in all where !marks.contains(where: { $0.hasPrefix(mark) }) {
        // A mark follows its icon; the start page of the lead writes them in a row.
        let stands = page.contains("</svg>\(mark)") || (person == .lead && page.contains(mark + "1")) || (mark == "查齐了" && page.contains(mark))
        #expect(!stands, "\(target) of \(person): \(mark)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test("who was asleep was not checked, neither at once nor when they are due again")
  func asleep() async throws {
    let ward = try Ward(house)
    try ward.advance(7, 5)
    try await expect(0, of: 5, ["还没查 5"])
    try ward.check(0, 1, 2)
    try ward.miss(3, 4)
    try await expect(3, of: 5, ["没查成 2"])
    try ward.advance(7, 38)
    try await expect(3, of: 5, ["要复查 2"])
    let page = try await house.ask(.get, "/rounds", as: .medic).text
    #expect(page.contains("已查 3，没查成 0，要复查 2，还没查 0"))
    try ward.check(3, 4)
    try await expect(5, of: 5, ["查齐了"])
  }

  @Test("what was just saved is told with whose it was")
  func saved() async throws {
    let ward = try Ward(house)
    try ward.advance(7, 0)
    try ward.check(1)
    let person = try house.store.read { try $0.participant(ward.people[1]) }
    let page = try await house.ask(.get, "/rounds?saved=\(try #require(person.lastEntry))", as: .medic).text
    #expect(page.contains("\(person.name) \(person.room)：已保存 07:00"))
  }

  @Test("who left without having been seen and who was not measured wholly keep a round from being complete")
  func missed() async throws {
    let ward = try Ward(house)
    try ward.advance(7, 5)
    try ward.check(0, 1, 2)
    try ward.check(3, readings: Readings(temperature: 366))
    try ward.advance(8, 30)
    let gone = ward.people[4]
    try house.perform(.staff) { try $0.depart(gone, reason: .early, badgeReturned: true, $1) }
    try await expect(4, of: 5, ["没测全 1", "没查就离开 1"])
    try ward.check(3)
    try await expect(4, of: 5, ["没查就离开 1"])
  }

  @Test("who came after the limit is no part of the round: named as such, and among those to be checked again when that is due")
  func late() async throws {
    let ward = try Ward(house, arrived: 4)
    try ward.advance(7, 5)
    try ward.check(0, 1, 2, 3)
    try ward.advance(9, 40)
    try ward.arrive(4)
    try await expect(4, of: 4, ["查齐了"])
    var page = try await house.ask(.get, "/rounds", as: .medic).text
    #expect(page.contains("这次不查") && page.contains("高建军") && !page.contains("还没查 1"))
    try ward.check(4, readings: Ward.worrying)
    try ward.advance(10, 45)
    try await expect(4, of: 4, ["要复查 1"])
    page = try await house.ask(.get, "/rounds", as: .medic).text
    #expect(page.contains("已查 4，没查成 0，这次里要复查 0，还没查 0") && !page.contains("现在要查"))
    try ward.check(3, readings: Ward.worrying)
    try ward.check(4)
    try ward.advance(11, 50)
    // The number of those seen is the same as before; they are apart in the shares alone.
    page = try await house.ask(.get, "/rounds", as: .medic).text
    #expect(page.contains("<b class=\"xxl\">4</b>") && page.contains("其余已查 3，没查成 0，要复查 1，还没查 0"))
  }
}

import Foundation
import MicroHTTP
import Pages
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("The roll call of an outing, on its page")
struct RollCallTests {
  private static func send(_ house: House, _ target: String, _ fields: [(String, String)]) async throws -> Response {
    let body = fields.map { "\($0.0.replacing(":", with: "%3A"))=\($0.1)" }.joined(separator: "&")
    return try await house.ask(
      .post, target, as: .staff, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
  }

  @Test("each has a choice of their own: seen, missing, or staying; what was chosen goes to whom it was chosen for")
  func leaving() async throws {
    let house = try House()
    let scene = try Scene(house)
    let (first, second) = (scene.people[0], scene.people[2])
    let page = try await house.ask(.get, "/outings/\(scene.outing)/leaving", as: .staff).text
    #expect(page.contains("name=\"of:\(first)\" value=\"missing\"") && page.contains("name=\"of:\(second)\" value=\"stayingParticipants\""))
    #expect(!page.contains("checked"), "nothing is chosen beforehand")
    let answer = try await Self.send(
      house, "/outings/\(scene.outing)/leaving", [("counted", "1"), ("of:\(first)", ""), ("of:\(second)", "stayingParticipants")])
    #expect(answer.status == .seeOther, "\(answer.text)")
    let outing = scene.outing
    let members = try house.store.read { try $0.members(of: $0.outing(outing)).participants }
    #expect(members.first { $0.person.id == first }?.state == .away)
    #expect(members.first { $0.person.id == second }?.state == .behind)
  }

  @Test("all are here with the number alone; who is short of it must be named, and nobody can be named as seen and missing at once")
  func counting() async throws {
    let house = try House()
    let scene = try Scene(house)
    let (outing, first) = (scene.outing, scene.people[0])
    #expect(try await Self.send(house, "/outings/\(outing)/leaving", [("counted", "2")]).status == .seeOther)
    let silent = try await Self.send(house, "/outings/\(outing)/headcounts", [("counted", "1")])
    #expect(silent.status == .unprocessableContent && silent.text.contains("要写出缺的"))
    let contrary = try await Self.send(house, "/outings/\(outing)/headcounts", [("counted", "2"), ("of:\(first)", "missing")])
    #expect(contrary.status == .unprocessableContent)
    #expect(contrary.text.contains("name=\"of:\(first)\" value=\"missing\" checked"), "what was chosen stands there again")
    #expect(try await Self.send(house, "/outings/\(outing)/headcounts", [("counted", "1"), ("of:\(first)", "missing")]).status == .seeOther)
    let counts = try house.store.read { try $0.headcounts(of: $0.outing(outing)) }
    #expect(counts.last?.missing.count == 1)
    let unknown = try await Self.send(house, "/outings/\(outing)/headcounts", [("counted", "2"), ("of:\(first)", "lost")])
    #expect(unknown.status == .unprocessableContent)
  }
}

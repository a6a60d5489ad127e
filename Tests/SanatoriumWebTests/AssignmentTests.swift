import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Assigning people to an escort")
struct AssignmentTests {
  private let house: House
  private let scene: Scene

  init() throws {
    house = try House()
    scene = try Scene(house)
    let (people, escort, batch) = (Array(scene.people.prefix(2)), scene.escort, scene.batch)
    try house.perform(.lead) { try $0.assign(people, to: escort, in: batch, $1) }
  }

  private func assigned() throws -> [ID] {
    try house.store.read { try $0.assignments(in: $0.batch(scene.batch))[scene.escort] ?? [] }.map(\.id).sorted()
  }

  private func send(_ escort: String?) async throws -> Response {
    var body = "batch=\(scene.batch)&participants=\(scene.people[0])&participants=\(scene.people[1])"
    if let escort { body += "&escort=\(escort)" }
    return try await house.ask(
      .post, "/assignments", as: .lead, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
  }

  @Test("an escort forgotten on the form is asked for, and takes nobody off theirs")
  func forgotten() async throws {
    let before = try assigned()
    #expect(before.count == 2)
    for escort in [nil, "", "somebody"] {
      let answer = try await send(escort)
      #expect(answer.status == .unprocessableContent)
      #expect(answer.text.contains(escort == "somebody" ? "这里要 UUID" : "还没选分给谁"))
      #expect(answer.text.contains("name=\"escort\" aria-required=\"true\" aria-invalid=\"true\""))
      #expect(try assigned() == before)
    }
  }

  @Test("who is to have nobody is said so: the last of the choices")
  func nobody() async throws {
    let page = try await house.ask(.get, "/assignments", as: .lead).text
    let select = try #require(page.split(separator: "name=\"escort\"").last?.split(separator: "</select>").first)
    #expect(try #require(select.split(separator: "<option").last).contains("从包组里去掉，先不分给谁"))
    #expect(try await send(EscortWritings.nobody).status == .seeOther)
    #expect(try assigned() == [])
  }

  @Test("a script takes people off by naming no escort")
  func script() async throws {
    let people = JSON.array(scene.people.prefix(2).map { .string($0.description) })
    let (status, _) = try await house.post(
      "/api/v1/assignments", .object(["batch": .string(scene.batch.description), "escort": .null, "participants": people]), as: .lead)
    #expect(status == .created)
    #expect(try assigned() == [])
  }
}

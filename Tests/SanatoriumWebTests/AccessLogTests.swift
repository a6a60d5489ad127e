import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("The log of reads")
struct AccessLogTests {
  @Test("every page and read that shows somebody's health is logged, and every one that declares it", arguments: House.Person.allCases)
  func all(person: House.Person) async throws {
    let house = try House()
    let scene = try Scene(house)
    let words = scene.clinical + [Scene.allergy]
    var shown: Set<String> = []
    for route in house.site.listedRoutes where route.method == .get && route.pattern != "/api/v1/events" {
      for target in scene.targets(route.pattern) {
        let before = try house.reads().count
        let response = try await house.ask(.get, target, as: person)
        let rows = try house.reads().dropFirst(before)
        #expect(response.status.code < 500, "\(target)")
        let tells = words.contains { response.text.contains($0) }
        if tells {
          shown.insert(route.pattern)
          #expect(rows.contains { $0[0] == house.accounts[person]?.description }, "\(person) read \(target) unseen")
        }
        if response.status == .ok, route.reads.isLogged, house.actor(person).mayReadHealth {
          #expect(!rows.isEmpty, "\(person) read \(target) unseen")
        }
        if !route.reads.isLogged { #expect(rows.isEmpty, "\(target) is logged and does not say so") }
      }
    }
    // the test is one of what is really shown
    if person == .lead {
      for pattern in [
        "/alerts", "/api/v1/alerts", "/api/v1/activations", "/api/v1/activations/:activation", "/api/v1/incidents",
        "/api/v1/incidents/:incident", "/participants/:participant", "/api/v1/check-ins", "/emergency-list",
        "/api/v1/participants/:participant/facts", "/outings/:outing", "/api/v1/board",
      ] { #expect(shown.contains(pattern), "\(pattern) shows nothing") }
    }
    if person == .admin { #expect(shown.isEmpty) }
  }

  @Test("the row names whose health it was, also where the path names a plan, an alarm or an incident")
  func whose() async throws {
    let house = try House()
    let scene = try Scene(house)
    let person = scene.people[0].description
    for target in [
      "/activations/\(scene.activation)", "/api/v1/activations/\(scene.activation)", "/alerts/\(scene.alert)",
      "/incidents/\(scene.incident)", "/api/v1/incidents/\(scene.incident)", "/participants/\(person)",
      "/api/v1/check-ins?participant=\(person)", "/participants/\(person)/gates/arrival",
    ] {
      let before = try house.reads().count
      _ = try await house.ask(.get, target, as: .medic)
      #expect(try house.reads().dropFirst(before).contains { $0[2] == person }, "\(target)")
    }
  }

  @Test("a list that is looked through before its import is logged, for whoever sends it")
  func roster() async throws {
    let house = try House()
    let scene = try Scene(house)
    let list = "姓名,性别,过敏史,既往病史\n李德山,男,\(Scene.allergy),\(Scene.clinical[0])\n"
    let answer = try await house.ask(
      .post, "/api/v1/batches/\(scene.batch)/participants/check", as: .staff, headers: ["Content-Type": "text/csv"],
      body: Array(list.utf8))
    #expect(answer.text.contains(Scene.clinical[0]))
    #expect(try house.reads().map { $0[1] } == ["roster-check"])
  }

  @Test("a refused form comes back on the person's page: that is a reading too")
  func refusedForm() async throws {
    let house = try House()
    let scene = try Scene(house)
    let answer = try await house.ask(
      .post, "/participants/\(scene.people[0])/arrival", as: .lead,
      headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array("room=1".utf8))
    #expect(answer.text.contains(Scene.allergy))
    #expect(try house.reads().map { $0[1] } == ["person"])
  }

  @Test("who is refused leaves no row")
  func refused() async throws {
    let house = try House()
    let scene = try Scene(house)
    _ = try await house.ask(.get, "/api/v1/rounds", as: .staff)
    _ = try await house.ask(.get, "/participants/\(scene.people[0])", as: .admin)
    _ = try await house.ask(.get, "/participants/\(scene.people[0])")
    _ = try await house.ask(.get, "/participants/\(ID.random())", as: .lead)
    #expect(try house.reads().isEmpty)
  }
}

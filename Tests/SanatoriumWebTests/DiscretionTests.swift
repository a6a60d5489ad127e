import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("What the house is told of somebody's health")
struct DiscretionTests {
  @Test(
    "no page, no read, no print shows clinical words or the hospital to who may not read health data",
    arguments: [House.Person.staff, .escort, .admin])
  func hidden(person: House.Person) async throws {
    let house = try House()
    let scene = try Scene(house)
    var answered = 0
    for route in house.site.listedRoutes where route.method == .get && route.pattern != "/api/v1/events" {
      for target in scene.targets(route.pattern) {
        let response = try await house.ask(.get, target, as: person)
        if response.status == .ok { answered += 1 }
        for word in scene.clinical where response.text.contains(word) {
          Issue.record("\(person) reads “\(word)” at \(target)")
        }
      }
    }
    #expect(answered > (person == .admin ? 4 : 40))
  }

  @Test(
    "why a plan was started for several, or raised for one, is for those who may read health data",
    arguments: [House.Person.staff, .escort, .admin])
  func reasons(person: House.Person) async throws {
    let house = try House()
    let scene = try Scene(house)
    let (batch, activation) = (scene.batch, scene.activation)
    let words = ["两人晕倒壬癸", "心脏骤停，正在按压"]
    try house.perform(.lead) { try $0.startPlan(ActivationDraft(plan: "acute-illness", reason: words[0]), in: batch, $1) }
    try house.perform(.lead) { try $0.changePlanLevel(activation, to: .l2, reason: words[1], $1) }
    let raised = try #require(try house.store.read { try $0.alerts(of: $0.batch(batch), state: .open).first { $0.code == "plan-level" } })
    #expect(try house.store.read { try $0.participant(of: raised)?.id } == scene.people[0])
    for route in house.site.listedRoutes where route.method == .get && route.pattern != "/api/v1/events" {
      for target in scene.targets(route.pattern) + ["/alerts/\(raised.id)"] {
        let text = try await house.ask(.get, target, as: person).text
        for word in words where text.contains(word) { Issue.record("\(person) reads “\(word)” at \(target)") }
      }
    }
    guard person == .staff else { return }
    let told = try await house.ask(.get, "/api/v1/alerts", as: person).text
    #expect(told.contains("\"突发疾病预案启动了\"") && told.contains("巴特尔，300 房：突发疾病预案改了级别"))
    #expect(try await house.ask(.get, "/", as: person).text.contains("突发疾病预案启动了"))
    let medic = try await house.ask(.get, "/api/v1/alerts", as: .medic).text
    #expect(words.allSatisfy { medic.contains($0) })
  }

  @Test("a health alert about a guest whom the board does not know says that a medic is needed, and no more")
  func nameless() async throws {
    let house = try House()
    let scene = try Scene(house)
    try house.perform(.lead) { ledger, _ in try ledger.tables.run(SQL("UPDATE alert SET participant = 0 WHERE code = 'health'")) }
    for target in ["/", "/board", "/alerts", "/alerts/\(scene.alert)", "/api/v1/board", "/api/v1/alerts"] {
      let text = try await house.ask(.get, target, as: .staff).text
      for word in scene.clinical where text.contains(word) { Issue.record("“\(word)” at \(target)") }
      #expect(text.contains("健康警报，请医护去看"), "\(target)")
    }
  }

  @Test("a health rule that no longer holds is called one, and no plan")
  func rule() async throws {
    let house = try House()
    let scene = try Scene(house)
    try house.perform(.lead) { ledger, _ in
      try ledger.tables.run(SQL("UPDATE alert SET code = 'rule-health-NM15' WHERE code = 'health'"))
    }
    let text = try await house.ask(.get, "/alerts/\(scene.alert)", as: .staff).text
    #expect(text.contains("有一项健康要求不再满足") && scene.clinical.allSatisfy { !text.contains($0) })
  }

  @Test("what they need stays: who, where, what kind, and the allergies")
  func needed() async throws {
    let house = try House()
    let scene = try Scene(house)
    let page = try await house.ask(.get, "/incidents/\(scene.incident)", as: .staff).text
    #expect(page.contains("餐厅") && page.contains("急病") && page.contains("由医护和值班负责人掌握"))
    let person = try await house.ask(.get, "/participants/\(scene.people[1])", as: .staff).text
    #expect(person.contains("住院") && person.contains(Scene.allergy))
    let list = try await house.ask(.get, "/emergency-list/text", as: .staff).text
    #expect(list.contains("住院") && list.contains(Scene.allergy) && !list.contains("北山医院"))
    #expect(try await house.ask(.get, "/emergency-list/text", as: .medic).text.contains("北山医院己"))
  }

  @Test("whoever is asked to command an incident is told what it is")
  func command() async throws {
    let house = try House()
    let scene = try Scene(house)
    let incident = scene.incident
    #expect(!(try await house.ask(.get, "/api/v1/incidents/\(incident)", as: .staff)).text.contains("口齿不清丁"))
    let staff = house.accounts[.staff]!
    try house.perform(.lead) { try $0.offerCommand(incident, to: staff, text: "", $1) }
    #expect(try await house.ask(.get, "/api/v1/incidents/\(incident)", as: .staff).text.contains("口齿不清丁"))
    #expect(!(try await house.ask(.get, "/api/v1/incidents/\(incident)", as: .escort)).text.contains("口齿不清丁"))
  }

  @Test("a fire's words are for everybody")
  func fire() async throws {
    let house = try House()
    let scene = try Scene(house)
    let batch = scene.batch
    let fire = try house.perform(.lead) {
      try $0.reportIncident(
        IncidentDraft(kind: .fire, harm: .none, grade: .fourth, place: "锅炉房", participants: [], text: "冒烟，已断电"), in: batch, $1)
    }.subject
    #expect(try await house.ask(.get, "/incidents/\(fire)", as: .staff).text.contains("冒烟，已断电"))
  }
}

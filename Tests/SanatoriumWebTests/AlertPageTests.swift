import MicroHTTP
import Pages
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Alerts on the pages")
struct AlertPageTests {
  @Test("a drill calls no ambulance: it says so instead, on the list and on the whole screen")
  func drill() async throws {
    let house = try House()
    let scene = try Scene(house)
    let (batch, person) = (scene.batch, scene.people[2])
    for alert in try house.store.read({ try $0.alerts(of: $0.batch(batch), state: .open) }) {
      try house.perform(.lead) { try $0.acknowledgeAlert(alert.id, $1) }
    }
    try house.perform(.lead) {
      try $0.startPlan(
        ActivationDraft(plan: "acute-illness", participant: person, isDrill: true, reason: "半年演练"), in: batch, $1)
    }
    let alerts = try house.store.read { try $0.alerts(of: $0.batch(batch), state: .open) }
    let drill = try #require(alerts.first { $0.isDrill && $0.severity == .critical })
    #expect(alerts.allSatisfy { $0.isDrill })
    let start = try await house.ask(.get, "/", as: .lead).text
    #expect(!start.contains("class=\"count\""), "drills are not counted on the tab")
    let list = try await house.ask(.get, "/alerts", as: .lead).text
    #expect(list.contains("不要真打") && list.contains("演练里没人应答的") && !list.contains("tel:120"))
    let screen = try await house.ask(.get, "/alerts/\(drill.id)", as: .lead).text
    #expect(screen.contains("不要真打") && screen.contains("这是演练") && !screen.contains("tel:120"))
    let board = try await house.ask(.get, "/board", as: .staff).text
    #expect(!board.contains(">打 120<"))
    #expect(!board.contains("class=\"badc\"") && board.contains("演练"), "nothing waits in earnest")
  }

  @Test("the wall's number and its alarm count what waits in earnest, as the tab does; a drill is shown and not counted")
  func wall() async throws {
    let house = try House()
    let scene = try Scene(house)
    let (batch, person) = (scene.batch, scene.people[2])
    func waiting() throws -> [Alert] { try house.store.read { try $0.alerts(of: $0.batch(batch), state: .open) } }
    let real = try waiting().events(\.self).count
    let critical = try waiting().filter { $0.severity == .critical }.events(\.self).count
    try house.perform(.lead) {
      try $0.startPlan(
        ActivationDraft(plan: "acute-illness", participant: person, isDrill: true, reason: "半年演练"), in: batch, $1)
    }
    try #require(try waiting().contains { $0.isDrill && $0.severity == .critical } && critical > 0)
    let board = try await house.ask(.get, "/board", as: .staff).text
    #expect(board.contains("<b class=\"badc\">\(real)</b>"))
    #expect(board.contains("1 / \(critical)<") == (critical > 1) && !board.contains("1 / \(critical + 1)<"))
  }

  @Test("a drill calls no relative, whom a real plan calls")
  func relatives() async throws {
    let house = try House()
    let scene = try Scene(house)
    let batch = scene.batch
    try house.perform(.staff) {
      _ = try $0.listParticipants([ParticipantDraft(name: "韩福贵", familyName: "韩梅", familyTelephone: "13912345678")], in: batch, $1)
    }
    let guest = try #require(try house.store.read { try $0.participants(of: $0.batch(batch)).first { $0.name == "韩福贵" } }).id
    for isDrill in [true, false] {
      let running = try house.perform(.lead) {
        try $0.startPlan(
          ActivationDraft(plan: "acute-illness", participant: guest, isDrill: isDrill, reason: "演练或真的"), in: batch, $1)
      }.subject
      let page = try await house.ask(.get, "/activations/\(running)", as: .lead).text
      #expect(page.contains("13912345678") == !isDrill && page.contains("tel:13912345678") == !isDrill)
      #expect(page.contains("演练，不打") == isDrill)
    }
  }

  @Test("alerts that can't be counted leave the tab without a number, and stand before neither a page nor a write")
  func uncounted() async throws {
    let house = try House()
    let scene = try Scene(house)
    try house.spoil("UPDATE alert SET severity = 'spoilt' WHERE code = 'health'")
    let page = try await house.ask(.get, "/outings", as: .staff)
    #expect(page.status == .ok && !page.text.contains("class=\"count\""))
    let form: Headers = ["Content-Type": "application/x-www-form-urlencoded"]
    let target = "/participants/\(scene.people[2])/check-in"
    let saved = try await house.ask(.post, target, as: .medic, headers: form, body: Array("temperature=36.6&respirationRate=16".utf8))
    #expect(saved.status == .seeOther)
    let refused = try await house.ask(.post, target, as: .medic, headers: form, body: Array("temperature=386".utf8))
    #expect(refused.status == .unprocessableContent)
    #expect(house.logged.contains { $0.contains("unanswered alerts") })
  }

  @Test("a refused form shows the tab's count as any page does")
  func refusedCount() async throws {
    let house = try House()
    let scene = try Scene(house)
    let form: Headers = ["Content-Type": "application/x-www-form-urlencoded"]
    let refused = try await house.ask(
      .post, "/participants/\(scene.people[2])/check-in", as: .medic, headers: form, body: Array("temperature=386".utf8))
    let open = try house.store.read { try $0.alerts(of: $0.batch(scene.batch), state: .open) }
    #expect(refused.text.contains("<b class=\"count\">\(open.filter { !$0.isDrill }.events(\.self).count)</b>"))
  }

  @Test("the tab of alerts counts what nobody has answered, and a copy for the time without network counts nothing")
  func count() async throws {
    let house = try House()
    let scene = try Scene(house)
    let open = try house.store.read { try $0.alerts(of: $0.batch(scene.batch), state: .open) }
    let expected = open.filter { !$0.isDrill }.events(\.self).count
    try #require(expected > 0)
    let mark = "<b class=\"count\">\(expected)</b>"
    #expect(try await house.ask(.get, "/incidents", as: .staff).text.contains(mark))
    #expect(!(try await house.ask(.get, "/api/v1/offline", as: .staff).text.contains("class=\\\"count\\\"")))
    for alert in open { try house.perform(.lead) { try $0.acknowledgeAlert(alert.id, $1) } }
    #expect(!(try await house.ask(.get, "/incidents", as: .staff).text.contains("class=\"count\"")))
  }

  @Test("beside an alert stands the score that raised it, none that was measured since")
  func score() async throws {
    let house = try House()
    let scene = try Scene(house)
    let person = scene.people[0]
    let open = try house.store.read { try $0.alerts(of: $0.batch(scene.batch), state: .open) }
    let alert = try #require(open.first { $0.code == "health" })
    let isScored = { try house.store.read { alert.isScored(try $0.participant(of: alert)) } }
    #expect(try isScored())
    house.move(to: house.now + .minutes(20))
    try house.perform(.medic) { _ = try $0.checkIn(CheckInDraft(participant: person, readings: Ward.calm, symptoms: [.none]), $1) }
    #expect(try !isScored())
  }

  @Test("one plan's alerts are one event; others stand alone, in their order")
  func events() throws {
    let house = try House()
    let scene = try Scene(house)
    let batch = scene.batch
    house.move(to: house.now + .minutes(90))
    while try house.store.perform(at: house.now, { try $0.advance() }) {}
    let alerts = try house.store.read { try $0.alerts(of: $0.batch(batch), state: .open).sorted { $0.comesBefore($1) } }
    let events = alerts.events(\.self)
    #expect(events.count { $0.first.code.hasPrefix("plan-") } == 1)
    #expect(events.map { 1 + $0.rest.count }.reduce(0, +) == alerts.count)
    #expect(events.first?.first == alerts.first)
  }

  @Test("whoever may not read health data sees who needs a medic and where, on the start page")
  func start() async throws {
    let house = try House()
    _ = try Scene(house)
    let page = try await house.ask(.get, "/", as: .staff).text
    #expect(page.contains("巴特尔") && page.contains("<span class=\"rm\">300</span>") && page.contains("健康警报，请医护去看"))
    #expect(!page.contains("健康警报，请医护去看，"))
    #expect(!page.contains("，300 房"), "the room stands once")
  }
}

import Foundation
import MicroHTTP
import Packs
import Sanatorium
import SanatoriumStore
import Testing

@testable import SanatoriumWeb

@Suite("Badges")
struct BadgeTests {
  private let house: House
  private let scene: Scene
  private let people: [Participant]

  init() throws {
    house = try House()
    scene = try Scene(house)
    let batch = scene.batch
    people = try house.store.read { try $0.participants(of: $0.batch(batch)) }
  }

  @Test("a badge opens its person for everybody of the house, however it was typed", arguments: [House.Person.lead, .staff, .medic, .escort, .organizer])
  func opens(person: House.Person) async throws {
    let badge = people[0].badge
    for shown in [badge, badge.lowercased(), "\(badge.prefix(5))-\(badge.suffix(5))", "\(badge)?here"] {
      let response = try await house.ask(.get, "/b/\(shown)", as: person)
      #expect(response.status == .seeOther)
      #expect(response.headers["Location"] == "/participants/\(people[0].id)")
    }
  }

  @Test("who isn't logged in is asked to, and learns nothing about a code")
  func stranger() async throws {
    let answers = try await [people[0].badge, "7777777777", "nonsense"].asyncMap { code in
      let first = try await house.ask(.get, "/b/\(code)")
      #expect(first.status == .ok)
      #expect(first.text.contains("<meta http-equiv=\"refresh\" content=\"0;url=/b/\(code)?here\">"))
      let second = try await house.ask(.get, "/b/\(code)?here")
      #expect(second.status == .seeOther)
      #expect(second.headers["Location"] == "/login?next=%2Fb%2F\(code)")
      return first.text.replacing(code, with: "")
    }
    #expect(Set(answers).count == 1)
  }

  @Test("an unknown code is told as what it is, and a badge of the next batch opens already")
  func unknown() async throws {
    let unknown = try await house.ask(.get, "/b/7777777777", as: .staff)
    #expect(unknown.status == .notFound && unknown.text.contains("没有 77777 77777 这张证件牌"))
    let shapeless = try await house.ask(.get, "/b/12", as: .staff)
    #expect(shapeless.status == .notFound && shapeless.text.contains("不是证件牌的号码"))
    let admin = try await house.ask(.get, "/b/\(people[0].badge)", as: .admin)
    #expect(admin.status == .forbidden)
    // The next batch: its badges open before it begins, and the old ones no more once it is the newest that runs.
    let plan = BatchDraft(
      number: "2026年第4批", regulation: "nm-2023", organizer: "自治区退役军人事务厅", host: "白桦湖疗养中心", venue: "白桦湖",
      firstDay: House.firstDay + 10, lastDay: House.firstDay + 16, planned: 5)
    let next = try house.perform(.organizer) { try $0.planBatch(plan, $1) }.subject
    try house.perform(.staff) { _ = try $0.listParticipants([ParticipantDraft(name: "孛儿只斤·巴特尔")], in: next, $1) }
    let awaited = try house.store.read { try $0.participants(of: $0.batch(next)) }[0]
    let planned = try await house.ask(.get, "/b/\(awaited.badge)", as: .staff)
    #expect(planned.headers["Location"] == "/participants/\(awaited.id)")
    let sheet = try await house.ask(.get, "/badges?batch=\(next)", as: .staff, headers: ["Host": "house.lan:8443"])
    #expect(sheet.text.contains(">孛儿只斤·</text>") && sheet.text.contains(">巴特尔</text>"))
  }

  @Test("the badge of a batch that has ended says so once the next one is there")
  func earlier() async throws {
    let house = try House()
    let nm = try Scene.packs().regulation
    let packs = FrozenPacks(
      regulation: Regulation(
        id: nm.id, edition: nm.edition, title: nm.title, issuer: nm.issuer, documentNumber: nm.documentNumber,
        status: nm.status, validity: nm.validity, bases: nm.bases, parameters: nm.parameters, rules: []),
      health: try Packs.health("cn-elder-2026"), plans: [])
    func plan(_ number: String, _ first: Day) throws -> (batch: ID, person: Participant) {
      let draft = BatchDraft(
        number: number, regulation: "nm-2023", organizer: "自治区退役军人事务厅", host: "白桦湖疗养中心", venue: "白桦湖", firstDay: first,
        lastDay: first + 6, planned: 1)
      let batch = try house.perform(.organizer) { try $0.planBatch(draft, $1) }.subject
      try house.perform(.staff) { _ = try $0.listParticipants([ParticipantDraft(name: "巴特尔")], in: batch, $1) }
      return (batch, try house.store.read { try $0.participants(of: $0.batch(batch)) }[0])
    }
    let (old, person) = try plan("2026年第3批", House.firstDay)
    try house.perform(.organizer) { try $0.openBatch(old, packs: packs, $1) }
    try house.perform(.staff) { try $0.turnAway(person.id, .noShow, reason: "没来", $1) }
    let closing = BatchClosing(
      satisfaction: SatisfactionCounts(distributed: 1, returned: 0, valid: 0, grades: [0, 0, 0, 0, 0]),
      soundness: RecordedIndicator(score: 95), reason: "没有人来")
    try house.perform(.lead) { try $0.closeBatch(old, closing, $1) }
    _ = try plan("2026年第4批", House.firstDay + 10)
    let opened = try await house.ask(.get, "/b/\(person.badge)", as: .staff)
    #expect(opened.status == .notFound && opened.text.contains("这是“2026年第3批”的证件牌，那一批已经结束"))
  }

  @Test("the sheets hold names, rooms and codes, and nothing of anybody's health")
  func sheets() async throws {
    let response = try await house.ask(.get, "/badges", as: .lead, headers: ["Host": "192.168.1.20:8443"])
    #expect(response.status == .ok)
    for person in people {
      #expect(response.text.contains(">\(person.name)</text>"))
      #expect(response.text.contains(">\(BadgeCode.spoken(person.badge))</text>"))
    }
    #expect(response.text.contains("房间 300") && response.text.contains("房间 ______"))
    for word in scene.clinical + [Scene.allergy] { #expect(!response.text.contains(word)) }
    #expect(!response.text.contains("手机扫不开"))
    let local = try await house.ask(.get, "/badges", as: .lead, headers: ["Host": "127.0.0.1:8443"])
    #expect(local.text.contains("手机扫不开"))
    let one = try await house.ask(.get, "/badges?person=\(people[1].id)", as: .lead, headers: ["Host": "house.lan"])
    #expect(one.text.contains(people[1].name) && !one.text.contains(people[0].name))
  }

  @Test("an address is taken from the request alone where it is one")
  func origin() throws {
    for host in ["house.lan", "house.lan:8443", "192.168.1.20:443", "[fe80::1]:8443"] {
      let origin = try #require(Origin(authority: host))
      #expect(origin.text == "https://\(host)" && !origin.isThisMachine)
    }
    for host in ["localhost", "127.0.0.1:8443", "[::1]:8443"] { #expect(Origin(authority: host)?.isThisMachine == true) }
    for host in ["", ":8443", "a b", "a/b", "house:port", "house:99999", "[x]", "[::1", "用户", "a@b"] {
      #expect(Origin(authority: host) == nil, "\(host)")
    }
  }
}

extension Array {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var results: [T] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}

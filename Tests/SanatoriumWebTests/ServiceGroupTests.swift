import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("The service groups' pages")
struct ServiceGroupTests {
  private static func form(_ fields: String) -> [UInt8] { Array("idempotency-key=\(ID.random())&\(fields)".utf8) }
  private static let form: Headers = ["Content-Type": "application/x-www-form-urlencoded"]

  @Test("the groups are filled by form and API, shown with telephones, and printed as a table")
  func filled() async throws {
    let house = try House()
    let scene = try Scene(house)
    let path = "/batches/\(scene.batch)/service-groups"
    let saved = try await house.ask(
      .post, path, as: .lead, headers: Self.form,
      body: Self.form("side=host&name=陈立&telephone=13900000002&duties=registration&duties=board_safety&lead=1"))
    #expect(saved.status == .seeOther && saved.headers["Location"]?.hasPrefix(path) == true)
    let added = try await house.post(
      "/api/v1\(path)",
      .object(["side": "organizer", "name": "白露", "telephone": "13900000003", "duties": .array(["coordination"]), "accountable": .array(["medical"])]),
      as: .organizer)
    #expect(added.status == .created)
    for person in [House.Person.lead, .organizer, .staff, .escort] {
      let page = try await house.ask(.get, path, as: person).text
      #expect(page.contains("陈立") && page.contains("tel:13900000002") && page.contains("组长") && page.contains("白露"))
      #expect(page.contains("\(path)/new?side=host") == (person == .lead))
      #expect(page.contains("\(path)/new?side=organizer") == [.lead, .organizer].contains(person))
    }
    let table = try await house.ask(.get, "\(path)/table", as: .staff).text
    #expect(table.contains("责任表") && table.contains("食宿安全") && table.contains("13900000003"))
    let groups = try JSON.parse(try await house.ask(.get, "/api/v1\(path)", as: .staff).body)
    #expect(groups["members"]?.array?.count == 2)
    let medical = groups["duties"]?.array?.first { $0["duty"]?.string == "medical" }
    #expect(medical?["host"]?.array?.isEmpty == true && medical?["accountable"]?.array?[0]["name"]?.string == "白露")
  }

  @Test("what a rule still misses is said with its clause, and the gate's repair leads to this page")
  func missing() async throws {
    let house = try House()
    let plan = BatchDraft(
      number: "2026年第4批", regulation: "wh-2023", organizer: "威海市退役军人事务局", host: "白桦湖疗养中心", venue: "威海",
      firstDay: House.firstDay + -200, lastDay: House.firstDay + -195, planned: 5)
    let batch = try house.perform(.organizer) { try $0.planBatch(plan, $1) }.subject
    let page = try await house.ask(.get, "/batches/\(batch)/service-groups", as: .lead).text
    for words in ["WH15", "WH16", "分别成立疗养专项服务小组", "还没记“医疗保障负责人”"] { #expect(page.contains(words), "\(words)") }
    let gate = try await house.ask(.get, "/batches/\(batch)/gates/open", as: .lead).text
    #expect(gate.contains("/batches/\(batch)/service-groups?back="))
    #expect(!gate.contains("/facts/duty.medical"))
    let groups = try JSON.parse(try await house.ask(.get, "/api/v1/batches/\(batch)/service-groups", as: .lead).body)
    #expect(groups["missing"]?.array?.contains { $0["fact"]?.string == "duty.medical" && $0["rule"]?.string == "WH16" } == true)
    for (name, duties) in [("陈立", "registration"), ("何一鸣", "medical")] {
      _ = try await house.ask(
        .post, "/batches/\(batch)/service-groups", as: .lead, headers: Self.form,
        body: Self.form("side=host&name=\(name)&telephone=13900000002&duties=\(duties)"))
    }
    let after = try await house.ask(.get, "/batches/\(batch)/service-groups", as: .lead).text
    #expect(!after.contains("还没记“医疗保障负责人”") && after.contains("还没记“应急处置负责人”"))
    let facts = try await house.ask(.get, "/batches/\(batch)/facts", as: .lead).text
    #expect(facts.contains("服务小组里有"))
  }

  @Test("the second editor is shown the first's change, and saves over it only after seeing it")
  func secondEditor() async throws {
    let house = try House()
    let scene = try Scene(house)
    let path = "/batches/\(scene.batch)/service-groups"
    let draft = ServiceMemberDraft(ServicePerson(name: "陈立", telephone: "13900000002", duties: [.registration]))
    let member = try house.perform(.lead) { try $0.addServiceMember(draft, to: .host, in: scene.batch, $1) }
    let seen = member.sequence
    func change(_ telephone: String, _ revision: Int64) async throws -> Response {
      try await house.ask(
        .post, "\(path)/\(member.subject)", as: .lead, headers: Self.form,
        body: Self.form("name=陈立&telephone=\(telephone)&duties=registration&revision=\(revision)"))
    }
    #expect(try await change("13900000007", seen).status == .seeOther)
    let refused = try await change("13900000008", seen)
    #expect(refused.status == .unprocessableContent)
    for words in ["账号lead", "13900000007", "13900000008", "我看过了"] { #expect(refused.text.contains(words), "\(words)") }
    let current = try house.store.read { try $0.serviceMember(member.subject, in: $0.batch(scene.batch)) }
    #expect(current.person.telephone == "13900000007")
    #expect(refused.text.contains("name=\"revision\" value=\"\(current.revision)\""))
    #expect(try await change("13900000008", current.revision).status == .seeOther)
    let answer = try await house.post(
      "/api/v1\(path)/\(member.subject)", .object(["name": "陈立", "telephone": "1", "duties": .array(["medical"]), "revision": .int(seen)]), as: .lead)
    #expect(answer.status == .conflict)
  }

  @Test("staff and escorts may look and not write; the organizer writes its own side alone; another batch's member is not found")
  func rights() async throws {
    let house = try House()
    let scene = try Scene(house)
    let path = "/batches/\(scene.batch)/service-groups"
    for person in [House.Person.staff, .escort, .medic] {
      let answer = try await house.post(
        "/api/v1\(path)", .object(["side": "host", "name": "陈立", "telephone": "139000", "duties": .array(["medical"])]), as: person)
      #expect(answer.status == .forbidden)
      #expect(try await house.ask(.get, "\(path)/new", as: person).status == .forbidden)
    }
    let other = try await house.post(
      "/api/v1\(path)", .object(["side": "host", "name": "陈立", "telephone": "139000", "duties": .array(["medical"])]), as: .organizer)
    #expect(other.status == .forbidden)
    #expect(try await house.ask(.get, "\(path)/new?side=host", as: .organizer).status == .forbidden)
    #expect(try await house.ask(.get, "\(path)/\(ID.random())", as: .lead).status == .notFound)
    #expect(try await house.ask(.get, path, as: .admin).status == .forbidden)
  }
}

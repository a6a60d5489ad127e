import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Finding people from everywhere")
struct SearchTests {
  @Test("one hit opens the person, several are shown, none says what can be typed")
  func hits() async throws {
    let house = try House()
    let scene = try Scene(house)
    let people = try house.store.read { reader in try reader.participants(of: #require(try reader.activeBatch())) }
    let person = try #require(people.first)
    for typed in [person.badge, person.badge.lowercased(), String(person.number)] {
      let found = try await house.ask(.get, "/search?q=\(typed)", as: .staff)
      #expect(found.status == .seeOther)
      #expect(found.headers["Location"] == "/participants/\(person.id)")
    }
    let none = try await house.ask(.get, "/search?q=zzzzzz", as: .medic)
    #expect(none.status == .ok)
    #expect(none.text.contains("没找到"))
    let blank = try await house.ask(.get, "/search", as: .medic)
    #expect(blank.text.contains("想找谁"))
    withExtendedLifetime(scene) {}
  }

  @Test("the list of people is searched within its batch, and a read that asks by an unknown name is refused")
  func listed() async throws {
    let house = try House()
    let scene = try Scene(house)
    func names(_ query: String) async throws -> [String] {
      let answer = try JSON.parse(try await house.ask(.get, "/api/v1/participants\(query)", as: .staff).body)
      return (answer["participants"]?.array ?? []).compactMap { $0["name"]?.string }
    }
    #expect(try await names("").count == 5)
    #expect(try await names("?q=%E5%B7%B4%E7%89%B9") == ["巴特尔"])
    #expect(try await names("?batch=\(scene.batch)&q=301").count == 1)
    #expect(try await names("?q=zzzz") == [])
    let refused = try await house.ask(.get, "/api/v1/participants?name=zzzz&lang=zh", as: .staff)
    #expect(refused.status == .badRequest)
    let faults = try JSON.parse(refused.body)["faults"]?.array ?? []
    #expect(faults.map { $0["field"]?.string } == ["name"])
    #expect(try await house.ask(.get, "/api/v1/session?x=1", as: .staff).status == .badRequest)
  }

  @Test("the API answers the same people, and health with those who may read it alone")
  func api() async throws {
    let house = try House()
    let scene = try Scene(house)
    let people = try house.store.read { reader in try reader.participants(of: #require(try reader.activeBatch())) }
    let person = try #require(people.first)
    for (who, health) in [(House.Person.medic, true), (.staff, false)] {
      let answer = try JSON.parse(try await house.ask(.get, "/api/v1/search?q=\(person.badge)", as: who).body)
      let text = String(decoding: JSONWriter.wire(answer), as: UTF8.self)
      #expect(text.contains(person.id.description))
      #expect(text.contains("conditions") == health)
    }
    #expect(try await house.ask(.get, "/api/v1/search?q=1", as: .admin).status == .forbidden)
    withExtendedLifetime(scene) {}
  }

  @Test("every page of those who may find people has the way to the search, and no other page", arguments: House.Person.allCases)
  func everywhere(person: House.Person) async throws {
    let house = try House()
    let scene = try Scene(house)
    let pages = person == .admin ? ["/", "/accounts", "/me", "/help"] : ["/", "/alerts", "/incidents", "/batches", "/outings", "/me", "/help", "/board"]
    for page in pages {
      let text = try await house.ask(.get, page, as: person).text
      #expect(text.contains("\"/search\"") == (person != .admin), "\(person) \(page)")
    }
    withExtendedLifetime(scene) {}
  }
}

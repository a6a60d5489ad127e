import Evidence
import Foundation
import MicroHTTP
import Pages
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Writing")
struct WritingTests {
  private static let form: Headers = ["Content-Type": "application/x-www-form-urlencoded"]

  @Test("“saved” stands on the page of the one who saved, and on no kept page of the others")
  func saved() async throws {
    let house = try House()
    _ = try Scene(house)
    for page in ["/board", "/rounds", "/emergency-list"] {
      #expect(try await house.ask(.get, "\(page)?saved=12", as: .medic).text.contains("已保存"))
      for person in [House.Person.medic, .lead] {
        #expect(!(try await house.ask(.get, page, as: person)).text.contains("已保存"), "\(page)")
      }
      #expect(try await house.ask(.get, "\(page)?saved=13", as: .medic).text.contains("已保存"))
      #expect(!(try await house.ask(.get, "\(page)?saved=no", as: .medic)).text.contains("已保存"))
    }
  }

  @Test("a kept page is kept for a role, never for one person")
  func keptPages() async throws {
    let house = try House()
    let scene = try Scene(house)
    let alarm = scene.clinical[Scene.clinical.count]
    let medic = try await house.ask(.get, "/board", as: .medic)
    let escort = try await house.ask(.get, "/board", as: .escort)
    #expect(medic.text.contains(alarm) && !escort.text.contains(alarm))
    // the lead commands the incident, which stands there for all
    for person in House.Person.allCases where person != .admin && person != .lead {
      #expect(!(try await house.ask(.get, "/board", as: person)).text.contains("账号\(person.rawValue)"))
    }
  }

  @Test("what a repeated request is known by holds no password, neither itself nor its fast hash")
  func digest() async throws {
    let house = try House()
    let key = ID.random().description
    func body(_ password: String) -> JSON {
      .object(["username": "nurse", "name": "护士", "role": "escort", "password": .string(password)])
    }
    let headers: Headers = ["Idempotency-Key": key]
    let first = try await house.post("/api/v1/accounts", body("one long password"), as: .admin, headers: headers)
    #expect(first.status == .created)
    let again = try await house.post("/api/v1/accounts", body("another password"), as: .admin, headers: headers)
    #expect(again.body["id"] == first.body["id"])
    let other = try await house.post(
      "/api/v1/accounts",
      .object(["username": "nurse", "name": "别人", "role": "escort", "password": "one long password"]), as: .admin, headers: headers)
    #expect(other.status == .conflict)
    house.store.close()
    var file: [UInt8] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: house.folder.path) {
      file += try Data(contentsOf: house.folder.appendingPathComponent(name))
    }
    let sent = JSONWriter.wire(body("one long password"))
    let whole = Digest.of(Array("POST".utf8), Array("/api/v1/accounts".utf8), sent)
    for secret in [Array("one long password".utf8), whole.bytes, Digest.of(sent).bytes] {
      #expect(Data(file).range(of: Data(secret)) == nil)
    }
  }

  @Test("refusals speak the reader's language: a script's by its header, a page's by its account")
  func language() async throws {
    let house = try House(language: .english)
    for (headers, word) in [
      (["Accept-Language": "en"] as Headers, "Something is filled in wrongly"), ([:], "有填错的地方"),
      (["Accept-Language": "zh-CN"], "有填错的地方"), (["Accept-Language": "en-GB", "Sec-Fetch-Mode": "cors"], "有填错的地方"),
    ] {
      let answer = try await house.post("/api/v1/accounts", .object([:]), as: .admin, headers: headers)
      #expect(answer.status == .unprocessableContent)
      #expect(answer.body["title"]?.string == word)
    }
    let page = try await house.ask(.get, "/rounds", as: .staff)
    #expect(page.status == .forbidden && page.text.contains("Your role may not open this."))
    let missing = try await house.ask(.get, "/participants/\(ID.random())", as: .lead, headers: ["Accept-Language": "zh"])
    #expect(missing.status == .notFound && missing.text.contains("Not found"))
    let chinese = try House()
    #expect(try await chinese.ask(.get, "/rounds", as: .staff, headers: ["Accept-Language": "en"]).text.contains("您的角色"))
  }

  @Test("another site can't make a browser write, on no route")
  func crossSite() async throws {
    let house = try House()
    let scene = try Scene(house)
    let before = house.store.sequence
    for headers: Headers in [
      ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
    ] {
      for route in house.site.listedRoutes where route.method == .post && !route.pattern.hasPrefix("/api/") {
        guard route.audience.admits(house.actor(.lead)) else { continue }
        var headers = headers.merging(WritingTests.form)
        headers["Host"] = "house.local"
        let target = scene.targets(route.pattern)[0]
        let answer = try await house.ask(.post, target, as: .lead, headers: headers, body: Array("text=x".utf8))
        #expect(answer.status == .forbidden && answer.text.contains("请求来自别的网站"), "\(target) \(answer.status)")
      }
    }
    #expect(house.store.sequence == before)
  }
}

extension Headers {
  fileprivate func merging(_ more: Headers) -> Headers {
    var all = self
    for header in more { all[header.name] = header.value }
    return all
  }
}

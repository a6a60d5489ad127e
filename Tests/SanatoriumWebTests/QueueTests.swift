import Evidence
import Foundation
import MicroHTTP
import Pages
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

/// Forms that a page's queue sends, now or later, in the browser's stead.
@Suite("The queue's forms")
struct QueueTests {
  private static func headers(_ author: ID, json: Bool = false, occurred: Instant? = nil, sent: Instant? = nil) -> Headers {
    var headers: Headers = [
      "Content-Type": "application/x-www-form-urlencoded", "Sent-By": "queue", "For-Account": author.description,
      "Accept": json ? "application/json" : "text/html",
    ]
    if let occurred { headers["Occurred-At"] = String(occurred.milliseconds) }
    if let sent { headers["Sent-At"] = String(sent.milliseconds) }
    return headers
  }

  private static func check(_ key: ID = .random(), temperature: String = "36.6", author: ID? = nil) -> [UInt8] {
    let body = "respirationRate=16&temperature=\(temperature)&remark=&idempotency-key=\(key)"
    return Array((author.map { "\(body)&for-account=\($0)" } ?? body).utf8)
  }

  @Test("one that is taken answers where to go, and the same one again answers the same and is recorded once")
  func taken() async throws {
    let house = try House()
    let scene = try Scene(house)
    let target = "/participants/\(scene.people[2])/check-in"
    let headers = Self.headers(house.accounts[.medic]!)
    let before = house.store.sequence
    let body = Self.check()
    let first = try await house.ask(.post, target, as: .medic, headers: headers, body: body)
    #expect(first.status == .ok)
    let location = try JSON.parse(first.body)["location"]?.string
    #expect(location?.contains("saved=") == true)
    let after = house.store.sequence
    #expect(after > before)
    let again = try await house.ask(.post, target, as: .medic, headers: headers, body: body)
    #expect(again.status == .ok && house.store.sequence == after)
  }

  @Test("a refused one shows its page while the person looks on, and tells its faults when nobody does")
  func refused() async throws {
    let house = try House()
    let scene = try Scene(house)
    let target = "/participants/\(scene.people[2])/check-in"
    let before = house.store.sequence
    for json in [false, true] {
      let answer = try await house.ask(
        .post, target, as: .medic, headers: Self.headers(house.accounts[.medic]!, json: json), body: Self.check(temperature: "386"))
      #expect(answer.status == .unprocessableContent)
      #expect(answer.headers["Content-Type"]?.hasPrefix(json ? "application/problem+json" : "text/html") == true)
      if json { #expect(try JSON.parse(answer.body)["faults"]?.array?.first?["field"]?.string == "temperature") }
    }
    #expect(house.store.sequence == before)
  }

  @Test("nobody else's session sends what belongs to one account, by the queue or by a form")
  func author() async throws {
    let house = try House()
    let scene = try Scene(house)
    let target = "/participants/\(scene.people[2])/check-in"
    let before = house.store.sequence
    let medic = house.accounts[.medic]!
    let other = try await house.ask(.post, target, as: .lead, headers: Self.headers(medic), body: Self.check())
    #expect(other.status == .unauthorized)
    let form = try await house.ask(
      .post, target, as: .lead, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Self.check(author: medic))
    #expect(form.status == .forbidden && form.text.contains("另一个人"))
    #expect(house.store.sequence == before)
    let own = try await house.ask(
      .post, target, as: .medic, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Self.check(author: medic))
    #expect(own.status == .seeOther)
  }

  @Test("what happened hours ago on a device whose clock is wrong by a day is recorded at its time")
  func times() async throws {
    let house = try House()
    let scene = try Scene(house)
    let medic = house.accounts[.medic]!
    let made = house.now + .minutes(2)
    house.move(to: house.now + .hours(3))
    let skew = Span.hours(24)
    let headers = Self.headers(medic, occurred: made + skew, sent: house.now + skew)
    let answer = try await house.ask(.post, "/participants/\(scene.people[2])/check-in", as: .medic, headers: headers, body: Self.check())
    #expect(answer.status == .ok)
    let check = try house.store.read { reader in
      try reader.checkIns(of: reader.participant(scene.people[2]), before: Instant(milliseconds: .max), limit: 1).first
    }
    #expect(check?.occurredAt == made)
    #expect(check?.recordedAt == house.now)
  }

  @Test("an answer to an alert that was recorded is told so however late its form comes again; one that never came is too late")
  func late() async throws {
    let house = try House()
    let scene = try Scene(house)
    let target = "/alerts/\(scene.alert)/acknowledge"
    let pressed = house.now
    func send(_ key: ID) async throws -> Response {
      try await house.ask(
        .post, target, as: .staff, headers: Self.headers(house.accounts[.staff]!, json: true, occurred: pressed, sent: house.now),
        body: Array("idempotency-key=\(key)".utf8))
    }
    let key = ID.random()
    house.move(to: pressed + .minutes(10))
    let never = try await send(key)
    #expect(never.status == .conflict && never.text.contains("too-late") && never.text.contains("10 分钟前"))
    #expect(try house.store.read { try $0.alert(scene.alert) }.state == .open)
    house.move(to: pressed + .seconds(30))
    #expect(try await send(key).status == .ok)
    let after = house.store.sequence
    house.move(to: pressed + .minutes(10))
    let again = try await send(key)
    #expect(again.status == .ok)
    #expect(try JSON.parse(again.body)["location"]?.string?.contains("saved=") == true)
    #expect(try await send(.random()).text.contains("too-late"))
    #expect(house.store.sequence == after)
  }

  @Test("a form whose session is over comes back with everything typed, unless it holds a password or another site sent it")
  func ended() async throws {
    let house = try House()
    let scene = try Scene(house)
    let form: Headers = [
      "Content-Type": "application/x-www-form-urlencoded", "Cookie": "__Host-session=gone", "Sec-Fetch-Site": "same-origin",
    ]
    let target = "/participants/\(scene.people[2])/check-in"
    let answer = try await house.ask(.post, target, headers: form, body: Self.check(temperature: "38.6"))
    #expect(answer.status == .unauthorized)
    #expect(answer.text.contains("name=\"temperature\" value=\"38.6\"") && answer.text.contains("action=\"\(target)\""))
    #expect(answer.headers["Cache-Control"] == "no-store")
    let secret = Array("old=a-long-secret&new=another-secret".utf8)
    #expect(!(try await house.ask(.post, "/me/password", headers: form, body: secret)).text.contains("secret"))
    var foreign = form
    foreign["Sec-Fetch-Site"] = "cross-site"
    #expect(!(try await house.ask(.post, target, headers: foreign, body: Self.check(temperature: "38.6"))).text.contains("38.6"))
  }

  @Test("a file of unsent entries is taken from its author alone, each entry once; the refused are told and stop no other")
  func file() async throws {
    let house = try House()
    let scene = try Scene(house)
    let medic = house.accounts[.medic]!
    let (good, bad) = (ID.random(), ID.random())
    func entry(_ key: ID, _ path: String, _ fields: String) -> JSON {
      .object([
        "id": .string(key.description), "path": .string(path), "fields": .string(fields), "title": "陈玉兰·保存检查",
        "occurredAt": .int(house.now.milliseconds),
      ])
    }
    let check = "/participants/\(scene.people[2])/check-in"
    let file = JSON.object([
      "format": "sanatorium-unsent-1", "account": .string(medic.description),
      "entries": .array([
        entry(bad, check, "temperature=386"), entry(good, check, "temperature=36.8&respirationRate=16"),
        entry(.random(), "/%6Cogout", ""), entry(.random(), "/api/v1/check-ins", ""), entry(.random(), "/accounts", "username=x"),
      ]),
    ])
    func hand(_ person: House.Person) async throws -> Response {
      let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"unsent.json\"\r\n\r\n"
      return try await house.ask(
        .post, "/unsent/file", as: person, headers: ["Content-Type": "multipart/form-data; boundary=b"],
        body: Array(body.utf8) + JSONWriter.wire(file) + Array("\r\n--b--\r\n".utf8))
    }
    let before = house.store.sequence
    let others = try await hand(.lead)
    #expect(others.status == .unprocessableContent && house.store.sequence == before)
    let own = try await hand(.medic)
    #expect(own.status == .ok && own.text.contains("收下 1 条") && own.text.contains("没收下 4 条"))
    let after = house.store.sequence
    #expect(after > before)
    #expect(try await hand(.medic).text.contains("收下 1 条"))
    #expect(house.store.sequence == after)
  }
}

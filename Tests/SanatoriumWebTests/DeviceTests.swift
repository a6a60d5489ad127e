import Evidence
import Foundation
import MicroHTTP
import Pages
import Sanatorium
import SanatoriumStore
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Enrolling devices")
struct DeviceTests {
  private let house: House

  init() throws { house = try House(password: PasswordWork.hash(House.password)?.phc) }

  private static let host: Headers = ["Host": "192.168.1.20:8443"]

  /// Invites a device; the path of its address.
  private func invite(_ name: String = "护士站平板", kind: String = "tablet") async throws -> String {
    let (status, body) = try await house.post(
      "/api/v1/devices/invitations", .object(["name": .string(name), "kind": .string(kind)]), as: .lead, headers: DeviceTests.host)
    #expect(status == .created)
    let address = try #require(body["address"]?.string)
    #expect(address.hasPrefix("https://192.168.1.20:8443/enrol/"))
    return String(address.dropFirst("https://192.168.1.20:8443".count))
  }

  private func press(_ path: String) async throws -> Response {
    try await house.ask(.post, path, headers: ["Sec-Fetch-Site": "same-origin"], body: Array("idempotency-key=\(ID.random())".utf8))
  }

  /// Enrols a device; its cookie.
  private func enrol(_ name: String = "护士站平板", kind: String = "tablet") async throws -> String {
    let response = try await press(try await invite(name, kind: kind))
    #expect(response.status == .seeOther)
    let cookie = try #require(response.headers["Set-Cookie"])
    #expect(cookie.contains("Max-Age=34560000") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    return String(try #require(cookie.split(separator: ";").first))
  }

  private func logIn(on cookie: String?) async throws -> Response {
    var headers: Headers = ["Sec-Fetch-Site": "same-origin"]
    if let cookie { headers["Cookie"] = cookie }
    return try await house.ask(
      .post, "/login", headers: headers, body: Array("username=staff&password=\(House.password)".utf8))
  }

  private func session(_ response: Response) throws -> String {
    let cookie = try #require(response.headers.all("Set-Cookie").first { $0.hasPrefix("__Host-session=") })
    return String(cookie.split(separator: ";")[0])
  }

  @Test("a code opens its page as often as one likes and enrols one device once")
  func once() async throws {
    let path = try await invite()
    for _ in 0..<3 {
      let page = try await house.ask(.get, path)
      #expect(page.status == .ok && page.text.contains("护士站平板") && page.text.contains("白桦湖疗养中心"))
    }
    #expect(try await press(path).status == .seeOther)
    #expect(try await press(path).status == .notFound)
    #expect(try await house.ask(.get, path).status == .notFound)
    #expect(try house.store.read { try $0.devices().map(\.name) } == ["护士站平板"])
  }

  @Test("a code is over after ten minutes, and its page says so")
  func over() async throws {
    let form = try await house.ask(.post, "/devices", as: .lead, headers: DeviceTests.host, body: Array("name=大屏&kind=wall".utf8))
    let page = try #require(form.headers["Location"])
    let open = try await house.ask(.get, page, as: .lead, headers: DeviceTests.host)
    let code = try #require(try /enrol\/([2-9A-Z-]+)</.firstMatch(in: open.text)?.output.1)
    #expect(code.filter { $0 != "-" }.count == 26)
    #expect(try await house.ask(.get, page, as: .admin, headers: DeviceTests.host).status == .notFound)
    house.move(to: house.now + .minutes(9))
    #expect(try await house.ask(.get, "/enrol/\(code)").status == .ok)
    house.move(to: house.now + .minutes(2))
    #expect(try await house.ask(.get, "/enrol/\(code)").status == .notFound)
    #expect(try await press("/enrol/\(code)").status == .notFound)
    let over = try await house.ask(.get, page, as: .lead, headers: DeviceTests.host)
    #expect(over.text.contains("登记码过期了") && !over.text.contains(code))
  }

  @Test("what is recorded in a session carries the device that it was begun on")
  func recorded() async throws {
    let cookie = try await enrol()
    let session = try session(try await logIn(on: cookie))
    let device = try #require(try house.store.read { try $0.devices().first })
    #expect(device.lastSeen == house.store.time.day(of: house.now))
    #expect(house.site.sessions.sessions(now: house.now.milliseconds).contains { $0.payload.actor.device == device.id })
    let plain = try await logIn(on: nil)
    let other = try self.session(plain)
    #expect(session != other)
    // A token that the house never gave is none.
    _ = try await logIn(on: "__Host-device=\(SessionToken().text)")
    #expect(house.site.sessions.sessions(now: house.now.milliseconds).count { $0.payload.actor.device == device.id } == 1)
  }

  @Test("a revoked device is logged out at once, and its cookie is worth nothing")
  func revoked() async throws {
    let cookie = try await enrol()
    let session = try session(try await logIn(on: cookie))
    #expect(try await house.ask(.get, "/me", headers: ["Cookie": session]).status == .ok)
    let device = try #require(try house.store.read { try $0.devices().first })
    let asked = try await house.ask(.get, "/devices/\(device.id)/revocation", as: .admin)
    #expect(asked.text.contains("账号staff"))
    let done = try await house.ask(.post, "/devices/\(device.id)/revocation", as: .admin, body: [])
    #expect(done.status == .seeOther)
    #expect(try await house.ask(.get, "/me", headers: ["Cookie": session]).status == .seeOther)
    _ = try await logIn(on: cookie)
    #expect(!house.site.sessions.sessions(now: house.now.milliseconds).contains { $0.payload.actor.device == device.id })
    #expect(try house.store.verify().faults == [])
    let list = try await house.ask(.get, "/api/v1/devices", as: .lead)
    #expect(try JSON.parse(list.body)["devices"]?.array?.first?["revokedAt"] != nil)
  }

  @Test("the token that a press was answered with is forgotten after a minute, though nobody asks for any invitation")
  func forgotten() throws {
    let (taken, key) = (house.now, ID.random())
    let invitations = house.site.invitations
    let code = try invitations.invite(DeviceDraft(name: "护士站平板", kind: .tablet), by: house.actor(.lead), now: taken).code
    let token = try #require(invitations.take(code: code, key: key, now: taken)).token
    house.move(to: taken + .seconds(59))
    house.site.everySecond()
    #expect(invitations.take(code: code, key: key, now: taken)?.token == token)
    house.move(to: taken + .minutes(1))
    house.site.everySecond()
    #expect(invitations.take(code: code, key: key, now: taken) == nil)
  }

  @Test("guessing waits, for the guesser alone")
  func guessing() async throws {
    let path = try await invite()
    for _ in 0..<5 { #expect(try await house.ask(.get, "/enrol/\(String(repeating: "7", count: 26))").status == .notFound) }
    #expect(try await house.ask(.get, path).status == .tooManyRequests)
    #expect(try await press(path).status == .tooManyRequests)
    // Next door nobody waits, and the code is good there.
    #expect(try await house.ask(.get, path, from: "192.0.2.8").status == .ok)
    house.move(to: house.now + .minutes(1))
    #expect(try await house.ask(.get, path).status == .ok)
  }

  @Test("an administrator, who may not see the board, can't hang a wall that shows it")
  func wallsOfAdministrators() async throws {
    let form = try await house.ask(.get, "/devices", as: .admin, headers: DeviceTests.host)
    #expect(form.text.contains("value=\"tablet\"") && !form.text.contains("value=\"wall\""))
    #expect(try await house.ask(.get, "/devices", as: .lead, headers: DeviceTests.host).text.contains("value=\"wall\""))
    let asked = JSON.object(["name": "大屏", "kind": "wall"])
    let (status, body) = try await house.post("/api/v1/devices/invitations", asked, as: .admin, headers: DeviceTests.host)
    #expect(status == .unprocessableContent)
    let faults = body["faults"]?.array ?? []
    #expect(faults.map { $0["field"]?.string } == ["kind"] && faults.first?["code"]?.string == "not-yours")
    let sent = try await house.ask(.post, "/devices", as: .admin, headers: DeviceTests.host, body: Array("name=大屏&kind=wall".utf8))
    #expect(sent.status == .unprocessableContent && sent.text.contains("只有值班负责人能登记"))
    #expect(try await house.post("/api/v1/devices/invitations", asked, as: .lead, headers: DeviceTests.host).status == .created)
  }

  @Test("an invitation is worth nothing once its inviter is disabled or may invite no more")
  func inviterGone() async throws {
    let (first, second) = (try await invite(), try await invite("大屏", kind: "wall"))
    let lead = house.accounts[.lead]!
    try house.perform(.admin) { _ = try $0.changeAccount(lead, AccountChange(isDisabled: true), $1) }
    let refused = try await press(first)
    #expect(refused.status == .forbidden && refused.headers["Set-Cookie"] == nil)
    try house.perform(.admin) { _ = try $0.changeAccount(lead, AccountChange(role: .admin, isDisabled: false), $1) }
    #expect(try await press(second).status == .forbidden)
    #expect(try house.store.read { try $0.devices() }.isEmpty)
    #expect(try await press(first).status == .seeOther)
  }

  @Test("twenty open codes of one person are enough; used and old ones don't count, nor do others'")
  func many() async throws {
    for index in 0..<20 { _ = try await invite("平板\(index)") }
    let asked = JSON.object(["name": "再一台", "kind": "tablet"])
    let refused = try await house.ask(
      .post, "/api/v1/devices/invitations", as: .lead, headers: ["Host": "192.168.1.20:8443", "Content-Type": "application/json"],
      body: JSONWriter.wire(asked))
    #expect(refused.status == .tooManyRequests && refused.headers["Retry-After"] == "600")
    #expect(refused.text.contains("10 分钟"))
    let form = try await house.ask(.post, "/devices", as: .lead, headers: DeviceTests.host, body: Array("name=再一台&kind=tablet".utf8))
    #expect(form.status == .tooManyRequests && form.text.contains("再一台") && form.text.contains("先用掉"))
    #expect(try await house.post("/api/v1/devices/invitations", asked, as: .admin, headers: DeviceTests.host).status == .created)
    house.move(to: house.now + .minutes(10))
    for index in 0..<20 { #expect(try await press(try await invite("手机\(index)")).status == .seeOther) }
    _ = try await invite()
  }

  @Test("a press whose answer was lost is answered again for a minute, with the same token, and is no guess")
  func pressedAgain() async throws {
    let path = try await invite()
    let key = ID.random()
    func press(_ key: ID) async throws -> Response {
      try await house.ask(.post, path, headers: ["Sec-Fetch-Site": "same-origin"], body: Array("idempotency-key=\(key)".utf8))
    }
    let first = try await press(key)
    house.move(to: house.now + .seconds(50))
    for _ in 0..<6 {
      let again = try await press(key)
      #expect(again.status == .seeOther && again.headers["Set-Cookie"] == first.headers["Set-Cookie"])
      #expect(again.headers["Location"] == first.headers["Location"])
    }
    #expect(try house.store.read { try $0.devices() }.count == 1)
    #expect(try await press(.random()).status == .notFound)
    house.move(to: house.now + .seconds(10))
    #expect(try await press(key).status == .notFound)
  }

  @Test("a revocation is dated by its recording, whatever the device's clock says")
  func dated() async throws {
    _ = try await enrol()
    let device = try #require(try house.store.read { try $0.devices().first })
    house.move(to: house.now + .hours(2))
    let old = (house.now - .hours(20)).milliseconds
    _ = try await house.ask(
      .post, "/devices/\(device.id)/revocation", as: .lead,
      headers: ["Occurred-At": "\(old)", "Sent-At": "\(house.now.milliseconds)"], body: [])
    #expect(try house.store.read { try $0.device(device.id).revokedAt } == house.now)
    #expect(try house.store.verify().faults == [])
  }

  @Test("a wall screen shows the board without a login, and nothing else")
  func wall() async throws {
    let scene = try Scene(house)
    let cookie = try await enrol("值班室大屏", kind: "wall")
    let tablet = try await enrol("平板", kind: "tablet")
    func look(_ path: String, _ cookie: String, _ method: MicroHTTP.Method = .get) async throws -> Response {
      try await house.ask(method, path, headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"])
    }
    house.move(to: house.now + .hours(13))
    let board = try await look("/board", cookie)
    #expect(board.status == .ok && board.text.contains("data-live"))
    // Nothing on it can be pressed; what a lead's own board offers stays the lead's.
    #expect(!board.text.contains("<form") && !board.text.contains("href=\"/me\"") && !board.text.contains("<nav"))
    #expect(!board.text.contains("href=\"/activations") && !board.text.contains("data-worker"))
    let lead = try await house.ask(.get, "/board", as: .lead)
    #expect(lead.text.contains("href=\"/me\"") && lead.text.contains("<nav"))
    #expect(try await look("/", cookie).headers["Location"] == "/board")
    for path in ["/rounds", "/arrivals", "/me", "/emergency-list", "/participants/\(scene.people[0])", "/board/", "/devices"] {
      let response = try await look(path, cookie)
      #expect(response.headers["Location"]?.hasPrefix("/login") == true || response.status == .notFound, "\(path)")
    }
    for path in ["/api/v1/board", "/api/v1/participants", "/api/v1/session"] {
      #expect(try await look(path, cookie).status == .unauthorized, "\(path)")
    }
    #expect(try await look("/alerts/\(scene.alert)/acknowledge", cookie, .post).status.code >= 400)
    #expect(try await look("/board", tablet).status == .seeOther)
    // Who saw it is the screen.
    let reads = try house.reads()
    let device = try #require(try house.store.read { try $0.devices().first { $0.kind == .wall } })
    #expect(reads.contains { $0[0] == device.id.description && $0[1] == "board" })
    #expect(device.lastSeen == house.store.time.day(of: house.now))
    _ = try await house.ask(.post, "/devices/\(device.id)/revocation", as: .lead)
    #expect(try await look("/board", cookie).status == .seeOther)
  }

  @Test("only those who keep the devices see them", arguments: [House.Person.staff, .medic, .escort, .organizer])
  func others(person: House.Person) async throws {
    for path in ["/devices", "/api/v1/devices"] { #expect(try await house.ask(.get, path, as: person).status == .forbidden) }
    #expect(try await house.ask(.get, "/devices").status == .seeOther)
  }

  @Test("the certificate is given as bytes and as text, and the page shows its fingerprint")
  func certificate() async throws {
    let pem = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n"
    #expect(Context.certificate(in: pem) == [1, 2, 3])
    #expect(Context.certificate(in: "no certificate") == nil)
    let house = try House(authority: pem)
    #expect(try await house.ask(.get, "/trust/ca.crt").body == [1, 2, 3])
    #expect(try await house.ask(.get, "/trust/ca.pem").text == pem)
    // SHA-256 of the bytes 1, 2, 3, by another implementation.
    let lines = [
      "03:90:58:C6:F2:C0:CB:49", "2C:53:3B:0A:4D:14:EF:77", "CC:0F:78:AB:CC:CE:D5:28", "7D:84:A1:A2:01:1C:FB:81",
    ]
    let trust = try await house.ask(.get, "/trust", headers: DeviceTests.host)
    for line in lines { #expect(trust.text.contains(">\(line)</code>")) }
    // The inviter sees the same beside the code, before it is used.
    let form = try await house.ask(.post, "/devices", as: .lead, headers: DeviceTests.host, body: Array("name=平板&kind=tablet".utf8))
    let invitation = try await house.ask(.get, try #require(form.headers["Location"]), as: .lead, headers: DeviceTests.host).text
    for line in lines { #expect(invitation.contains(">\(line)</code>")) }
    let steps = ["192.168.1.20:8443/trust", lines[0], "第 2 步：登记", "/enrol/"].compactMap { invitation.range(of: $0)?.lowerBound }
    #expect(steps.count == 4 && steps == steps.sorted())
  }

  @Test("an enrolled device's page about the certificate says one thing, and leads on first")
  func trusted() async throws {
    let house = try House(authority: "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n")
    for (kind, target) in [("tablet", "/login"), ("wall", "/board")] {
      let page = try await house.ask(.get, "/trust?enrolled=\(kind)", headers: DeviceTests.host).text
      #expect(page.matches(of: /class="banner/).count == 1 && page.matches(of: /data-known=/).count == 1)
      let (act, steps) = (page.range(of: "href=\"\(target)\""), page.range(of: "装证书的步骤"))
      #expect(try #require(act).lowerBound < #require(page.range(of: "<details class=\"fold\"><summary>装证书")).lowerBound && steps != nil)
    }
    let plain = try await house.ask(.get, "/trust", headers: DeviceTests.host).text
    #expect(!plain.contains("class=\"banner") && plain.matches(of: /data-known=/).count == 1)
    #expect(plain.matches(of: /没有在每种设备上试过/).count == 1 && !plain.contains("没有试过"))
  }
}

import Evidence
import MicroHTTP
import OrganizerStore
import Sanatorium
import Testing

@testable import OrganizerWeb

@Suite struct AccessTests {
  private let browser: Browser

  init() throws { browser = try Browser() }

  @Test("nothing but the open routes answers a stranger")
  func stranger() async throws {
    let open: Set<String> = [
      "/", "/login", "/healthz", "/readyz", "/openapi.json", "/metrics", "/api/v1/organizer", "/api/v1/enrolments",
    ]
    for route in browser.site.routeList where !route.pattern.hasPrefix("/assets") && route.pattern != "/favicon.ico" {
      if open.contains(route.pattern) { continue }
      if route.pattern == "/api/v1/session", route.method == .post { continue }
      let target = route.pattern.replacing(":id", with: ID.random().description)
      let response = await browser.ask(route.method, target, headers: ["Accept": "text/html"])
      let refused = [Status.unauthorized, .forbidden, .seeOther].contains(response.status)
      #expect(refused, "\(route.method) \(target) answered \(response.status)")
    }
    #expect(await browser.ask(.get, "/metrics").status == .forbidden)
    #expect(await browser.ask(.get, "/metrics", from: "127.0.0.1").status == .ok)
  }

  @Test("a login gives a cookie, a wrong password the page again with what was typed, without telling which was wrong")
  func login() async throws {
    #expect(await browser.logIn().hasPrefix("__Host-session="))
    for name in ["wang", "nobody"] {
      let response = await browser.post("/login", [("username", name), ("password", "wrong")])
      #expect(response.status == .unauthorized)
      #expect(response.headers["WWW-Authenticate"] == "Bearer realm=\"sanatorium-organizer\"")
      let page = String(decoding: response.body, as: UTF8.self)
      #expect(page.contains("用户名或密码不对"))
      #expect(page.contains(name))
      #expect(!page.contains("wrong\""))
    }
  }

  @Test("guessing is slowed down for the guesser alone")
  func lockout() async throws {
    for _ in 0..<6 { _ = await browser.post("/login", [("username", "wang"), ("password", "wrong")]) }
    let right = await browser.post("/login", [("username", "wang"), ("password", Browser.password)])
    #expect(right.status == .tooManyRequests)
    let body = JSONWriter.wire(.object(["username": "wang", "password": .string(Browser.password)]))
    let elsewhere = await browser.ask(.post, "/api/v1/session", body: body, from: "192.0.2.99")
    #expect(elsewhere.status == .created)
  }

  @Test("another site can't make a browser write")
  func crossSite() async throws {
    let cookie = await browser.logIn()
    for headers: Headers in [
      ["Sec-Fetch-Site": "cross-site", "Cookie": cookie], ["Origin": "https://evil.example", "Cookie": cookie],
      ["Cookie": cookie], ["Sec-Fetch-Site": "cross-site"],
    ] {
      let response = await browser.ask(.post, "/pairings", headers: headers, body: Array("name=x".utf8))
      #expect([.forbidden, .unauthorized].contains(response.status))
    }
  }

  @Test("logging out ends the session and clears what the browser kept")
  func logout() async throws {
    let cookie = await browser.logIn()
    #expect(await browser.page("/reports", cookie: cookie).0 == .ok)
    let response = await browser.post("/logout", [], cookie: cookie)
    #expect(response.headers["Clear-Site-Data"]?.isEmpty == false)
    #expect(await browser.page("/reports", cookie: cookie).0 == .seeOther)
  }

  @Test("only administrators remove facilities and change secrets; changing twice with one form changes once")
  func administrators() async throws {
    let key = SigningKey.generate().publicKey
    let facility = try browser.store.enrol(name: "白桦湖", publicKey: key, by: "测试", now: Browser.now).facility
    let organizer = await browser.logIn()
    for act in ["secret", "removal"] {
      let response = await browser.post("/facilities/\(facility.id)/\(act)", [], cookie: organizer)
      #expect(response.status == .forbidden)
    }
    let admin = await browser.logIn("admin")
    let form = [("replaces", facility.secretMark)]
    #expect(await browser.post("/facilities/\(facility.id)/secret", form, cookie: admin).status == .created)
    #expect(await browser.post("/facilities/\(facility.id)/secret", form, cookie: admin).status == .conflict)
    #expect(await browser.post("/facilities/\(facility.id)/removal", [], cookie: admin).status == .seeOther)
  }

  @Test("a name that looks like a script is shown as text; a bad key keeps what was typed")
  func hostileNames() async throws {
    let cookie = await browser.logIn()
    let name = "<script>alert(1)</script>"
    let bad = await browser.post("/facilities", [("name", name), ("publicKey", "nonsense")], cookie: cookie)
    #expect(bad.status == .unprocessableContent)
    let page = String(decoding: bad.body, as: UTF8.self)
    #expect(page.contains("&lt;script&gt;alert(1)"))
    #expect(!page.contains(name))
    #expect(page.contains("nonsense"))
    let key = SigningKey.generate().publicKey.description
    let good = await browser.post("/facilities", [("name", name), ("publicKey", key)], cookie: cookie)
    #expect(good.status == .created)
    #expect(!String(decoding: good.body, as: UTF8.self).contains(name))
  }

  @Test("the description names every route of the API once")
  func description() async throws {
    let (_, description) = try await browser.json(.get, "/openapi.json")
    let described = Set(
      (description["paths"]?.members ?? []).flatMap { path in
        (path.value.members ?? []).map { "\($0.name.uppercased()) \(path.name)" }
      })
    let routes = browser.site.routeList.filter {
      $0.pattern.hasPrefix("/api/") || ["/healthz", "/readyz", "/openapi.json", "/metrics"].contains($0.pattern)
    }
    #expect(described == Set(routes.map { "\($0.method) \($0.pattern.replacing(":id", with: "{id}"))" }))
  }

  @Test("sessions outlive a restart, with their language; an ended one does not come back")
  func restart() async throws {
    let cookie = await browser.logIn()
    let gone = await browser.logIn()
    _ = await browser.post("/me/language", [("language", "en")], cookie: cookie)
    _ = await browser.post("/logout", [], cookie: gone)
    let restarted = try browser.restarted()
    let (status, page) = await restarted.page("/me", cookie: cookie)
    #expect(status == .ok && page.contains("Log out"))
    #expect(await restarted.page("/me", cookie: gone).0 == .seeOther)
  }

  @Test("who is disabled or gets another password on the command line is logged out, here and over a restart")
  func disabled() async throws {
    let (wang, admin) = (await browser.logIn("wang"), await browser.logIn("admin"))
    try browser.store.disableAccount(username: "wang", now: Browser.now)
    try browser.store.setPassword("another", of: "admin")
    for site in [browser, try browser.restarted()] {
      for cookie in [wang, admin] { #expect(await site.page("/me", cookie: cookie).0 == .seeOther) }
    }
  }

  @Test("unknown members, wrong types and malformed JSON are refused by field")
  func badInput() async throws {
    let token = try await browser.token()
    let (status, answer) = try await browser.json(
      .post, "/api/v1/facilities", .object(["name": 3, "publicKey": "x", "extra": true]), token: token)
    #expect(status == .unprocessableContent)
    let fields = (answer["faults"]?.array ?? []).compactMap { $0["field"]?.string }
    #expect(Set(fields) == ["name", "publicKey", "extra"])
    let headers: Headers = ["Authorization": "Bearer \(token)"]
    for body in ["{", "\"\\ud800\"", "[]", "{\"name\":\"\\u0000\"}"] {
      let response = await browser.ask(.post, "/api/v1/pairings", headers: headers, body: Array(body.utf8))
      #expect([.badRequest, .unprocessableContent].contains(response.status), "\(body)")
    }
  }
}

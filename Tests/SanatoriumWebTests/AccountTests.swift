import Evidence
import MicroHTTP
import Pages
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Accounts")
struct AccountTests {
  private let house: House

  init() throws { house = try House() }

  private func add(_ members: KeyValuePairs<String, JSON?>) async throws -> (Status, [String]) {
    var body: [JSON.Member] = [JSON.Member("password", "a long enough password")]
    for (name, value) in members { if let value { body.append(JSON.Member(name, value)) } }
    let answer = try await house.post("/api/v1/accounts", .object(body), as: .admin)
    return (answer.status, answer.body["faults"]?.array?.compactMap { $0["field"]?.string } ?? [])
  }

  @Test(
    "a username that can be mistaken for another is refused by its field",
    arguments: [
      "ad\u{200B}min", "\u{202E}nimda", "a b", "anna\u{0301}", "\u{F900}山", "ａdmin", "аdmin", "a", "x\u{7}y", "李\u{2060}四",
      "<b>", "a/b", String(repeating: "a", count: 41),
    ])
  func usernames(name: String) async throws {
    let (status, fields) = try await add(["username": .string(name), "name": "某人", "role": "staff"])
    #expect(status == .unprocessableContent)
    #expect(fields == ["username"])
  }

  @Test("a plain username is taken, in either script, once in whatever case")
  func plain() async throws {
    for name in ["li.na-2", "李娜", "Li_Na"] {
      #expect(try await add(["username": .string(name), "name": "李娜", "role": "staff"]).0 == .created)
    }
    #expect(try await add(["username": "LI_NA", "name": "李娜", "role": "staff"]).0 == .conflict)
  }

  @Test("a name that turns the writing around is refused by its field")
  func names() async throws {
    for name in ["周\u{202E}敏", "周\u{200B}敏", "周\u{2066}敏"] {
      let (status, fields) = try await add(["username": "zhou", "name": .string(name), "role": "lead"])
      #expect(status == .unprocessableContent && fields == ["name"])
    }
  }

  @Test("only an escort holds a medical licence; with another role it goes", arguments: [Role.staff, .lead, .organizer, .admin])
  func licence(role: Role) async throws {
    let (status, fields) = try await add(
      ["username": "who", "name": "某人", "role": .string(role.rawValue), "medical": true])
    #expect(status == .unprocessableContent && fields == ["medical"])
    let medic = house.accounts[.medic]!
    let changed = try await house.post(
      "/api/v1/accounts/\(medic)", .object(["role": .string(role.rawValue)]), as: .admin)
    #expect(changed.status == .created)
    let account = try house.store.read { try $0.accounts() }.first { $0.id == medic }
    #expect(account?.role == role && account?.isMedical == false)
    let again = try await house.post("/api/v1/accounts/\(medic)", .object(["medical": true]), as: .admin)
    #expect(again.status == .unprocessableContent)
    #expect(try house.store.verify().faults == [])
  }

  @Test("the first administrator has typed the password, so nobody tells them to set their own")
  func first() async throws {
    let house = try House(firstCode: "seven-green-rivers")
    let form = "code=seven-green-rivers&username=guanli&name=管理员&password=a+long+enough+password"
    let made = try await house.ask(.post, "/first", headers: ["Sec-Fetch-Site": "same-origin"], body: Array(form.utf8))
    #expect(made.headers["Location"] == "/login")
    let account = try #require(try house.store.read { try $0.account(username: "guanli") })
    #expect(account.role == .admin && account.hasOwnPassword)
    #expect(try house.store.verify().faults == [])
    // Whom an administrator adds is told to.
    _ = try await add(["username": "li", "name": "李娜", "role": "staff"])
    #expect(try self.house.store.read { try $0.account(username: "li") }?.hasOwnPassword == false)
  }

  @Test("whoever isn't logged in, or is somebody else, is told so with what would be taken")
  func challenged() async throws {
    let from: Headers = ["Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"]
    let answers = [
      try await house.ask(.get, "/"), try await house.ask(.get, "/api/v1/board"), try await house.ask(.post, "/outings", headers: from),
      try await house.ask(.post, "/participants/1/leave", headers: from, body: Array("a=b".utf8)),
      try await house.ask(.post, "/login", headers: from, body: Array("username=nobody&password=x".utf8)),
      try await house.ask(.get, "/me", as: .staff, headers: ["For-Account": "somebody else"]),
    ]
    for answer in answers {
      #expect(answer.status == .unauthorized)
      #expect(answer.headers.all("WWW-Authenticate") == ["Bearer realm=\"sanatoriumd\""])
    }
  }

  @Test("behind a proxy nobody is this machine itself, and guessing counts for the client that the proxy names")
  func proxy() async throws {
    func metrics(isTLS: Bool) -> Status {
      guard let request = Request(.get, "/metrics", remoteAddress: "127.0.0.1", isTLS: isTLS),
        case .response(let response) = house.site.handle(request)
      else { return .internalServerError }
      return response.status
    }
    #expect(metrics(isTLS: true) == .ok)
    #expect(metrics(isTLS: false) == .forbidden)
    func sender(_ told: String?, isTLS: Bool) -> String? {
      let headers: Headers = told.map { ["X-Forwarded-For": $0] } ?? [:]
      return Request(.get, "/", headers: headers, remoteAddress: "127.0.0.1", isTLS: isTLS)?.sender
    }
    #expect(sender("10.0.0.9, 192.168.1.7", isTLS: false) == "192.168.1.7")
    #expect(sender(nil, isTLS: false) == "127.0.0.1")
    #expect(sender("10.0.0.9", isTLS: true) == "127.0.0.1", "over TLS nobody may name another address")
  }

  @Test("being ready is told without keeping a thread: the writer's word comes later")
  func ready() async throws {
    #expect(try await house.ask(.get, "/readyz").text.hasPrefix("ready "))
    guard case .later = house.site.handle(Request(.get, "/readyz")!) else {
      Issue.record("it was answered on the server's own thread")
      return
    }
    house.store.close()
    let closed = try await house.ask(.get, "/readyz")
    #expect(closed.status == .serviceUnavailable)
  }
}

import Dispatch
import Evidence
import Foundation
import MicroHTTP
import OrganizerStore
import OrganizerWeb
import Pages
import Sanatorium

/// The site with a store in a folder of its own, asked without a network.
final class Browser: Sendable {
  let folder: URL
  let store: OrganizerStore
  let site: OrganizerSite
  let organizerKey = SigningKey.generate()
  static let now = Instant(milliseconds: 1_782_000_000_000)
  static let password = "green-river-stone"

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("organizer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try OrganizerStore(
      path: folder.appendingPathComponent("organizer.db").path, key: organizerKey, name: "威海市退役军人事务局")
    site = OrganizerSite(
      store: store, configuration: OrganizerConfiguration(build: "test", now: { Browser.now }, log: { _ in }))
    guard let hash = PasswordWork.hash(Browser.password) else { preconditionFailure("no memory for argon2") }
    for (name, role) in [("wang", Role.organizer), ("admin", Role.admin)] {
      try store.addAccount(username: name, name: name, role: role, password: hash.phc, now: Browser.now)
    }
  }

  /// The same file under a site that has just been started.
  func restarted() throws -> Browser { try Browser(like: self) }

  private init(like earlier: Browser) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("organizer-\(UUID().uuidString)")
    store = try OrganizerStore(
      path: earlier.folder.appendingPathComponent("organizer.db").path, key: earlier.organizerKey, name: nil)
    site = OrganizerSite(
      store: store, configuration: OrganizerConfiguration(build: "test", now: { Browser.now }, log: { _ in }))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Sends one request and waits for its answer.
  func ask(
    _ method: MicroHTTP.Method = .get, _ target: String, headers: Headers = [:], body: [UInt8] = [],
    from address: String = "192.0.2.7"
  ) async -> Response {
    guard let request = Request(method, target, headers: headers, body: body, remoteAddress: address) else {
      preconditionFailure("\(target) is no target")
    }
    switch site.handle(request) {
    case .response(let response): return response
    case .prepared(let prepared): return prepared.plain
    case .events: preconditionFailure("the site has no streams")
    case .later(let start):
      return await withCheckedContinuation { continuation in
        start(Responder { continuation.resume(returning: $0) })
      }
    }
  }

  func json(
    _ method: MicroHTTP.Method = .post, _ target: String, _ body: JSON = .null, token: String? = nil
  ) async throws -> (Status, JSON) {
    var headers: Headers = ["Content-Type": "application/json"]
    if let token { headers["Authorization"] = "Bearer \(token)" }
    let response = await ask(
      method, target, headers: headers, body: method == .get ? [] : JSONWriter.wire(body))
    return (response.status, response.body.isEmpty ? .null : try JSON.parse(response.body))
  }

  /// A form as a browser sends it from this site.
  func post(_ target: String, _ fields: [(String, String)], cookie: String? = nil) async -> Response {
    var headers: Headers = [
      "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Accept": "text/html",
    ]
    if let cookie { headers["Cookie"] = cookie }
    let allowed = CharacterSet.alphanumerics
    let body = fields.map { "\($0.0)=\($0.1.addingPercentEncoding(withAllowedCharacters: allowed)!)" }
    return await ask(.post, target, headers: headers, body: Array(body.joined(separator: "&").utf8))
  }

  /// The cookie of a fresh login.
  func logIn(_ username: String = "wang") async -> String {
    let response = await post("/login", [("username", username), ("password", Browser.password)])
    return response.headers["Set-Cookie"]?.split(separator: ";").first.map(String.init) ?? ""
  }

  func token(_ username: String = "wang") async throws -> String {
    let (_, answer) = try await json(
      .post, "/api/v1/session",
      .object(["username": .string(username), "password": .string(Browser.password), "bearer": true]))
    return answer["token"]?.string ?? ""
  }

  func page(_ target: String, cookie: String, language: String? = nil) async -> (Status, String) {
    var headers: Headers = ["Accept": "text/html", "Cookie": cookie, "Sec-Fetch-Mode": "navigate"]
    if let language { headers["Accept-Language"] = language }
    let response = await ask(.get, target, headers: headers)
    return (response.status, String(decoding: response.body, as: UTF8.self))
  }
}

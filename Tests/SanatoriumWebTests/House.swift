import Evidence
import Foundation
import MicroHTTP
import Packs
import Pages
import Sanatorium
import Synchronization

@testable import SanatoriumStore
@testable import SanatoriumWeb

/// A house with its site, a store on a real file, a clock that stands, and one account for each kind of person.
final class House: Sendable {
  enum Person: String, CaseIterable, Sendable {
    case lead, organizer, staff, medic, escort, admin

    var role: Role {
      switch self {
      case .lead: .lead
      case .organizer: .organizer
      case .staff: .staff
      case .medic, .escort: .escort
      case .admin: .admin
      }
    }
  }

  let folder: URL
  let store: Store
  let site: Site
  let accounts: [Person: ID]
  static let firstDay = Day("2026-06-01")!
  static let password = "green-river-stone"
  private let clock: Moment
  private let log = Log()

  private final class Moment: Sendable {
    let value = Mutex(LocalTime.china.instant(House.firstDay, minute: 9 * 60))
    var now: Instant { value.withLock { $0 } }
  }

  private final class Log: Sendable {
    let lines = Mutex<[String]>([])
  }

  var now: Instant { clock.now }

  /// What the site has said for the log.
  var logged: [String] { log.lines.withLock { $0 } }

  /// Changes rows into what no event makes of them, as a failing disk might.
  func spoil(_ change: String) throws {
    try store.perform(at: now) { ledger in
      try ledger.tables.run(SQL("PRAGMA ignore_check_constraints = ON"))
      try ledger.tables.run(SQL(change))
      try ledger.tables.run(SQL("PRAGMA ignore_check_constraints = OFF"))
    }
  }

  /// - Parameters:
  ///   password: the hash of what everybody's password is; nil where nobody logs in by one.
  ///   firstCode: what makes the first administrator; there is none then.
  ///   authority: the local authority's certificate, PEM.
  init(password: String? = nil, language: Language = .chinese, authority: String? = nil, firstCode: String? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("web-\(ID.random())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let clock = Moment()
    self.clock = clock
    store = try Store(path: folder.appendingPathComponent("house.sqlite").path, clock: { clock.now })
    var accounts: [Person: ID] = [:]
    for person in Person.allCases where firstCode == nil || person != .admin {
      let draft = AccountDraft(
        username: person.rawValue, name: "账号\(person.rawValue)", role: person.role, isMedical: person == .medic,
        language: language, passwordHash: password ?? "-")
      accounts[person] = try store.perform(at: clock.now) {
        try $0.addAccount(draft, Submission(key: .random(), actor: .daemon, request: Digest.of([])))
      }.subject
    }
    self.accounts = accounts
    let log = log
    site = try Site(
      store: store,
      configuration: SiteConfiguration(
        facility: "白桦湖疗养中心", build: "test", authorityPEM: authority,
        firstAdministrator: firstCode.map { Digest.of(Array($0.utf8)) },
        reporting: Reporting(signingKey: .generate(), receiptKey: nil), log: { line in log.lines.withLock { $0.append(line) } }))
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(at: folder)
  }

  func move(to moment: Instant) { clock.value.withLock { $0 = moment } }

  func actor(_ person: Person) -> Actor {
    Actor(
      account: accounts[person]!, role: person.role, isMedical: person == .medic, name: "账号\(person.rawValue)")
  }

  /// One event by somebody, now.
  @discardableResult
  func perform<Result: Sendable>(
    _ person: Person, _ event: @escaping @Sendable (Ledger, Submission) throws -> Result
  ) throws -> Result {
    let submission = Submission(key: .random(), actor: actor(person), request: Digest.of([]))
    return try store.perform(at: now) { try event($0, submission) }
  }

  /// A session of somebody, begun without a password.
  func token(_ person: Person) throws -> String {
    let account = try store.read { try $0.accounts() }.first { $0.id == accounts[person] }!
    return site.sessions.begin(
      account: account.id.description, payload: SessionAccount(account: account, device: .none),
      now: now.milliseconds
    ).text
  }

  /// Sends one request as somebody, a script's or a page's by its path, and waits for the answer.
  func ask(
    _ method: MicroHTTP.Method = .get, _ target: String, as person: Person? = nil, headers: Headers = [:],
    body: [UInt8] = [], from address: String = "192.0.2.7"
  ) async throws -> Response {
    var headers = headers
    if let person {
      let token = try token(person)
      if target.hasPrefix("/api/") {
        headers["Authorization"] = "Bearer \(token)"
      } else {
        headers["Cookie"] = "__Host-session=\(token)"
        if headers["Sec-Fetch-Site"] == nil, headers["Origin"] == nil { headers["Sec-Fetch-Site"] = "same-origin" }
      }
    }
    if headers["Accept"] == nil, !target.hasPrefix("/api/") { headers["Accept"] = "text/html" }
    guard let request = Request(method, target, headers: headers, body: body, remoteAddress: address) else {
      preconditionFailure("\(target) is no target")
    }
    switch site.handle(request) {
    case .response(let response): return response
    case .prepared(let prepared): return prepared.plain
    case .events: preconditionFailure("\(target) is a stream")
    case .later(let start):
      return await withCheckedContinuation { continuation in
        start(Responder { continuation.resume(returning: $0) })
      }
    }
  }

  func post(
    _ target: String, _ body: JSON, as person: Person, headers: Headers = [:]
  ) async throws -> (status: Status, body: JSON) {
    var headers = headers
    headers["Content-Type"] = "application/json"
    let response = try await ask(.post, target, as: person, headers: headers, body: JSONWriter.wire(body))
    return (response.status, response.body.isEmpty ? .null : try JSON.parse(response.body))
  }

  /// What stands in the log of reads: account, page, subject.
  func reads() throws -> [[String]] {
    site.flushAccessLog()
    try store.perform(at: now) { _ in }
    return try store.read { reader in
      try reader.tables.all(SQL("SELECT account, what, subject FROM access ORDER BY id")) { row in
        [row.id(0).description, row.text(1), row.id(2).description]
      }
    }
  }
}

extension Response {
  var text: String { String(decoding: body, as: UTF8.self) }
}

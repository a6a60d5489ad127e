internal import Foundation
internal import GRDB
public import Sanatorium

/// Who may look at reports (`organizer`) or keep accounts and facilities as well (`admin`).
public struct OrganizerAccount: Sendable, Hashable {
  public let id: ID
  public let username: String
  public let name: String
  public let role: Role
  /// As the web's password hashing wrote it.
  public let password: String
  public let isDisabled: Bool

  init(_ row: GRDB.Row) throws {
    id = try row.id("id")
    username = row["username"]
    name = row["name"]
    guard let role = Role(rawValue: row["role"]) else { throw CorruptValue(column: "role") }
    self.role = role
    password = row["password"]
    isDisabled = row["disabled_at"] as Int64? != nil
  }
}

extension OrganizerStore {
  /// Adds an account.
  ///
  /// - Parameter password: already hashed.
  /// - Throws: `Refusal.conflict` when the name is taken; `Refusal.invalid`.
  @discardableResult
  public func addAccount(username: String, name: String, role: Role, password: String, now: Instant) throws -> ID {
    let faults = [Username.fault(in: username), Username.fault(inName: name)].compactMap { $0 }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    guard role == .organizer || role == .admin else {
      throw Refusal.invalid(
        "role", "unknown-code", Text("角色只有 organizer 和 admin。", "The role is organizer or admin."))
    }
    let name = try Self.checked(name: name)
    let id = ID.random()
    try write { database in
      if try Row.fetchOne(database, sql: "SELECT 1 FROM account WHERE username = ?", arguments: [username]) != nil {
        throw Refusal.conflict(
          Fault("username", "taken", Text("用户名“\(username)”已经有了。", "The user name “\(username)” is taken.")))
      }
      try database.execute(
        sql: "INSERT INTO account(id, username, name, password, role, made_at) VALUES(?, ?, ?, ?, ?, ?)",
        arguments: [id.data, username, name, password, role.rawValue, now.milliseconds])
    }
    return id
  }

  /// Nil when there is none or it is disabled.
  public func account(username: String) throws -> OrganizerAccount? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM account WHERE username = ? AND disabled_at IS NULL", arguments: [username]
      ).map(OrganizerAccount.init)
    }
  }

  public func account(_ id: ID) throws -> OrganizerAccount? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM account WHERE id = ? AND disabled_at IS NULL", arguments: [id.data]
      )
      .map(OrganizerAccount.init)
    }
  }

  public func accounts() throws -> [OrganizerAccount] {
    try read { try Row.fetchAll($0, sql: "SELECT * FROM account ORDER BY username").map(OrganizerAccount.init) }
  }

  /// Sets a password anew, already hashed.
  ///
  /// - Parameter endsSessions: false where the same password was only hashed with newer costs.
  public func setPassword(_ password: String, of username: String, endsSessions: Bool = true) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE account SET password = ? WHERE username = ?", arguments: [password, username])
      if database.changesCount == 0 { throw Refusal.notFound(Text("没有这个账号。", "There is no such account.")) }
      if endsSessions { try Self.endSessions(of: username, database) }
    }
  }

  public func disableAccount(username: String, now: Instant) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE account SET disabled_at = ? WHERE username = ? AND disabled_at IS NULL",
        arguments: [now.milliseconds, username])
      if database.changesCount == 0 { throw Refusal.notFound(Text("没有这个账号。", "There is no such account.")) }
      try Self.endSessions(of: username, database)
    }
  }

  private static func endSessions(of username: String, _ database: Database) throws {
    try database.execute(
      sql: "DELETE FROM session WHERE account = (SELECT id FROM account WHERE username = ?)", arguments: [username])
  }

  /// Notes who looked at what or did what: `login`, `report`, `document`, `enrol`.
  public func note(_ action: String, by account: ID, of subject: ID? = nil, now: Instant) throws {
    try write { database in
      try database.execute(
        sql: "INSERT INTO access(at, account, action, subject) VALUES(?, ?, ?, ?)",
        arguments: [now.milliseconds, account.data, action, subject?.data])
    }
  }
}

internal import Evidence
internal import GRDB
public import Sanatorium

/// Sessions that outlive a restart, by the hash of their token. No record of the stay: outside the journal.
enum SessionTable {
  static let ddl = """
    CREATE TABLE session(
      token BLOB PRIMARY KEY CHECK(length(token) = 32), account BLOB NOT NULL, device BLOB NOT NULL,
      started_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX session_account ON session(account);
    """
  static let all = SQL("SELECT token, account, device, started_at, expires_at FROM session WHERE expires_at > ?")
  static let insert = SQL(
    "INSERT INTO session(token, account, device, started_at, expires_at) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
  static let delete = SQL("DELETE FROM session WHERE token = ?")
  static let deleteAccount = SQL("DELETE FROM session WHERE account = ?")
  static let deleteDevice = SQL("DELETE FROM session WHERE device = ?")
  static let deleteExpired = SQL("DELETE FROM session WHERE expires_at <= ?")
}

/// A session as it is kept: the token's SHA-256, never the token.
public struct StoredSession: Sendable, Hashable {
  public let token: [UInt8]
  public let account: ID
  public let device: ID
  public let startedAt: Instant
  public let expiresAt: Instant

  public init(token: [UInt8], account: ID, device: ID, startedAt: Instant, expiresAt: Instant) {
    self.token = token
    self.account = account
    self.device = device
    self.startedAt = startedAt
    self.expiresAt = expiresAt
  }
}

extension Ledger {
  /// Keeps a session so that a restart does not log people out in the middle of a round.
  ///
  /// - Parameter password: the kept hash that the login was checked against; nil when nobody logs in just now.
  /// - Throws: `Refusal.forbidden` when the account was disabled, its password changed or the device revoked while the login was
  ///   checked.
  public func keepSession(_ session: StoredSession, checkedAgainst password: String? = nil) throws {
    let account = try tables.first(AccountTable.byID, session.account, read: Account.init)
    guard let account, !account.isDisabled, password == nil || password == account.passwordHash else {
      throw Refusal.forbidden(Text("账号刚刚被停用或改了密码。", "The account was disabled or its password changed just now."))
    }
    if session.device != .none, try tables.exists(DeviceTable.isRevoked, session.device) {
      throw Refusal.forbidden(Text("这台设备刚刚被停用。", "The device was revoked just now."))
    }
    try tables.run(SessionTable.deleteExpired, now)
    try tables.run(
      SessionTable.insert, Blob(session.token), session.account, session.device, session.startedAt, session.expiresAt)
  }

  public func endSession(token: [UInt8]) throws { try tables.run(SessionTable.delete, Blob(token)) }
  public func endSessions(of account: ID) throws { try tables.run(SessionTable.deleteAccount, account) }
}

extension Reader {
  /// Sessions that have not ended at `now`.
  public func sessions(at now: Instant) throws -> [StoredSession] {
    try tables.all(SessionTable.all, now) { row in
      StoredSession(
        token: row.bytes(0), account: row.id(1), device: row.id(2), startedAt: row.instant(3), expiresAt: row.instant(4)
      )
    }
  }
}

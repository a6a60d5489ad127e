internal import Evidence
public import Sanatorium

/// The log of reads of health data (个人信息保护法 Art. 51, 54): who saw what, and when. Beside the journal, because a read
/// changes nothing; kept at least six months.
enum AccessLog {
  static let ddl = """
    CREATE TABLE access(
      id INTEGER PRIMARY KEY, account BLOB NOT NULL, what TEXT NOT NULL, subject BLOB NOT NULL,
      first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, times INTEGER NOT NULL CHECK(times > 0)) STRICT;
    CREATE INDEX access_subject ON access(subject, first_at);
    CREATE TABLE sign_in(
      id INTEGER PRIMARY KEY, at INTEGER NOT NULL, username TEXT NOT NULL, address TEXT NOT NULL,
      outcome TEXT NOT NULL) STRICT;
    """
  static let insert = SQL(
    "INSERT INTO access(account, what, subject, first_at, last_at, times) VALUES(?, ?, ?, ?, ?, ?)")
  static let insertSignIn = SQL("INSERT INTO sign_in(at, username, address, outcome) VALUES(?, ?, ?, ?)")
  static let bySubject = SQL(
    "SELECT account, what, subject, first_at, last_at, times FROM access WHERE subject = ? ORDER BY first_at DESC LIMIT ?"
  )
}

/// Reads of one page or person by one account within a few seconds, counted together.
public struct Access: Sendable, Hashable {
  public let account: ID
  /// The page or resource, `board`, `person`, `check-ins`.
  public let what: String
  /// The participant, or `ID.none` for a page about many.
  public let subject: ID
  public let firstAt: Instant
  public let lastAt: Instant
  public let times: Int

  public init(account: ID, what: String, subject: ID, firstAt: Instant, lastAt: Instant, times: Int) {
    self.account = account
    self.what = what
    self.subject = subject
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.times = times
  }
}

extension Ledger {
  public func logAccess(_ accesses: [Access]) throws {
    for access in accesses {
      try tables.run(
        AccessLog.insert, access.account, access.what, access.subject, access.firstAt, access.lastAt, access.times)
    }
  }

  /// A sign-in that succeeded, failed or was refused (`ok`, `failed`, `locked`); the name as typed, cut to 80 characters.
  public func logSignIn(username: String, address: String, outcome: String) throws {
    try tables.run(AccessLog.insertSignIn, now, String(username.prefix(80)), address, outcome)
  }
}

extension Reader {
  public func accesses(of subject: ID, limit: Int = 100) throws -> [Access] {
    try tables.all(AccessLog.bySubject, subject, limit) { row in
      Access(
        account: row.id(0), what: row.text(1), subject: row.id(2), firstAt: row.instant(3), lastAt: row.instant(4),
        times: row.int(5))
    }
  }
}

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
      outcome TEXT NOT NULL, last_at INTEGER NOT NULL, times INTEGER NOT NULL CHECK(times > 0)) STRICT;
    CREATE INDEX sign_in_at ON sign_in(at);
    CREATE INDEX sign_in_address ON sign_in(address, outcome, at);
    """
  static let insert = SQL(
    "INSERT INTO access(account, what, subject, first_at, last_at, times) VALUES(?, ?, ?, ?, ?, ?)")
  static let insertSignIn = SQL(
    "INSERT INTO sign_in(at, username, address, outcome, last_at, times) VALUES(?1, ?2, ?3, ?4, ?1, 1)")
  static let repeatSignIn = SQL(
    """
    UPDATE sign_in SET times = times + 1, last_at = max(last_at, ?1) WHERE id =
      (SELECT id FROM sign_in WHERE address = ?3 AND outcome = ?4 AND username = ?2 AND at > ?5 AND at <= ?1
       ORDER BY at DESC LIMIT 1)
    """)
  static let countSignIns = SQL("SELECT count(*) FROM sign_in WHERE address = ? AND outcome = ? AND at > ?")
  static let countAllSignIns = SQL("SELECT count(*) FROM sign_in WHERE at > ?")
  static let forgetSignIns = SQL("DELETE FROM sign_in WHERE at < ?")
  static let signIns = SQL(
    "SELECT at, username, address, outcome, last_at, times FROM sign_in ORDER BY at DESC, id DESC LIMIT ?")
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
  ///
  /// Whoever stands outside can't fill the disk with it: the same failure within the lock window is counted in one row,
  /// after twenty names from one address in a window the rest is counted under the name `*`, and after a thousand rows
  /// under the address `*`.
  public func logSignIn(username: String, address: String, outcome: String) throws {
    try forgetSignIns()
    var name = String(username.prefix(80))
    guard outcome != "ok" else {
      try tables.run(AccessLog.insertSignIn, now, name, address, outcome)
      return
    }
    let since = now - SignIn.window
    if try tables.run(AccessLog.repeatSignIn, now, name, address, outcome, since) == 1 { return }
    var address = address
    let isCrowd = try tables.count(AccessLog.countAllSignIns, since) >= SignIn.rowsPerWindow
    if try isCrowd || tables.count(AccessLog.countSignIns, address, outcome, since) >= SignIn.namesPerWindow {
      name = "*"
      if isCrowd { address = "*" }
      if try tables.run(AccessLog.repeatSignIn, now, name, address, outcome, since) == 1 { return }
    }
    try tables.run(AccessLog.insertSignIn, now, name, address, outcome)
  }

  /// The log of sign-ins is kept for six months (网络安全法 Art. 21) and no longer.
  func forgetSignIns() throws { try tables.run(AccessLog.forgetSignIns, now - SignIn.kept) }
}

/// Sign-ins of one name from one address with one outcome; failures within a window are one.
public struct SignIn: Sendable, Hashable {
  /// As long as a lock lasts at most.
  static let window = Span.minutes(15)
  static let namesPerWindow = 20
  static let rowsPerWindow = 1_000
  static let kept = Span.days(184)

  public let at: Instant
  public let username: String
  public let address: String
  public let outcome: String
  public let lastAt: Instant
  public let times: Int
}

extension Reader {
  /// Newest first.
  public func signIns(limit: Int = 100) throws -> [SignIn] {
    try tables.all(AccessLog.signIns, limit) { row in
      SignIn(
        at: row.instant(0), username: row.text(1), address: row.text(2), outcome: row.text(3), lastAt: row.instant(4),
        times: row.int(5))
    }
  }

  public func accesses(of subject: ID, limit: Int = 100) throws -> [Access] {
    try tables.all(AccessLog.bySubject, subject, limit) { row in
      Access(
        account: row.id(0), what: row.text(1), subject: row.id(2), firstAt: row.instant(3), lastAt: row.instant(4),
        times: row.int(5))
    }
  }
}

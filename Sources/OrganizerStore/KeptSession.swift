internal import Foundation
internal import GRDB
public import Sanatorium

/// A session that outlives a restart: the hash of its token, never the token.
public struct KeptSession: Sendable, Hashable {
  /// SHA-256 of the token.
  public let token: [UInt8]
  public let account: ID
  public let language: Language
  public let beganAt: Instant
  public let endsAt: Instant

  public init(token: [UInt8], account: ID, language: Language, beganAt: Instant, endsAt: Instant) {
    self.token = token
    self.account = account
    self.language = language
    self.beganAt = beganAt
    self.endsAt = endsAt
  }
}

extension OrganizerStore {
  /// Keeps a session, also in another language than before; forgets those that have ended.
  public func keep(_ session: KeptSession, now: Instant) throws {
    try write { database in
      try database.execute(sql: "DELETE FROM session WHERE ends_at <= ?", arguments: [now.milliseconds])
      try database.execute(
        sql: """
          INSERT INTO session(token, account, language, began_at, ends_at) VALUES(?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET language = excluded.language
          """,
        arguments: [
          Data(session.token), session.account.data, session.language.rawValue, session.beganAt.milliseconds,
          session.endsAt.milliseconds,
        ])
    }
  }

  /// Forgets the session of a token's hash.
  public func endSession(token: [UInt8]) throws {
    try write { try $0.execute(sql: "DELETE FROM session WHERE token = ?", arguments: [Data(token)]) }
  }

  /// The sessions that have not ended, of accounts that may still log in.
  public func sessions(at now: Instant) throws -> [(session: KeptSession, account: OrganizerAccount)] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT account.*, session.token, session.language, session.began_at, session.ends_at
          FROM session JOIN account ON account.id = session.account
          WHERE session.ends_at > ? AND account.disabled_at IS NULL ORDER BY session.began_at
          """, arguments: [now.milliseconds]
      ).map { row in
        guard let language = Language(rawValue: row["language"]) else { throw CorruptValue(column: "language") }
        let session = KeptSession(
          token: row.bytes("token"), account: try row.id("id"), language: language,
          beganAt: row.instant("began_at"), endsAt: row.instant("ends_at"))
        return (session, try OrganizerAccount(row))
      }
    }
  }
}

public import Evidence
internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Sanatorium

/// Everything the organizer keeps: enrolled facilities, the reports they sent with their evidence, receipts, refused
/// deliveries, accounts, and who looked at what. One SQLite file; every change is on the disk before it is answered.
///
/// Calls wait for the disk; call them from a thread that may wait.
public final class OrganizerStore: Sendable {
  /// As it stands on receipts.
  public let name: String
  /// For checking receipts.
  public let publicKey: PublicKey
  let key: SigningKey
  let queue: DatabaseQueue

  /// Opens or makes the file.
  ///
  /// - Parameters:
  ///   - key: signs receipts.
  ///   - name: the organizer's, kept for the next time; nil takes the kept one.
  /// - Throws: `OrganizerStoreUnusable` when SQLite can't keep what it acknowledges here, or no name was ever given.
  public init(path: String, key: SigningKey, name: String?) throws {
    self.key = key
    publicKey = key.publicKey
    var configuration = GRDB.Configuration()
    configuration.label = "organizer"
    configuration.busyMode = .timeout(5)
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
      let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode")
      let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
      guard mode == "wal", synchronous == 2 else {
        throw OrganizerStoreUnusable(
          description: "\(path): SQLite reports journal_mode \(mode ?? "none") and synchronous \(synchronous ?? -1)")
      }
    }
    try OrganizerSchema.migrator.migrate(queue)
    self.name = try queue.write { database in
      if let name {
        let checked = try Self.checked(name: name)
        try database.execute(
          sql: "INSERT INTO setting(name, value) VALUES('name', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
          arguments: [checked])
        return checked
      }
      guard let kept = try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'name'") else {
        throw OrganizerStoreUnusable(description: "\(path): no organizer's name was ever given")
      }
      return kept
    }
  }

  /// Whether the file can be read now.
  public func ping() throws {
    _ = try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM facility") }
  }

  func read<T>(_ body: (Database) throws -> T) throws -> T { try translating { try queue.read(body) } }

  func write<T>(_ body: (Database) throws -> T) throws -> T { try translating { try queue.write(body) } }

  /// A full disk and a failing one have answers of their own; anything else is a defect.
  private func translating<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_FULL: throw Refusal.storageFull
      case .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_BUSY:
        throw Refusal.storageUnavailable
      default: throw error
      }
    }
  }
}

/// The file can't be used; the sentence is for the operator.
public struct OrganizerStoreUnusable: Error, CustomStringConvertible {
  public let description: String
}

/// A stored value that this program never writes: the file was changed from outside.
struct CorruptValue: Error {
  let column: String
}

extension GRDB.Row {
  func id(_ column: String) throws -> ID {
    guard let id = ID(bytes: self[column] as Data? ?? Data()) else { throw CorruptValue(column: column) }
    return id
  }

  func bytes(_ column: String) -> [UInt8] { Array(self[column] as Data? ?? Data()) }

  func instant(_ column: String) -> Instant { Instant(milliseconds: self[column]) }

  func optionalInstant(_ column: String) -> Instant? {
    (self[column] as Int64?).map { Instant(milliseconds: $0) }
  }

  func day(_ column: String) -> Day { Day(number: self[column]) }
}

extension ID {
  var data: Data { Data(bytes) }
}

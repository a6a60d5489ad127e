internal import GRDB
internal import GRDBSQLite
internal import Sanatorium

/// An SQLite error with its extended code and the library's own sentence, for the log.
struct SQLiteFault: Error, CustomStringConvertible {
  let code: CInt
  let message: String
  let sql: String
  var primary: CInt { code & 0xFF }
  var description: String { "SQLite \(code): \(message) in \(sql)" }
}

/// One SQLite connection with its statements prepared once and held. Used by one thread at a time: the writer's by the
/// writer thread, a reader's inside `Store.read`.
final class Connection {
  let database: Database
  let handle: OpaquePointer
  private var held: [GRDB.Statement?] = []
  private let scratch = Scratch()
  /// Packs of opened batches, decoded once: they never change. Readers alone keep them, as they see only what is committed.
  var packs: [Int64: FrozenPacks] = [:]
  /// No deadline is due before this moment; the writer's connection keeps it, so that a write asks no table.
  var nextDue = Instant.distantPast

  init(_ database: Database) throws {
    self.database = database
    guard let handle = database.sqliteConnection else {
      throw SQLiteFault(code: SQLITE_MISUSE, message: "the connection is closed", sql: "")
    }
    self.handle = handle
  }

  /// Rows changed since the connection was opened, also those that were rolled back.
  var changes: CInt { sqlite3_total_changes(handle) }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  private func statement(_ sql: SQL) throws -> OpaquePointer {
    if sql.index < held.count, let statement = held[sql.index] { return statement.sqliteStatement }
    while held.count <= sql.index { held.append(nil) }
    // GRDB frees a statement that nobody keeps, so it is kept here for the connection's life.
    let statement = try database.makeStatement(sql: sql.text)
    held[sql.index] = statement
    return statement.sqliteStatement
  }

  private func fault(_ code: CInt, _ sql: SQL) -> SQLiteFault {
    SQLiteFault(
      code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), sql: sql.text)
  }

  private func bind<each Value: Bindable>(
    _ statement: OpaquePointer, _ sql: SQL, _ values: repeat each Value
  ) throws {
    var index: CInt = 1
    var code: CInt = SQLITE_OK
    for value in repeat each values {
      if code == SQLITE_OK { code = value.bind(to: statement, at: index, scratch) }
      index += 1
    }
    guard code == SQLITE_OK else { throw fault(code, sql) }
    // A forgotten value would silently be the one of an earlier execution.
    precondition(Int(index) - 1 == Int(sqlite3_bind_parameter_count(statement)), "wrong number of values: \(sql.text)")
  }

  /// A statement is held for the connection's life, and with it what SQLite has copied of a value: of a scanned paper
  /// megabytes, which go at once.
  private func end(_ statement: OpaquePointer, _ mark: (used: Int, copies: Int)) {
    sqlite3_reset(statement)
    if scratch.copies != mark.copies { sqlite3_clear_bindings(statement) }
    scratch.used = mark.used
  }

  /// Executes a statement without rows; returns how many rows it changed.
  @discardableResult
  func run<each Value: Bindable>(_ sql: SQL, _ values: repeat each Value) throws -> Int {
    let statement = try statement(sql)
    let mark = (used: scratch.used, copies: scratch.copies)
    defer { end(statement, mark) }
    try bind(statement, sql, repeat each values)
    let code = sqlite3_step(statement)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw fault(code, sql) }
    return Int(sqlite3_changes(handle))
  }

  /// The first row through `read`, or nil when there is none.
  func first<Result, each Value: Bindable>(
    _ sql: SQL, _ values: repeat each Value, read: (Row) throws -> Result
  ) throws -> Result? {
    let statement = try statement(sql)
    let mark = (used: scratch.used, copies: scratch.copies)
    defer { end(statement, mark) }
    try bind(statement, sql, repeat each values)
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return try read(Row(statement: statement))
    case SQLITE_DONE: return nil
    case let code: throw fault(code, sql)
    }
  }

  /// Every row through `read`, which must not execute the same statement.
  func all<Result, each Value: Bindable>(
    _ sql: SQL, _ values: repeat each Value, read: (Row) throws -> Result
  ) throws -> [Result] {
    let statement = try statement(sql)
    let mark = (used: scratch.used, copies: scratch.copies)
    defer { end(statement, mark) }
    try bind(statement, sql, repeat each values)
    var results: [Result] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: results.append(try read(Row(statement: statement)))
      case SQLITE_DONE: return results
      case let code: throw fault(code, sql)
      }
    }
  }

  /// Whether there is any row.
  func exists<each Value: Bindable>(_ sql: SQL, _ values: repeat each Value) throws -> Bool {
    try first(sql, repeat each values) { _ in true } ?? false
  }

  func count<each Value: Bindable>(_ sql: SQL, _ values: repeat each Value) throws -> Int {
    try first(sql, repeat each values) { $0.int(0) } ?? 0
  }
}

internal import Evidence
internal import GRDBSQLite
internal import Sanatorium

/// The current row of a statement; valid only inside the closure that was given it. Columns count from 0.
struct Row {
  let statement: OpaquePointer

  func isNull(_ column: CInt) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
  func int64(_ column: CInt) -> Int64 { sqlite3_column_int64(statement, column) }
  func int(_ column: CInt) -> Int { Int(sqlite3_column_int64(statement, column)) }
  func bool(_ column: CInt) -> Bool { sqlite3_column_int64(statement, column) != 0 }
  func optionalInt64(_ column: CInt) -> Int64? { isNull(column) ? nil : int64(column) }
  func optionalInt(_ column: CInt) -> Int? { isNull(column) ? nil : int(column) }

  func bytes(_ column: CInt) -> [UInt8] {
    guard let pointer = sqlite3_column_blob(statement, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: pointer, count: Int(sqlite3_column_bytes(statement, column))))
  }

  func text(_ column: CInt) -> String {
    guard let pointer = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: pointer, count: count), as: UTF8.self)
  }

  func optionalText(_ column: CInt) -> String? { isNull(column) ? nil : text(column) }

  /// `ID.none` for NULL.
  func id(_ column: CInt) -> ID {
    guard let pointer = sqlite3_column_blob(statement, column), sqlite3_column_bytes(statement, column) == 16 else {
      return .none
    }
    return ID(
      high: UInt64(bigEndian: pointer.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: pointer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  func optionalID(_ column: CInt) -> ID? { isNull(column) ? nil : id(column) }
  func instant(_ column: CInt) -> Instant { Instant(milliseconds: int64(column)) }
  func optionalInstant(_ column: CInt) -> Instant? { isNull(column) ? nil : instant(column) }
  func day(_ column: CInt) -> Day { Day(number: int(column)) }
  func optionalDay(_ column: CInt) -> Day? { isNull(column) ? nil : day(column) }

  /// An enum stored by its code; the schema's checks keep strangers out.
  func code<T: RawRepresentable>(_ column: CInt, as type: T.Type = T.self) throws -> T where T.RawValue == String {
    let text = text(column)
    guard let value = T(rawValue: text) else { throw CorruptRow(column: Int(column), value: text) }
    return value
  }

  func digest(_ column: CInt) throws -> Digest {
    let memory = UnsafeRawBufferPointer(
      start: sqlite3_column_blob(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
    guard let digest = Digest(memory: memory) else { throw CorruptRow(column: Int(column), value: "digest") }
    return digest
  }
}

/// A stored value that this program never writes: the file was changed from outside.
struct CorruptRow: Error {
  let column: Int
  let value: String
}

internal import Evidence
internal import GRDBSQLite
internal import Sanatorium

/// A value that a statement takes without boxing.
protocol Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt
}

/// SQLite copies the bytes before the call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Int64: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt { sqlite3_bind_int64(statement, index, self) }
}

extension Int: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt { sqlite3_bind_int64(statement, index, Int64(self)) }
}

extension Bool: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt { sqlite3_bind_int64(statement, index, self ? 1 : 0) }
}

extension String: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    var text = self
    return text.withUTF8 { buffer in
      let bytes = UnsafeRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self) ?? emptyBytes
      return sqlite3_bind_text(statement, index, bytes, CInt(buffer.count), transient)
    }
  }
}

/// SQLite binds NULL for a null pointer, also of length 0; an empty text is not NULL.
nonisolated(unsafe) private let emptyBytes: UnsafePointer<CChar> = {
  let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
  pointer.pointee = 0
  return UnsafePointer(pointer)
}()

extension ID: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    var pair = (high.bigEndian, low.bigEndian)
    return sqlite3_bind_blob(statement, index, &pair, 16, transient)
  }
}

extension Instant: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt { sqlite3_bind_int64(statement, index, milliseconds) }
}

extension Day: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt { sqlite3_bind_int64(statement, index, Int64(number)) }
}

extension Digest: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    withUnsafeBytes { sqlite3_bind_blob(statement, index, $0.baseAddress, 32, transient) }
  }
}

/// Bytes as a BLOB.
struct Blob: Bindable {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    bytes.withUnsafeBytes { buffer in
      sqlite3_bind_blob(
        statement, index, buffer.baseAddress ?? UnsafeRawPointer(emptyBytes), CInt(buffer.count), transient)
    }
  }
}

/// UTF-8 bytes as TEXT, without a String in between.
struct TextBytes: Bindable {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    bytes.withUnsafeBytes { buffer in
      sqlite3_bind_text(
        statement, index, buffer.baseAddress?.assumingMemoryBound(to: CChar.self) ?? emptyBytes, CInt(buffer.count),
        transient)
    }
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    switch self {
    case .some(let value): value.bind(to: statement, at: index)
    case .none: sqlite3_bind_null(statement, index)
    }
  }
}

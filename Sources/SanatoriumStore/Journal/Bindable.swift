internal import Evidence
internal import GRDBSQLite
internal import Sanatorium

/// A value that a statement takes without boxing.
protocol Bindable {
  /// Bytes that the statement reads are put into `scratch`, which stays as it is until the statement is reset.
  func bind(to statement: OpaquePointer, at index: CInt, _ scratch: Scratch) -> CInt
}

/// Where a connection keeps the bytes of bound values while a statement runs, so that SQLite need not allocate a copy of
/// each. It is a stack: a statement that runs while another one's rows are read puts its bytes above.
///
/// Used by the connection's thread alone, like the connection itself.
final class Scratch {
  private static let size = 16_384
  private let memory = UnsafeMutableRawPointer.allocate(byteCount: Scratch.size, alignment: 8)
  /// What is in use; whoever binds puts it back to what it was when the statement is reset.
  var used = 0
  /// How often there was no room and SQLite made a copy of its own.
  private(set) var copies = 0

  deinit { memory.deallocate() }

  /// A copy that lives until `used` is put back; nil when there is no room, and SQLite then makes its own.
  fileprivate func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer? {
    guard bytes.count <= Scratch.size - used else {
      copies += 1
      return nil
    }
    let place = memory + used
    if let start = bytes.baseAddress { place.copyMemory(from: start, byteCount: bytes.count) }
    used += bytes.count
    return place
  }

  fileprivate func bindText(_ bytes: UnsafeRawBufferPointer, _ statement: OpaquePointer, _ index: CInt) -> CInt {
    // SQLite binds NULL for a null pointer, also of length 0; an empty text is not NULL.
    let kept = copy(bytes)
    let start = UnsafeRawPointer(kept) ?? bytes.baseAddress!
    return sqlite3_bind_text(
      statement, index, start.assumingMemoryBound(to: CChar.self), CInt(bytes.count), kept == nil ? transient : nil)
  }

  fileprivate func bindBlob(_ bytes: UnsafeRawBufferPointer, _ statement: OpaquePointer, _ index: CInt) -> CInt {
    let kept = copy(bytes)
    return sqlite3_bind_blob(
      statement, index, UnsafeRawPointer(kept) ?? bytes.baseAddress!, CInt(bytes.count), kept == nil ? transient : nil)
  }
}

/// SQLite copies the bytes before the call returns.
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension Int64: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _: Scratch) -> CInt {
    sqlite3_bind_int64(statement, index, self)
  }
}

extension Int: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _: Scratch) -> CInt {
    sqlite3_bind_int64(statement, index, Int64(self))
  }
}

extension Bool: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _: Scratch) -> CInt {
    sqlite3_bind_int64(statement, index, self ? 1 : 0)
  }
}

extension String: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _ scratch: Scratch) -> CInt {
    var text = self
    return text.withUTF8 { scratch.bindText(UnsafeRawBufferPointer($0), statement, index) }
  }
}

extension ID: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _ scratch: Scratch) -> CInt {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { scratch.bindBlob($0, statement, index) }
  }
}

extension Instant: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _: Scratch) -> CInt {
    sqlite3_bind_int64(statement, index, milliseconds)
  }
}

extension Day: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _: Scratch) -> CInt {
    sqlite3_bind_int64(statement, index, Int64(number))
  }
}

extension Digest: Bindable {
  func bind(to statement: OpaquePointer, at index: CInt, _ scratch: Scratch) -> CInt {
    withUnsafeBytes { scratch.bindBlob($0, statement, index) }
  }
}

/// Bytes as a BLOB.
struct Blob: Bindable {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func bind(to statement: OpaquePointer, at index: CInt, _ scratch: Scratch) -> CInt {
    bytes.withUnsafeBytes { scratch.bindBlob($0, statement, index) }
  }
}

/// UTF-8 bytes as TEXT, without a String in between.
struct TextBytes: Bindable {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func bind(to statement: OpaquePointer, at index: CInt, _ scratch: Scratch) -> CInt {
    bytes.withUnsafeBytes { scratch.bindText($0, statement, index) }
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  // Most columns may be NULL: without this each goes through the generic code and is copied on the way.
  @inline(__always)
  func bind(to statement: OpaquePointer, at index: CInt, _ scratch: Scratch) -> CInt {
    switch self {
    case .some(let value): value.bind(to: statement, at: index, scratch)
    case .none: sqlite3_bind_null(statement, index)
    }
  }
}

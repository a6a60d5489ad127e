internal import GRDB
internal import GRDBSQLite
internal import Sanatorium

/// Whether the file takes writes, as the last attempt showed.
public enum StorageCondition: Sendable, Hashable {
  case writable
  /// No room on the disk: reading goes on, writing answers 507.
  case full
  /// Read-only or failing: reading goes on, writing answers 503.
  case failing

  init(of error: any Error) {
    let code: CInt
    switch error {
    case let fault as SQLiteFault: code = fault.primary
    case let fault as DatabaseError: code = fault.resultCode.rawValue
    case Refusal.storageFull:
      self = .full
      return
    case Refusal.storageUnavailable:
      self = .failing
      return
    default:
      self = .writable
      return
    }
    switch code {
    case SQLITE_FULL: self = .full
    case SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_CORRUPT, SQLITE_NOTADB: self = .failing
    default: self = .writable
    }
  }

  static func refusal(for error: any Error) -> any Error {
    switch StorageCondition(of: error) {
    case .writable: error
    case .full: Refusal.storageFull
    case .failing: Refusal.storageUnavailable
    }
  }
}

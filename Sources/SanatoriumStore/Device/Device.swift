public import Sanatorium

/// A telephone, tablet or screen that the house has enrolled.
public struct Device: Sendable, Hashable {
  public let id: ID
  public let name: String
  public let kind: DeviceKind
  /// SHA-256 of the token that the device shows.
  public let token: [UInt8]
  public let enrolledAt: Instant
  /// The account that let it in.
  public let enrolledBy: ID
  public let revokedAt: Instant?
  public let revokedBy: ID?
  /// The day of the last login on it, or of a wall's last picture; nil before the first.
  public let lastSeen: Day?

  public var isRevoked: Bool { revokedAt != nil }

  init(_ row: Row) throws {
    id = row.id(0)
    name = row.text(1)
    kind = try row.code(2)
    token = row.bytes(3)
    enrolledAt = row.instant(4)
    enrolledBy = row.id(5)
    revokedAt = row.optionalInstant(6)
    revokedBy = row.optionalID(7)
    lastSeen = row.optionalDay(8)
  }
}

extension Device {
  /// Who looks where nobody is logged in: the screen itself, with what a duty lead sees. It is no account that anybody
  /// can log in to; the log of reads has the device's id.
  public var watcher: Account {
    Account(
      id: id, username: "", name: name, role: .lead, isMedical: false, language: .chinese, passwordHash: "",
      isDisabled: false, hasOwnPassword: false, hasPutStepsAway: true)
  }
}

extension Reader {
  /// Every device, the newest first, revoked ones among them.
  public func devices() throws -> [Device] { try tables.all(DeviceTable.all, read: Device.init) }

  /// Throws `Refusal.notFound`.
  public func device(_ id: ID) throws -> Device { try tables.device(id) }
}

extension Connection {
  func device(_ id: ID) throws -> Device {
    guard let device = try first(DeviceTable.byID, id, read: Device.init) else {
      throw Refusal.notFound(Text("没有这台设备。", "There is no such device."))
    }
    return device
  }
}

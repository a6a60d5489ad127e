import Evidence
import GRDB
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Devices")
struct DeviceTests {
  private let house: House
  private let account: Account

  init() throws {
    let house = try House()
    self.house = house
    let submission = house.submission(house.admin)
    let draft = AccountDraft(username: "zhou", name: "周敏", role: .lead, passwordHash: "hash")
    try house.store.perform { try $0.addAccount(draft, submission) }
    account = try #require(try house.store.read { try $0.account(username: "zhou") })
  }

  private func enrol(_ name: String = "护士站平板", _ kind: DeviceKind = .tablet, token: UInt8 = 1) throws -> ID {
    let submission = house.submission(account.actor())
    let digest = Digest(bytes: Array(repeating: token, count: 32))!
    return try house.store.perform { try $0.enrolDevice(DeviceDraft(name: name, kind: kind), token: digest, submission) }.subject
  }

  private func session(on device: ID, _ byte: UInt8) -> StoredSession {
    StoredSession(
      token: Array(repeating: byte, count: 32), account: account.id, device: device, startedAt: house.store.now,
      expiresAt: house.store.now + .hours(12))
  }

  @Test("a revoked device ends its sessions and begins none, and the tables can be rebuilt")
  func revoked() throws {
    let (lost, kept) = (try enrol(), try enrol("大屏", .wall, token: 2))
    let (first, other, late) = (session(on: lost, 1), session(on: kept, 2), session(on: lost, 3))
    try house.store.perform { try $0.keepSession(first) }
    try house.store.perform { try $0.keepSession(other) }
    let submission = house.submission(house.admin)
    try house.store.perform { try $0.revokeDevice(lost, submission) }
    #expect(try house.store.read { try $0.sessions(at: house.store.now).map(\.token) } == [other.token])
    #expect(throws: Refusal.self) { try house.store.perform { try $0.keepSession(late) } }
    let again = try house.store.perform { try $0.revokeDevice(lost, submission) }
    #expect(again.repeated)
    let second = house.submission(house.admin)
    #expect(throws: Refusal.self) { try house.store.perform { try $0.revokeDevice(lost, second) } }
    #expect(throws: Refusal.self) { try house.store.perform { try $0.revokeDevice(.random(), second) } }
    let devices = try house.store.read { try $0.devices() }
    #expect(devices.map(\.id) == [kept, lost])
    #expect(devices.map(\.isRevoked) == [false, true])
    #expect(try house.store.verify().faults == [])
  }

  @Test("who lets a device in must still be allowed to: nobody disabled or of another role, and a wall by a lead alone")
  func inviters() throws {
    let id = account.id
    let (other, made) = (AccountDraft(username: "guanli", name: "管理员", role: .admin, passwordHash: "hash"), house.submission(house.admin))
    try house.store.perform { _ = try $0.addAccount(other, made) }
    func change(_ change: AccountChange) throws {
      let submission = house.submission(house.admin)
      try house.store.perform { try $0.changeAccount(id, change, submission) }
    }
    func isForbidden(_ kind: DeviceKind) throws -> Bool {
      do {
        _ = try enrol("设备", kind)
        return false
      } catch Refusal.forbidden { return true }
    }
    try change(AccountChange(isDisabled: true))
    #expect(try isForbidden(.tablet) && isForbidden(.wall))
    try change(AccountChange(role: .staff, isDisabled: false))
    #expect(try isForbidden(.tablet) && isForbidden(.wall))
    try change(AccountChange(role: .admin))
    #expect(try isForbidden(.wall) && !isForbidden(.tablet))
    try change(AccountChange(role: .lead))
    _ = try enrol("大屏", .wall, token: 2)
    #expect(try house.store.read { try $0.devices().map(\.kind) } == [.wall, .tablet])
  }

  @Test("devices come and go when it is recorded, whatever a device's clock says; an older file is put right")
  func dated() throws {
    let id = try enrol()
    let now = house.store.now + .hours(3)
    let submission = house.submission(account.actor(), at: now - .hours(2))
    try house.store.perform(at: now) { try $0.revokeDevice(id, submission) }
    let device = try house.store.read { try $0.device(id) }
    #expect(device.revokedAt == now)
    house.store.close()
    let old = try DatabaseQueue(path: house.store.path)
    try old.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          UPDATE device SET enrolled_at = 1, revoked_at = 2;
          DELETE FROM grdb_migrations WHERE identifier LIKE '%when it is recorded%';
          """)
    }
    try old.close()
    let store = try Store(path: house.store.path)
    defer { store.close() }
    #expect(try store.read { try $0.device(id) } == device)
    #expect(try store.verify().faults == [])
  }

  @Test("names that can't stand on a list are refused", arguments: ["", "   ", String(repeating: "长", count: 41)])
  func refused(name: String) throws {
    #expect(throws: Refusal.self) { try enrol(name) }
    #expect(try house.store.read { try $0.devices() }.isEmpty)
  }

  @Test("the last day of use is kept beside the journal")
  func seen() throws {
    let id = try enrol()
    #expect(try house.store.read { try $0.device(id).lastSeen } == nil)
    try house.store.perform { try $0.seeDevice(id) }
    #expect(try house.store.read { try $0.device(id).lastSeen } == house.store.time.day(of: house.store.now))
    #expect(try house.store.verify().faults == [])
  }

  @Test("a file from before devices gets their tables when it is opened")
  func migrated() throws {
    house.store.close()
    let old = try DatabaseQueue(path: house.store.path)
    try old.writeWithoutTransaction { database in
      try database.execute(
        sql: "DROP TABLE device; DROP TABLE device_seen; DELETE FROM grdb_migrations WHERE identifier LIKE '%devices%'")
    }
    try old.close()
    let store = try Store(path: house.store.path)
    defer { store.close() }
    #expect(try store.read { try $0.devices() }.isEmpty)
    #expect(try store.verify().faults == [])
  }
}

public import Evidence
public import Sanatorium

/// A new device as it is let in.
public struct DeviceDraft: Sendable, Hashable {
  public var name: String
  public var kind: DeviceKind

  public init(name: String, kind: DeviceKind) {
    self.name = name
    self.kind = kind
  }

  /// What is wrong with the name; nothing where it can stand on a list.
  public var faults: [Fault] {
    let name = trim(name)
    if name.isEmpty { return [Fault("name", "missing", Text("给设备起个名字。", "The device needs a name."))] }
    if name.count > DeviceDraft.longestName {
      return [Fault("name", "too-long", Text("名字最多 \(DeviceDraft.longestName) 个字。", "A name has at most \(DeviceDraft.longestName) characters."))]
    }
    return []
  }

  /// Who lets a device of a kind in. A wall shows what a duty lead sees, so whoever may not see that may not hang one.
  public static func inviters(of kind: DeviceKind) -> Set<Role> { kind == .wall ? [.lead] : [.admin, .lead] }

  public static let longestName = 40
  /// More are a mistake: a house has some dozens.
  public static let most = 200
}

extension Ledger {
  /// Enrols a device under a fresh id, by the hash of the token that it will show. Whoever has invited it must still be
  /// allowed to: between the invitation and the device's coming an account may be disabled or get another role.
  public func enrolDevice(_ device: DeviceDraft, token: Digest, _ submission: Submission) throws -> Recorded {
    let draft = submission.draftOfNow(subject: .random(), now: now)
    if let earlier = try earlier(DeviceEnrolled.self, draft) { return Recorded(earlier.entry, repeated: true) }
    if !device.faults.isEmpty { throw Refusal.invalid(device.faults) }
    let inviter = try tables.first(AccountTable.byID, submission.actor.account, read: Account.init)
    guard let inviter, !inviter.isDisabled, DeviceDraft.inviters(of: device.kind).contains(inviter.role) else {
      throw Refusal.forbidden(
        Text(
          "发登记码的人现在不能登记这类设备了。请值班负责人再发一个。",
          "Whoever made this code may not enrol such a device any more. Ask the duty lead for another one."))
    }
    guard try tables.count(DeviceTable.countInUse) < DeviceDraft.most else {
      throw Refusal.conflict(
        Fault(
          "device", "too-many",
          Text("已经有 \(DeviceDraft.most) 台设备，先停用不用的。", "There are \(DeviceDraft.most) devices; revoke those that aren't used.")))
    }
    let payload = DeviceEnrolled(
      openPart: .init(kind: device.kind), personalPart: .init(name: trim(device.name), token: token.description))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Revokes a device for good: its token is worth nothing and every session on it ends.
  public func revokeDevice(_ id: ID, _ submission: Submission) throws -> Recorded {
    let draft = submission.draftOfNow(subject: id, now: now)
    if let earlier = try earlier(DeviceRevoked.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let device = try tables.device(id)
    guard !device.isRevoked else {
      throw Refusal.conflict(
        Fault("device", "revoked", Text("“\(device.name)”已经停用了。", "“\(device.name)” is revoked already.")))
    }
    let recorded = Recorded(
      try record(DeviceRevoked(openPart: Nothing(), personalPart: Nothing()), draft), repeated: false)
    try tables.run(SessionTable.deleteDevice, id)
    return recorded
  }

  /// Notes that a device was used today; beside the journal.
  public func seeDevice(_ id: ID) throws { try tables.run(DeviceSeen.see, id, time.day(of: now)) }
}

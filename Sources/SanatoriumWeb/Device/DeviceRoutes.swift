internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Audience {
  /// Who lets devices in and out.
  static let deviceKeepers = Audience.roles([.admin, .lead])
}

extension Site {
  func deviceRoutes(_ table: inout RouteTable) {
    table.get("/api/v1/devices", "Every enrolled device, revoked ones among them", for: .deviceKeepers, reads: .none, gives: .anyObject) {
      context in
      let devices = try context.site.store.read { try $0.devices() }
      return .json(JSONWriter.wire(.object(["devices": .array(devices.map(\.json))])))
    }
    table.operation(
      Operation(
        method: .post, pattern: "/api/v1/devices/invitations",
        summary: "Invite a device: an address that is good once and for ten minutes", audience: .deviceKeepers,
        reads: .none, takes: .object(["name": .text(DeviceDraft.longestName), "kind": .code(DeviceKind.self)], required: ["name", "kind"]),
        gives: .anyObject)
    ) { context in
      var fields = try context.fields()
      let invitation = try context.invite(&fields)
      return .response(.json(JSONWriter.wire(invitation.json(try context.origin())), status: .created))
    }
    table.post("/api/v1/devices/:device/revocation", "Revoke a device: sessions on it end at once", for: .deviceKeepers, takes: .write([:])) {
      context in
      let id = try context.id("device")
      var fields = try context.fields()
      let submission = try context.submission(&fields)
      try fields.finish()
      let site = context.site
      return Act({ try $0.revokeDevice(id, submission) }) { recorded in
        try site.forget(device: id)
        return .json(JSONWriter.wire(recorded.json), status: recorded.repeated ? .ok : .created)
      }
    }
    table.page("/devices", for: .deviceKeepers, reads: .none, stays: false) { .response(try $0.devicesPage(Form())) }
    table.formReply("/devices", for: .deviceKeepers, reads: .none) { context in
      var fields = try context.fields()
      do {
        let invitation = try context.invite(&fields)
        return .response(.redirect(to: "/devices/invitations/\(invitation.id)"))
      } catch Refusal.invalid(let faults) {
        return .response(try context.devicesPage(context.refusedForm(faults)))
      }
    }
    table.page("/devices/invitations/:invitation", for: .deviceKeepers, reads: .none, stays: false) { .response(try $0.invitationPage()) }
    table.page("/devices/:device/revocation", for: .deviceKeepers, reads: .none) { .response(try $0.revocationPage()) }
    table.form("/devices/:device/revocation", for: .deviceKeepers, reads: .none) { context in
      let id = try context.id("device")
      var fields = try context.fields()
      let submission = try context.submission()
      try fields.finish()
      let site = context.site
      return Act({ try $0.revokeDevice(id, submission) }) { recorded in
        try site.forget(device: id)
        return .redirect(to: "/devices?saved=\(recorded.sequence)")
      }
    }
    table.page("/enrol/:code", for: .everyone, reads: .none, stays: false) { .response($0.enrolPage()) }
    table.formReply("/enrol/:code", for: .everyone, reads: .none) { $0.enrol() }
  }
}

extension Context {
  /// Makes an invitation of what was typed.
  fileprivate func invite(_ fields: inout JSONFields) throws -> Invitation {
    let name = fields.text("name", limit: DeviceDraft.longestName)
    let kind = fields.code("kind", DeviceKind.self)
    try fields.finish()
    guard let name, let kind else { throw Refusal.invalid([]) }
    let draft = DeviceDraft(name: name, kind: kind)
    if !draft.faults.isEmpty { throw Refusal.invalid(draft.faults) }
    guard let invitation = site.invitations.invite(draft, by: actor, now: site.store.now) else {
      throw Refusal.invalid(
        "name", "too-many", Text("登记码发得太多了，过十分钟再试。", "Too many invitations are open; try again in ten minutes."))
    }
    return invitation
  }
}

extension Device {
  fileprivate var json: JSON {
    .object([
      "id": .string(id.description), "name": .string(name), "kind": .string(kind.rawValue),
      "enrolledAt": .int(enrolledAt.milliseconds), "enrolledBy": .string(enrolledBy.description),
      "revokedAt": .optional(revokedAt?.milliseconds), "lastSeen": lastSeen.map { .string($0.description) },
    ])
  }
}

extension Invitation {
  func address(_ origin: Origin) -> String { "\(origin.text)/enrol/\(code)" }

  fileprivate func json(_ origin: Origin) -> JSON {
    .object([
      "id": .string(id.description), "address": .string(address(origin)), "expiresAt": .int(expiresAt.milliseconds),
    ])
  }
}

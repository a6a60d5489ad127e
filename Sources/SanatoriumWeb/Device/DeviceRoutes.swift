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
      do {
        let invitation = try context.invite(&fields)
        return .response(.json(JSONWriter.wire(invitation.json(try context.origin())), status: .created))
      } catch let many as TooManyInvitations {
        return .response(many.after(context.problem(.tooManyRequests, type: "too-many", many.title, many.detail)))
      }
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
      } catch let many as TooManyInvitations {
        let fault = Fault("name", "too-many", many.detail)
        return .response(many.after(try context.devicesPage(context.refusedForm([fault]))))
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
    var faults = draft.faults
    if !DeviceDraft.inviters(of: kind).contains(actor.role) {
      faults.append(
        Fault(
          "kind", "not-yours",
          Text(
            "大屏上看得到健康情况，只有值班负责人能登记。管理员能登记手机和平板。",
            "A wall screen shows people's health, so only the duty lead enrols one. An administrator enrols phones and tablets.")))
    }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
    return try site.invitations.invite(draft, by: actor, now: site.store.now)
  }
}

extension TooManyInvitations {
  fileprivate var title: Text { Text("登记码太多了", "Too many invitations") }

  fileprivate var detail: Text {
    let minutes = (seconds + 59) / 60
    return Text(
      "您有 \(Invitations.most) 个登记码还没用。先用掉，或者等 \(minutes) 分钟，最早的一个就过期了。",
      "\(Invitations.most) of your codes are still open. Use them, or wait \(minutes) minutes: then the first is over.")
  }

  private var seconds: Int64 { (wait.milliseconds + 999) / 1_000 }

  /// The answer that says so, with the time to wait.
  fileprivate func after(_ answer: Response) -> Response {
    var answer = answer
    answer.status = .tooManyRequests
    answer.headers["Retry-After"] = String(seconds)
    return answer
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

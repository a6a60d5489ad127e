internal import Documents
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Every device, and the form that lets another one in.
  func devicesPage(_ form: Form) throws -> Response {
    let (devices, accounts) = try site.store.read { (try $0.devices(), try $0.accounts()) }
    let names = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0.name) })
    let own = site.devices.device(of: request)
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("设备", "Devices"), .more, back: devicesBack)) {
      } top: {
        notices(h)
      } main: {
        if devices.isEmpty {
          h.empty(
            say("还没有登记的设备", "No devices yet"),
            say("登记过的手机、平板和大屏会列在这里；丢了可以马上停用。", "Enrolled phones, tablets and screens appear here, and can be revoked when they are lost."),
            icon: .phone)
        } else {
          h.list { for device in devices { h.item { row(h, device, names, isOwn: device.id == own?.id) } } }
        }
        h.section(say("新设备", "Enrol a device")) {
          h.form("/devices", form, key: formKey) {
            h.field(
              say("名字", "Name"), "name", hint: say("例如 护士站平板、周敏的手机", "for example: nurses' tablet, Zhou Min's phone"),
              maxLength: DeviceDraft.longestName)
            h.radios(
              say("用途", "For"), "kind",
              DeviceKind.allCases.filter { DeviceDraft.inviters(of: $0).contains(actor.role) }.map { Choice($0.rawValue, $0.name(language)) },
              value: DeviceKind.phone.rawValue,
              hint: DeviceDraft.inviters(of: .wall).contains(actor.role)
                ? nil : say("大屏由值班负责人登记：上面看得到健康情况。", "A wall screen is enrolled by the duty lead: it shows people's health."))
            h.button(say("给它一个登记码", "Make a code for it"), icon: .plus, full: true)
          }
        }
      }
    }
  }

  private var devicesBack: (Text, String) {
    actor.role == .admin ? (Text("系统", "System"), "/system") : (Text("我的", "Me"), "/me")
  }

  private func row(_ h: HTML, _ device: Device, _ names: [ID: String], isOwn: Bool) {
    h.div("row") {
      h.b(device.name)
      h.span("m", device.kind.name(language))
      if isOwn { h.tag(say("就是这台", "This one")) }
      if device.isRevoked { h.tag(say("已停用", "Revoked"), .bad) }
    }
    h.p("m s", history(of: device, names))
    if !device.isRevoked {
      h.a("/devices/\(device.id)/revocation", "link", text: say("停用“\(device.name)”", "Revoke “\(device.name)”"))
    }
  }

  private func history(of device: Device, _ names: [ID: String]) -> String {
    let by = names[device.enrolledBy].map { say("，\($0) 登记", " by \($0)") } ?? ""
    var parts = [say("\(moment(device.enrolledAt))\(by)", "enrolled \(moment(device.enrolledAt))\(by)")]
    if let at = device.revokedAt {
      let who = device.revokedBy.flatMap { names[$0] }.map { say("，\($0)", " by \($0)") } ?? ""
      parts.append(say("\(moment(at)) 停用\(who)", "revoked \(moment(at))\(who)"))
    } else {
      parts.append(
        device.lastSeen.map { say("最近用过 \(date($0))", "last used \(date($0))") } ?? say("还没用过", "not used yet"))
    }
    return parts.joined(separator: "·")
  }

  /// What the new device has to open, until it has come or the time is over. It follows the journal, as the enrolment is
  /// an entry.
  func invitationPage() throws -> Response {
    let id = try id("invitation")
    let now = site.store.now
    guard let invitation = site.invitations.invitation(id, of: actor.account, now: now) else {
      throw Refusal.notFound(
        Text("这个登记码已经不在了。请再发一个。", "This code is gone. Make another one."))
    }
    let origin = try origin()
    let code = try QRCode(invitation.address(origin))
    return html { h in
      h.page(
        page(
          Text(verbatim: invitation.device.name), .more, detail: invitation.device.kind.name(language),
          back: (Text("设备", "Devices"), "/devices"), live: true)
      ) {
      } top: {
        notices(h)
      } main: {
        if invitation.isUsed {
          h.empty(
            say("“\(invitation.device.name)”登记好了", "“\(invitation.device.name)” is enrolled"),
            say("登记码已经用掉。接下来在那台设备上按提示装证书、登录。", "The code is used up. On the device, follow the steps: certificate, login."),
            icon: .done, act: (words: say("看所有设备", "All devices"), target: "/devices"))
        } else if now >= invitation.expiresAt {
          h.empty(
            say("登记码过期了", "The code is over"), say("十分钟里没有设备来登记。再发一个就行。", "No device came within ten minutes. Make another one."),
            icon: .late, act: (words: say("再发一个", "Make another one"), target: "/devices"))
        } else {
          open(h, invitation, code, origin)
        }
      }
    }
  }

  private func open(_ h: HTML, _ invitation: Invitation, _ code: QRCode, _ origin: Origin) {
    if origin.isThisMachine {
      h.note(.late, say("这个码别的设备打不开", "Other devices can't open this code")) {
        h.p(
          say(
            "这一页是用 \(origin.text) 打开的，只有这台机器认得。换成手机上用的那个地址再发一个。",
            "This page was opened as \(origin.text), which only this machine knows. Open it by the address that phones use and make another one."))
      }
    }
    if let pem = site.configuration.authorityPEM { trustFirst(h, pem, origin) }
    h.section(
      site.configuration.authorityPEM == nil ? say("登记", "Enrol") : say("第 2 步：登记", "Step 2: enrol")
    ) {
      h.p(say("用那台设备的相机对准这个码，或在它的浏览器里打开下面的地址。", "Point the device's camera at this code, or open the address below in its browser."))
      h.cameraCode(code, say("登记用的二维码", "Code for enrolling"))
      h.el("code", .class("blk"), text: "\(origin.text)/enrol/\(Invitations.spoken(invitation.code))")
      h.p {
        h.text(say("只能用一次，还剩 ", "Good once, for another "))
        h.clock(.countdown, at: invitation.expiresAt.milliseconds, now: site.store.now.milliseconds)
      }
      h.p("m s", say("设备来了，这一页自己会变。", "This page changes by itself when the device has come."))
      h.a("/devices/invitations/\(invitation.id)", "link", text: say("看看来了没有", "Has it come?"))
    }
  }

  /// Before it enrols, the device has to know whom it talks to: the fingerprint here came over a connection that the
  /// inviter trusts, the one there is what a stranger in between would have to forge.
  private func trustFirst(_ h: HTML, _ pem: String, _ origin: Origin) {
    h.section(say("第 1 步：先装证书", "Step 1: install the certificate first")) {
      h.p(say("在那台设备的浏览器里打开这个地址；提示不安全，先继续：", "Open this address in the device's browser; go on past its warning:"))
      h.el("code", .class("blk"), text: "\(origin.text)/trust")
      h.p(
        say(
          "那台设备上的“装证书”那一页，显示的指纹要和这里的一模一样（SHA-256）。一样才装；不一样就停下，叫管理员。",
          "Its certificate page must show the same fingerprint as this one (SHA-256). Install only if it does; otherwise stop and call the administrator."))
      fingerprint(h, pem)
      h.p("m s", say("已经装过的设备，直接做第 2 步。", "A device that has it already goes on to step 2."))
    }
  }

  /// Asks before a device is revoked, with what that means.
  func revocationPage() throws -> Response {
    let id = try id("device")
    let device = try site.store.read { try $0.device(id) }
    guard !device.isRevoked else {
      throw Refusal.conflict(Fault("device", "revoked", Text("“\(device.name)”已经停用了。", "“\(device.name)” is revoked already.")))
    }
    let logged = site.sessions.sessions(now: site.store.now.milliseconds).filter { $0.payload.actor.device == id }
    return html { h in
      h.page(page(Text("停用设备", "Revoke a device"), .more, back: (Text("设备", "Devices"), "/devices"))) {
      } top: {
        notices(h)
      } main: {
        h.sheet(
          say("停用“\(device.name)”？", "Revoke “\(device.name)”?"),
          safe: (words: say("留着，继续用", "Keep it in use"), target: "/devices")
        ) {
          h.p(
            logged.isEmpty
              ? say("现在没有人在它上面登录。", "Nobody is logged in on it.")
              : say(
                "在它上面登录的 \(logged.map(\.payload.account.name).joined(separator: "、")) 马上退出。",
                "\(logged.map(\.payload.account.name).joined(separator: ", ")) will be logged out of it at once."))
          h.p(
            device.kind == .wall
              ? say("大屏马上看不到看板。要再用，得重新登记。", "The screen loses the board at once. To use it again, enrol it anew.")
              : say("账号不变，别的设备不受影响。要再用它，得重新登记。", "Accounts and other devices stay as they are. To use it again, enrol it anew."))
        } acts: {
          h.form("/devices/\(id)/revocation", key: formKey) {
            h.button(say("停用这台设备", "Revoke this device"), .destroying, full: true)
          }
        }
      }
    }
  }
}

extension HTML {
  /// A code for cameras, black on white in every scheme.
  func cameraCode(_ code: QRCode, _ name: String) {
    el(
      "svg", .of("viewBox", "0 0 \(code.extent) \(code.extent)"), .of("width", 240), .of("height", 240),
      .of("role", "img"), .label(name), .of("shape-rendering", "crispEdges")
    ) {
      el("rect", .of("width", code.extent), .of("height", code.extent), .of("fill", "#fff")) {}
      el("path", .of("d", code.path), .of("fill", "#000")) {}
    }
  }
}

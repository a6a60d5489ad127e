internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// A new member, or one to be changed or taken off. A change that somebody else was quicker with comes back with what
  /// stands there now, above what was typed.
  func serviceMemberPage(_ form: Form, of member: ID? = nil) throws -> Response {
    let id = try self.id("batch")
    let (batch, known, escorts, accounts) = try site.store.read { reader in
      let batch = try reader.batch(id)
      return (
        batch, try member.map { try reader.serviceMember($0, in: batch) }, try reader.escorts(of: batch),
        try reader.accounts().filter { $0.role != .admin && !$0.isDisabled }
      )
    }
    let side = known?.side ?? (form.values?.filled("side") ?? request.query.first("side")).flatMap(ServiceSide.init) ?? .host
    guard side.admits(actor) else {
      throw Refusal.forbidden(Text("\(side.name.chinese)的小组不由您填。", "The \(side.name.english.lowercased())'s group is not yours to record."))
    }
    let isRemoval = request.path.last == "removal"
    let title = known.map { Text($0.person.name, $0.person.name) } ?? Text("\(side.name.chinese)小组加一个人", "Add to the \(side.name.english.lowercased())'s group")
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(title, .batch, detail: batch.number, back: (Text("疗养专项服务小组", "Service groups"), serviceGroupPath))) {
      } top: {
        notices(h)
      } main: {
        if let known, known.removedAt != nil {
          h.note(.late, say("已经从小组里去掉了", "Taken off the group already")) {
            h.p(form.faults.first?.message ?? known.removedReason ?? "")
          }
        } else {
          memberForm(h, isRemoval ? Form() : form, known, side, escorts, accounts)
          if let known { removal(h, isRemoval ? form : Form(), known) }
        }
      }
    }
  }

  private func memberForm(
    _ h: HTML, _ form: Form, _ known: ServiceMember?, _ side: ServiceSide, _ escorts: [Escort], _ accounts: [Account]
  ) {
    // From the list of escorts and staff, so that nobody is typed twice.
    let from = known == nil ? request.query.first("from").flatMap { ID($0) }.flatMap { id in escorts.first { $0.id == id } } : nil
    if known == nil, from == nil, form.faults.isEmpty {
      let offered = escorts.filter { $0.place != .left && ($0.side == .host) == (side == .host) }
      if !offered.isEmpty {
        h.fold(say("从服务人员里选", "Choose from the escorts and staff")) {
          h.list {
            for escort in offered {
              h.linkRow(
                escort.name, target: "\(serviceGroupPath)/new?side=\(side.rawValue)&from=\(escort.id)",
                facts: [escort.kind.name(language), escort.telephone])
            }
          }
        }
      }
    }
    let isStale = form.faults.contains { $0.code == "changed-since" }
    let person = known?.person
    h.form(
      known.map { "\(serviceGroupPath)/\($0.id)" } ?? serviceGroupPath, form, key: formKey, "sheet stack", guardsLeaving: true
    ) {
      if let known {
        // What stands there now is in the fault above: sending again is done knowing it.
        h.hiddenField("revision", isStale ? String(known.revision) : form.value("revision", or: String(known.revision)) ?? "")
      } else {
        h.hiddenField("side", side.rawValue)
      }
      h.field(say("姓名", "Name"), "name", value: person?.name ?? from?.name, maxLength: 40)
      h.field(say("电话", "Telephone"), "telephone", .telephone, value: person?.telephone ?? from?.telephone, maxLength: 40)
      h.field(say("单位、职务", "Unit, office"), "unit", value: person?.unit ?? from?.unit, optional: true, maxLength: 80)
      h.chips(
        say("管什么", "Does"), "duties", side.duties.map { Choice($0.rawValue, $0.name(language)) },
        values: Set((person?.duties ?? asked).map(\.rawValue)), optional: true)
      h.checkbox(
        say("组长", "Head of the group"), "lead", on: person?.isLead ?? false,
        detail: say("一个小组一名组长，原来的改成组员。", "A group has one head; the one before becomes a member."))
      h.chips(
        say("哪些事的责任人", "Accountable for"), "accountable", ServiceDuty.ofHost.map { Choice($0.rawValue, $0.name(language)) },
        values: Set((person?.accountable ?? []).map(\.rawValue)), hint: say("出了问题追究到谁。", "Who is called to account."),
        optional: true)
      h.select(
        say("服务人员名单里的", "On the list of escorts and staff"), "escort",
        escorts.map { Choice($0.id.description, "\($0.name)·\($0.side.name(language))") },
        value: (known == nil ? from?.id : known?.escort)?.description, none: say("不在名单里", "Not on it"), optional: true)
      h.select(
        say("用哪个账号登录", "Account"), "account", accounts.map { Choice($0.id.description, "\($0.name)（\($0.username)）") },
        value: (known == nil ? from?.account : known?.account)?.description, none: say("不登录", "None"), optional: true)
      h.button(
        isStale
          ? say("我看过了，改成我填的", "I have seen it: save mine")
          : known == nil ? say("加进小组", "Add to the group") : say("保存改动", "Save the changes"), large: true, full: true)
    }
  }

  /// The duty that a missing one's button names.
  private var asked: [ServiceDuty] { request.query.first("duty").flatMap(ServiceDuty.init).map { [$0] } ?? [] }

  private func removal(_ h: HTML, _ form: Form, _ known: ServiceMember) {
    h.fold(say("从小组里去掉", "Take off the group"), open: !form.faults.isEmpty) {
      h.form("\(serviceGroupPath)/\(known.id)/removal", form, key: formKey, "sheet stack") {
        h.hiddenField("revision", String(known.revision))
        h.field(say("为什么", "Why"), "reason", maxLength: 200)
        h.button(say("去掉\(known.person.name)", "Take \(known.person.name) off"), .warning, full: true)
      }
    }
  }
}

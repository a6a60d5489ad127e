internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Who looks after the batch, by side.
  func escortsPage(_ form: Form = Form()) throws -> Response {
    let (batch, escorts, onDuty) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.escorts(of: batch), try reader.onDuty(in: batch, at: site.store.now))
    }
    let plans = Audience.planners.admits(actor)
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("服务人员", "Escorts"), .people, detail: batch.number, back: (Text("名单和报到", "People"), "/arrivals"), layout: .desk)) {
        if plans { h.iconLink(.plus, say("加一名人员", "Add somebody"), "/escorts/new") }
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
      } main: {
        if escorts.isEmpty {
          h.empty(
            say("还没有人", "Nobody yet"), say("随队的和承办方的人都记在这里，值班和包组从这里选。", "Everybody who looks after the batch is kept here, for the rota and the assignments."),
            icon: .people, act: plans ? (words: say("加一名人员", "Add somebody"), target: "/escorts/new") : nil)
        }
        for side in EscortSide.allCases {
          let here = escorts.filter { $0.side == side }
          if !here.isEmpty {
            h.listHead(
              side.name(language), count: here.count, note: side == .sent ? say("算进比例", "count for the ratio") : nil)
            h.list { for escort in here { row(h, escort, onDuty.filter { $0.id == escort.id }, plans, batch.lastDay) } }
          }
        }
      }
    }
  }

  private func row(_ h: HTML, _ escort: Escort, _ onDuty: [OnDuty], _ plans: Bool, _ lastDay: Day) {
    h.item {
      h.div("row") {
        if plans { h.a("/escorts/\(escort.id)", "link") { h.b("l", escort.name) } } else { h.b("l", escort.name) }
        h.span("m s", [escort.kind.name(language), escort.unit].filter { !$0.isEmpty }.joined(separator: "·"))
        h.span("row tight end") {
          if let duty = onDuty.first {
            h.mark(.done, say("值班：", "On duty: ") + duty.duty.name(language))
          }
          if onDuty.isEmpty || escort.place != .present { h.tag(escort.place.name(language), icon: escort.place.icon) }
        }
      }
      if escort.kind == .medical { licence(h, escort) }
      let remarks = escort.remarks(until: lastDay).filter { $0.code != "no-licence" }
      if !remarks.isEmpty { h.p("row tight") { for remark in remarks { h.tag(remark.message(language), .late, icon: .late) } } }
      h.div("row") {
        if !escort.telephone.isEmpty { h.call(escort.telephone) }
        if Audience.carers.admits(actor) {
          if escort.place == .present {
            h.act(say("离开了", "Has left"), "/escorts/\(escort.id)/place", key: formKey, .other, icon: .logout, fields: [("place", "left")])
          } else if escort.place != .outing {
            h.act(say("回来了", "Is back"), "/escorts/\(escort.id)/place", key: formKey, .other, fields: [("place", "present")])
          }
        }
      }
    }
  }

  private func licence(_ h: HTML, _ escort: Escort) {
    guard let licence = escort.licence else { return h.mark(.unknown, say("没有记执业证", "No licence recorded")) }
    let until = escort.licenceUntil
    let words = [escort.licenceKind ?? say("执业证", "Licence"), licence, until.map { say("到 \($0)", "until \($0)") } ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
    if let until, until < today { h.mark(.failed, words) } else { h.p("m s", words) }
  }

  /// A new escort, or one to be changed.
  func escortPage(_ form: Form, of escort: ID? = nil) throws -> Response {
    let (batch, known, accounts) = try site.store.read { reader in
      (
        try stayBatch(reader), try escort.map { try reader.escort($0) },
        try reader.accounts().filter { $0.role != .admin && !$0.isDisabled }
      )
    }
    let title = known.map { Text($0.name, $0.name) } ?? Text("加一名人员", "Add somebody")
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(title, .people, back: (Text("服务人员", "Escorts"), "/escorts"))) {
      } top: {
        notices(h)
      } main: {
        h.form(known.map { "/escorts/\($0.id)" } ?? "/escorts", form, key: formKey, "sheet stack", guardsLeaving: true) {
          if let known {
            h.hiddenField("revision", revision(form, known.revision))
          } else {
            h.hiddenField("batch", batch.id.description)
          }
          h.field(say("姓名", "Name"), "name", value: known?.name, maxLength: 40)
          h.field(
            say("电话", "Telephone"), "telephone", .telephone, value: known?.telephone,
            hint: say("没有电话的，下面要选账号。", "Without one choose an account below."), optional: true, maxLength: 40)
          h.segments(
            say("做什么", "Kind"), "kind", EscortKind.allCases.map { Choice($0.rawValue, $0.name(language)) },
            value: known?.kind.rawValue ?? "general")
          h.segments(
            say("哪一方", "Side"), "side", EscortSide.allCases.map { Choice($0.rawValue, $0.name(language)) },
            value: known?.side.rawValue ?? "sent", hint: say("只有随队的算进比例。", "Only those sent count for the ratio."))
          h.field(say("单位", "Unit"), "unit", value: known?.unit, optional: true, maxLength: 80)
          h.field(say("执业证号", "Licence number"), "licence", value: known?.licence, optional: true, maxLength: 40)
          h.field(
            say("执业类别", "Licence kind"), "licenceKind", value: known?.licenceKind, optional: true, maxLength: 40,
            list: [say("医师", "Physician"), say("护士", "Nurse")])
          h.field(say("执业证到期", "Licence valid until"), "licenceUntil", .date, value: known?.licenceUntil?.description, optional: true)
          h.select(
            say("用哪个账号登录", "Account"), "account", accounts.map { Choice($0.id.description, "\($0.name)（\($0.username)）") },
            value: known?.account?.description, none: say("不登录", "None"), optional: true)
          h.button(known == nil ? say("加进名单", "Add to the list") : say("保存改动", "Save the changes"), large: true, full: true)
        }
      }
    }
  }

  /// Who looks after whom; several people are moved in one step.
  func assignmentsPage(_ form: Form = Form()) throws -> Response {
    let (batch, escorts, people, assigned) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      let people = try reader.participants(of: batch).filter { $0.place != .departed && $0.admission.isOfTheBatch }
      return (batch, try reader.escorts(of: batch).filter { $0.place != .left }, people, try reader.assignments(in: batch))
    }
    let taken = Set(assigned.values.flatMap { $0 }.map(\.id))
    let free = people.filter { !taken.contains($0.id) }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("包组", "Assignments"), .people, detail: batch.number, back: (Text("名单和报到", "People"), "/arrivals"), layout: .desk)) {
      } top: {
        notices(h)
      } main: {
        if !free.isEmpty {
          h.note(.late, say("\(free.count) 人还没有人包组", "\(free.count) have nobody assigned"))
        }
        if Audience.planners.admits(actor), !people.isEmpty {
          assignForm(h, form, batch, escorts, people, free, assigned)
        }
        h.div("flow") {
          for escort in escorts {
            let theirs = assigned[escort.id] ?? []
            if !theirs.isEmpty {
              h.div {
                h.listHead(escort.name, count: theirs.count, note: escort.kind.name(language))
                h.list {
                  for person in byRoom(theirs) {
                    h.slimRow(
                      PersonRow(
                        person.name, target: "/participants/\(person.id)", state: person.place == .present ? .done : nil,
                        stateWords: person.place.name(language), room: person.room.isEmpty ? nil : person.room,
                        tags: person.place == .present ? [] : [Tag(person.place.name(language), icon: person.place.icon)]))
                  }
                }
              }
            }
          }
        }
        if people.isEmpty {
          h.empty(say("名单还是空的", "The list is empty"), say("导入名单以后，在这里分给包组的人。", "Once the list is imported, people are assigned here."), icon: .people)
        }
      }
    }
  }

  private func assignForm(
    _ h: HTML, _ form: Form, _ batch: Batch, _ escorts: [Escort], _ people: [Participant], _ free: [Participant],
    _ assigned: [ID: [Participant]]
  ) {
    // Those without anybody first; the others behind whom they would be taken from.
    func choices(_ people: [Participant]) -> [Choice] {
      byRoom(people).map { Choice($0.id.description, $0.room.isEmpty ? $0.name : "\($0.room) \($0.name)") }
    }
    let listed = Set(people.map(\.id))
    var groups = [ChoiceGroup(free.isEmpty ? nil : say("还没有人包组", "Nobody assigned"), choices(free))]
    for escort in escorts {
      let theirs = (assigned[escort.id] ?? []).filter { listed.contains($0.id) }
      groups.append(ChoiceGroup(say("现在由 \(escort.name) 包组·\(theirs.count) 人", "Now with \(escort.name): \(theirs.count)"), choices(theirs), isFolded: true))
    }
    h.fold(say("把人分给谁", "Assign people"), open: !free.isEmpty || !form.faults.isEmpty) {
      h.form("/assignments", form, key: formKey, "sheet stack") {
        h.hiddenField("batch", batch.id.description)
        let nobody = Choice(EscortWritings.nobody, say("从包组里去掉，先不分给谁", "Take off: nobody for now"))
        h.select(
          say("分给", "To"), "escort",
          escorts.map { Choice($0.id.description, "\($0.name)·\($0.kind.name(language))") } + (assigned.isEmpty ? [] : [nobody]),
          none: say("选一人", "Choose one"))
        h.chips(say("哪些人", "Whom"), "participants", groups: groups)
        h.button(say("分给这个人", "Assign"), full: true)
      }
    }
  }
}

extension EscortPlace {
  /// As the board shows where people are.
  var icon: Icon {
    switch self {
    case .present: .home
    case .outing: .bus
    case .hospital: .bed
    case .left: .logout
    }
  }
}

extension Place {
  /// As the board shows where people are.
  var icon: Icon {
    switch self {
    case .notArrived: .person
    case .present: .home
    case .outing: .bus
    case .leave: .calendar
    case .hospital: .bed
    case .departed: .logout
    }
  }
}

/// By room, as one walks the corridor; whoever has none comes last.
private func byRoom(_ people: [Participant]) -> [Participant] {
  people.sorted { left, right in
    if left.room.isEmpty != right.room.isEmpty { return right.room.isEmpty }
    return (left.room.count, left.room, left.name) < (right.room.count, right.room, right.name)
  }
}

extension Admission {
  /// Expected, held or admitted: one of those for whom somebody has to care.
  var isOfTheBatch: Bool { self == .expected || self == .held || self == .admitted }
}

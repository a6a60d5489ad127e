internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// The forms of one person's movements: what is asked, and one button that says what happens.
extension Context {
  private func personAct(
    _ title: Text, _ form: Form, _ name: String, main button: Text, kind: ButtonKind = .main,
    consequence: Text? = nil, fields: (HTML, Participant) -> Void
  ) throws -> Response {
    let person = try site.store.read { try $0.participant(id("participant")) }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          title, .people, detail: headline(person), back: (Text(person.name, person.name), "/participants/\(person.id)"),
          keepsBar: true)
      ) {
      } top: {
        notices(h)
      } main: {
        h.form("/participants/\(person.id)/\(name)", form, key: formKey, "sheet stack") {
          fields(h, person)
          if let consequence { h.p("m s", consequence(language)) }
          h.button(button(language), kind, large: true, full: true)
        }
      }
    }
  }

  /// `巴特尔·412 房·在院`
  func headline(_ person: Participant) -> String {
    [person.name, person.room.isEmpty ? nil : say("\(person.room) 房", "room \(person.room)"), person.place.name(language)]
      .compactMap { $0 }.joined(separator: "·")
  }

  func turnAwayPage(_ form: Form) throws -> Response {
    try personAct(
      Text("不来住了", "Not coming to stay"), form, "turn-away", main: Text("登记不来、退出或不予接收", "Record no-show, withdrawal or refusal"),
      kind: .warning,
      consequence: Text(
        "不再等这个人。“不来”的以后还能报到，“退出”和“不予接收”的不能。",
        "Nobody waits for them any more. A no-show may still arrive later; whoever withdrew or was refused may not.")
    ) { h, _ in
      h.radios(
        say("怎么回事", "What happened"), "outcome",
        [
          Choice("no-show", TurnAway.noShow.name(language), detail: say("以后来了，还能报到。", "May still arrive later.")),
          Choice("withdrawn", TurnAway.withdrawn.name(language)),
          Choice("refused", TurnAway.refused.name(language)),
        ], value: "no-show")
      h.checkbox(say("是因为身体原因（选送单位要走访慰问）", "For reasons of health (their unit owes them a visit)"), "forHealth")
      h.area(
        say("退出、不予接收的原因", "Reason for withdrawal or refusal"), "reason", hint: say("“不来”可以不写。", "Not needed for a no-show."),
        maxLength: 500)
    }
  }

  func roomPage(_ form: Form) throws -> Response {
    try personAct(Text("房间", "Room"), form, "room", main: Text("安排这个房间", "Give this room")) { h, person in
      h.field(say("房号", "Room"), "room", value: person.room, maxLength: 20)
    }
  }

  func departurePage(_ form: Form) throws -> Response {
    let lastDay = try site.store.read { reader in
      try reader.batch(of: reader.participant(id("participant"))).lastDay
    }
    return try personAct(
      Text("返程", "Departure"), form, "departure", main: Text("登记返程，疗养到此结束", "Record the departure; the stay ends"),
      kind: .warning,
      consequence: Text(
        "登记以后不能撤销：这个人不再巡查、不再算在院，不能再回到这一批。", "This can't be taken back: no more checks, no longer counted, no return to this batch.")
    ) { h, person in
      h.radios(
        say("为什么走", "Why"), "reason",
        DepartureReason.allCases.map { Choice($0.rawValue, $0.name(language)) },
        value: person.place == .hospital ? "medical" : today < lastDay ? "early" : "completed")
      h.checkbox(say("证件牌收回来了", "The badge came back"), "badgeReturned")
      h.area(say("备注", "Note"), "note", hint: say("谁来接，坐什么车。", "Who fetches them, by what."), optional: true, maxLength: 500)
    }
  }

  func leavePage(_ form: Form) throws -> Response {
    let dinner = time.instant(today, minute: 17 * 60)
    return try personAct(
      Text("请假外出", "Leave"), form, "leave", main: Text("登记请假，到点没回来就报警", "Record the leave; raise an alert when overdue")
    ) { h, person in
      h.field(say("去哪里", "Where to"), "destination", maxLength: 100)
      h.field(
        say("说好几点回来", "Back at"), "expectedBack", .dateTime,
        value: input(max(dinner, halfHour(after: site.store.now + .hours(1)))),
        min: input(site.store.now))
      h.field(
        say("和谁一起、电话", "With whom, telephone"), "companion",
        value: person.familyTelephone.isEmpty ? nil : "\(person.familyName) \(person.familyTelephone)", optional: true,
        maxLength: 100)
    }
  }

  func leaveExtensionPage(_ form: Form) throws -> Response {
    try personAct(
      Text("晚点回来", "Back later"), form, "leave/extension", main: Text("改成这个时间", "Change to this time")
    ) { h, person in
      if let back = person.expectedBack { h.p(say("原来说好 \(moment(back)) 回来。", "Was to be back at \(moment(back)).")) }
      h.field(
        say("现在说好几点回来", "Now back at"), "expectedBack", .dateTime,
        value: input(halfHour(after: max(person.expectedBack ?? site.store.now, site.store.now) + .minutes(30))), min: input(site.store.now))
    }
  }

  func hospitalPage(_ form: Form) throws -> Response {
    let escorts = try site.store.read { reader in
      try reader.escorts(of: reader.batch(of: reader.participant(id("participant")))).filter { $0.place != .left }
    }
    return try personAct(
      Text("转送医院", "To hospital"), form, "hospital", main: Text("登记转送医院", "Record the transfer"), kind: .warning,
      consequence: Text("登记以后巡查停下来；出院再点“出院回来了”。", "Checks pause; on return press “Back from hospital”.")
    ) { h, _ in
      h.call("120", words: say("还没叫车：打 120", "No ambulance yet: call 120"), full: true)
      h.field(say("哪家医院", "Hospital"), "hospital", maxLength: 100)
      h.area(say("为什么", "Reason"), "reason", optional: true, maxLength: 500)
      h.select(
        say("谁陪着去", "Who goes along"), "escort", escorts.map { Choice($0.id.description, "\($0.name)·\($0.kind.name(language))") },
        none: say("没有人陪", "Nobody"), hint: say("陪去的人不再算在岗。", "Whoever goes along no longer counts as on site."),
        optional: true)
    }
  }
}

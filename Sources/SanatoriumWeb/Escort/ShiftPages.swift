internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// What a form about the rota was made from: the fresh revision once the other's change was shown.
  func revision(_ form: Form, _ current: Int64) -> String {
    form.faults.contains { $0.code == "changed-since" } ? String(current) : form.value("revision", or: String(current)) ?? ""
  }

  /// Over a form that came back: that it only asks.
  func willCause(_ form: Form) -> String? {
    form.faults.allSatisfy { $0.code == "will-cause" } && !form.faults.isEmpty
      ? say("还没保存。这样会出下面的问题：", "Not saved yet. This would happen:") : nil
  }

  /// The box by which somebody has seen what comes of it.
  func confirmation(_ h: HTML, _ form: Form) {
    guard form.faults.contains(where: { $0.code == "will-cause" }) || form.values?.isOn("confirmed") == true else { return }
    h.checkbox(say("看过了，照样保存", "Seen, save it all the same"), "confirmed")
  }

  /// The same hours on one or several days.
  func shiftFormPage(_ form: Form) throws -> Response {
    let (batch, escorts, revision) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.escorts(of: batch).filter { $0.place != .left }, try reader.rosterRevision(of: batch))
    }
    let first = max(today, batch.firstDay)
    // A gap in the grid and a proposal fill the form in.
    func asked(_ name: String) -> String? { request.query.first(name) }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("排班", "Plan shifts"), .people, detail: batch.number, back: (Text("值班表", "Rota"), "/shifts"))) {
      } top: {
        notices(h)
      } main: {
        if escorts.isEmpty {
          h.empty(
            say("还没有可排的人", "Nobody to plan"), say("先把服务人员加进名单。", "Add the escorts first."), icon: .people,
            act: (words: say("加一名人员", "Add somebody"), target: "/escorts/new"))
        } else {
          h.form("/shifts", form, key: formKey, "sheet stack", summary: willCause(form)) {
            h.hiddenField("batch", batch.id.description)
            h.hiddenField("revision", self.revision(form, revision))
            h.select(
              say("谁", "Who"), "escort", escorts.map { Choice($0.id.description, "\($0.name)·\($0.kind.name(language))") },
              value: asked("escort"), none: say("选一人", "Choose one"))
            h.select(
              say("值什么班", "Duty"), "duty", Duty.allCases.map { Choice($0.rawValue, $0.name(language)) }, value: asked("duty") ?? "escort")
            h.field(
              say("从哪天起", "First day"), "day", .date,
              value: asked("day") ?? (first > batch.lastDay ? batch.firstDay : first).description,
              min: (batch.firstDay + -3).description, max: (batch.lastDay + 3).description)
            h.field(say("连排几天", "For how many days"), "days", .whole, value: "1")
            h.field(say("上班", "From"), "from", .time, value: asked("from") ?? "08:00")
            h.field(
              say("下班", "Until"), "until", .time, value: asked("until") ?? "20:00",
              hint: say("比上班早，就是第二天。", "Earlier than the beginning means the next day."))
            confirmation(h, form)
            h.button(say("排上这些班", "Plan these shifts"), large: true, full: true)
          }
        }
      }
    }
  }

  /// One shift: who should serve and who does, its note, and what can be changed.
  func shiftPage(_ form: Form) throws -> Response {
    let (shift, batch, standIn, note) = try site.store.read { reader in
      let shift = try reader.shift(id("shift"))
      return (shift, try reader.batch(of: shift), try reader.standIn(for: shift), try reader.handOver(of: shift))
    }
    let (name, now) = (shift.name, site.store.now)
    let plans = Audience.planners.admits(actor)
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("\(name)的班", "\(name)’s shift"), .people, back: (Text("值班表", "Rota"), "/shifts"))) {
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
      } main: {
        h.section(shift.duty.name(language)) {
          h.facts {
            h.fact(say("谁", "Who"), "\(name)·\(shift.kind.name(language))")
            h.fact(say("上班", "From"), moment(shift.startsAt))
            h.fact(say("下班", "Until"), moment(shift.endsAt))
            if let insteadOf = shift.insteadOf { h.fact(say("替谁", "Instead of"), say("\(insteadOf)：\(shift.reason)", "\(insteadOf): \(shift.reason)")) }
            if let standIn {
              h.fact(say("谁替班", "Stand-in")) {
                h.a("/shifts/\(standIn.id)", "link", text: standIn.name)
                h.text(say("，\(moment(standIn.startsAt)) 起：\(standIn.reason)", ", from \(moment(standIn.startsAt)): \(standIn.reason)"))
              }
            }
          }
          h.div("row") {
            if plans, standIn == nil, shift.endsAt > now { h.linkButton(say("找人替班", "Find a stand-in"), "/shifts/\(shift.id)/stand-in", icon: .swap) }
            if let note {
              h.linkButton(say("看交接班记录", "The hand-over note"), "/hand-overs/\(note.id)", .other, icon: .note)
            } else if shift.isServed, shift.startsAt <= now, shift.isHandedOver(by: actor), batch.state == .open {
              h.linkButton(say("写交接班记录", "Write the hand-over note"), "/shifts/\(shift.id)/hand-over", .other, icon: .note)
            }
          }
        }
        if plans, shift.endsAt > now, standIn == nil, batch.state == .planned || batch.state == .open {
          removal(h, form, shift, batch)
        }
      }
    }
  }

  /// How a shift is taken off: one that runs ends now, a stand-in that runs is taken over instead.
  private func removal(_ h: HTML, _ form: Form, _ shift: Shift, _ batch: Batch) {
    let hasBegun = shift.startsAt < site.store.now
    let words: (why: String, act: String)
    switch (hasBegun, shift.insteadOf) {
    case (true, let owner?):
      return h.p(
        "pad m",
        say(
          "\(shift.name)已经在替班，不能撤销。要换人，也可以换回\(owner)，点“找人替班”，从现在起替。",
          "\(shift.name) serves it already; that can't be taken back. To change it, also to \(owner), find a stand-in from now on."))
    case (true, nil): words = (say("为什么提前结束", "Why"), say("这一班现在就结束，后面的拿掉", "End this shift now and take off the rest"))
    case (false, let owner?): words = (say("为什么撤", "Why"), say("撤销替班，还是\(owner)上", "Take the stand-in back: \(owner) serves"))
    case (false, nil): words = (say("为什么删", "Why"), say("从值班表上拿掉这一班", "Take this shift off the rota"))
    }
    h.form("/shifts/\(shift.id)/removal", form, key: formKey, "sheet stack", summary: willCause(form)) {
      h.hiddenField("batch", batch.id.description)
      h.hiddenField("revision", revision(form, shift.revision))
      if hasBegun {
        h.p(
          "m s",
          say(
            "\(moment(shift.startsAt)) 上到现在的记录留着；从现在起这一班没有人。",
            "What was served since \(moment(shift.startsAt)) stays on record; from now on nobody serves this shift."))
      }
      h.field(words.why, "reason", optional: true, maxLength: 200)
      confirmation(h, form)
      h.button(words.act, .warning, full: true)
    }
  }

  /// Who takes over a shift: those who are free then first.
  func standInPage(_ form: Form) throws -> Response {
    let (shift, batch, escorts, rota) = try site.store.read { reader in
      let shift = try reader.shift(id("shift"))
      let batch = try reader.batch(of: shift)
      return (shift, batch, try reader.escorts(of: batch).filter { $0.place != .left && $0.id != shift.escort }, try reader.rota(of: batch, at: site.store.now))
    }
    let (busy, free) = escorts.reduce(into: ([Escort](), [Escort]())) { split, escort in
      let serves = rota.times.contains { $0.person == escort.id && $0.from < shift.endsAt && $0.until > shift.startsAt }
      if serves { split.0.append(escort) } else { split.1.append(escort) }
    }
    let now = site.store.now
    let begins = shift.startsAt <= now && now < shift.endsAt ? now : shift.startsAt
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(Text("替\(shift.name)的班", "Stand in for \(shift.name)"), .people, back: (Text("\(shift.name)的班", "\(shift.name)’s shift"), "/shifts/\(shift.id)"))
      ) {
      } top: {
        notices(h)
      } main: {
        h.p("pad m", "\(shift.duty.name(language))·\(moment(shift.startsAt))–\(moment(shift.endsAt))")
        h.form("/shifts/\(shift.id)/stand-in", form, key: formKey, "sheet stack", summary: willCause(form)) {
          h.hiddenField("batch", batch.id.description)
          h.hiddenField("revision", revision(form, shift.revision))
          h.select(
            say("谁来替", "Who stands in"), "escort",
            free.map { Choice($0.id.description, "\($0.name)·\($0.kind.name(language))") }
              + busy.map { Choice($0.id.description, say("\($0.name)·那时有班", "\($0.name), on a shift then")) },
            value: request.query.first("escort"), none: say("选一人", "Choose one"))
          h.field(
            say("从什么时候起", "From"), "from", .dateTime, value: input(begins),
            hint: say("整班替，就填上班的时间。", "For the whole shift, when it begins."), min: input(shift.startsAt), max: input(shift.endsAt))
          h.field(say("为什么", "Why"), "reason", maxLength: 200)
          confirmation(h, form)
          h.button(say("排上替班", "Plan the stand-in"), large: true, full: true)
        }
      }
    }
  }
}

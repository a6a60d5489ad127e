internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The week grid: people down, days across.
  func shiftsPage() throws -> Response {
    let (batch, from, shifts, escorts, onDuty) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      let from = request.query.first("from").flatMap { Day($0) } ?? weekStart(in: batch)
      return (
        batch, from, try reader.shifts(of: batch, on: from, days: 7), try reader.escorts(of: batch),
        try reader.onDuty(in: batch, at: site.store.now)
      )
    }
    let remarks = ShiftRemark.remarks(on: shifts, escorts: escorts, time: time)
    let plans = Audience.planners.admits(actor)
    let days = (0..<7).map { from + $0 }
    return html { h in
      h.page(
        page(
          Text("值班表", "Rota"), .people, detail: "\(day(days[0]))–\(day(days[6]))", back: (Text("名单和报到", "People"), "/arrivals"),
          layout: .wide)
      ) {
        if plans { h.iconLink(.plus, say("排班", "Plan shifts"), "/shifts/new") }
      } top: {
        notices(h)
        if batch.state == .open, onDuty.isEmpty { h.banner(.late, .late, say("现在没有人值班，警报没人应答。", "Nobody is on duty now; alerts have nobody to answer.")) }
      } main: {
        if !remarks.isEmpty { h.note(.late, say("请看一下", "Please look")) { h.bullets(remarks.map { $0.message(language) }) } }
        if shifts.isEmpty {
          h.empty(
            say("这几天还没排班", "No shifts in these days"), say("排好以后，警报按这张表找人。", "Alerts find people by this rota."), icon: .calendar,
            act: plans ? (words: say("排班", "Plan shifts"), target: "/shifts/new") : nil)
        } else {
          if days.contains(today) { now(h, shifts) }
          grid(h, days, shifts, escorts)
        }
        h.el("nav", .class("row pad"), .label(say("别的日子", "Other days"))) {
          h.linkButton(say("前 7 天", "Earlier"), "/shifts?from=\(from + -7)", .other)
          h.linkButton(say("后 7 天", "Later"), "/shifts?from=\(from + 7)", .other)
        }
      }
    }
  }

  /// The batch's own week; of a longer stay the one that today lies in.
  private func weekStart(in batch: Batch) -> Day {
    guard today >= batch.firstDay, today <= batch.lastDay else { return batch.firstDay }
    return batch.firstDay + (today - batch.firstDay) / 7 * 7
  }

  /// Today's shifts: those that run, then those to come.
  private func now(_ h: HTML, _ shifts: [Shift]) {
    let moment = site.store.now
    let open = shifts.filter { $0.endsAt > moment && (time.day(of: $0.startsAt) == today || $0.startsAt <= moment) }
      .sorted { $0.startsAt < $1.startsAt }
    let running = open.filter { $0.startsAt <= moment }
    h.div("cols") {
      for (words, those, state) in [
        (say("现在值班", "On duty now"), running, State.passed), (say("今天接下来", "Later today"), open.filter { $0.startsAt > moment }, .due),
      ] where !those.isEmpty {
        h.div {
          h.listHead(words, count: those.count)
          h.list {
            for shift in those {
              h.linkRow(
                shift.name, target: "/shifts/\(shift.id)", state: state,
                stateWords: "\(clock(shift.startsAt))–\(clock(shift.endsAt))", facts: [shift.duty.name(language)])
            }
          }
        }
      }
    }
  }

  /// The week from today on, the days before it after them: nobody looks for yesterday first. The reader's own row leads.
  private func grid(_ h: HTML, _ week: [Day], _ shifts: [Shift], _ escorts: [Escort]) {
    let days = week.filter { $0 >= today } + week.filter { $0 < today }
    let with = escorts.filter { escort in shifts.contains { $0.escort == escort.id } }
    let own = with.filter { $0.account == actor.account }
    h.section(say("一周", "The week")) {
      h.table(
        say("值班表", "Rota"), [Column(say("人", "Who"))] + days.map { Column(day($0), isCurrent: $0 == today) }, showsCaption: false
      ) {
        for escort in own + with.filter({ $0.account != actor.account }) {
          h.row(own.contains(escort) ? .due : nil) {
            h.el("th", .of("scope", "row"), .class("nw")) {
              h.text(escort.name)
              if own.contains(escort) { h.tag(say("我", "Me"), .due) }
              h.span("m s blk", escort.kind.name(language))
            }
            for day in days {
              let here = shifts.filter { $0.escort == escort.id && time.day(of: $0.startsAt) == day }
              h.el("td", .of("aria-current", ifAny: day == today ? "date" : nil)) {
                if here.isEmpty { h.text("–") }
                for shift in here {
                  h.a("/shifts/\(shift.id)", "link") {
                    h.b("nw", "\(clock(shift.startsAt))–\(clock(shift.endsAt))")
                    h.span("s nw", shift.duty.name(language))
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /// The same hours on one or several days.
  func shiftFormPage(_ form: Form) throws -> Response {
    let (batch, escorts) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.escorts(of: batch).filter { $0.place != .left })
    }
    let first = max(today, batch.firstDay)
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
          h.form("/shifts", form, key: formKey, "sheet stack") {
            h.hiddenField("batch", batch.id.description)
            h.select(
              say("谁", "Who"), "escort", escorts.map { Choice($0.id.description, "\($0.name)·\($0.kind.name(language))") },
              none: say("选一人", "Choose one"))
            h.select(say("值什么班", "Duty"), "duty", Duty.allCases.map { Choice($0.rawValue, $0.name(language)) }, value: "escort")
            h.field(
              say("从哪天起", "First day"), "day", .date, value: (first > batch.lastDay ? batch.firstDay : first).description,
              min: (batch.firstDay + -3).description, max: (batch.lastDay + 3).description)
            h.field(say("连排几天", "For how many days"), "days", .whole, value: "1")
            h.field(say("上班", "From"), "from", .time, value: "08:00")
            h.field(
              say("下班", "Until"), "until", .time, value: "20:00",
              hint: say("比上班早，就是第二天。", "Earlier than the beginning means the next day."))
            h.button(say("排上这些班", "Plan these shifts"), large: true, full: true)
          }
        }
      }
    }
  }

  /// One shift, which may be taken off while it has not ended.
  func shiftPage(_ form: Form) throws -> Response {
    let (shift, batch) = try site.store.read { reader in
      let shift = try reader.shift(id("shift"))
      return (shift, try reader.batch(of: shift))
    }
    let name = shift.name
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("\(name)的班", "\(name)’s shift"), .people, back: (Text("值班表", "Rota"), "/shifts"))) {
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
      } main: {
        h.section(shift.duty.name(language)) {
          h.facts([
            (say("谁", "Who"), "\(name)·\(shift.kind.name(language))"), (say("上班", "From"), moment(shift.startsAt)),
            (say("下班", "Until"), moment(shift.endsAt)),
          ])
        }
        if Audience.planners.admits(actor), shift.endsAt > site.store.now {
          h.form("/shifts/\(shift.id)/removal", key: formKey, "sheet stack") {
            h.hiddenField("batch", batch.id.description)
            h.field(say("为什么删", "Why"), "reason", optional: true, maxLength: 200)
            h.button(say("从值班表上拿掉这一班", "Take this shift off the rota"), .warning, full: true)
          }
        }
      }
    }
  }
}

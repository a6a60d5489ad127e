internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The week: who is on duty, what will go wrong, and the grid, by duty or by person.
  func shiftsPage() throws -> Response {
    let now = site.store.now
    let (batch, from, shifts, escorts, onDuty, problems, calls) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      let from = request.query.first("from").flatMap { Day($0) } ?? weekStart(in: batch)
      return (
        batch, from, try reader.shifts(of: batch, on: from, days: 7), try reader.escorts(of: batch),
        try reader.onDuty(in: batch, at: now), try reader.rota(of: batch, at: now).problems(at: now, reader.time),
        try reader.handOverCalls(of: batch, at: now)
      )
    }
    let plans = Audience.planners.admits(actor)
    let byPerson = request.query.first("by") == "person"
    let days = (0..<7).map { from + $0 }
    let names = Dictionary(escorts.map { ($0.id, $0.name) }) { first, _ in first }
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
        if shifts.isEmpty {
          h.empty(
            say("这几天还没排班", "No shifts in these days"), say("排好以后，警报按这张表找人。", "Alerts find people by this rota."), icon: .calendar,
            act: plans ? (words: say("排班", "Plan shifts"), target: "/shifts/new") : nil)
        } else {
          h.div("cols noprint") {
            if days.contains(today) { nowAndLater(h, shifts) }
            h.div { ahead(h, problems, names, plans: plans) }
          }
          handOversOwed(h, calls)
          if byPerson { personGrid(h, days, shifts, escorts) } else { DutyGrid(self, days, shifts, problems, names, plans).draw(h) }
        }
        h.el("nav", .class("row pad noprint"), .label(say("别的日子和排法", "Other days and views"))) {
          let view = byPerson ? "&by=person" : ""
          h.linkButton(say("前 7 天", "Earlier"), "/shifts?from=\(from + -7)\(view)", .other)
          h.linkButton(say("后 7 天", "Later"), "/shifts?from=\(from + 7)\(view)", .other)
          if byPerson {
            h.linkButton(say("按岗位看", "By duty"), "/shifts?from=\(from)", .other, icon: .list)
          } else {
            h.linkButton(say("按人看", "By person"), "/shifts?from=\(from)&by=person", .other, icon: .people)
          }
          h.linkButton(say("打印值班表", "Rota for paper"), "/sheets/shifts", .other, icon: .print)
          h.linkButton(say("交接班记录", "Hand-over notes"), "/hand-overs", .other, icon: .note)
          if plans { h.linkButton(say("排班模板", "Templates"), "/rota-templates", .other, icon: .calendar) }
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
  private func nowAndLater(_ h: HTML, _ shifts: [Shift]) {
    let moment = site.store.now
    let open = shifts.filter { $0.isServed && $0.until > moment && (time.day(of: $0.startsAt) == today || $0.startsAt <= moment) }
      .sorted { $0.startsAt < $1.startsAt }
    let running = open.filter { $0.startsAt <= moment }
    for (words, those, state) in [
      (say("现在值班", "On duty now"), running, State.passed), (say("今天接下来", "Later today"), open.filter { $0.startsAt > moment }, .due),
    ] where !those.isEmpty {
      h.div {
        h.listHead(words, count: those.count)
        h.list {
          for shift in those {
            h.linkRow(
              shift.name, target: "/shifts/\(shift.id)", state: state, stateWords: "\(clock(shift.startsAt))–\(clock(shift.until))",
              facts: [shift.duty.name(language), shift.insteadOf.map { say("替\($0)", "instead of \($0)") } ?? ""].filter { !$0.isEmpty })
          }
        }
      }
    }
  }

  /// 会出的问题, in the order in which they will come, each with the one tap that repairs it.
  private func ahead(_ h: HTML, _ problems: [RotaProblem], _ names: [ID: String], plans: Bool) {
    h.listHead(
      say("会出的问题", "What will go wrong"), count: problems.count,
      note: problems.isEmpty ? nil : say("现在补，就不会发生", "repaired now, it won't happen"), tone: problems.first { $0.weight == .hard } == nil ? nil : .late)
    guard !problems.isEmpty else { return h.p("pad m", say("没有看到问题。", "None is seen.")) }
    h.list { for problem in problems.prefix(4) { row(h, problem, names, plans) } }
    if problems.count > 4 {
      h.fold(say("还有 \(problems.count - 4) 个", "\(problems.count - 4) more")) {
        h.list { for problem in problems.dropFirst(4) { row(h, problem, names, plans) } }
      }
    }
  }

  private func row(_ h: HTML, _ problem: RotaProblem, _ names: [ID: String], _ plans: Bool) {
    h.item(problem.weight.state.tone) {
      h.div("row") {
        let (at, ahead) = (moment(problem.from), ahead(of: problem.from))
        h.b(problem.from > site.store.now ? say("\(at)，\(ahead)", "\(at), \(ahead)") : say("现在", "Now"))
        h.span("end") { h.mark(problem.weight.state, problem.weight.name(language)) }
      }
      h.p(problem.message(language))
      if let clause = problem.clause { h.clause(clause.source, quote: clause.quote, quoteLang: "zh-CN") }
      if plans, let target = repair(problem) {
        let proposed = problem.proposal.flatMap { names[$0] }
        h.linkButton(proposed.map { say("\($0)有空，排上", "\($0) is free: plan it") } ?? say("去处理", "Repair it"), target, .other)
      }
    }
  }

  /// `还有 29 小时`
  private func ahead(of instant: Instant) -> String {
    let minutes = (instant - site.store.now).minutes
    if minutes < 60 { return say("还有 \(minutes) 分", "in \(minutes) min") }
    if minutes < 2_880 { return say("还有 \(minutes / 60) 小时", "in \(minutes / 60) h") }
    return say("还有 \(minutes / 1_440) 天", "in \(minutes / 1_440) days")
  }

  /// Where a problem is repaired, with the proposed person chosen.
  func repair(_ problem: RotaProblem) -> String? {
    let person = problem.proposal.map { "escort=\($0)" } ?? ""
    switch problem.kind {
    case .noLead: return "/shifts/new?duty=\(Duty.dutyLead.rawValue)&\(hours(problem))&\(person)"
    case .noMedical: return "/shifts/new?duty=\(Duty.escort.rawValue)&\(hours(problem))&\(person)"
    case .outingShort: return problem.outing.map { "/outings/\($0)" }
    case .unlicensed, .licenceExpires, .unreachable: return problem.person.map { "/escorts/\($0)" }
    case .twoShifts, .onOuting, .hasLeft, .notMedical, .licenceExpired, .long, .shortRest:
      return problem.shift.map { problem.proposal == nil ? "/shifts/\($0)" : "/shifts/\($0)/stand-in?\(person)" }
    }
  }

  private func hours(_ problem: RotaProblem) -> String {
    let from = max(problem.from, site.store.now)
    let until = min(problem.until, from + Rota.longest)
    return "day=\(time.day(of: from))&from=\(clock(from))&until=\(clock(until))"
  }

  /// People down, days across: the week from today on, the days before it after them. The reader's own row leads.
  private func personGrid(_ h: HTML, _ week: [Day], _ shifts: [Shift], _ escorts: [Escort]) {
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
                    h.el(shift.isServed ? "b" : "del", .class("nw"), text: "\(clock(shift.startsAt))–\(clock(shift.isServed ? shift.until : shift.endsAt))")
                    h.span("s nw", shift.insteadOf.map { say("替\($0)", "for \($0)") } ?? shift.duty.name(language))
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

extension RotaProblem.Weight {
  var state: State {
    switch self {
    case .hard: .critical
    case .principle: .failed
    case .reminder: .late
    }
  }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The duty lead's and the organizer's page: what needs somebody now, the gravest first; then the figures, and the ways
  /// to the wall's board and everything else.
  func leadStart(_ view: StartView) -> Response {
    let board = view.board
    let title = actor.role == .lead ? Text("现在要处理的", "What needs you now") : Text("这一批", "This batch")
    return start(title, detail: stayDay(board), view) { h in
      let held = view.people.filter { $0.admission == .held && $0.place != .departed }
      if actor.role == .organizer {
        startRows(h, held, say("暂留，等您决定", "Held: your decision"), .hold, in: board.batch)
      }
      incidents(h, board)
      late(h, view)
      gaps(h, view)
      let overdue = Set(board.overdue.map(\.id))
      startRows(
        h, view.people.filter { overdue.contains($0.id) }, say("逾期没查", "Checks overdue"), .late, in: board.batch, limit: 8)
      if actor.role == .lead { startRows(h, held, say("暂留待核", "Held"), .hold, note: say("等组织单位决定", "the organizer decides"), in: board.batch) }
      if isQuiet(view, held) {
        h.empty(
          say("现在没有要处理的", "Nothing needs you now"), say("警报、逾期、没回来的人、缺人和意外会出现在这里。", "Alerts, overdue checks, people not back, gaps and incidents show here."),
          icon: .done)
      }
    } aside: { h in
      progress(h, board)
      whereabouts(h, board.presence)
      outings(h, view)
      h.div("pad chips") {
        h.linkButton(say("值班看板", "Duty board"), "/board", icon: .chart)
        h.linkButton(say("名单", "Everybody"), "/arrivals", .other, icon: .people)
        h.linkButton(say("应急预案", "Emergency plans"), "/plans", .other, icon: .shield)
        h.linkButton(say("本批", "The batch"), "/batches/\(board.batch.id)", .other, icon: .list)
        h.linkButton(say("值班表", "Rota"), "/shifts", .other, icon: .calendar)
        h.linkButton(say("应急名册", "Emergency list"), "/emergency-list", .other, icon: .print)
      }
    }
  }

  private func isQuiet(_ view: StartView, _ held: [Participant]) -> Bool {
    let board = view.board
    return board.alerts.isEmpty && board.overdue.isEmpty && board.missing.isEmpty && board.incidents.isEmpty && held.isEmpty
      && view.plans.isEmpty && !board.onDuty.isEmpty && board.coverage?.holds != false && view.rota.isEmpty && view.handOvers.isEmpty
  }

  private func incidents(_ h: HTML, _ board: Board) {
    guard !board.incidents.isEmpty else { return }
    h.listHead(say("没结束的意外", "Open incidents"), count: board.incidents.count, tone: .late)
    h.list {
      for incident in board.incidents {
        h.linkRow(
          incident.kind.label(language), target: "/incidents/\(incident.id)", state: .late, stateWords: incident.grade.label(language),
          facts: [incident.place, say("\(incident.commanderName) 指挥", "\(incident.commanderName) in command"), moment(incident.reportedAt)].filter {
            !$0.isEmpty
          })
      }
    }
  }

  /// Where people are missing on duty.
  private func gaps(_ h: HTML, _ view: StartView) {
    let board = view.board
    let isShort = board.coverage.map { !$0.holds } ?? false
    let ends = today >= board.batch.lastDay
    guard board.onDuty.isEmpty || isShort || ends || !view.rota.isEmpty else { return }
    h.list {
      if let next = view.rota.first {
        h.linkRow(
          say("排班会出 \(view.rota.count) 个问题", "Problems ahead in the rota: \(view.rota.count)"), target: "/shifts",
          state: view.rota.contains { $0.weight == .hard } ? .late : .due, stateWords: say("现在补", "Fix it now"), facts: [next.message(language)])
      }
      if board.onDuty.isEmpty {
        h.linkRow(
          say("排班表上现在没有人", "Nobody is on the rota now"), target: "/shifts", state: .critical,
          facts: [say("警报没人应答，请排班", "alerts have nobody to answer: plan a shift")], rail: .bad)
      }
      if isShort {
        h.linkRow(
          say("护送人数不够", "Too few escorts"), target: "/coverage", state: .critical, stateWords: say("缺人", "Short"),
          facts: [say("看哪里缺、缺几个", "where, and how many")], rail: .bad)
      }
      if ends {
        h.linkRow(
          say("今天是最后一天", "This is the last day"), target: "/batches/\(board.batch.id)/close", state: .due, stateWords: say("去结束这一批", "Close the batch"),
          facts: [say("先看还有什么没了结", "first look at what is open")])
      }
    }
  }

  private func progress(_ h: HTML, _ board: Board) {
    guard let round = board.round, let standing = board.standing else { return }
    h.listHead(say("巡查", "Round"))
    h.list {
      h.linkRow(
        round.name(language), target: "/rounds", state: standing.overdue > 0 ? .late : standing.isComplete ? .done : .due,
        stateWords: "\(standing.counts.done) / \(standing.counts.due)",
        facts: roundMarks(standing).map(\.words) + [say("\(clock(round.overdueAt)) 起算逾期", "overdue from \(clock(round.overdueAt))")])
    }
  }
}

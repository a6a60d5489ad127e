internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// A medical escort's page: my people first, what is late before what is due, one tap to the check.
  func medicStart(_ view: StartView) -> Response {
    let now = site.store.now
    let board = view.board
    let own = Set(view.mine.map(\.id))
    let mine = RoundGroups(view.mine, outcomes: board.outcomes, at: now)
    let others = RoundGroups(view.people.filter { !own.contains($0.id) }, outcomes: board.outcomes, at: now)
    let detail = board.round.map { "\($0.name(language))·" + say("\(clock($0.overdueAt)) 起算逾期", "overdue from \(clock($0.overdueAt))") } ?? stayDay(board)
    return start(Text("我的人，现在要查", "My people, due now"), detail: detail, view) { h in
      if let standing = board.standing { h.div("sheet stack") { roundFigures(h, standing) } }
      assignment(h, view)
      let first = view.mine.isEmpty ? others : mine
      let limit = board.round?.overdueAt
      checkRows(h, first.recheck, view.mine.isEmpty ? say("要复查", "To be seen again") : say("我的人：要复查", "Mine: to be seen again"), .due, isAgain: true)
      checkRows(h, first.late, view.mine.isEmpty ? say("逾期", "Overdue") : say("我的人：逾期", "Mine: overdue"), .late)
      checkRows(h, first.due, view.mine.isEmpty ? say("现在要查", "Due now") : say("我的人：现在要查", "Mine: due now"), .due, limit: limit)
      checkRows(h, first.later, view.mine.isEmpty ? say("这一次还没查", "Open in this round") : say("我的人：这一次还没查", "Mine: open in this round"), nil)
      if !view.mine.isEmpty {
        checkRows(h, others.recheck, say("别人的：要复查", "Others’: to be seen again"), .due, isAgain: true)
        checkRows(h, others.late, say("别人的：逾期", "Others’: overdue"), .late)
        checkRows(h, others.due, say("别人的：现在要查", "Others’: due now"), .due, limit: limit)
      }
      nothing(h, view, mine, others)
    } aside: { h in
      outings(h, view)
      h.div("pad chips") {
        h.linkButton(
          others.later.isEmpty || view.mine.isEmpty
            ? say("整次巡查", "The whole round") : say("整次巡查，别人的还有 \(others.later.count) 人没查", "The whole round: \(others.later.count) of others open"),
          "/rounds", .other, icon: .round)
        h.linkButton(say("名单", "Everybody"), "/arrivals?show=here", .other, icon: .people)
      }
    }
  }

  /// Why there are no people of one's own, and who can change that.
  private func assignment(_ h: HTML, _ view: StartView) {
    if view.me == nil {
      h.note(.due, say("您的账号还没有对上名单里的人", "Your account is linked with nobody on the staff list")) {
        h.p(
          say(
            "请值班负责人打开“服务人员”里您的名字，选上账号。在这以前，这里列出所有要查的人。",
            "Ask the duty lead to choose your account with your name under “Escorts”. Until then everybody who is due is listed."))
      }
    } else if view.mine.isEmpty {
      h.note(.due, say("还没有人分给您", "Nobody is assigned to you yet")) {
        h.p(say("值班负责人在“包组”里分人。在这以前，这里列出所有要查的人。", "The duty lead assigns people. Until then everybody who is due is listed."))
      }
    }
  }

  private func nothing(_ h: HTML, _ view: StartView, _ mine: RoundGroups, _ others: RoundGroups) {
    guard [mine, others].allSatisfy({ $0.late.isEmpty && $0.due.isEmpty && $0.recheck.isEmpty }), (view.mine.isEmpty ? others : mine).later.isEmpty else {
      return
    }
    let next = (mine.again + others.again).min { ($0.dueAt ?? site.store.now) < ($1.dueAt ?? site.store.now) }
    let words =
      next.flatMap { person in person.dueAt.map { say("下一个：\(person.name)，\(moment($0)) 再查。", "Next: \(person.name), at \(moment($0)).") } }
      ?? say("下一次巡查开始时，这里自动列出要查的人。", "When the next round begins, people due appear here by themselves.")
    h.empty(say("现在没有要查的人", "Nobody is due now"), words, icon: .done)
  }
}

extension RoundGroups {
  /// Now, and once more: what was left out or couldn't be done.
  var due: [Participant] { now + missed + partial }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Reception's page: who arrives today, with the search on top; on the last day who departs.
  func receptionStart(_ view: StartView) -> Response {
    let board = view.board
    let expected = view.people.filter { $0.place == .notArrived && $0.admission == .expected }
    let leaves = today >= board.batch.lastDay
    let title = leaves ? Text("今天返程", "Departures today") : Text("今天报到", "Arrivals today")
    return start(title, detail: stayDay(board), searches: false, view) { h in
      personSearch(h)
      h.section(say("报到", "Arrivals")) {
        h.figures {
          h.figure(String(board.presence.expected), say("没到", "awaited"))
          h.figure(String(board.presence.arrived), say("到了", "arrived"))
          h.figure(String(board.presence.held), say("暂留", "held"))
          if leaves { h.figure(String(board.presence.departed), say("返程", "departed")) }
        }
      }
      late(h, view)
      if leaves { startRows(h, view.people.filter { $0.place == .present }, say("还在院，等返程", "Here, to depart"), .due, in: board.batch) }
      startRows(h, expected, say("还没到", "Awaited"), .due, in: board.batch)
      startRows(
        h, view.people.filter { $0.admission == .held && $0.place != .departed }, say("暂留待核", "Held"), .hold,
        note: say("等组织单位决定", "the organizer decides"), in: board.batch)
      if expected.isEmpty, !leaves {
        h.empty(
          say("该到的都到了", "Everybody expected has arrived"), say("有人请假、外出、换房间，在上面找到人再点。", "For leave, outings and rooms find the person above."), icon: .done)
      }
    } aside: { h in
      outings(h, view)
      away(h, view)
      placesToGo(h)
    }
  }

  /// An escort without a licence: who is out, whom I look after and where they are; nothing of health.
  func escortStart(_ view: StartView) -> Response {
    start(Text("我的人在哪里", "Where my people are"), detail: stayDay(view.board), view) { h in
      whereabouts(h, view.board.presence)
      late(h, view)
      outings(h, view)
      if view.mine.isEmpty {
        h.note(
          .due, view.me == nil ? say("您的账号还没有对上名单里的人", "Your account is linked with nobody on the staff list") : say("还没有人分给您", "Nobody is assigned to you yet")
        ) {
          h.p(say("请值班负责人在“服务人员”里选上您的账号，在“包组”里把人分给您。", "Ask the duty lead to link your account under “Escorts” and to assign people to you."))
        }
        away(h, view)
      } else {
        startRows(h, view.mine.filter { $0.place != .departed && $0.admission.isOfTheBatch }, say("我的人", "My people"), nil, in: view.board.batch)
      }
    } aside: { h in
      placesToGo(h)
    }
  }

  /// Whose leave or outing should have ended.
  func late(_ h: HTML, _ view: StartView) {
    startRows(h, view.people.filter(\.isBackOverdue), say("没按时回来", "Not back in time"), .late, in: view.board.batch)
  }

  private func away(_ h: HTML, _ view: StartView) {
    let away = view.people.filter { ($0.place == .leave || $0.place == .hospital) && !$0.isBackOverdue }
    startRows(h, away, say("请假、住院", "On leave, in hospital"), nil, in: view.board.batch)
  }

  private func placesToGo(_ h: HTML) {
    h.div("pad chips") {
      h.linkButton(say("名单", "Everybody"), "/arrivals", .other, icon: .people)
      h.linkButton(say("外出", "Outings"), "/outings", .other, icon: .bus)
      h.linkButton(say("值班表", "Rota"), "/shifts", .other, icon: .calendar)
      h.linkButton(say("应急名册", "Emergency list"), "/emergency-list", .other, icon: .print)
    }
  }
}

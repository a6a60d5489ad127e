internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// How many lines each list of the wall has room for at 1920×1080; what does not fit is counted.
struct BoardRoom {
  let overdue: Int
  let places: Int
  let alerts: Int
  let duty: Int
  let away: Int

  static let whole = BoardRoom(overdue: 5, places: 4, alerts: 4, duty: 5, away: 3)
  /// Beside a running emergency.
  static let tight = BoardRoom(overdue: 3, places: 3, alerts: 3, duty: 4, away: 2)
}

extension Context {
  /// The duty room's screen. Equal for all of a role: ages run in the browser, nothing here is one viewer's.
  func boardPage(_ h: HTML, _ reader: Reader) throws {
    let now = site.store.now
    guard let board = try reader.board(at: now) else { return emptyBoard(h) }
    let running = try emergencies(reader, board.batch).filter { $0.activation.state == .active }
    let strip = try strip(reader, running)
    let room = running.isEmpty ? BoardRoom.whole : .tight
    var page = page(Text("值班看板", "Duty board"), .board, layout: .wall, live: true)
    page.heading = site.configuration.facility
    page.detail = board.batch.number
    h.page(page) {
      h.span("l m", boardDate(board))
      h.timeOfDay(now.milliseconds, offset: Int(site.store.time.offset / 60_000))
      h.liveMark()
      h.iconLink(.print, Text("应急名册", "Emergency list")(language), "/emergency-list")
      h.iconLink(.list, Text("其他页面", "Other pages")(language), "/me")
    } top: {
      notices(h)
      if let strip { show(h, strip, board) }
    } main: {
      whereabouts(h, board, room)
      progress(h, board, room)
      answers(h, board, room)
    }
  }

  private func boardDate(_ board: Board) -> String {
    return day(time.day(of: board.at)) + Text("·第 \(board.day) 天", ", day \(board.day)")(language)
  }

  private func emptyBoard(_ h: HTML) {
    h.page(page(Text("值班看板", "Duty board"), .board, live: true)) {
      h.liveMark()
    } top: {
      notices(h)
    } main: {
      h.empty(
        Text("现在没有进行中的批次", "No batch is open")(language),
        Text("批次一开始，这里就显示人在哪里、谁还没查、哪条警报没人应答。", "Once a batch is open, this shows who is where, who must be seen and which alerts wait.")(language),
        act: actor.role == .lead || actor.role == .organizer
          ? (words: Text("去看批次", "To the batches")(language), target: "/batches") : nil)
    }
  }

  // MARK: the three columns

  private func whereabouts(_ h: HTML, _ board: Board, _ room: BoardRoom) {
    let presence = board.presence
    h.section(Text("人在哪里", "Where people are")(language), "card spread") {
      h.p("row base") {
        h.b("huge") { h.int(presence.present) }
        h.span("l", Text("在院", "here")(language))
      }
      h.list {
        for away in board.outings.prefix(room.away) {
          line(
            h, .bus, Text("外出", "Outing")(language), away.participants,
            note: away.outing.isOverdue ? nil : boardReturn(away.outing.returnsAt),
            late: away.outing.isOverdue ? boardReturn(away.outing.returnsAt) : nil)
        }
        let more = board.outings.dropFirst(room.away)
        if !more.isEmpty {
          line(
            h, .bus, Text("另有 \(more.count) 处外出", "\(more.count) more outings")(language),
            more.reduce(0) { $0 + $1.participants })
        }
        if board.outings.isEmpty { line(h, .bus, Text("外出", "Outing")(language), 0) }
        let late = board.leave.count { $0.isBackOverdue }
        line(
          h, .calendar, Text("请假", "On leave")(language), presence.leave,
          late: late > 0 ? Text("\(late) 人没按时回", "\(late) not back")(language) : nil)
        line(h, .bed, Text("住院", "Hospital")(language), presence.hospital)
        line(
          h, .held, Text("暂留", "Held")(language), presence.held,
          note: presence.held > 0 ? Text("含在内", "counted above")(language) : nil)
        line(h, .person, Text("还没到", "Awaited")(language), presence.expected)
        line(h, .barred, Text("不来、退出", "Not coming")(language), presence.noShow + presence.withdrawn + presence.refused)
      }
      h.p("m end") {
        h.text(
          Text(
            "名单 \(presence.listed) 人，已返程 \(presence.departed)", "\(presence.listed) listed, \(presence.departed) departed")(
              language))
      }
    }
  }

  private func boardReturn(_ at: Instant) -> String {
    let clock = moment(at)
    return Text("\(clock) 回", "back \(clock)")(language)
  }

  private func line(
    _ h: HTML, _ icon: Icon, _ words: String, _ count: Int, note: String? = nil, late: String? = nil
  ) {
    h.li {
      h.icon(icon)
      h.text(words)
      if let note { h.span("m s", note) }
      if let late { h.mark(.late, late) }
      h.b("end l") { h.int(count) }
    }
  }

  private func progress(_ h: HTML, _ board: Board, _ room: BoardRoom) {
    h.el("section", .class("card spread"), .label(Text("巡查和护送", "Rounds and escorts")(language))) {
      h.div("stack") { round(h, board, room) }
      h.div("stack") { ratio(h, board, room) }
    }
  }

  private func round(_ h: HTML, _ board: Board, _ room: BoardRoom) {
    guard let round = board.round, let counts = board.counts else {
      h.h2(Text("还没到第一次巡查", "Before the first round")(language))
      return overdue(h, board, room)
    }
    let by = moment(round.dueAt)
    h.el("h2") {
      h.text(round.name(language) + " ")
      h.span("m", Text("\(by) 前", "by \(by)")(language))
    }
    let late = board.overdue.count { $0.isRoundDue }
    let open = max(0, counts.open - late)
    h.p("row base") {
      h.span {
        h.b("xxxl") { h.int(counts.done + counts.notDone) }
        h.span("m xl", " / \(counts.due)")
      }
      h.span("row end l") {
        if !board.overdue.isEmpty {
          h.mark(.late, Text("逾期 \(board.overdue.count)", "Overdue \(board.overdue.count)")(language))
        }
        if open > 0 { h.mark(.due, Text("要查 \(open)", "Due \(open)")(language)) }
        if counts.open == 0, board.overdue.isEmpty { h.mark(.done, Text("查齐了", "All seen")(language)) }
      }
    }
    h.meter(
      [
        Share(.done, counts.done + counts.notDone, Text("已查", "Done")(language)),
        Share(.late, late, Text("逾期", "Overdue")(language)), Share(.rest, open, Text("要查", "Due")(language)),
      ], key: false)
    overdue(h, board, room)
  }

  private func overdue(_ h: HTML, _ board: Board, _ room: BoardRoom) {
    guard !board.overdue.isEmpty else { return }
    h.list {
      for person in board.overdue.prefix(room.overdue) {
        h.li {
          h.b("l nw", person.room.isEmpty ? "–" : person.room)
          h.span("l", person.name)
          h.span("end") {
            h.mark(.late) {
              if let due = person.dueAt { h.clock(.age, at: due.milliseconds, now: board.at.milliseconds) }
            }
          }
        }
      }
      rest(h, board.overdue.count - room.overdue, "/rounds", Text("人逾期", "more overdue"))
    }
  }

  /// What did not fit: its number, and the page that shows all.
  func rest(_ h: HTML, _ count: Int, _ target: String, _ words: Text) {
    guard count > 0 else { return }
    h.li { h.a(target, text: Text("还有 \(count) \(words.chinese)", "\(count) \(words.english)")(language)) }
  }
}

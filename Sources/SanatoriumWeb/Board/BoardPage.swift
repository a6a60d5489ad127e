internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// How many lines each list of the wall has room for at 1920×1080; what does not fit is counted.
struct BoardRoom {
  /// Of the first column, where people are.
  let whereabouts: Int
  /// Of the second, the overdue and the ratios together.
  let middle: Int
  /// Outings in the second.
  let places: Int
  let alerts: Int
  /// On duty beside so many alerts; two more where at most one alert waits.
  let duty: Int

  static let whole = BoardRoom(whereabouts: 6, middle: 7, places: 2, alerts: 3, duty: 3)
  /// Under the strip of a running plan.
  static let tight = BoardRoom(whereabouts: 5, middle: 5, places: 1, alerts: 2, duty: 3)
}

extension Context {
  /// The duty room's screen. Equal for all of a role: ages run in the browser, nothing here is one viewer's.
  func boardPage(_ h: HTML, _ reader: Reader) throws {
    let now = site.store.now
    guard let board = try reader.board(at: now) else { return emptyBoard(h) }
    let running = try emergencies(reader, board.batch).filter { $0.activation.state == .active }
    let strip = try strip(reader, running)
    let alarm = try BoardAlarm(reader, board)
    let room = running.isEmpty ? BoardRoom.whole : .tight
    var page = page(Text("值班看板", "Duty board"), .board, layout: .wall, live: true)
    page.heading = site.configuration.facility
    page.detail = board.batch.number
    h.page(page) {
      h.span("m", boardDate(board))
      h.timeOfDay(now.milliseconds, offset: Int(site.store.time.offset / 60_000))
      h.liveMark()
      h.soundMark()
      if !isWall {
        h.iconLink(.print, Text("应急名册", "Emergency list")(language), "/emergency-list")
        h.iconLink(.home, Text("首页", "Start")(language), "/")
      }
    } top: {
      notices(h)
      if let strip { show(h, strip, board) }
      if let alarm { show(h, alarm) }
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
        act: isWall
          ? nil
          : actor.role == .lead || actor.role == .organizer
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
      h.list { for each in lines(of: board, room: room.whereabouts) { line(h, each) } }
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

  private struct Line {
    let icon: Icon
    let words: String
    let count: Int
    var note: String?
    var late: String?
    /// Part of the sum that the list's length is.
    var isSummand = true
  }

  /// As many as there is room for. What makes up the sum is never left out: places where nobody is go first, then what is
  /// counted elsewhere, then the outings become one line.
  private func lines(of board: Board, room: Int) -> [Line] {
    var lines = lines(of: board)
    if lines.count > room { lines.removeAll { $0.count == 0 } }
    if lines.count > room { lines.removeAll { !$0.isSummand } }
    let outings = lines.indices.filter { lines[$0].icon == .bus }
    if lines.count > room, outings.count > 1 {
      lines.replaceSubrange(
        outings[0]...outings[1],
        with: [
          Line(
            icon: .bus, words: say("\(board.outings.count) 处外出", "\(board.outings.count) outings"), count: board.presence.outing,
            note: lines[outings[0]].note, late: lines[outings[0]].late)
        ])
    }
    return lines
  }

  /// The first outing by name of its return, the others together; what nobody is in is left out but for the usual places.
  private func lines(of board: Board) -> [Line] {
    let presence = board.presence
    var lines: [Line] = []
    if let away = board.outings.min(by: { $0.outing.returnsAt < $1.outing.returnsAt }) {
      let back = boardReturn(away.outing.returnsAt)
      let isLate = away.outing.isOverdue
      lines.append(
        Line(
          icon: .bus, words: say("外出", "Outing"), count: away.participants, note: isLate ? nil : back,
          late: isLate ? back : nil))
      if board.outings.count > 1 {
        lines.append(
          Line(
            icon: .bus, words: say("另有 \(board.outings.count - 1) 处外出", "\(board.outings.count - 1) more outings"),
            count: presence.outing - away.participants))
      }
    } else {
      lines.append(Line(icon: .bus, words: say("外出", "Outing"), count: presence.outing))
    }
    let late = board.leave.count { $0.isBackOverdue }
    lines.append(
      Line(
        icon: .calendar, words: say("请假", "On leave"), count: presence.leave,
        late: late > 0 ? say("\(late) 人没按时回", "\(late) not back") : nil))
    lines.append(Line(icon: .bed, words: say("住院", "Hospital"), count: presence.hospital))
    if presence.held > 0 {
      lines.append(
        Line(icon: .held, words: say("暂留", "Held"), count: presence.held, note: say("含在内", "counted above"), isSummand: false))
    }
    if presence.expected > 0 {
      lines.append(Line(icon: .person, words: say("还没到", "Awaited"), count: presence.expected))
    }
    let absent = presence.noShow + presence.withdrawn + presence.refused
    if absent > 0 { lines.append(Line(icon: .barred, words: say("不来、退出", "Not coming"), count: absent)) }
    return lines
  }

  private func line(_ h: HTML, _ line: Line) {
    h.li {
      h.icon(line.icon)
      h.text(line.words)
      if let note = line.note { h.span("m s", note) }
      if let late = line.late { h.mark(.late, late) }
      h.b("end l") { h.int(line.count) }
    }
  }

  private func progress(_ h: HTML, _ board: Board, _ room: BoardRoom) {
    h.el("section", .class("card spread"), .label(Text("巡查和护送", "Rounds and escorts")(language))) {
      let places = ratios(board, room)
      h.div("stack") { round(h, board, lines: max(1, room.middle - places.lines)) }
      h.div("stack") { ratio(h, board, places) }
    }
  }

  private func round(_ h: HTML, _ board: Board, lines: Int) {
    guard let round = board.round, let standing = board.standing else {
      h.h2(Text("还没到第一次巡查", "Before the first round")(language))
      return people(h, board, lines)
    }
    let by = moment(round.dueAt)
    h.el("h2") {
      h.text(round.name(language) + " ")
      h.span("m", Text("\(by) 前", "by \(by)")(language))
    }
    let marks = roundMarks(standing)
    h.p("row fit") {
      h.span("nw") {
        h.b("xxxl") { h.int(standing.counts.done) }
        h.span("m xl", " / \(standing.counts.due)")
      }
      h.span("row tight end l") { for mark in marks { h.mark(mark.state, mark.words) } }
    }
    h.meter(roundShares(standing), key: false)
    // Two marks stand beside the number, four in two lines as high as it is; more take the place of a person.
    people(h, board, max(1, lines - max(0, (marks.count - 3) / 2)))
  }

  /// The overdue first, then those due next as far as there is room.
  private func people(_ h: HTML, _ board: Board, _ lines: Int) {
    let all = board.overdue + board.dueSoon
    guard !all.isEmpty else { return }
    let shown = all.count > lines ? max(1, lines - 1) : lines
    h.list {
      for person in all.prefix(shown) {
        h.li {
          h.b("l nw", person.room.isEmpty ? "–" : person.room)
          h.span("l", person.name)
          h.span("end") { due(h, person, board) }
        }
      }
      rest(h, all.count - shown, actor.mayReadHealth ? "/rounds" : nil, Text("人要查", "more to see"))
    }
  }

  private func due(_ h: HTML, _ person: BoardPerson, _ board: Board) {
    guard let due = person.dueAt else { return }
    if person.isOverdue {
      h.mark(.late) { h.clock(.age, at: due.milliseconds, now: board.at.milliseconds) }
    } else {
      h.mark(.due, person.isRoundDue ? clock(due) : say("复查 \(clock(due))", "again \(clock(due))"))
    }
  }

  /// What did not fit: its number, and the page that shows all.
  func rest(_ h: HTML, _ count: Int, _ target: String?, _ words: Text) {
    guard count > 0 else { return }
    let said = Text("还有 \(count) \(words.chinese)", "\(count) \(words.english)")(language)
    h.li { if let target, !isWall { h.a(target, text: said) } else { h.text(said) } }
  }
}

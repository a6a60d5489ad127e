internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// One day: each piece of time in which the figures stood, at every place.
  func coverageDayPage() throws -> Response {
    guard let asked = Day(parameters["day"]) else {
      throw Refusal.notFound(Text("没有这一天。", "There is no such day."))
    }
    let view = try site.store.read { try coverageView($0) }
    let (begin, end) = (time.instant(asked, minute: 0), time.instant(asked + 1, minute: 0))
    let days = view.history?.timeline.days(time).map(\.day) ?? []
    return html { h in
      h.page(
        page(
          Text("当天人员配备", "Coverage of the day"), .people, detail: "\(day(asked))·\(view.batch.number)",
          back: (Text("人员配备", "Coverage"), "/coverage\(batchQuery)"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        if let history = view.history, days.contains(asked) {
          for place in history.timeline.places {
            let pieces = history.timeline.pieces(at: place, from: begin, until: end).filter { $0.count.participants > 0 }
            if !pieces.isEmpty { placeSection(h, name(place, history), pieces, end) }
          }
          h.section(say("按什么算", "What it is counted by")) {
            if let now = view.now { clauses(h, now.whole) }
            coverageNote(h)
          }
          breachSection(h, view, history.timeline.breaches.filter { $0.overlaps(begin, end) })
        } else {
          h.empty(say("这一天没有人在住", "Nobody was here that day"), say("有人在住的日子才有配备。", "Coverage is counted for days with people."), icon: .calendar)
        }
        h.el("nav", .class("row pad"), .label(say("别的日子", "Other days"))) {
          if let before = days.last(where: { $0 < asked }) {
            h.linkButton(say("前一天", "Day before"), "/coverage/days/\(before)\(batchQuery)", .other)
          }
          if let after = days.first(where: { $0 > asked }) {
            h.linkButton(say("后一天", "Day after"), "/coverage/days/\(after)\(batchQuery)", .other)
          }
        }
      }
    }
  }

  private func placeSection(_ h: HTML, _ name: String, _ pieces: [CoveragePiece], _ end: Instant) {
    h.section(name) {
      h.table(name + say("，逐段", ", piece by piece"), [Column(say("什么时间", "Time"))] + coverageColumns, showsCaption: false) {
        for piece in pieces {
          h.row(piece.holds ? nil : .bad) {
            h.th("\(clock(piece.from))–\(piece.until == end ? "24:00" : clock(piece.until))")
            coverageCells(h, piece)
          }
        }
      }
    }
  }
}

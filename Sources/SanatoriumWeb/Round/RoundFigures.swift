internal import Pages
internal import Sanatorium
internal import SanatoriumStore

// A round's figures: the same words and numbers on its page, the start pages and the wall.
extension Context {
  /// What keeps the round from being complete, or that it is.
  func roundMarks(_ standing: RoundStanding) -> [(state: State, words: String)] {
    let counts = standing.counts
    if standing.isComplete { return [(.done, say("查齐了", "All seen"))] }
    return [
      (State.late, standing.overdue, say("逾期 \(standing.overdue)", "\(standing.overdue) overdue")),
      (.due, counts.open, say("还没查 \(counts.open)", "\(counts.open) open")),
      (.due, standing.again, say("要复查 \(standing.again)", "\(standing.again) again")),
      (.notDone, standing.notDone, say("没查成 \(standing.notDone)", "\(standing.notDone) not done")),
      (.due, standing.incomplete, say("没测全 \(standing.incomplete)", "\(standing.incomplete) incomplete")),
      (.late, counts.missed, say("没查就离开 \(counts.missed)", "\(counts.missed) left unseen")),
    ].filter { $0.1 > 0 }.map { ($0.0, $0.2) }
  }

  /// Everybody whom the round has, each once.
  func roundShares(_ standing: RoundStanding) -> [Share] {
    let counts = standing.counts
    let others = standing.againDone + standing.againIncomplete
    var shares = [
      Share(.done, max(0, counts.done - others), others > 0 ? say("其余已查", "Others done") : say("已查", "Done")),
      Share(.waiting, standing.notDone, say("没查成", "Not done")),
      Share(
        .late, standing.againOfRound,
        standing.again > standing.againOfRound ? say("这次里要复查", "Again, of this round") : say("要复查", "Again")),
      Share(standing.isPastLimit ? .late : .rest, counts.open, say("还没查", "Open")),
    ]
    if counts.missed > 0 { shares.append(Share(.late, counts.missed, say("没查就离开", "Left unseen"))) }
    return shares
  }

  /// How many were checked, what is missing, and the shares. Whoever could not be checked was not.
  func roundFigures(_ h: HTML, _ standing: RoundStanding) {
    h.p("row base") {
      h.b("xxl", "\(standing.counts.done)")
      h.span("m l", " / \(standing.counts.due)")
      h.span("m", say("人已查", "seen"))
      h.span("row tight end") { for mark in roundMarks(standing) { h.mark(mark.state, mark.words) } }
    }
    h.meter(roundShares(standing))
  }
}

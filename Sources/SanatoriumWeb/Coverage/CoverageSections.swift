internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  func name(_ place: CoveragePlace, _ history: CoverageHistory) -> String {
    switch place {
    case .whole: say("全部", "All")
    case .house: say("留在院里的", "Left in the house")
    case .outing(let id): "“\(history.outings[id]?.destination ?? "")”"
    }
  }

  /// Participants for each escort who counts, as a regulation writes it: `1:9.5`.
  func ratio(_ piece: CoveragePiece) -> String {
    guard piece.count.participants > 0 else { return "–" }
    guard piece.staff > 0 else { return "0:\(piece.count.participants)" }
    // Rounded up: 1:10 must not stand where it is more.
    let tenths = (piece.count.participants * 10 + piece.staff - 1) / piece.staff
    return tenths % 10 == 0 ? "1:\(tenths / 10)" : "1:\(tenths / 10).\(tenths % 10)"
  }

  func mark(_ h: HTML, _ piece: CoveragePiece) {
    if piece.isShort, let verdict = piece.verdict {
      let missing = verdict.fewest - verdict.staff
      h.mark(.failed, say("缺 \(missing) 名", "\(missing) short"))
    } else if piece.lacksMedical {
      h.mark(.failed, say("缺医护", "No medic"))
    } else if piece.verdict?.position == .above {
      h.mark(.unknown, say("超过上限", "Above the limit"))
    } else if piece.verdict?.holdsOnlyByMedical == true {
      h.mark(.unknown, say("靠医护才够", "By medics only"))
    } else if piece.verdict == nil {
      h.mark(.notDone, say("没有要求", "Nothing asked"))
    } else {
      h.mark(.passed, say("够", "Enough"))
    }
  }

  /// The columns of every table of moments, after the first.
  var coverageColumns: [Column] {
    [
      Column(say("结果", "Result")), .number(say("人", "People")), .number(say("随队", "Escorts")), .number(say("要求", "Asked")),
      .number(say("医护", "Medical")), .number(say("比例", "Ratio")),
    ]
  }

  /// Who stands in the columns.
  func coverageNote(_ h: HTML) {
    h.p(
      "m s",
      say(
        "随队一栏是按规定算数的人。暂留的疗养员算在内，住院和请假的不算；承办方人员不算。",
        "Escorts are those who count under the regulation. Held people count; those in hospital or on leave do not, nor does the host’s staff."))
  }

  func coverageCells(_ h: HTML, _ piece: CoveragePiece) {
    h.td { mark(h, piece) }
    h.num(piece.count.participants)
    h.num(piece.staff)
    if let verdict = piece.verdict {
      h.num(verdict.most.map { "\(verdict.fewest)–\($0)" } ?? "≥ \(verdict.fewest)")
    } else {
      h.num("–")
    }
    h.num(piece.medicalNeeded.map { "\(piece.count.medical) / \($0)" } ?? "\(piece.count.medical)")
    h.num(ratio(piece))
  }

  /// Each day's worst moment of the whole batch, and the places that were short that day.
  func daysSection(_ h: HTML, _ view: CoverageView) {
    guard let history = view.history else { return }
    let days = history.timeline.days(time)
    guard !days.isEmpty else { return }
    h.section(say("每天最紧的时候", "The worst moment of each day")) {
      h.table(
        say("每天最紧的时候，一天一行", "The worst moment, a row for each day"), [Column(say("哪天，几点", "Day and time"))] + coverageColumns,
        showsCaption: false
      ) {
        for one in days {
          for (place, moment) in one.worst where place == .whole || !moment.holds {
            h.row(moment.holds ? nil : .bad) {
              if place == .whole {
                // On one line, so that the time stands under it.
                h.th(
                  day(one.day).replacing(" ", with: "\u{A0}"), detail: say("\(clock(moment.from)) 起", "from \(clock(moment.from))"),
                  target: "/coverage/days/\(one.day)\(batchQuery)")
              } else {
                h.th(name(place, history), detail: say("\(clock(moment.from)) 起", "from \(clock(moment.from))"))
              }
              coverageCells(h, moment)
            }
          }
        }
      }
      coverageNote(h)
    }
  }

  /// Keeps a page about another batch than the open one with it.
  var batchQuery: String { request.query.first("batch").map { "?batch=\(percentEncoded($0))" } ?? "" }

  /// Each time in which a rule did not hold, the last first.
  func breachSection(_ h: HTML, _ view: CoverageView, _ breaches: [CoverageBreach]) {
    guard let history = view.history, !breaches.isEmpty else { return }
    h.section(say("不够的时候", "When it did not suffice")) {
      h.timeline {
        for breach in breaches.reversed() {
          let isNow = breach.until == nil && view.batch.state == .open
          h.event(.failed, words(breach, history), isNow: isNow) {
            h.span("m s", breachSpan(breach))
            h.clause("\(breach.rule.id)·\(breach.rule.article)", quote: breach.rule.quote, quoteLang: "zh-CN")
            if let recorded = view.recorded(breach) {
              let cause = say("不符合项，", "Nonconformity: ") + recorded.cause.name(language)
              if let explanation = recorded.explanation {
                h.p("s", cause + say("。\(recorded.explainedBy ?? "")说明：", ". \(recorded.explainedBy ?? ""): ") + explanation)
              } else {
                h.p("s", cause + say("，还没说明。", ", not explained yet."))
              }
            }
          }
        }
      }
    }
  }

  private func words(_ breach: CoverageBreach, _ history: CoverageHistory) -> String {
    let (worst, place) = (breach.worst, name(breach.place, history))
    switch breach.kind {
    case .ratio:
      return say(
        "\(place) \(worst.count.participants) 人，随队 \(worst.staff) 名，要 \(worst.verdict?.fewest ?? 0) 名",
        "\(place): people \(worst.count.participants), escorts \(worst.staff), asked \(worst.verdict?.fewest ?? 0)")
    case .medical:
      return say(
        "\(place)：随行医护 \(worst.count.medical) 名，要 \(worst.medicalNeeded ?? 0) 名",
        "\(place): medical escorts \(worst.count.medical), asked \(worst.medicalNeeded ?? 0)")
    }
  }

  private func breachSpan(_ breach: CoverageBreach) -> String {
    guard let until = breach.until else { return say("\(moment(breach.from)) 起，现在还是", "since \(moment(breach.from))") }
    let minutes = Int(((until - breach.from).milliseconds + 59_999) / 60_000)
    let length =
      minutes < 60
      ? say("\(minutes) 分钟", "\(minutes) min") : say("\(minutes / 60) 小时 \(minutes % 60) 分", "\(minutes / 60) h \(minutes % 60) min")
    return "\(span(breach.from, until)) · \(length)"
  }

  /// What each planned outing will have with it and leave behind.
  func plannedSection(_ h: HTML, _ view: CoverageView) {
    guard !view.planned.isEmpty else { return }
    h.section(say("计划中的外出", "Planned outings")) {
      for (outing, forecast) in view.planned {
        h.div("stack") {
          h.p {
            h.a("/outings/\(outing.id)", "link", text: outing.destination)
            h.text(" ")
            h.span("m s", span(forecast.leavesAt, max(outing.returnsAt, forecast.leavesAt)))
          }
          forecastLines(h, forecast)
        }
      }
    }
  }

  /// What a planned outing lacks, in a few words; nil where both sides have enough.
  func shortage(_ forecast: OutingForecast) -> String? {
    if forecast.outing.isShort { return say("出发后外出的缺 \(forecast.outing.missing) 名随队人员", "will be \(forecast.outing.missing) short of escorts") }
    guard forecast.house.isShort else { return nil }
    return say("出发后院里缺 \(forecast.house.missing) 名随队人员", "will leave the house \(forecast.house.missing) short of escorts")
  }

  /// Both sides of a planned outing, and what was assumed.
  func forecastLines(_ h: HTML, _ forecast: OutingForecast) {
    coverageLine(h, say("外出的", "On the outing"), forecast.outing)
    let later = forecast.houseAt > forecast.leavesAt
    coverageLine(
      h,
      later
        ? say("留在院里的，\(clock(forecast.houseAt)) 起最紧", "Left in the house, worst from \(clock(forecast.houseAt))")
        : say("留在院里的", "Left in the house"), forecast.house)
    let leaves = moment(forecast.leavesAt)
    var notes = [
      say("按 \(leaves) 出发、名单上在院的人都去来算。", "Counted for \(leaves), with everybody on the list who is here then.")
    ]
    if forecast.awaited > 0 {
      notes.append(say("还有 \(forecast.awaited) 人没报到，按到时已经在算。", "\(forecast.awaited) have yet to arrive and are taken to be there."))
    }
    if forecast.backByThen > 0 {
      notes.append(
        say("\(forecast.backByThen) 人请假或外出，说好那时已回来，算在内。", "\(forecast.backByThen) are on leave or an outing and agreed to be back by then: counted."))
    }
    if forecast.late > 0 {
      notes.append(
        say("名单上有 \(forecast.late) 人那时还没回来，不算在外出里。", "\(forecast.late) on the list are not back by then: not counted with the outing."))
    }
    if forecast.absent > 0 {
      notes.append(say("住院和请假回不来的 \(forecast.absent) 人不算。", "\(forecast.absent) in hospital or on leave beyond it: not counted."))
    }
    if !forecast.others.isEmpty {
      let names = forecast.others.map { "“\($0.destination)”" }
      notes.append(
        say("同一段时间还有\(names.joined(separator: "、"))在外面。", "Away at some time of it as well: \(names.joined(separator: ", ")).")
      )
    }
    h.p("m s", notes.joined(separator: language == .chinese ? "" : " "))
  }
}

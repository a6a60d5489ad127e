internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func roundRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/rounds", "Today's rounds with their counts, and what became of each person in the last one",
      for: .healthReaders, reads: .health("rounds"),
      query: [
        QueryParameter("batch", .uuid, "the open batch when absent"), QueryParameter("day", .day, "today when absent"),
      ], gives: .anyObject
    ) { context in
      let day = context.request.query.first("day").flatMap { Day($0) } ?? context.today
      return try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        let rounds = try reader.rounds(in: batch, on: day)
        return .json(
          JSONWriter.wire(
            .object([
              "rounds": .array(
                try rounds.map { round in
                  let (counts, outcomes) = (try reader.counts(of: round), try reader.outcomes(of: round))
                  return .object([
                    "id": .string(round.id.description), "code": .string(round.code),
                    "name": .string(round.name(context.language)), "day": .string(round.day.description),
                    "opensAt": .int(round.opensAt.milliseconds), "dueAt": .int(round.dueAt.milliseconds),
                    "overdueAt": .int(round.overdueAt.milliseconds), "overdue": .bool(round.isOverdue),
                    "due": .int(Int64(counts.due)), "done": .int(Int64(counts.done)),
                    "incomplete": .int(Int64(counts.incomplete)), "notDone": .int(Int64(counts.notDone)),
                    "open": .int(Int64(counts.open)), "missed": .int(Int64(counts.missed)),
                    "participants": .array(
                      outcomes.sorted { $0.key < $1.key }.map {
                        .object(["id": .string($0.key.description), "outcome": .string($0.value)])
                      }),
                  ])
                })
            ])))
      }
    }
    table.page("/rounds", for: .healthReaders, reads: .health("rounds")) { context in
      return try context.kept("rounds") { h, reader in try context.roundsPage(h, reader) }
    }
  }
}

/// Who is in which part of the list.
struct RoundGroups {
  var late: [Participant] = []
  var now: [Participant] = []
  var later: [Participant] = []
  var missed: [Participant] = []
  /// Seen, and a reading was left out.
  var partial: [Participant] = []
  var done: [Participant] = []
  /// Seen in the round, and to be seen again soon because the score or a finding asks for it.
  var again: [Participant] = []
  var away = 0
  /// Of those who are away, the ones that the round had seen before.
  var seenAndAway = 0

  /// Present people and those on an outing, by what is due of them at a moment.
  init(_ people: [Participant], outcomes: [ID: String], at moment: Instant) {
    for person in people {
      guard person.place == .present || person.place == .outing else {
        if person.place == .hospital || person.place == .leave {
          away += 1
          if ["done", "incomplete"].contains(outcomes[person.id]) { seenAndAway += 1 }
        }
        continue
      }
      if person.isOverdue {
        late.append(person)
      } else if let due = person.dueAt, due <= moment {
        now.append(person)
      } else {
        switch outcomes[person.id] {
        case "done" where person.dueAt != nil: again.append(person)
        case "done": done.append(person)
        case "incomplete": partial.append(person)
        case "not-done": missed.append(person)
        default: later.append(person)
        }
      }
    }
    late.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    now.sort { ($0.lastTotal ?? 99, $1.dueAt ?? moment) > ($1.lastTotal ?? 99, $0.dueAt ?? moment) }
    again.sort { ($0.dueAt ?? moment) < ($1.dueAt ?? moment) }
    done.sort { ($0.lastAt ?? moment) > ($1.lastAt ?? moment) }
  }
}

extension Context {
  /// The round: who is due now and late first, then who is still open, then who is done.
  func roundsPage(_ h: HTML, _ reader: Reader) throws {
    let now = site.store.now
    guard let batch = try reader.activeBatch() else {
      h.page(page(Text("巡查", "Rounds"), .rounds)) {
      } top: {
        notices(h)
      } main: {
        h.empty(say("没有进行中的批次", "No batch is open"), say("批次开始以后，这里列出要查的人。", "Once a batch is open, people due appear here."))
      }
      return
    }
    let round = try reader.round(in: batch, at: now)
    let outcomes = try round.map { try reader.outcomes(of: $0) } ?? [:]
    let counts = try round.map { try reader.counts(of: $0) }
    let groups = RoundGroups(try reader.participants(of: batch), outcomes: outcomes, at: now)
    let running = try emergencies(reader, batch)
    let name = round?.name ?? Text("巡查", "Rounds")
    let limit = round.map { say("\(clock($0.dueAt)) 前查，\(clock($0.overdueAt)) 起算逾期", "due \(clock($0.dueAt)), overdue from \(clock($0.overdueAt))") }
    h.page(page(name, .rounds, detail: limit ?? day(today), layout: .desk, live: true)) {
      h.liveMark()
    } top: {
      notices(h)
      show(h, running)
    } main: {
      if let counts {
        h.div("sheet stack") {
          h.p("row base") {
            h.b("xxl", "\(counts.done)")
            h.span("m l", " / \(counts.due)")
            h.span("end") {
              if groups.late.isEmpty {
                h.mark(.done, say("没有逾期", "None overdue"))
              } else {
                h.mark(.late, say("逾期 \(groups.late.count) 人", "\(groups.late.count) overdue"))
              }
            }
          }
          if counts.missed > 0 {
            h.p("m s", say("\(counts.missed) 人没查就离开了。", "\(counts.missed) left without having been seen."))
          }
          h.meter([
            Share(.done, counts.done, say("已查", "Done")), Share(.waiting, counts.notDone, say("没查成", "Not done")),
            Share(.rest, counts.open, say("还没查", "Open")),
          ])
        }
      } else {
        h.empty(say("还没到第一次巡查", "The first round has not opened"), say("到时间这里自动列出要查的人。", "People due appear here by themselves."))
      }
      checkRows(h, groups.late, say("逾期", "Overdue"), .late)
      checkRows(h, groups.now, say("现在要查", "Due now"), .due)
      checkRows(h, groups.again, say("查过，到时再查", "Seen, to be seen again"), nil)
      checkRows(h, groups.missed, say("没查成，还要再查", "Not done, to be tried again"), .notDone)
      checkRows(h, groups.partial, say("没测全，要补测", "Incomplete, to be completed"), .due)
      checkRows(h, groups.later, say("还没查", "Open"), nil)
      if !groups.done.isEmpty {
        h.fold(say("已查 \(groups.done.count) 人", "Done: \(groups.done.count)"), state: .done, id: "done") {
          h.list {
            for person in groups.done {
              h.slimRow(
                PersonRow(
                  person.name, target: checkTarget(person), score: person.lastScore, state: .done,
                  stateWords: person.lastAt.map { clock($0) }, room: person.room))
            }
          }
        }
      }
      if groups.away > 0 {
        let seen = groups.seenAndAway
        h.p(
          "pad m s",
          say("请假或住院的 \(groups.away) 人不在上面", "\(groups.away) on leave or in hospital are not listed above")
            + (seen > 0 ? say("，其中 \(seen) 人走前查过，算在已查里。", "; \(seen) of them were seen before and count as done.") : say("。", ".")))
      }
    }
  }

  private func late(_ person: Participant) -> String? {
    person.dueAt.map { say("逾期 \(age(since: $0))", "\(age(since: $0)) late") }
  }

  /// Who may not record a check reads.
  private func checkTarget(_ person: Participant) -> String {
    "/participants/\(person.id)" + (actor.mayRecordHealth ? "/check-in" : "")
  }

  /// People to be checked, each row opening the form.
  func checkRows(_ h: HTML, _ people: [Participant], _ words: String, _ state: State?) {
    guard !people.isEmpty else { return }
    h.listHead(words, count: people.count, tone: state?.tone)
    h.list {
      for person in people {
        var facts: [String] = []
        if let age = person.birth?.completedYears(on: today) { facts.append(say("\(age) 岁", "\(age)")) }
        if let due = person.dueAt {
          facts.append(say("应 \(moment(due)) 查", "due \(moment(due))"))
        }
        if person.place == .outing { facts.append(say("外出中", "on an outing")) }
        h.personRow(
          PersonRow(
            person.name, target: checkTarget(person), score: person.lastScore, isPreviousScore: true,
            state: state, stateWords: state == .late ? late(person) : nil,
            room: person.room.isEmpty ? nil : person.room, facts: facts,
            tags: person.allergy.map { [.allergy(say("过敏 ", "Allergy: ") + $0)] } ?? [],
            rail: state?.tone))
      }
    }
  }
}

extension Participant {
  /// The tile of the last check.
  var lastScore: Score { Score(total: lastTotal, level: lastLevel) }
}

extension Score {
  init(total: Int?, level: String?) {
    let band: ScoreBand =
      switch level {
      case "low" where total == 0: .routine
      case "low": .low
      case "low-medium": .lowMedium
      case "medium": .medium
      case "high": .high
      default: .incomplete
      }
    self.init(total: total, band: band)
  }

  init(_ score: NEWS2Score) { self.init(total: score.total, level: score.level?.rawValue) }
}

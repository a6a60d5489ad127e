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
    let people = try reader.participants(of: batch)
    let standing = try round.map { RoundStanding($0, try reader.counts(of: $0), people, outcomes: outcomes, at: now) }
    let groups = RoundGroups(people, outcomes: outcomes, at: now)
    let running = try emergencies(reader, batch)
    let name = round?.name ?? Text("巡查", "Rounds")
    let limit = round.map { say("\(clock($0.dueAt)) 前查，\(clock($0.overdueAt)) 起算逾期", "due \(clock($0.dueAt)), overdue from \(clock($0.overdueAt))") }
    h.page(page(name, .rounds, detail: limit ?? day(today), layout: .desk, live: true)) {
      h.liveMark()
    } top: {
      notices(h, among: people)
      show(h, running)
    } main: {
      if let standing {
        h.div("sheet stack") { roundFigures(h, standing) }
      } else {
        h.empty(say("还没到第一次巡查", "The first round has not opened"), say("到时间这里自动列出要查的人。", "People due appear here by themselves."))
      }
      checkRows(h, groups.recheck, say("要复查", "To be seen again"), .due, isAgain: true)
      checkRows(h, groups.late, say("逾期", "Overdue"), .late)
      checkRows(h, groups.now, say("现在要查", "Due now"), .due, limit: round?.overdueAt)
      checkRows(h, groups.again, say("查过，到时再查", "Seen, to be seen again"), nil)
      checkRows(h, groups.missed, say("没查成，还要再查", "Not done, to be tried again"), .notDone)
      checkRows(h, groups.partial, say("没测全，要补测", "Incomplete, to be completed"), .due)
      checkRows(h, groups.later, say("还没查", "Open"), nil)
      checkRows(h, groups.beside, say("这次不查（过了时限才到或才回来）", "Not in this round (came after its limit)"), nil)
      if !groups.done.isEmpty {
        h.fold(
          groups.again.isEmpty
            ? say("已查 \(groups.done.count) 人", "Done: \(groups.done.count)") : say("已查，不用再查 \(groups.done.count) 人", "Seen, done with: \(groups.done.count)"),
          state: .done, id: "done"
        ) {
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

  func late(_ person: Participant) -> String? {
    person.dueAt.map { say("逾期 \(age(since: $0))", "\(age(since: $0)) late") }
  }

  /// Who may not record a check reads.
  private func checkTarget(_ person: Participant) -> String {
    "/participants/\(person.id)" + (actor.mayRecordHealth ? "/check-in" : "")
  }

  /// What the mark of a row says: for what is asked apart from the round its own time, else what is left of it.
  private func due(_ person: Participant, _ state: State?, limit: Instant?, isAgain: Bool) -> String? {
    let at = person.dueAt.map { clock($0) } ?? ""
    if isAgain { return person.isOverdue ? late(person).map { say("复查\($0)", "again, \($0)") } : say("复查 \(at)", "again \(at)") }
    if state == .late { return late(person) }
    guard let limit, limit > site.store.now else { return nil }
    return say("还剩 \(age(since: site.store.now - (limit - site.store.now)))", "\(age(since: site.store.now - (limit - site.store.now))) left")
  }

  /// People to be checked, each row opening the form.
  ///
  /// - Parameters:
  ///   - limit: when those who are due become overdue.
  ///   - isAgain: they are due once more, apart from the round.
  func checkRows(_ h: HTML, _ people: [Participant], _ words: String, _ state: State?, limit: Instant? = nil, isAgain: Bool = false) {
    guard !people.isEmpty else { return }
    h.listHead(words, count: people.count, tone: state?.tone)
    h.list {
      for person in people {
        var facts: [String] = []
        if let age = person.birth?.completedYears(on: today) { facts.append(say("\(age) 岁", "\(age)")) }
        if let due = person.dueAt, !isAgain {
          facts.append(say("应 \(moment(due)) 查", "due \(moment(due))"))
        }
        if person.place == .outing { facts.append(say("外出中", "on an outing")) }
        let state = isAgain && person.isOverdue ? .late : state
        h.personRow(
          PersonRow(
            person.name, target: checkTarget(person), score: person.lastScore, isPreviousScore: true,
            state: state, stateWords: due(person, state, limit: limit, isAgain: isAgain),
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

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What the start pages draw from: one picture of the open batch.
struct StartView {
  let board: Board
  /// Everybody of the batch, in the list's order.
  let people: [Participant]
  /// Who the viewer is in this batch; nil where nobody has linked the account.
  let me: Escort?
  /// Those assigned to the viewer.
  let mine: [Participant]
  /// Running and proposed plans.
  let plans: [ActivationView]
  let outings: [Outing]
  let steps: FirstSteps?
  /// Signatures under hand-over notes that the viewer owes; a planner is shown everybody's that are late.
  let handOvers: [HandOverCall]
  /// What will go wrong with the rota, for planners.
  let rota: [RotaProblem]
}

extension Context {
  /// The page where a role's work begins: what is due first, each one tap from its act.
  func startPage() throws -> Response {
    if actor.role == .admin { return try systemPage() }
    guard let view = try site.store.read({ try startView($0) }) else { return try idleStart() }
    switch actor.role {
    case .escort where actor.isMedical: return medicStart(view)
    case .escort: return escortStart(view)
    case .staff: return receptionStart(view)
    case .lead, .organizer, .admin: return leadStart(view)
    }
  }

  private func startView(_ reader: Reader) throws -> StartView? {
    let now = site.store.now
    guard let board = try reader.board(at: now) else { return nil }
    let me = try reader.escort(account: actor.account, in: board.batch)
    let people = try reader.participants(of: board.batch)
    return StartView(
      board: board, people: people, me: me, mine: try me.map { try reader.participants(assignedTo: $0, in: board.batch) } ?? [],
      plans: try emergencies(reader, board.batch),
      outings: try reader.outings(of: board.batch), steps: try firstSteps(reader, board.batch),
      handOvers: try handOvers(reader, board.batch),
      rota: Audience.planners.admits(actor) ? try reader.rota(of: board.batch, at: now).problems(at: now, time) : [])
  }

  private func handOvers(_ reader: Reader, _ batch: Batch) throws -> [HandOverCall] {
    let calls = try reader.handOverCalls(of: batch, at: site.store.now)
    let own = calls.filter { $0.accounts.contains(actor.account) }
    return actor.role == .lead ? own + calls.filter { $0.isLate && !own.contains($0) } : own
  }

  /// The frame of a start page: running plans; the viewer's turn in them, alerts nobody has answered and the first steps;
  /// the role's own; then what is good to know. Beside each other where there is room.
  func start(
    _ title: Text, detail: String, searches: Bool = true, _ view: StartView, main: (HTML) -> Void, aside: (HTML) -> Void
  ) -> Response {
    html { h in
      h.page(page(title, .start, detail: detail, layout: .desk, live: true, searches: searches)) {
      } top: {
        notices(h)
        show(h, view.plans)
      } main: {
        h.div("cols") {
          if !view.board.alerts.isEmpty || !view.plans.isEmpty || view.steps != nil || !view.handOvers.isEmpty {
            h.div {
              turns(h, view.plans)
              alerts(h, view)
              handOversOwed(h, view.handOvers)
              if let steps = view.steps { show(h, steps, open: false) }
            }
          }
          h.div { main(h) }
          h.div { aside(h) }
        }
      }
    }
  }

  /// No batch is open: what the role can prepare, or what will be here.
  private func idleStart() throws -> Response {
    let (planned, steps) = try site.store.read { reader in
      let planned = try reader.batches(limit: 5).filter { $0.state == .planned }
      return (planned, try firstSteps(reader, planned.first))
    }
    let decides = Audience.deciders.admits(actor)
    return html { h in
      h.page(page(Text("首页", "Start"), .start, detail: day(today), live: true)) {
      } top: {
        notices(h)
      } main: {
        if let steps { show(h, steps, open: true) }
        if planned.isEmpty {
          h.empty(
            say("现在没有进行中的批次", "No batch is open"),
            decides ? say("先计划一批，再导入名单、排班、开班。", "Plan a batch, then import its list, plan the shifts and open it.") : willAppear,
            act: decides ? (words: say("计划一批", "Plan a batch"), target: "/batches/new") : nil)
        } else {
          h.listHead(say("正在准备", "Being prepared"), count: planned.count)
          h.list {
            for batch in planned {
              h.linkRow(
                batch.number, target: "/batches/\(batch.id)", state: .due, stateWords: batch.state.name(language), facts: [days(of: batch), batch.venue])
            }
          }
          if !decides { h.p("pad m", willAppear) }
        }
        if decides || actor.role == .staff {
          h.div("pad chips") { h.linkButton(say("全部批次", "All batches"), "/batches", .other, icon: .list) }
        }
      }
    }
  }

  /// What will stand here for the role once a batch is open.
  private var willAppear: String {
    switch actor.role {
    case .escort where actor.isMedical:
      say("开班以后，这里列出您的人里现在要查的。", "Once a batch is open, this shows who of your people must be seen now.")
    case .escort:
      say("开班以后，这里列出您的人在哪里、哪次外出要点名。", "Once a batch is open, this shows where your people are and which outing must be counted.")
    default: say("开班以后，这里列出今天要报到的人。", "Once a batch is open, this shows who arrives today.")
    }
  }

  /// Where a running plan waits for the viewer.
  private func turns(_ h: HTML, _ plans: [ActivationView]) {
    let turns = plans.compactMap { view in view.turn(of: actor, at: site.store.now).map { (view, $0) } }
    guard !turns.isEmpty else { return }
    h.listHead(say("预案里轮到您", "Your turn in a plan"), count: turns.count, tone: .late)
    h.list {
      for (view, status) in turns.filter({ !$0.0.activation.isDrill }) + turns.filter(\.0.activation.isDrill) {
        let step = view.plan.step(status.number)?.title(language) ?? ""
        var row = PersonRow(
          view.person?.name ?? view.plan.name(language), target: "/activations/\(view.activation.id)", state: status.state == .overdue ? .late : .due,
          room: view.person.flatMap { $0.room.isEmpty ? nil : $0.room },
          facts: [step, view.person == nil ? "" : view.plan.name(language)].filter { !$0.isEmpty }, tags: drill(view.activation.isDrill), rail: .late)
        if let limit = status.late ?? status.due {
          row.stateWords = limit > site.store.now ? say("现在要做 ", "Do it now ") : ""
          row.countdown = (limit.milliseconds, site.store.now.milliseconds)
        }
        h.personRow(row)
      }
    }
  }

  private func drill(_ isDrill: Bool) -> [Tag] { isDrill ? [Tag(say("演练", "Drill"), .mute, icon: .drill)] : [] }

  private func alerts(_ h: HTML, _ view: StartView) {
    let events = view.board.alerts.events(\.alert)
    let (real, drills) = (events.filter { !$0.first.alert.isDrill }, events.filter(\.first.alert.isDrill))
    if let gravest = real.first {
      h.listHead(say("没人应答的警报", "Unanswered alerts"), count: real.count, tone: gravest.first.alert.severity.boardState.tone)
      h.list { for event in real.prefix(5) { alert(h, event, view) } }
    }
    if !drills.isEmpty {
      h.listHead(say("演练里没人应答的", "Unanswered in drills"), count: drills.count)
      h.list { for event in drills.prefix(3) { alert(h, event, view) } }
    }
    if real.count > 5 || drills.count > 3 {
      h.div("pad") { h.linkButton(say("看全部 \(events.count) 件警报", "All \(events.count) alerts"), "/alerts", .other, icon: .bell) }
    }
  }

  /// Who and where, the one cause, how old; what to do stands on the page that it opens.
  private func alert(_ h: HTML, _ event: AlertEvent<BoardAlert>, _ view: StartView) {
    let alert = event.first.alert
    let person = event.first.person.flatMap { about in view.people.first { $0.id == about.id } }
    let isScored = actor.mayReadHealth && alert.isScored(person)
    var facts = findings(alert, person).prefix(1).map(\.self)
    if !event.rest.isEmpty { facts.append(say("同一个预案还有 \(event.rest.count) 条", "\(event.rest.count) more of the same plan")) }
    if !actor.isMedical { facts.append(answering(alert)) }
    facts.append(say("\(age(since: alert.openedAt))前", "\(age(since: alert.openedAt)) ago"))
    let state = alert.severity.boardState
    h.personRow(
      PersonRow(
        person?.name ?? facts.removeFirst(), target: "/alerts/\(alert.id)", score: isScored ? person?.lastScore : nil, state: alert.isDrill ? nil : state,
        stateWords: alert.severity.label(language), room: person.flatMap { $0.room.isEmpty ? nil : $0.room }, facts: facts, tags: drill(alert.isDrill),
        rail: alert.isDrill ? .mute : state.tone))
  }

  /// The day of the stay, under the title.
  func stayDay(_ board: Board) -> String {
    say("\(day(today))·第 \(board.day) 天", "\(day(today)), day \(board.day)") + "·\(board.batch.number)"
  }

  /// How many are where.
  func whereabouts(_ h: HTML, _ presence: Presence) {
    h.section(say("人在哪里", "Where people are")) {
      h.figures {
        h.figure(String(presence.present), say("在院", "here"))
        h.figure(String(presence.outing), say("外出", "outing"))
        h.figure(String(presence.leave), say("请假", "on leave"))
        h.figure(String(presence.hospital), say("住院", "hospital"))
        if presence.expected > 0 { h.figure(String(presence.expected), say("没到", "awaited")) }
        if presence.held > 0 { h.figure(String(presence.held), say("暂留", "held")) }
      }
    }
  }

  /// People as rows that open what is done next.
  func startRows(_ h: HTML, _ people: [Participant], _ words: String, _ tone: Tone?, note: String? = nil, in batch: Batch, limit: Int = 100) {
    guard !people.isEmpty else { return }
    h.listHead(words, count: people.count, note: note, tone: tone)
    h.list {
      for person in people.prefix(limit) {
        var facts: [String] = []
        if let age = person.birth?.completedYears(on: today) { facts.append(say("\(age) 岁", "\(age)")) }
        if !person.unit.isEmpty { facts.append(person.unit) }
        let act = nextAct(of: person, in: batch)
        let back = person.expectedBack.map { say("·\(moment($0)) 前回", ", back by \(moment($0))") } ?? ""
        let isLate = person.isOverdue && (person.place == .present || person.place == .outing)
        var row = PersonRow(
          person.name, target: act?.target ?? "/participants/\(person.id)", state: isLate ? .late : standing(person),
          stateWords: isLate ? late(person) : standingWords(person) + back, room: person.room.isEmpty ? nil : person.room, facts: facts,
          rail: person.isBackOverdue || isLate ? .late : nil)
        row.invitation = act?.invitation(language)
        h.slimRow(row)
      }
    }
    if people.count > limit {
      h.div("pad") { h.linkButton(say("看全部 \(people.count) 人", "All \(people.count)"), "/arrivals", .other, icon: .people) }
    }
  }

  /// Outings under way or planned for today, each leading to its counts.
  func outings(_ h: HTML, _ view: StartView) {
    let away = view.outings.filter { $0.state == .away }
    let planned = view.outings.filter { $0.state == .planned && time.day(of: $0.leavesAt) <= today }
    guard !away.isEmpty || !planned.isEmpty else { return }
    h.listHead(say("今天的外出", "Outings today"), count: away.count + planned.count)
    h.list {
      for outing in away + planned {
        h.linkRow(
          outing.destination, target: "/outings/\(outing.id)", state: outing.mark, stateWords: outing.words(language),
          facts: [span(outing.leavesAt, outing.returnsAt), outing.vehicle].filter { !$0.isEmpty }, rail: outing.isOverdue ? .late : nil)
      }
    }
  }
}

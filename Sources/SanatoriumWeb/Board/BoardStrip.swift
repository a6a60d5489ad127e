internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// The emergency that the wall shows, with what comes next in it.
struct BoardStrip {
  let view: ActivationView
  /// The step that is late or due soonest.
  let step: PlanStepStatus?
  /// The report to the outside that is due next.
  let duty: IncidentDuty?
  /// Further plans that run.
  let others: Int
}

extension Context {
  /// The real one goes before a drill, the graver one before the milder.
  func strip(_ reader: Reader, _ running: [ActivationView]) throws -> BoardStrip? {
    let first = running.min { left, right in
      left.activation.isDrill == right.activation.isDrill
        ? left.activation.level > right.activation.level : !left.activation.isDrill
    }
    guard let first else { return nil }
    let open = first.progress(at: site.store.now).filter { $0.due != nil && first.record($0.number)?.doneAt == nil }
    return BoardStrip(
      view: first, step: open.min { ($0.due ?? site.store.now) < ($1.due ?? site.store.now) },
      duty: try first.incident.flatMap { incident in
        try reader.duties(of: incident).filter { $0.madeAt == nil }.min { $0.dueAt < $1.dueAt }
      }, others: running.count - 1)
  }

  func show(_ h: HTML, _ strip: BoardStrip, _ board: Board) {
    let (view, now) = (strip.view, board.at.milliseconds)
    let activation = view.activation
    var detail = activation.t0.map { say("\(clock($0)) 启动", "since \(clock($0))") } ?? ""
    if let commander = view.incident?.commanderName { detail += say("，\(commander) 指挥", ", \(commander) in command") }
    if strip.others > 0 { detail += say("·另有 \(strip.others) 个预案在进行", "; \(strip.others) more running") }
    let who = view.person.map { "·\($0.room) \($0.name)" } ?? ""
    h.emergency(
      "\(view.plan.name(language)) \(activation.level.name(language))\(who)", detail: detail,
      target: isWall ? nil : "/activations/\(activation.id)", drill: activation.isDrill
    ) {
      if let step = strip.step, let due = step.late ?? step.due {
        h.div("end") {
          h.small(
            say("第 \(step.number) 步 ", "Step \(step.number) ") + (view.plan.step(step.number)?.title(language) ?? ""))
          h.clock(.countdown, at: due.milliseconds, now: now)
        }
      }
      if let duty = strip.duty {
        h.div("end") {
          h.small(duty.label(language))
          h.clock(.countdown, at: duty.dueAt.milliseconds, now: now)
        }
      }
      if let t0 = activation.t0 {
        h.div("end") {
          h.small(say("已进行", "Running"))
          h.clock(.elapsed, at: t0.milliseconds, now: now)
        }
      }
    }
  }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The activation: what is the viewer's turn first, then reports, steps, telephone numbers, level, end.
  func activationPage(_ form: Form) throws -> Response {
    let id = try id("activation")
    let view = try site.store.read { try ActivationView($0, id, at: site.store.now) }
    if let person = view.person { saw("activation", of: person.id) }
    let activation = view.activation
    let progress = view.progress(at: site.store.now)
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          view.plan.name, .incidents,
          detail: [activation.level.name(language), view.person?.name, view.person?.room].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: "·"), back: (Text("回到意外和预案", "Back"), "/incidents"), layout: .desk, live: activation.isOpen)
      ) {
        if activation.isDrill { h.tag(say("演练", "Drill"), icon: .drill) }
        h.mark(activation.state == .active && !activation.isDrill ? .critical : activation.isOpen ? .due : .done, activation.planState.label(language))
      } top: {
        if activation.isOpen { show(h, [view]) }
        notices(h)
        if let allergies = view.person?.allergy {
          h.banner(.bad, .critical, say("过敏：", "Allergic to: ") + allergies)
        }
        h.returning(form, to: ownAddress)
      } main: {
        h.div("cols") {
          if activation.isOpen {
            h.div {
              if activation.state == .proposed { decision(h, view) }
              if activation.state == .active { turn(h, view, progress) }
              calls(h, view)
            }
          }
          if !progress.isEmpty { h.div { steps(h, view, progress) } }
          h.div {
            if activation.state == .active {
              level(h, view)
              end(h, view)
            }
            if activation.state == .terminated { review(h, view) }
            log(h, view)
          }
        }
      }
    }
  }

  private func decision(_ h: HTML, _ view: ActivationView) {
    let id = view.activation.id
    h.section(say("要不要启动？", "Start it?"), "sheet stack") {
      if actor.mayReadHealth { h.p("l", view.activation.reason(language)) }
      h.p("m", view.plan.scope(language))
      if let at = view.activation.activatesAt {
        h.mark(.late) {
          h.text(say("没人答，自动启动还剩 ", "Starts by itself in "))
          h.clock(.countdown, at: at.milliseconds, now: site.store.now.milliseconds)
        }
      }
      if let why = view.refusal(.activate(view.activation.level), to: actor) {
        h.p("m", why(language))
      } else {
        start(h, view)
      }
      if view.refusal(.decline, to: actor) == nil {
        h.fold(say("不用启动，写原因", "Not needed: give the reason"), id: "decline") {
          h.form("/activations/\(id)/decline", key: formKey) {
            h.field(say("为什么不用", "Why not"), "reason", maxLength: 500)
            h.button(say("不启动，记下原因", "Decline, record the reason"), .other, full: true)
          }
        }
      }
    }
  }

  private func start(_ h: HTML, _ view: ActivationView) {
    h.form("/activations/\(view.activation.id)/start", key: formKey) {
      h.hiddenField("level", "\(view.activation.level.rawValue)")
      h.button(
        say("启动\(view.activation.level.name.chinese)", "Start at \(view.activation.level.name.english)"), .warning, icon: .siren,
        large: true, full: true)
    }
  }

  /// The most urgent step that the viewer may do.
  private func turn(_ h: HTML, _ view: ActivationView, _ progress: [PlanStepStatus]) {
    guard let status = progress.turn(of: actor), let step = view.plan.step(status.number) else { return }
    h.el("section", .class("sheet stack rail late"), .label(say("轮到您", "Your turn"))) {
      h.div("row") {
        h.span("m s", say("轮到您·第 \(step.number) 步，共 \(progress.count) 步", "Your turn: step \(step.number) of \(progress.count)"))
        h.span("end") { due(h, status) }
      }
      h.p("xl") { h.b(step.title(language)) }
      h.p(step.instruction(language))
      if !step.cards.isEmpty { cards(h, step) }
      h.act(
        say("做完了，记下时间", "Done, record the time"), "/activations/\(view.activation.id)/steps/\(step.number)/done", key: formKey, .main,
        icon: .tick, full: true, large: true)
    }
  }

  private func cards(_ h: HTML, _ step: PlanStep) {
    for card in step.cards {
      h.fold(card.title(language), id: "card-\(card.code)") {
        h.bullets(
          card.lines.map { line in
            line.text(language) + (line.licensedOnly ? say("（只限执业医护）", " (licensed staff only)") : "")
          })
      }
    }
  }

  private func due(_ h: HTML, _ status: PlanStepStatus) {
    guard let due = status.due else { return }
    h.mark(status.state == .overdue ? .late : .due) {
      // Past its time the clock says so itself.
      if status.late ?? due > site.store.now { h.text(say("还剩 ", "left: ")) }
      h.clock(.countdown, at: (status.late ?? due).milliseconds, now: site.store.now.milliseconds)
    }
  }

  private func steps(_ h: HTML, _ view: ActivationView, _ progress: [PlanStepStatus]) {
    let isActive = view.activation.state == .active
    let turn = isActive ? progress.turn(of: actor)?.number : nil
    h.section(say("步骤", "Steps"), "sheet stack", id: "steps") {
      h.timeline {
        for status in progress {
          let record = view.record(status.number)
          let step = view.plan.step(status.number)
          let isDone = status.state == .done || !isActive && record?.doneAt != nil
          let waits = isActive && !isDone && !status.waitsFor.isEmpty
          let state: State = isDone ? .done : !isActive ? .notDone : status.state == .overdue ? .late : waits ? .notDone : .due
          h.event(state, "\(status.number). \(step?.title(language) ?? "")", icon: waits ? .due : nil) {
            if let record, let at = record.doneAt {
              let note = mayTellNotes(of: view) ? record.note : ""
              h.span("m s blk", "\(moment(at)) \(record.person)\(record.times > 1 ? "·\(record.times)×" : "") \(note)")
            }
            if !isDone, !isActive { h.span("m s blk", say("没做", "Not done")) }
            if let due = status.late ?? status.due, isActive {
              h.span("m s blk") {
                h.text("\(status.role.name(language))·" + say("\(clock(due)) 前 ", "by \(clock(due)) "))
                self.due(h, status)
              }
              if waits {
                let before = status.waitsFor.map(String.init).joined(separator: say("、", ", "))
                h.span("m s blk", say("等第 \(before) 步做完", "Waits for step \(before)"))
              }
              // The viewer's own next step has its button above. Who did one out of turn says so; but what waits is nobody's
              // next act.
              if status.number != turn {
                h.div("row") {
                  h.act(
                    waits ? say("已经提前做了", "Done ahead of it") : say("做完了", "Done"),
                    "/activations/\(view.activation.id)/steps/\(status.number)/done", key: formKey, waits ? .link : .other,
                    icon: waits ? nil : .tick)
                }
              }
            }
          }
        }
      }
    }
  }

  private func level(_ h: HTML, _ view: ActivationView) {
    h.section(say("响应级别", "Level"), "sheet stack") {
      h.p {
        h.b(view.activation.level.name(language)); h.text(" " + view.activation.level.meaning(language))
      }
      if let raise = view.activation.raise {
        h.note(.late, say("同时不止一人，要不要升到\(raise.name.chinese)？", "Several at once: raise to \(raise.name.english)?"))
      }
      let now = view.activation.level
      let levels = view.plan.levels.map(\.level).filter {
        $0 != now && view.refusal($0 > now ? .escalate($0) : .downgrade($0), to: actor) == nil
      }
      if !levels.isEmpty {
        h.fold(say("改级别", "Change the level"), id: "level") {
          h.form("/activations/\(view.activation.id)/level", key: formKey) {
            h.radios(
              say("改成", "To"), "level",
              levels.map {
                Choice("\($0.rawValue)", $0.name(language), detail: $0.meaning(language))
              })
            h.field(say("为什么", "Why"), "reason", maxLength: 500)
            h.checkbox(say("外部指挥要求的（120、119、疾控、公安、政府）", "An outside command asked for it"), "external")
            h.button(say("改级别，通知大家", "Change the level and tell everyone"), .warning, full: true)
          }
        }
      }
    }
  }

  private func end(_ h: HTML, _ view: ActivationView) {
    h.section(say("解除", "End"), "sheet stack") {
      let codes = Set((view.plan.end.any + view.plan.end.all).map(\.code))
      if let why = view.refusal(.terminate(confirmed: codes), to: actor) { return h.p("m", why(language)) }
      h.fold(say("结束预案", "End the plan"), id: "end") {
        h.form("/activations/\(view.activation.id)/terminate", key: formKey) {
          if !view.plan.end.any.isEmpty { h.p("m", say("下面至少一条：", "At least one of:")) }
          for condition in view.plan.end.any { box(h, condition) }
          h.p("m", say("下面每一条都要：", "Each of:"))
          for condition in view.plan.end.all { box(h, condition) }
          h.area(say("说明", "Remark"), "text", optional: true, maxLength: 2_000)
          h.p("m s", say("结束以后所有步骤停下，不能再打开；还要用就重新启动。", "All steps stop and it can't be opened again; to go on, start it anew."))
          h.button(say("结束预案，发解除通知", "End the plan and tell everyone"), .warning, full: true)
        }
      }
    }
  }

  private func box(_ h: HTML, _ condition: PlanCondition) {
    let by = condition.confirmedBy.map { $0.name(language) }.joined(separator: say("、", ", "))
    h.checkbox(
      condition.text(language), "confirmed.\(condition.code)", detail: by.isEmpty ? nil : say("由\(by)确认", "confirmed by: \(by)"))
  }

  private func review(_ h: HTML, _ view: ActivationView) {
    h.section(say("复盘（\(view.plan.review.withinHours) 小时内）", "Review (within \(view.plan.review.withinHours) h)"), "sheet stack") {
      h.bullets(view.plan.review.questions.map { $0(language) })
      if let why = view.refusal(.review, to: actor) { return h.p("m", why(language)) }
      h.form("/activations/\(view.activation.id)/review", key: formKey) {
        h.area(say("复盘结果", "Findings"), "text", rows: 6, maxLength: 4_000)
        h.button(say("保存复盘", "Save the review"), full: true)
      }
    }
  }

  private func log(_ h: HTML, _ view: ActivationView) {
    h.section(say("经过", "What happened"), "sheet stack", id: "log") {
      h.timeline {
        for event in view.events.reversed() {
          let (state, words) = told(event, view)
          h.event(state, words) {
            if mayTell(event, of: view), !event.text.isEmpty {
              // What the program itself gave as its reason is kept in both languages.
              h.p(event.text == view.activation.reason.chinese ? view.activation.reason(language) : event.text)
            }
            h.span("m s", "\(moment(event.at)) \(event.person)")
          }
        }
      }
      if let incident = view.incident { h.linkButton(incident.kind.label(language), "/incidents/\(incident.id)", .other) }
    }
  }

  private func told(_ event: ActivationEvent, _ view: ActivationView) -> (State, String) {
    let level = event.level.map { " " + $0.name(language) } ?? ""
    let step = event.step.flatMap { view.plan.step($0) }.map { "\($0.number). \($0.title(language))" } ?? ""
    switch event.kind {
    case .proposed: return (.due, say("建议启动", "Proposed") + level)
    case .raised: return (.late, say("没人答，转上一级", "Unanswered, next tier told"))
    case .started:
      let automatic = say("自动启动", "Started by itself")
      return (.critical, (event.person.isEmpty ? automatic : view.activation.isDrill ? say("演练开始", "Drill started") : say("启动", "Started")) + level)
    case .level: return (.critical, say("改为", "Level now") + level)
    case .step: return (.done, step)
    case .overdue: return (.late, say("超时：", "Late: ") + step)
    case .declined: return (.notDone, say("决定不启动", "Declined"))
    case .terminated: return (.done, say("解除", "Ended"))
    case .reviewed: return (.done, say("已复盘", "Reviewed"))
    }
  }
}

internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The plans of the batch: what each is for, start or drill, and what ran before.
  func plansPage(_ form: Form) throws -> Response {
    let (plans, people, past) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      let open = try reader.openActivations(of: batch) + reader.endedActivations(of: batch, limit: 20)
      return (
        try reader.packs(of: batch)?.plans ?? [],
        try reader.participants(of: batch).filter { $0.place == .present || $0.place == .outing },
        try open.map { ($0, try reader.plan(of: $0), try reader.participant(of: $0)) }
      )
    }
    let incident = form.values?["incident"] ?? request.query.first("incident").flatMap { ID($0) }?.description
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("预案", "Plans"), .incidents, back: (Text("回到意外", "Back"), "/incidents"))) {
      } top: {
        notices(h)
      } main: {
        if plans.isEmpty {
          h.empty(say("这一批没有预案", "This batch has no plans"), say("批次开始时带上的预案会在这里。", "The plans a batch opens with appear here."))
        }
        for plan in plans { self.plan(h, plan, people, incident, form) }
        if !past.isEmpty {
          h.listHead(say("启动过的", "Activations"), count: past.count)
          h.list { for (activation, plan, person) in past { activationRow(h, activation, plan, person) } }
        }
      }
    }
  }

  private func plan(_ h: HTML, _ plan: PlanPack, _ people: [Participant], _ incident: String?, _ form: Form) {
    let sent = form.values?["plan"] == plan.id
    h.section(plan.name(language), "sheet stack") {
      h.p(plan.scope(language))
      h.p(
        "m s",
        say(
          "版本 \(plan.version)·\(plan.steps.count) 步·从\(plan.startLevel.name.chinese)开始",
          "Version \(plan.version), \(plan.steps.count) steps, starts at \(plan.startLevel.name.english)"))
      let held = PlanRole.held(by: actor.role, isMedical: actor.isMedical)
      let levels = plan.levels.map(\.level).filter { plan.refusal(toStartAt: $0, by: .external(held)) == nil }
      if levels.isEmpty { h.p("m s", say("您的角色不能启动这个预案，请叫值班负责人。", "Your role may not start this plan: call the duty lead.")) }
      if !levels.isEmpty {
        h.fold(say("启动或演练", "Start or drill"), open: sent || incident != nil, id: "start-\(plan.id)") {
          h.form("/plans", sent ? form : Form(), key: formKey) {
            h.hiddenField("plan", plan.id)
            if let incident { h.hiddenField("incident", incident) }
            h.select(
              say("为谁", "For whom"), "participant",
              people.map { Choice($0.id.description, $0.room.isEmpty ? $0.name : "\($0.name) \($0.room)") },
              none: say("不是某一个人", "Nobody in particular"), optional: true)
            h.radios(
              say("级别", "Level"), "level",
              levels.map { Choice("\($0.rawValue)", $0.name(language), detail: $0.meaning(language)) },
              value: "\((levels.contains(plan.startLevel) ? plan.startLevel : levels[0]).rawValue)")
            h.field(say("为什么", "Reason"), "reason", maxLength: 500)
            h.checkbox(
              say("这是演练", "This is a drill"), "drill",
              detail: say("同样的流程，处处标“演练”，不进统计", "The same flow, marked everywhere, in no statistics"))
            h.checkbox(say("外部指挥要求的", "An outside command asked for it"), "external")
            h.button(say("启动，通知大家", "Start and tell everyone"), .warning, icon: .siren, large: true, full: true)
          }
        }
      }
      h.fold(say("看全部步骤", "All steps"), id: "steps-\(plan.id)") {
        h.timeline {
          for step in plan.steps {
            h.event(.due, "\(step.number). \(step.title(language))") {
              h.p(step.instruction(language))
              h.span("m s", say("\(step.role.name.chinese)·\(step.minutes) 分钟内", "\(step.role.name.english), within \(step.minutes) min"))
            }
          }
        }
      }
      h.fold(say("物资", "Kit"), id: "kit-\(plan.id)") {
        h.bullets(plan.kit.map { kit in kit.item(language) + (kit.quantity.map { " × \($0)" } ?? "") })
      }
    }
  }
}

internal import Evidence
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// One activation with everything its page and its answer tell.
struct ActivationView {
  let activation: Activation
  let plan: PlanPack
  let person: Participant?
  let incident: Incident?
  let records: [ActivationStep]
  let events: [ActivationEvent]
  /// Who answers a call of the plan that the pack has no number for, by the call's code; known
  /// where the moment was given.
  let numbers: [String: (name: String, number: String)]
  /// The calls that go to somebody who is kept among the escorts.
  static let personal: Set<String> = ["facility-head", "organizer"]

  init(_ reader: Reader, _ id: ID, at now: Instant? = nil) throws {
    activation = try reader.activation(id)
    plan = try reader.plan(of: activation)
    person = try reader.participant(of: activation)
    incident = try reader.incident(of: activation)
    records = try reader.steps(of: activation)
    events = try reader.events(of: activation)
    if let now { numbers = try Self.numbers(reader, activation, at: now) } else { numbers = [:] }
  }

  /// Whoever is on duty as facility head or organizer's lead; else the escort who uses such an account.
  private static func numbers(
    _ reader: Reader, _ activation: Activation, at now: Instant
  ) throws -> [String: (name: String, number: String)] {
    let batch = try reader.batch(of: activation)
    let onDuty = try reader.onDuty(in: batch, at: now)
    let escorts = try reader.escorts(of: batch).filter { $0.place != .left && !$0.telephone.isEmpty }
    let accounts = try reader.accounts().filter { !$0.isDisabled }
    var numbers: [String: (name: String, number: String)] = [:]
    for (code, duty, role) in [
      ("facility-head", Duty.facilityHead, Role.lead), ("organizer", Duty.organizerLead, Role.organizer),
    ] {
      let ids = Set(accounts.filter { $0.role == role }.map(\.id))
      if let standing = onDuty.first(where: { $0.duty == duty && !$0.telephone.isEmpty }) {
        numbers[code] = (standing.name, standing.telephone)
      } else if let found = escorts.first(where: { escort in escort.account.map(ids.contains) ?? false }) {
        numbers[code] = (found.name, found.telephone)
      }
    }
    return numbers
  }

  /// Every step's state at a moment; none while it is only proposed.
  func progress(at now: Instant) -> [PlanStepStatus] {
    guard let t0 = activation.t0 else { return [] }
    var done: [Int: Instant] = [:]
    for record in records { if let at = record.doneAt { done[record.number] = at } }
    return plan.progress(from: t0, done: done, now: activation.endedAt ?? now)
  }

  /// The most urgent step that an actor may do; nil when the plan doesn't run or nothing waits for them.
  func turn(of actor: Actor, at now: Instant) -> PlanStepStatus? {
    activation.state == .active ? progress(at: now).turn(of: actor) : nil
  }

  /// Why a role may not do something to the activation now; nil when it may. Where an outside command's word is asked
  /// for, the form asks for it.
  func refusal(_ event: PlanEvent, to actor: Actor) -> Text? {
    let held = PlanRole.held(by: actor.role, isMedical: actor.isMedical)
    guard case .failure(.forbidden(let why)) = plan.next(activation.planState, event, by: .external(held)) else { return nil }
    return why
  }

  func record(_ step: Int) -> ActivationStep? { records.first { $0.number == step } }
}

extension [PlanStepStatus] {
  /// The most urgent of the open steps that an actor may do.
  func turn(of actor: Actor) -> PlanStepStatus? {
    let held = PlanRole.held(by: actor.role, isMedical: actor.isMedical)
    let mine = filter { held.contains($0.role) && $0.due != nil }
    return mine.first { $0.state == .overdue || $0.state == .open } ?? mine.first
  }
}

private func moment(_ instant: Instant?) -> JSON { instant.map { .int($0.milliseconds) } ?? .null }

extension Activation {
  func json(_ context: Context) -> JSON {
    .object([
      JSON.Member("id", .string(id.description)), JSON.Member("plan", .string(plan)),
      JSON.Member("state", .string(state.rawValue)), JSON.Member("level", .int(Int64(level.rawValue))),
      JSON.Member("raise", raise.map { .int(Int64($0.rawValue)) } ?? .null),
      JSON.Member("origin", .string(origin.rawValue)), JSON.Member("drill", .bool(isDrill)),
      JSON.Member("reason", .string(context.actor.mayReadHealth || origin == .drill ? reason(context.language) : "")),
      JSON.Member("proposedAt", moment(proposedAt)), JSON.Member("activatesAt", moment(activatesAt)),
      JSON.Member("startedAt", moment(t0)), JSON.Member("startedBy", .string(startedBy)),
      JSON.Member("endedAt", moment(endedAt)), JSON.Member("reviewedAt", moment(reviewedAt)),
    ])
  }
}

extension ActivationView {
  func json(_ context: Context) -> JSON {
    let steps = progress(at: context.site.store.now).map { status -> JSON in
      let record = record(status.number)
      return .object([
        JSON.Member("number", .int(Int64(status.number))), JSON.Member("role", .string(status.role.rawValue)),
        JSON.Member("title", .string(plan.step(status.number)?.title(context.language) ?? "")),
        JSON.Member("state", .string(status.state.rawValue)), JSON.Member("due", moment(status.due)),
        JSON.Member("late", moment(status.late)), JSON.Member("doneAt", moment(record?.doneAt)),
        JSON.Member("person", .string(record?.person ?? "")), JSON.Member("times", .int(Int64(record?.times ?? 0))),
      ])
    }
    let happened = events.map { event -> JSON in
      .object([
        JSON.Member("sequence", .int(event.entry)), JSON.Member("kind", .string(event.kind.rawValue)),
        JSON.Member("level", event.level.map { .int(Int64($0.rawValue)) } ?? .null),
        JSON.Member("step", event.step.map { .int(Int64($0)) } ?? .null), JSON.Member("occurredAt", moment(event.at)),
        JSON.Member("recordedAt", moment(event.recordedAt)), JSON.Member("person", .string(event.person)),
        JSON.Member("text", .string(context.mayTell(event, of: self) ? event.text : "")),
      ])
    }
    return .object([
      JSON.Member("activation", activation.json(context)),
      JSON.Member("participant", person.map { .string($0.id.description) } ?? .null),
      JSON.Member("incident", incident.map { .string($0.id.description) } ?? .null),
      JSON.Member("steps", .array(steps)), JSON.Member("events", .array(happened)),
    ])
  }
}

extension PlanPack {
  func json(_ language: Language) -> JSON {
    .object([
      "id": .string(id), "version": .string(version), "name": .string(name(language)), "scope": .string(scope(language)),
      "startLevel": .int(Int64(startLevel.rawValue)),
      "levels": .array(levels.map { .int(Int64($0.level.rawValue)) }),
      "steps": .array(
        steps.map { step in
          .object([
            "number": .int(Int64(step.number)), "role": .string(step.role.rawValue),
            "minutes": .int(Int64(step.minutes)), "after": .array(step.after.map { .int(Int64($0)) }),
            "title": .string(step.title(language)), "instruction": .string(step.instruction(language)),
          ])
        }),
      "end": .array((end.any + end.all).map { .object(["code": .string($0.code), "text": .string($0.text(language))]) }),
    ])
  }
}

extension Context {
  /// The plans that run now, for the strip above every page that shows them.
  func emergencies(_ reader: Reader, _ batch: Batch) throws -> [ActivationView] {
    try reader.openActivations(of: batch).map { try ActivationView(reader, $0.id) }
  }

  /// The strips of running plans; a proposal asks for its decision.
  func show(_ h: HTML, _ running: [ActivationView]) {
    // What is real goes before what is practised.
    for view in running.filter({ !$0.activation.isDrill }) + running.filter(\.activation.isDrill) {
      let activation = view.activation
      let who = view.person.map { "·\($0.name)" } ?? ""
      if let t0 = activation.t0 {
        h.emergency(
          "\(view.plan.name(language)) \(activation.level.name(language))\(who)",
          detail: say("\(clock(t0)) 启动", "since \(clock(t0))"), target: "/activations/\(activation.id)",
          drill: activation.isDrill
        ) { h.clock(.elapsed, at: t0.milliseconds, now: site.store.now.milliseconds, size: "l") }
      } else {
        h.banner(
          .late, .siren, say("要不要启动“\(view.plan.name.chinese)”\(who)？", "Start “\(view.plan.name.english)”\(who)?"),
          detail: activation.activatesAt.map { say("\(clock($0)) 没人答就自动启动", "starts by itself at \(clock($0))") },
          link: (words: say("去决定", "Decide"), target: "/activations/\(activation.id)"))
      }
    }
  }

  /// An activation in a list.
  func activationRow(_ h: HTML, _ activation: Activation, _ plan: PlanPack, _ person: Participant?) {
    h.linkRow(
      plan.name(language), target: "/activations/\(activation.id)",
      state: activation.state == .active && !activation.isDrill ? .critical : activation.isOpen ? .due : .done,
      stateWords: activation.planState.label(language),
      facts: [
        activation.level.name(language), activation.origin.label(language), person?.name,
        activation.t0.map { moment($0) },
      ].compactMap { $0 }, tags: activation.isDrill ? [Tag(say("演练", "Drill"), .mute, icon: .drill)] : [])
  }
}

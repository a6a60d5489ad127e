public import Sanatorium

extension Packs {
  /// The emergency plans that ship in the binary.
  public static let planPacks = ["acute-illness"]

  /// A built-in plan.
  ///
  /// - Throws: `PackFaults` naming file, line, field and reason.
  public static func plan(_ id: String) throws(PackFaults) -> PlanPack {
    guard planPacks.contains(id), let bytes = builtIn(id) else { throw unknown(id, known: planPacks) }
    return try plan(bytes, file: "\(id).yaml")
  }

  /// A plan from a file's bytes.
  ///
  /// - Throws: `PackFaults` with every fault of the file.
  public static func plan(_ bytes: [UInt8], file: String) throws(PackFaults) -> PlanPack {
    let reader = PackReader(file: file)
    let top = try reader.root(bytes)
    if top.string("pack") != "plan", top.has("pack") {
      top.fault("pack", Text("这不是预案包（pack: plan）", "this is no plan pack (pack: plan)"))
    }
    let pack = PlanPackFile(top: top).read()
    try reader.finish()
    return pack
  }
}

/// The layout of a plan's file.
struct PlanPackFile {
  let top: PackFields
  let sources: PackSources

  init(top: PackFields) {
    self.top = top
    sources = PackSources(top)
  }

  func read() -> PlanPack {
    let start = level("start-level", in: top)
    return PlanPack(
      id: top.string("id"), version: top.string("version"), name: top.text("name"),
      eventClass: top.choice("class", EventClass.self, or: .publicHealth), scope: top.text("scope"),
      triggers: triggers(), startLevel: start, simultaneous: simultaneous(), proposal: proposal(),
      levels: levels(start),
      steps: PlanStepFile(sources: sources).steps(in: top), calls: calls(), kit: kit(), handover: top.texts("handover"),
      reports: reports(), end: end(), review: review(), drill: top.texts("drill"), principles: top.texts("principles"),
      sources: sources.all)
  }

  private func level(_ key: String, in fields: PackFields) -> PlanLevel {
    PlanLevel(rawValue: fields.integer(key, in: 1...4)) ?? .l4
  }

  private func triggers() -> [PlanTrigger] {
    var codes: Set<String> = []
    return top.requiredList("triggers").map { fields in
      let trigger = PlanTrigger(
        code: fields.string("code"), effect: fields.choice("effect", PlanTrigger.Effect.self, or: .propose),
        any: HealthConditionFile.list("any", in: fields), all: HealthConditionFile.list("all", in: fields),
        incidents: fields.choices("incidents", IncidentKind.self), reason: fields.text("reason"),
        source: sources.source(fields), isUnverified: fields.flag("unverified"))
      if trigger.any.isEmpty && trigger.all.isEmpty && trigger.incidents.isEmpty {
        fields.fault("any", Text("没有写什么情况下启动", "nothing says when it starts"))
      }
      if !codes.insert(trigger.code).inserted { fields.fault("code", Text("这个代号用过了", "this code is used already")) }
      return trigger
    }
  }

  private func simultaneous() -> PlanSimultaneous? {
    top.optionalFields("simultaneous").map {
      PlanSimultaneous(people: $0.integer("people", in: 2...100), level: level("level", in: $0))
    }
  }

  private func proposal() -> PlanProposalTimes {
    guard let fields = top.fields("proposal") else {
      return PlanProposalTimes(raiseMinutes: 1, activateMinutes: 2, level: .l4)
    }
    let times = PlanProposalTimes(
      raiseMinutes: fields.integer("raise-minutes", in: 1...120),
      activateMinutes: fields.integer("activate-minutes", in: 1...240), level: level("level", in: fields))
    if times.activateMinutes <= times.raiseMinutes {
      fields.fault("activate-minutes", Text("要比 raise-minutes 大", "must be more than raise-minutes"))
    }
    return times
  }

  private func levels(_ start: PlanLevel) -> [PlanLevelRule] {
    let rules = top.requiredList("levels").map { fields in
      PlanLevelRule(
        level: level("level", in: fields), start: fields.choices("start", PlanRole.self),
        automatic: fields.flag("automatic"), raise: fields.choices("raise", PlanRole.self),
        lower: fields.choices("lower", PlanRole.self), external: fields.flag("external"))
    }
    for level in PlanLevel.allCases where rules.count(where: { $0.level == level }) != 1 {
      top.fault("levels", Text("L\(level.rawValue) 要写一次", "L\(level.rawValue) must be there once"))
    }
    if let rule = rules.first(where: { $0.level == start }), !rule.automatic {
      top.fault(
        "start-level", Text("这一级不能自动启动（automatic）", "this level can't start by itself (automatic)"))
    }
    return rules.sorted { $0.level < $1.level }
  }

  private func calls() -> [PlanCall] {
    top.requiredList("calls").map { fields in
      PlanCall(
        code: fields.string("code"), label: fields.text("label"), number: fields.optionalString("number"),
        when: fields.optionalText("when"))
    }
  }

  private func kit() -> [PlanKit] {
    top.list("kit").map { fields in
      PlanKit(
        item: fields.text("item"), quantity: fields.optionalString("quantity"),
        licensedOnly: fields.flag("licensed"))
    }
  }

  private func reports() -> [ReportingDuty] {
    top.requiredList("reports").map { fields in
      ReportingDuty(
        code: fields.string("code"), recipient: fields.string("recipient"), label: fields.text("label"),
        minutes: gradeMinutes(fields), by: fields.choices("by", PlanRole.self), source: sources.source(fields),
        isUnverified: fields.flag("unverified"))
    }
  }

  private func gradeMinutes(_ fields: PackFields) -> [ReportingDuty.GradeMinutes] {
    guard let table = fields.fields("minutes") else { return [] }
    let minutes = FacilityGrade.allCases.compactMap { grade in
      table.optionalInteger(grade.rawValue, in: 0...10_080).map {
        ReportingDuty.GradeMinutes(grade: grade, minutes: $0)
      }
    }
    if minutes.isEmpty { fields.fault("minutes", Text("至少写一个等级", "needs at least one grade")) }
    return minutes
  }

  private func end() -> PlanEnd {
    guard let fields = top.fields("end") else { return PlanEnd(any: [], all: []) }
    func conditions(_ key: String) -> [PlanCondition] {
      fields.list(key).map {
        PlanCondition(
          code: $0.string("code"), text: $0.text("text"), confirmedBy: $0.choices("by", PlanRole.self))
      }
    }
    let end = PlanEnd(any: conditions("any"), all: conditions("all"))
    if end.all.isEmpty { fields.fault("all", Text("至少写一条", "needs at least one condition")) }
    return end
  }

  private func review() -> PlanReview {
    guard let fields = top.fields("review") else { return PlanReview(withinHours: 1, questions: []) }
    return PlanReview(
      withinHours: fields.integer("within-hours", in: 1...720), questions: fields.texts("questions"))
  }
}

/// The layout of a plan's steps and cards.
struct PlanStepFile {
  let sources: PackSources

  func steps(in top: PackFields) -> [PlanStep] {
    let list = top.requiredList("steps")
    let steps = list.map(step)
    for (index, step) in steps.enumerated() {
      if step.number != index + 1 {
        list[index].fault("number", Text("要按顺序编号，这里应是 \(index + 1)", "numbers run from 1; this is \(index + 1)"))
      }
      for earlier in step.after where earlier >= step.number || earlier < 1 {
        list[index].fault("after", Text("只能等前面的步骤", "a step can only wait for earlier ones"))
      }
    }
    return steps
  }

  private func step(_ fields: PackFields) -> PlanStep {
    let repeats = fields.optionalFields("repeat").map {
      PlanRepeat(everyMinutes: $0.integer("every", in: 1...720), limitMinutes: $0.integer("limit", in: 1...1440))
    }
    if let repeats, repeats.limitMinutes < repeats.everyMinutes {
      fields.fault("repeat", Text("limit 不能小于 every", "limit must not be below every"))
    }
    let after = fields.strings("after").map { text in
      Int(text)
        ?? {
          fields.fault("after", Text("“\(text)”不是步骤号", "“\(text)” is no step number"))
          return 1
        }()
    }
    return PlanStep(
      number: fields.integer("number", in: 1...99), role: fields.choice("role", PlanRole.self, or: .finder),
      minutes: fields.integer("minutes", in: 0...10_080), after: after, title: fields.text("title"),
      instruction: fields.text("instruction"), cards: fields.list("cards").map(card), repeats: repeats,
      source: sources.source(fields), isUnverified: fields.flag("unverified"))
  }

  private func card(_ fields: PackFields) -> PlanCard {
    PlanCard(
      code: fields.string("code"), title: fields.text("title"),
      suggestedBy: HealthConditionFile.list("when", in: fields), lines: fields.requiredList("lines").map(line))
  }

  private func line(_ fields: PackFields) -> PlanLine {
    PlanLine(
      text: Text(fields.string("zh"), fields.string("en")), licensedOnly: fields.flag("licensed"),
      source: sources.source(fields), isUnverified: fields.flag("unverified"))
  }
}

public import Sanatorium

extension Packs {
  /// The health packs that ship in the binary.
  public static let healthPacks = ["cn-elder-2026"]

  /// A built-in health pack.
  ///
  /// - Throws: `PackFaults` naming file, line, field and reason.
  public static func health(_ id: String) throws(PackFaults) -> HealthPack {
    guard healthPacks.contains(id), let bytes = builtIn(id) else { throw unknown(id, known: healthPacks) }
    return try health(bytes, file: "\(id).yaml")
  }

  /// A health pack from a file's bytes. It may `extend` a built-in one and then gives only what differs: rounds as a
  /// whole, ladders by code, responses by band, alerts by severity.
  ///
  /// - Throws: `PackFaults` with every fault of the file.
  public static func health(_ bytes: [UInt8], file: String) throws(PackFaults) -> HealthPack {
    let reader = PackReader(file: file)
    let top = try reader.root(bytes)
    if top.string("pack") != "health", top.has("pack") {
      top.fault("pack", Text("这不是健康包（pack: health）", "this is no health pack (pack: health)"))
    }
    var base: HealthPack?
    if let parent = top.optionalString("extends") {
      if healthPacks.contains(parent) {
        base = try health(parent)
      } else {
        let known = healthPacks.joined(separator: ", ")
        top.fault("extends", Text("没有“\(parent)”；有 \(known)", "there is no “\(parent)”; there are \(known)"))
      }
    }
    let pack = HealthPackFile(top: top, base: base).read()
    try reader.finish()
    return pack
  }
}

/// The layout of a health pack's file.
struct HealthPackFile {
  let top: PackFields
  let base: HealthPack?
  let sources: PackSources

  init(top: PackFields, base: HealthPack?) {
    self.top = top
    self.base = base
    sources = PackSources(top)
  }

  func read() -> HealthPack {
    let pack = HealthPack(
      id: top.string("id"), version: top.string("version"), name: top.text("name"), note: top.text("note"),
      rounds: rounds(), redFlags: redFlags(), ladders: ladders(), responses: responses(), alerts: alerts())
    for band in NEWS2Band.allCases where pack.response(to: band) == nil {
      top.fault("responses", Text("缺 \(band.label.chinese)（\(band.word)）", "\(band.word) is missing"))
    }
    for severity in Severity.allCases where !pack.alerts.contains(where: { $0.severity == severity }) {
      top.fault("alerts", Text("缺 \(severity.label.chinese)（\(severity.rawValue)）", "\(severity.rawValue) is missing"))
    }
    return pack
  }

  private func rounds() -> [PlannedRound] {
    if !top.has("rounds"), let base { return base.rounds }
    var codes: Set<String> = []
    let rounds = top.requiredList("rounds").map { fields in
      let round = PlannedRound(
        code: fields.string("code"), name: fields.text("name"), opens: fields.clock("opens"), due: fields.clock("due"),
        overdue: fields.clock("overdue"), source: sources.source(fields), isUnverified: fields.flag("unverified"))
      if !codes.insert(round.code).inserted { fields.fault("code", Text("这个代号用过了", "this code is used already")) }
      if round.due < round.opens { fields.fault("due", Text("不能早于 opens", "must not be before opens")) }
      if round.overdue <= round.due { fields.fault("overdue", Text("要晚于 due", "must be after due")) }
      return round
    }
    return rounds.sorted { $0.opens < $1.opens }
  }

  private func redFlags() -> Symptoms {
    if !top.has("red-flags"), let base { return base.redFlags }
    let symptoms = top.choices("red-flags", Symptom.self)
    if symptoms.isEmpty { top.fault("red-flags", Text("至少要有一项", "needs at least one item")) }
    return Symptoms(symptoms)
  }

  private func ladders() -> [HealthLadder] {
    let listed = (base == nil ? top.requiredList("ladders") : top.list("ladders")).map { fields in
      HealthLadder(code: fields.string("code"), rules: fields.requiredList("rules").map(rule))
    }
    var merged = base?.ladders ?? []
    for ladder in listed {
      if let index = merged.firstIndex(where: { $0.code == ladder.code }) {
        if base == nil { top.fault("ladders", Text("“\(ladder.code)”写了两次", "“\(ladder.code)” is there twice")) }
        merged[index] = ladder
      } else {
        merged.append(ladder)
      }
    }
    var codes: Set<String> = []
    for rule in merged.flatMap(\.rules) where !codes.insert(rule.code).inserted {
      top.fault("ladders", Text("规则代号“\(rule.code)”用了两次", "the rule code “\(rule.code)” is used twice"))
    }
    return merged
  }

  private func rule(_ fields: PackFields) -> HealthRule {
    let rule = HealthRule(
      code: fields.string("code"), any: HealthConditionFile.list("any", in: fields),
      all: HealthConditionFile.list("all", in: fields),
      severity: fields.choice("severity", Severity.self, or: .critical), message: fields.text("message"),
      remeasureMinutes: fields.optionalInteger("remeasure", in: 1...1440), source: sources.source(fields),
      isUnverified: fields.flag("unverified"))
    if rule.any.isEmpty && rule.all.isEmpty {
      fields.fault("any", Text("any 和 all 至少写一条", "give at least one condition in any or all"))
    }
    return rule
  }

  private func responses() -> [NEWS2Response] {
    let listed = (base == nil ? top.requiredList("responses") : top.list("responses")).map { fields in
      NEWS2Response(
        band: fields.choice("band", BandWord.self, or: .high).band,
        minutes: fields.integer("minutes", in: 1...1440), action: fields.text("action"),
        severity: fields.optionalChoice("severity", Severity.self), source: sources.source(fields),
        isUnverified: fields.flag("unverified"))
    }
    return NEWS2Band.allCases.compactMap { band in
      let given = listed.filter { $0.band == band }
      if given.count > 1 { top.fault("responses", Text("\(band.word) 写了两次", "\(band.word) is there twice")) }
      return given.first ?? base?.response(to: band)
    }
  }

  private func alerts() -> [AlertSchedule] {
    let listed = (base == nil ? top.requiredList("alerts") : top.list("alerts")).map { fields in
      AlertSchedule(
        severity: fields.choice("severity", Severity.self, or: .critical), steps: steps(fields),
        ringsAll: fields.flag("rings-all"), source: sources.source(fields), isUnverified: fields.flag("unverified"))
    }
    return Severity.allCases.compactMap { severity in
      let given = listed.filter { $0.severity == severity }
      if given.count > 1 {
        top.fault("alerts", Text("\(severity.rawValue) 写了两次", "\(severity.rawValue) is there twice"))
      }
      return given.first ?? base?.alerts.first { $0.severity == severity }
    }
  }

  private func steps(_ schedule: PackFields) -> [AlertStep] {
    var earlier: AlertStep?
    return schedule.requiredList("steps").map { fields in
      let tier = fields.choice("tier", AlertTier.self, or: .assigned)
      let atShift = fields.flag("next-shift")
      let minutes = fields.optionalInteger("minutes", in: 0...1440)
      if atShift == (minutes != nil) {
        fields.fault("minutes", Text("minutes 和 next-shift 只写一个", "give either minutes or next-shift"))
      }
      let step = AlertStep(tier: tier, delay: atShift ? .nextShift : .minutes(minutes ?? 0))
      if let earlier {
        if step.tier <= earlier.tier {
          fields.fault("tier", Text("层级要从下往上排", "tiers must rise"))
        }
        if case (.minutes(let before), .minutes(let now)) = (earlier.delay, step.delay), now < before {
          fields.fault("minutes", Text("上一层是 \(before) 分，不能更早", "the tier before has \(before), so not earlier"))
        }
      }
      earlier = step
      return step
    }
  }
}

/// The words for bands in a pack file.
private enum BandWord: String, CaseIterable {
  case routine, low
  case lowMedium = "low-medium"
  case medium, high

  var band: NEWS2Band {
    switch self {
    case .routine: .routine
    case .low: .low
    case .lowMedium: .lowMedium
    case .medium: .medium
    case .high: .high
    }
  }
}

extension NEWS2Band {
  fileprivate var word: String { self == .routine ? "routine" : level.rawValue }
}

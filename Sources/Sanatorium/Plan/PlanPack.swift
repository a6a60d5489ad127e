/// One emergency plan (预案) as data, in the order of a special plan by GB/T 29639: scope, organisation, response,
/// measures, resources; then reporting, end, review, drill. An activation keeps the pack it was started with.
public struct PlanPack: Hashable, Sendable, Codable {
  /// The file's name without its ending, `acute-illness`.
  public var id: String
  public var version: String
  public var name: Text
  public var eventClass: EventClass
  /// 适用范围
  public var scope: Text
  /// 响应启动
  public var triggers: [PlanTrigger]
  /// The level at which it starts by itself or by proposal.
  public var startLevel: PlanLevel
  /// From so many people at the same time the duty lead is asked to raise the level.
  public var simultaneous: PlanSimultaneous?
  public var proposal: PlanProposalTimes
  /// One for each level.
  public var levels: [PlanLevelRule]
  /// 处置措施, by number.
  public var steps: [PlanStep]
  /// 应急保障: whom to call.
  public var calls: [PlanCall]
  public var kit: [PlanKit]
  /// What the handover sheet must say.
  public var handover: [Text]
  public var reports: [ReportingDuty]
  public var end: PlanEnd
  public var review: PlanReview
  public var drill: [Text]
  /// Principles that hold throughout (rescue calls need no approval …).
  public var principles: [Text]
  public var sources: [String]

  public init(
    id: String, version: String, name: Text, eventClass: EventClass, scope: Text, triggers: [PlanTrigger],
    startLevel: PlanLevel, simultaneous: PlanSimultaneous?, proposal: PlanProposalTimes, levels: [PlanLevelRule],
    steps: [PlanStep], calls: [PlanCall], kit: [PlanKit], handover: [Text], reports: [ReportingDuty], end: PlanEnd,
    review: PlanReview, drill: [Text], principles: [Text], sources: [String]
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.eventClass = eventClass
    self.scope = scope
    self.triggers = triggers
    self.startLevel = startLevel
    self.simultaneous = simultaneous
    self.proposal = proposal
    self.levels = levels
    self.steps = steps
    self.calls = calls
    self.kit = kit
    self.handover = handover
    self.reports = reports
    self.end = end
    self.review = review
    self.drill = drill
    self.principles = principles
    self.sources = sources
  }

  /// The rule of a level; nil when the pack doesn't use it.
  public func rule(of level: PlanLevel) -> PlanLevelRule? { levels.first { $0.level == level } }

  /// The step of that number.
  public func step(_ number: Int) -> PlanStep? { steps.first { $0.number == number } }
}

/// How many people at once ask for which level.
public struct PlanSimultaneous: Hashable, Sendable, Codable {
  public var people: Int
  public var level: PlanLevel

  public init(people: Int, level: PlanLevel) {
    self.people = people
    self.level = level
  }
}

/// What happens to a proposal that nobody answers.
public struct PlanProposalTimes: Hashable, Sendable, Codable {
  /// Minutes after which it goes one tier up.
  public var raiseMinutes: Int
  /// Minutes after which it activates by itself.
  public var activateMinutes: Int
  /// The level at which it then activates.
  public var level: PlanLevel

  public init(raiseMinutes: Int, activateMinutes: Int, level: PlanLevel) {
    self.raiseMinutes = raiseMinutes
    self.activateMinutes = activateMinutes
    self.level = level
  }
}

/// Someone to telephone.
public struct PlanCall: Hashable, Sendable, Codable {
  /// A stable code: `120`, `chest-pain-centre`, `organizer`.
  public var code: String
  public var label: Text
  /// A number that is the same everywhere; nil when each site fills in its own.
  public var number: String?
  public var when: Text?

  public init(code: String, label: Text, number: String?, when: Text?) {
    self.code = code
    self.label = label
    self.number = number
    self.when = when
  }
}

/// Material to have at hand.
public struct PlanKit: Hashable, Sendable, Codable {
  public var item: Text
  /// Quantity for 50 people; nil when one set is enough. Unverified throughout.
  public var quantity: String?
  /// Only a licensed person may use it.
  public var licensedOnly: Bool

  public init(item: Text, quantity: String?, licensedOnly: Bool) {
    self.item = item
    self.quantity = quantity
    self.licensedOnly = licensedOnly
  }
}

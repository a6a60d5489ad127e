/// How a measured value is held against a limit.
public enum Comparison: String, Sendable, CaseIterable, Codable {
  case below
  case atMost = "at-most"
  case atLeast = "at-least"
  case above

  /// Whether the value meets it.
  public func holds(_ value: Int, _ limit: Int) -> Bool {
    switch self {
    case .below: value < limit
    case .atMost: value <= limit
    case .atLeast: value >= limit
    case .above: value > limit
    }
  }
}

/// One condition on a check-in. What was not measured or asked never meets a condition.
public enum HealthCondition: Hashable, Sendable, Codable {
  /// The limit is in the reading's stored unit (tenths for temperature and glucose).
  case measured(reading: Reading, is: Comparison, limit: Int)
  case consciousness(anyOf: ConsciousnessLevels)
  case symptom(anyOf: Symptoms)
  /// Any red-flag symptom of the pack, or consciousness other than A.
  case redFlag
  case scale(OxygenScale)
  /// The person's own earlier value has been left by at least this much, downwards.
  case fallen(reading: Reading, by: Int)
  /// As `fallen`, upwards.
  case risen(reading: Reading, by: Int)
  /// The certain NEWS2 points (of an incomplete score the partial sum) are at least this many.
  case news2(atLeast: Int)
  /// Some NEWS2 parameter alone has 3 points.
  case singleThree

  /// Whether the case meets it.
  public func holds(_ facts: borrowing HealthFacts) -> Bool {
    switch self {
    case .measured(let reading, let comparison, let limit):
      facts.readings[reading].map { comparison.holds($0, limit) } ?? false
    case .consciousness(let levels): facts.readings.consciousness.map(levels.contains) ?? false
    case .symptom(let symptoms): facts.symptoms.intersects(symptoms)
    case .redFlag: facts.hasRedFlag
    case .scale(let scale): (facts.readings.oxygenScale ?? .scale1) == scale
    case .fallen(let reading, let points):
      facts.change(of: reading).map { $0 <= -points } ?? false
    case .risen(let reading, let points):
      facts.change(of: reading).map { $0 >= points } ?? false
    case .news2(let least): facts.news2.partialTotal >= least
    case .singleThree: facts.news2.hasSingleThree
    }
  }
}

extension HealthCondition {
  /// Whether any of `any` holds (an empty list counts as met) and all of `all`.
  static func met(any: [HealthCondition], all: [HealthCondition], _ facts: borrowing HealthFacts) -> Bool {
    for condition in all where !condition.holds(facts) { return false }
    if any.isEmpty { return true }
    for condition in any where condition.holds(facts) { return true }
    return false
  }
}

/// What conditions are held against.
public struct HealthFacts: Sendable {
  public let readings: Readings
  public let symptoms: Symptoms
  /// The person's usual values; nil when none are recorded.
  public let baseline: Readings?
  public let news2: NEWS2Score
  /// A red-flag symptom of the pack, or consciousness other than A.
  public let hasRedFlag: Bool

  public init(readings: Readings, symptoms: Symptoms, baseline: Readings? = nil, redFlags: Symptoms) {
    self.readings = readings
    self.symptoms = symptoms
    self.baseline = baseline
    news2 = NEWS2.score(readings)
    hasRedFlag = symptoms.intersects(redFlags) || (readings.consciousness ?? .alert) != .alert
  }

  func change(of reading: Reading) -> Int? {
    guard let now = readings[reading], let before = baseline?[reading] else { return nil }
    return now - before
  }
}

/// One rung of a ladder: it is met when any of `any` holds (an empty list counts as met) and all of `all`.
public struct HealthRule: Hashable, Sendable, Codable {
  /// The finding's code.
  public var code: String
  public var any: [HealthCondition]
  public var all: [HealthCondition]
  public var severity: Severity
  public var message: Text
  /// Minutes until it must be measured again; nil when the band's interval is enough.
  public var remeasureMinutes: Int?
  public var source: String
  /// A project default that a physician has yet to confirm.
  public var isUnverified: Bool

  public init(
    code: String, any: [HealthCondition], all: [HealthCondition] = [], severity: Severity, message: Text,
    remeasureMinutes: Int? = nil, source: String, isUnverified: Bool
  ) {
    self.code = code
    self.any = any
    self.all = all
    self.severity = severity
    self.message = message
    self.remeasureMinutes = remeasureMinutes
    self.source = source
    self.isUnverified = isUnverified
  }

  /// The finding it yields.
  public var finding: Finding {
    Finding(code: code, severity: severity, message: message, source: source, isUnverified: isUnverified)
  }
}

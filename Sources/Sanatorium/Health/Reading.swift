/// One thing measured or observed in a check-in; the raw value is its name on the wire.
public enum Reading: String, Sendable, CaseIterable, Codable {
  case respirationRate
  case oxygenSaturation
  /// Which of NEWS2's two saturation scales applies: 1, or 2 by a doctor's recorded decision.
  case oxygenScale
  case supplementalOxygen
  case systolic
  case diastolic
  case pulse
  case consciousness
  case temperature
  case glucose

  /// The reading of that name on the wire. Every check-in asks for each of its readings: only names as long as the
  /// given one are compared.
  public init?(named name: String) {
    let count = name.utf8.count
    guard count < Reading.byLength.count, let found = Reading.byLength[count].first(where: { $0.rawValue == name })
    else { return nil }
    self = found
  }

  private static let byLength: [[Reading]] = {
    let longest = allCases.map(\.rawValue.utf8.count).max() ?? 0
    return (0...longest).map { count in allCases.filter { $0.rawValue.utf8.count == count } }
  }()

  /// The name people read.
  public var label: Text {
    switch self {
    case .respirationRate: Text("呼吸", "Respirations")
    case .oxygenSaturation: Text("血氧", "SpO₂")
    case .oxygenScale: Text("血氧量表", "SpO₂ scale")
    case .supplementalOxygen: Text("吸氧", "Air or oxygen")
    case .systolic: Text("收缩压", "Systolic pressure")
    case .diastolic: Text("舒张压", "Diastolic pressure")
    case .pulse: Text("脉搏", "Pulse")
    case .consciousness: Text("意识", "Consciousness")
    case .temperature: Text("体温", "Temperature")
    case .glucose: Text("血糖", "Glucose")
    }
  }

  /// The unit people read; empty for what has none.
  public var unit: Text {
    switch self {
    case .respirationRate, .pulse: Text("次/分", "/min")
    case .oxygenSaturation: Text("%", "%")
    case .systolic, .diastolic: Text("mmHg", "mmHg")
    case .temperature: Text("℃", "°C")
    case .glucose: Text("mmol/L", "mmol/L")
    case .oxygenScale, .supplementalOxygen, .consciousness: Text("", "")
    }
  }

  /// What can be recorded at all, in the stored unit (tenths for temperature and glucose); nil for what is chosen, not
  /// measured. Wider than any living value, so that nothing true is ever refused: these are no medical limits.
  public var bounds: ClosedRange<Int>? {
    switch self {
    case .respirationRate: 1...80
    case .oxygenSaturation: 40...100
    case .systolic, .diastolic: 20...300
    case .pulse: 15...300
    case .temperature: 250...450
    case .glucose: 5...600
    case .oxygenScale, .supplementalOxygen, .consciousness: nil
    }
  }

  /// Temperature and glucose are held as whole tenths.
  public var isInTenths: Bool { self == .temperature || self == .glucose }

  /// The stored unit of a plain decimal text (`38.6` is 386 of temperature); nil when it is no such number.
  public func stored(_ text: some StringProtocol) -> Int? {
    guard bounds != nil, case .value(let value) = TypedNumber.parse(String(text), tenths: isInTenths) else {
      return nil
    }
    return value
  }

  /// A stored value as people write it: `72`, `37.0`.
  public func written(_ value: Int) -> String {
    guard isInTenths else { return String(value) }
    let size = abs(value)
    return "\(value < 0 ? "-" : "")\(size / 10).\(size % 10)"
  }
}

/// NEWS2's two scales for oxygen saturation.
public enum OxygenScale: Int, Sendable, CaseIterable, Codable {
  case scale1 = 1
  /// Target 88–92 %, only on a doctor's recorded decision (confirmed hypercapnic failure).
  case scale2 = 2
}

/// ACVPU. C is confusion that is new; a person's usual confusion is A.
public enum Consciousness: String, Sendable, CaseIterable, Codable {
  case alert = "A"
  case confused = "C"
  case voice = "V"
  case pain = "P"
  case unresponsive = "U"

  /// The word beside the letter.
  public var label: Text {
    switch self {
    case .alert: Text("清醒", "Alert")
    case .confused: Text("新出现的糊涂", "New confusion")
    case .voice: Text("叫才醒", "Responds to voice")
    case .pain: Text("疼才醒", "Responds to pain")
    case .unresponsive: Text("叫不醒", "Unresponsive")
    }
  }
}

/// Some levels of consciousness, in one byte; coded as the list of letters.
public struct ConsciousnessLevels: Hashable, Sendable {
  private var bits: UInt8 = 0

  public init(_ levels: some Sequence<Consciousness>) {
    for level in levels { bits |= ConsciousnessLevels.bit(level) }
  }

  /// Whether the level is one of them.
  public func contains(_ level: Consciousness) -> Bool { bits & ConsciousnessLevels.bit(level) != 0 }

  /// The levels in the order of ACVPU.
  public var all: [Consciousness] { Consciousness.allCases.filter(contains) }

  private static func bit(_ level: Consciousness) -> UInt8 {
    switch level {
    case .alert: 1
    case .confused: 2
    case .voice: 4
    case .pain: 8
    case .unresponsive: 16
    }
  }
}

extension ConsciousnessLevels: Codable {
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([Consciousness].self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(all)
  }
}

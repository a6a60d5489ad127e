/// The score of one set of readings; five bytes' worth, made without allocation.
public struct NEWS2Score: Hashable, Sendable {
  /// Four bits for each parameter in the chart's order; 15 is "not measured".
  private var points: UInt32 = 0x0FFF_FFFF

  init() {}

  mutating func set(_ index: Int, _ value: Int) {
    let shift = UInt32(index * 4)
    points = points & ~(15 << shift) | UInt32(value) << shift
  }

  private func value(_ index: Int) -> Int? {
    let nibble = points >> UInt32(index * 4) & 15
    return nibble == 15 ? nil : Int(nibble)
  }

  /// 0 to 3 points; nil when it was not measured or is none of the seven. A saturation of 93 or more on scale 2 has no
  /// points while the gas is unknown; `missing` then names the gas, not the saturation.
  public func points(of reading: Reading) -> Int? {
    switch reading {
    case .respirationRate: value(0)
    case .oxygenSaturation: value(1)
    case .supplementalOxygen: value(2)
    case .systolic: value(3)
    case .pulse: value(4)
    case .consciousness: value(5)
    case .temperature: value(6)
    case .oxygenScale, .diastolic, .glucose: nil
    }
  }

  /// The points that are known, in the chart's order.
  public var known: [(parameter: Reading, points: Int)] {
    NEWS2.parameters.enumerated().compactMap { index, parameter in value(index).map { (parameter, $0) } }
  }

  /// The parameters that were not measured, in the chart's order.
  public var missing: [Reading] {
    NEWS2.parameters.enumerated().compactMap { index, parameter in value(index) == nil ? parameter : nil }
  }

  /// All seven are known.
  public var isComplete: Bool { (0..<7).allSatisfy { value($0) != nil } }

  /// The known points' sum. Of an incomplete score it is a lower bound and never shown as a total.
  public var partialTotal: Int {
    var sum = 0
    for index in 0..<7 { sum += value(index) ?? 0 }
    return sum
  }

  /// 0 to 20; nil when any parameter is missing.
  public var total: Int? { isComplete ? partialTotal : nil }

  /// Some parameter alone has 3 points.
  public var hasSingleThree: Bool { (0..<7).contains { value($0) == 3 } }

  /// The band of the total; nil when incomplete.
  public var band: NEWS2Band? { isComplete ? leastBand : nil }

  /// The band that is already certain, whatever the missing parameters are: points only ever add up. An incomplete
  /// score is escalated by this, so that leaving out a thermometer hides nobody.
  public var leastBand: NEWS2Band {
    let sum = partialTotal
    if sum >= 7 { return .high }
    if sum >= 5 { return .medium }
    if hasSingleThree { return .lowMedium }
    return sum == 0 ? .routine : .low
  }

  /// The level on the wire, where a total of 0 is `low`; nil exactly when incomplete.
  public var level: NEWS2Level? { band?.level }

  /// The journal's open code: the band's, or 0 for an incomplete score.
  public var openCode: Int { band?.rawValue ?? 0 }

  /// Seven characters in the chart's order, `0`–`3` or `-` for "not measured": what a table keeps of a score.
  public var code: String {
    String(decoding: (0..<7).map { value($0).map { UInt8(48 + $0) } ?? UInt8(ascii: "-") }, as: UTF8.self)
  }

  /// Reads `code`; nil for anything else.
  public init?(code: some StringProtocol) {
    let bytes = Array(code.utf8)
    guard bytes.count == 7 else { return nil }
    self.init()
    for (index, byte) in bytes.enumerated() {
      if (48...51).contains(byte) { set(index, Int(byte - 48)) } else if byte != UInt8(ascii: "-") { return nil }
    }
  }
}

/// The bands of the response table, in rising order. The raw values are the journal's codes and never
/// change; 0 is an incomplete score.
public enum NEWS2Band: Int, Sendable, CaseIterable, Codable, Comparable {
  case routine = 1
  case low = 2
  case lowMedium = 3
  case medium = 4
  case high = 5

  /// The word on the score's tile.
  public var label: Text {
    switch self {
    case .routine: Text("常规", "Routine")
    case .low: Text("低", "Low")
    case .lowMedium: Text("低中", "Low–medium")
    case .medium: Text("中", "Medium")
    case .high: Text("高", "High")
    }
  }

  /// The level on the wire.
  public var level: NEWS2Level {
    switch self {
    case .routine, .low: .low
    case .lowMedium: .lowMedium
    case .medium: .medium
    case .high: .high
    }
  }

  public static func < (left: NEWS2Band, right: NEWS2Band) -> Bool { left.rawValue < right.rawValue }
}

/// The clinical risk on the wire.
public enum NEWS2Level: String, Sendable, CaseIterable, Codable {
  case low
  case lowMedium = "low-medium"
  case medium
  case high
}

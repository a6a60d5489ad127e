/// The National Early Warning Score 2 of the Royal College of Physicians (December 2017). For adults from
/// 16 years, not in pregnancy; no diagnosis, and no replacement for judgement.
public enum NEWS2 {
  /// The seven parameters, in the order of the chart.
  public static let parameters: [Reading] = [
    .respirationRate, .oxygenSaturation, .supplementalOxygen, .systolic, .pulse, .consciousness, .temperature,
  ]

  /// Who made the score; shown wherever it is.
  public static let acknowledgement = Text(
    "NEWS2 评分来自英国皇家内科医师学会（2017）。不是诊断。",
    "NEWS2 is reproduced from the Royal College of Physicians (2017). It is not a diagnosis.")

  /// The points of each parameter that was measured. Scale 1 applies unless the readings say scale 2.
  public static func score(_ readings: Readings) -> NEWS2Score {
    var score = NEWS2Score()
    if let rate = readings.respirationRate { score.set(0, respirations(rate)) }
    if let saturation = readings.oxygenSaturation {
      if readings.oxygenScale != .scale2 {
        score.set(1, saturationScale1(saturation))
      } else if let points = saturationScale2(saturation, onOxygen: readings.supplementalOxygen) {
        score.set(1, points)
      }
    }
    if let onOxygen = readings.supplementalOxygen { score.set(2, onOxygen ? 2 : 0) }
    if let pressure = readings.systolic { score.set(3, systolic(pressure)) }
    if let rate = readings.pulse { score.set(4, pulse(rate)) }
    if let level = readings.consciousness { score.set(5, level == .alert ? 0 : 3) }
    if let tenths = readings.temperature { score.set(6, temperature(tenths)) }
    return score
  }

  static func respirations(_ rate: Int) -> Int {
    switch rate {
    case ...8: 3
    case 9...11: 1
    case 12...20: 0
    case 21...24: 2
    default: 3
    }
  }

  static func saturationScale1(_ percent: Int) -> Int {
    switch percent {
    case ...91: 3
    case 92...93: 2
    case 94...95: 1
    default: 0
    }
  }

  /// From 93 % the points depend on the gas: nil while nobody said whether the person is on oxygen.
  static func saturationScale2(_ percent: Int, onOxygen: Bool?) -> Int? {
    switch percent {
    case ...83: return 3
    case 84...85: return 2
    case 86...87: return 1
    case 88...92: return 0
    default:
      guard let onOxygen else { return nil }
      if !onOxygen { return 0 }
      return percent <= 94 ? 1 : percent <= 96 ? 2 : 3
    }
  }

  static func systolic(_ pressure: Int) -> Int {
    switch pressure {
    case ...90: 3
    case 91...100: 2
    case 101...110: 1
    case 111...219: 0
    default: 3
    }
  }

  static func pulse(_ rate: Int) -> Int {
    switch rate {
    case ...40: 3
    case 41...50: 1
    case 51...90: 0
    case 91...110: 1
    case 111...130: 2
    default: 3
    }
  }

  /// Tenths of a degree.
  static func temperature(_ tenths: Int) -> Int {
    switch tenths {
    case ...350: 3
    case 351...360: 1
    case 361...380: 0
    case 381...390: 1
    default: 2
    }
  }
}

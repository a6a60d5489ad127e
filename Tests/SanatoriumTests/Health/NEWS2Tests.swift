import Sanatorium
import Testing

/// All seven normal: every parameter 0 points.
let normal = Readings(
  respirationRate: 16, oxygenSaturation: 97, oxygenScale: .scale1, supplementalOxygen: false, systolic: 128,
  diastolic: 78, pulse: 72, consciousness: .alert, temperature: 366)

func with(_ readings: Readings = normal, _ change: (inout Readings) -> Void) -> Readings {
  var changed = readings
  change(&changed)
  return changed
}

@Suite("NEWS2")
struct NEWS2Tests {
  /// Both sides of every boundary of the chart.
  static let boundaries: [(reading: Reading, value: Int, points: Int)] = [
    (.respirationRate, 1, 3), (.respirationRate, 8, 3), (.respirationRate, 9, 1), (.respirationRate, 11, 1),
    (.respirationRate, 12, 0), (.respirationRate, 20, 0), (.respirationRate, 21, 2), (.respirationRate, 24, 2),
    (.respirationRate, 25, 3), (.respirationRate, 80, 3),
    (.oxygenSaturation, 40, 3), (.oxygenSaturation, 91, 3), (.oxygenSaturation, 92, 2), (.oxygenSaturation, 93, 2),
    (.oxygenSaturation, 94, 1), (.oxygenSaturation, 95, 1), (.oxygenSaturation, 96, 0), (.oxygenSaturation, 100, 0),
    (.systolic, 20, 3), (.systolic, 90, 3), (.systolic, 91, 2), (.systolic, 100, 2), (.systolic, 101, 1),
    (.systolic, 110, 1), (.systolic, 111, 0), (.systolic, 219, 0), (.systolic, 220, 3), (.systolic, 300, 3),
    (.pulse, 15, 3), (.pulse, 40, 3), (.pulse, 41, 1), (.pulse, 50, 1), (.pulse, 51, 0), (.pulse, 90, 0),
    (.pulse, 91, 1), (.pulse, 110, 1), (.pulse, 111, 2), (.pulse, 130, 2), (.pulse, 131, 3), (.pulse, 300, 3),
    (.temperature, 250, 3), (.temperature, 350, 3), (.temperature, 351, 1), (.temperature, 360, 1),
    (.temperature, 361, 0), (.temperature, 380, 0), (.temperature, 381, 1), (.temperature, 390, 1),
    (.temperature, 391, 2), (.temperature, 450, 2),
  ]

  @Test("each boundary of the chart scores as printed, on both sides", arguments: boundaries)
  func boundary(reading: Reading, value: Int, points: Int) {
    let score = NEWS2.score(with { $0[reading] = value })
    #expect(score.points(of: reading) == points)
    #expect(score.total == points)
  }

  @Test(
    "scale 2 on air and on oxygen",
    arguments: [
      (40, 3, 3), (83, 3, 3), (84, 2, 2), (85, 2, 2), (86, 1, 1), (87, 1, 1), (88, 0, 0), (92, 0, 0), (93, 0, 1),
      (94, 0, 1), (95, 0, 2), (96, 0, 2), (97, 0, 3), (100, 0, 3),
    ])
  func scale2(saturation: Int, onAir: Int, onOxygen: Int) {
    let readings = with {
      $0.oxygenScale = .scale2
      $0.oxygenSaturation = saturation
    }
    #expect(NEWS2.score(readings).points(of: .oxygenSaturation) == onAir)
    let oxygen = NEWS2.score(with(readings) { $0.supplementalOxygen = true })
    #expect(oxygen.points(of: .oxygenSaturation) == onOxygen)
    #expect(oxygen.total == onOxygen + 2)
  }

  @Test("scale 1 scores the same on air and on oxygen, and applies when none is given", arguments: 88...100)
  func scale1(saturation: Int) {
    let air = with { $0.oxygenSaturation = saturation }
    let oxygen = with(air) { $0.supplementalOxygen = true }
    let points = NEWS2.score(air).points(of: .oxygenSaturation)
    #expect(points == NEWS2.score(oxygen).points(of: .oxygenSaturation))
    #expect(points == NEWS2.score(with(air) { $0.oxygenScale = nil }).points(of: .oxygenSaturation))
  }

  @Test("consciousness: only A is 0", arguments: Consciousness.allCases)
  func consciousness(level: Consciousness) {
    let points = NEWS2.score(with { $0.consciousness = level }).points(of: .consciousness)
    #expect(points == (level == .alert ? 0 : 3))
  }

  @Test("any missing parameter leaves no total and no level, and is named", arguments: NEWS2.parameters)
  func missing(parameter: Reading) {
    let score = NEWS2.score(
      with {
        switch parameter {
        case .supplementalOxygen: $0.supplementalOxygen = nil
        case .consciousness: $0.consciousness = nil
        default: $0[parameter] = nil
        }
      })
    #expect(score.missing == [parameter])
    #expect(!score.isComplete)
    #expect(score.total == nil && score.band == nil && score.level == nil)
    #expect(score.points(of: parameter) == nil)
    #expect(score.known.map(\.parameter) == NEWS2.parameters.filter { $0 != parameter })
    #expect(score.openCode == 0)
  }

  @Test("with nothing measured everything is missing, and the certain band is routine")
  func empty() {
    let score = NEWS2.score(Readings())
    #expect(score.missing == NEWS2.parameters)
    #expect(score.known.isEmpty && score.total == nil && score.leastBand == .routine)
    #expect(score.code == "-------")
  }

  @Test("zero points are a value: a normal person has a total of 0, level low, and misses nothing")
  func zero() {
    let score = NEWS2.score(normal)
    #expect(score.total == 0 && score.level == .low && score.band == .routine && score.missing.isEmpty)
    #expect(score.known.map(\.points) == [0, 0, 0, 0, 0, 0, 0])
    #expect(score.code == "0000000" && score.openCode == 1)
    #expect(NEWS2.score(with { $0.supplementalOxygen = false }).points(of: .supplementalOxygen) == 0)
  }

  @Test("scale 2 from 93 % needs to know the gas; below it does not")
  func scale2WithoutGas() {
    let high = NEWS2.score(Readings(oxygenSaturation: 97, oxygenScale: .scale2))
    #expect(high.points(of: .oxygenSaturation) == nil && high.missing.contains(.supplementalOxygen))
    let low = NEWS2.score(Readings(oxygenSaturation: 86, oxygenScale: .scale2))
    #expect(low.points(of: .oxygenSaturation) == 1)
  }

  static let vectors: [(Readings, [Int], NEWS2Band)] = {
    func row(
      _ rate: Int, _ saturation: Int, _ scale: OxygenScale, _ oxygen: Bool, _ systolic: Int, _ pulse: Int,
      _ level: Consciousness, _ temperature: Int, _ points: [Int], _ band: NEWS2Band
    ) -> (Readings, [Int], NEWS2Band) {
      let readings = Readings(
        respirationRate: rate, oxygenSaturation: saturation, oxygenScale: scale, supplementalOxygen: oxygen,
        systolic: systolic, pulse: pulse, consciousness: level, temperature: temperature)
      return (readings, points, band)
    }
    return [
      row(16, 97, .scale1, false, 128, 72, .alert, 366, [0, 0, 0, 0, 0, 0, 0], .routine),
      row(21, 95, .scale1, false, 138, 88, .alert, 372, [2, 1, 0, 0, 0, 0, 0], .low),
      row(18, 93, .scale1, false, 118, 96, .alert, 384, [0, 2, 0, 0, 1, 0, 1], .low),
      row(12, 96, .scale1, false, 135, 70, .confused, 368, [0, 0, 0, 0, 0, 3, 0], .lowMedium),
      row(24, 92, .scale1, true, 108, 112, .alert, 391, [2, 2, 2, 1, 2, 0, 2], .high),
      row(25, 91, .scale1, true, 90, 131, .unresponsive, 350, [3, 3, 2, 3, 3, 3, 3], .high),
      row(18, 95, .scale2, false, 130, 80, .alert, 369, [0, 0, 0, 0, 0, 0, 0], .routine),
      row(18, 95, .scale2, true, 130, 80, .alert, 369, [0, 2, 2, 0, 0, 0, 0], .low),
      row(20, 97, .scale2, true, 125, 90, .alert, 361, [0, 3, 2, 0, 0, 0, 0], .medium),
      row(8, 96, .scale1, false, 220, 40, .alert, 360, [3, 0, 0, 3, 3, 0, 1], .high),
    ]
  }()

  @Test("the ten published vectors", arguments: 0..<10)
  func vector(index: Int) {
    let (readings, points, band) = Self.vectors[index]
    let score = NEWS2.score(readings)
    #expect(score.known.map(\.points) == points)
    #expect(score.total == points.reduce(0, +))
    #expect(score.band == band)
    #expect(score.level == band.level)
  }

  @Test("bands turn at 1, 5 and 7; a single 3 is low-medium up to 4 and never lowers a band")
  func bands() {
    func band(_ code: String) -> NEWS2Band? { NEWS2Score(code: code)?.band }
    #expect(band("0000000") == .routine)
    #expect(band("0000001") == .low)
    #expect(band("2100001") == .low)
    #expect(band("2020000") == .low)
    #expect(band("3000000") == .lowMedium)
    #expect(band("3000001") == .lowMedium)
    #expect(band("2020001") == .medium)
    #expect(band("3020000") == .medium)
    #expect(band("2022000") == .medium)
    #expect(band("2022001") == .high)
    #expect(band("3023000") == .high)
    #expect(NEWS2Band.routine.level == .low && NEWS2Band.low.level == .low)
  }

  @Test("an incomplete score is escalated by the points it has")
  func certain() {
    #expect(NEWS2Score(code: "2-2100-")?.leastBand == .medium)
    #expect(NEWS2Score(code: "------3")?.leastBand == .lowMedium)
    #expect(NEWS2Score(code: "32-2---")?.leastBand == .high)
    #expect(NEWS2Score(code: "32-2---")?.total == nil)
  }

  @Test("the seven characters come back, and nothing else is read")
  func code() {
    for (readings, _, _) in Self.vectors {
      let score = NEWS2.score(readings)
      #expect(NEWS2Score(code: score.code) == score)
    }
    for text in ["", "000000", "00000000", "0000004", "000000x", "０000000"] { #expect(NEWS2Score(code: text) == nil) }
  }

  @Test("the journal's codes of the bands never change")
  func codes() {
    #expect(NEWS2Band.allCases.map(\.rawValue) == [1, 2, 3, 4, 5])
    #expect(NEWS2Level.allCases.map(\.rawValue) == ["low", "low-medium", "medium", "high"])
  }
}

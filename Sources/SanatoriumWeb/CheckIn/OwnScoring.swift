internal import Evidence
internal import Sanatorium

/// What a check's form carries so that its script can score NEWS2 where the house can't be reached: the steps of the
/// chart, the readings' names, and what each band asks for. Beyond what a reading can be there are no points. The person's
/// limits and the change from the baseline stay with the server.
enum OwnScoring {
  static func chart(_ scale: OxygenScale, _ health: HealthPack, _ language: Language) -> String {
    let base = scale == .scale2 ? onScale2 : onScale1
    let advice = NEWS2Band.allCases.map { band in
      JSON.Member("\(band.rawValue)", .optional(health.response(to: band)?.action(language)) ?? .null)
    }
    return String(
      decoding: JSONWriter.wire(
        .object(
          base + [
            JSON.Member("names", .object(Reading.allCases.map { JSON.Member($0.rawValue, .string($0.label(language))) })),
            JSON.Member("advice", .object(advice)), JSON.Member("words", .array(NEWS2Band.allCases.map { .string($0.label(language)) })),
          ])), as: UTF8.self)
  }

  private static let onScale1 = points(.scale1)
  private static let onScale2 = points(.scale2)

  private static func points(_ scale: OxygenScale) -> [JSON.Member] {
    var members = steps(NEWS2Chart(scale, onOxygen: false), suffix: "")
    if scale == .scale2 {
      members += steps(NEWS2Chart(scale, onOxygen: true), suffix: "+").filter { $0.name == "oxygenSaturation+" }
    }
    let gas = [false, true].map { onOxygen -> JSON.Member in
      var readings = Readings()
      readings.supplementalOxygen = onOxygen
      return JSON.Member("\(onOxygen)", .optional(NEWS2.score(readings).points(of: .supplementalOxygen)) ?? .null)
    }
    let consciousness = Consciousness.allCases.map { level -> JSON.Member in
      var readings = Readings()
      readings.consciousness = level
      return JSON.Member(level.rawValue, .optional(NEWS2.score(readings).points(of: .consciousness)) ?? .null)
    }
    return members + [JSON.Member("supplementalOxygen", .object(gas)), JSON.Member("consciousness", .object(consciousness))]
  }

  private static func steps(_ chart: NEWS2Chart, suffix: String) -> [JSON.Member] {
    chart.steps.map { parameter, steps in
      let from = { (value: Int) -> JSON in parameter == .temperature ? .decimal(Int64(value), scale: 1) : .int(Int64(value)) }
      let end = parameter.bounds.map { JSON.array([from($0.upperBound + 1), .null]) }
      return JSON.Member(
        parameter.rawValue + suffix, .array(steps.map { .array([from($0.from), .int(Int64($0.points))]) } + [end].compactMap(\.self)))
    }
  }
}

/// NEWS2's points as steps, read off the rule itself: for a device that has to score without the house's server.
public struct NEWS2Chart: Sendable {
  /// From this value on (tenths for temperature) there are so many points, until the next step.
  public struct Step: Sendable, Equatable {
    public let from: Int
    public let points: Int
  }

  /// The numeric parameters with their steps over the range that a reading can have. Air or oxygen and consciousness are
  /// not among them: they have two and five values.
  public let steps: [(parameter: Reading, steps: [Step])]

  /// - Parameters:
  ///   - scale: the person's saturation scale.
  ///   - onOxygen: on scale 2 the saturation's points depend on it.
  public init(_ scale: OxygenScale, onOxygen: Bool) {
    steps = NEWS2.parameters.compactMap { parameter in
      guard let range = parameter.bounds else { return nil }
      var steps: [Step] = []
      for value in range {
        var readings = Readings()
        readings.oxygenScale = scale
        readings.supplementalOxygen = onOxygen
        _ = readings.set(parameter, to: parameter.written(value))
        guard let points = NEWS2.score(readings).points(of: parameter), points != steps.last?.points else { continue }
        steps.append(Step(from: value, points: points))
      }
      return (parameter, steps)
    }
  }
}

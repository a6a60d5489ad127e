/// The figures by which one batch is looked after: rounds, limits, intervals, alert tiers. Data from a file; the batch
/// keeps the pack it opened with.
public struct HealthPack: Hashable, Sendable, Codable {
  /// The file's name without its ending, `cn-elder-2026`.
  public var id: String
  public var version: String
  public var name: Text
  /// What the whole is based on, and what still needs a physician's confirmation.
  public var note: Text
  /// The planned rounds of a day, by time.
  public var rounds: [PlannedRound]
  /// Symptoms that turn a figure into an emergency.
  public var redFlags: Symptoms
  public var ladders: [HealthLadder]
  /// One for each NEWS2 band.
  public var responses: [NEWS2Response]
  /// One for each severity.
  public var alerts: [AlertSchedule]

  public init(
    id: String, version: String, name: Text, note: Text, rounds: [PlannedRound], redFlags: Symptoms,
    ladders: [HealthLadder], responses: [NEWS2Response], alerts: [AlertSchedule]
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.note = note
    self.rounds = rounds
    self.redFlags = redFlags
    self.ladders = ladders
    self.responses = responses
    self.alerts = alerts
  }

  /// The response to a band; a pack that was loaded has one for each.
  public func response(to band: NEWS2Band) -> NEWS2Response? {
    for response in responses where response.band == band { return response }
    return nil
  }

  /// Who is told when for a severity; empty when the pack names nobody.
  public func alerts(for severity: Severity) -> AlertSchedule {
    alerts.first { $0.severity == severity } ?? AlertSchedule(severity: severity, steps: [], source: "")
  }
}

/// What a NEWS2 band asks for.
public struct NEWS2Response: Hashable, Sendable, Codable {
  public var band: NEWS2Band
  /// The longest time until the next observation.
  public var minutes: Int
  /// What to do now.
  public var action: Text
  /// The severity of the alert it opens; nil for none.
  public var severity: Severity?
  public var source: String
  public var isUnverified: Bool

  public init(
    band: NEWS2Band, minutes: Int, action: Text, severity: Severity?, source: String, isUnverified: Bool
  ) {
    self.band = band
    self.minutes = minutes
    self.action = action
    self.severity = severity
    self.source = source
    self.isUnverified = isUnverified
  }
}

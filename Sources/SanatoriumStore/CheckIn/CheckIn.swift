internal import Evidence
public import Sanatorium

/// One check of one person, or the reason why there was none.
public struct CheckIn: Sendable, Hashable {
  /// The entry's sequence.
  public let entry: Int64
  public let occurredAt: Instant
  public let recordedAt: Instant
  public let actor: ID
  public let readings: Readings
  public let symptoms: Symptoms
  public let remark: String
  /// NEWS2; nil when a parameter is missing.
  public let total: Int?
  public let points: NEWS2Score
  public let severity: Severity?
  /// Codes of what the limits found.
  public let findings: [String]
  /// Why nothing was measured; nil for a check that was made.
  public let reason: NotDoneReason?
  /// After the round's limit.
  public let isLate: Bool

  init(_ row: Row) throws {
    entry = row.int64(0)
    occurredAt = row.instant(2)
    recordedAt = row.instant(3)
    actor = row.id(4)
    readings = Readings(
      respirationRate: row.optionalInt(5), oxygenSaturation: row.optionalInt(6),
      oxygenScale: row.optionalInt(7).flatMap(OxygenScale.init(rawValue:)),
      supplementalOxygen: row.isNull(8) ? nil : row.bool(8), systolic: row.optionalInt(9),
      diastolic: row.optionalInt(10), pulse: row.optionalInt(11),
      consciousness: row.optionalText(12).flatMap(Consciousness.init(rawValue:)), temperature: row.optionalInt(13),
      glucose: row.optionalInt(14))
    symptoms = Symptoms(row.text(15).split(separator: " ").compactMap { Symptom(rawValue: String($0)) })
    remark = row.text(16)
    total = row.optionalInt(17)
    guard let score = NEWS2Score(code: row.text(19)) else { throw CorruptRow(column: 19, value: row.text(19)) }
    points = score
    severity = row.optionalText(20).flatMap(Severity.init(rawValue:))
    findings = row.text(21).split(separator: " ").map(String.init)
    reason = row.optionalText(22).flatMap(NotDoneReason.init(rawValue:))
    isLate = row.bool(23)
  }
}

extension Reader {
  /// Newest first; `before` is the last one's time of the previous page.
  public func checkIns(
    of participant: Participant, before: Instant = Instant(milliseconds: .max), limit: Int = 50
  ) throws -> [CheckIn] {
    try tables.all(CheckInTable.ofParticipant, participant.key, before, limit, read: CheckIn.init)
  }

  /// The newest check of a person's stay that has a score; nil when none has every reading.
  public func lastScored(of participant: Participant) throws -> CheckIn? {
    try tables.first(CheckInTable.lastScored, participant.key, read: CheckIn.init)
  }
}

extension Readings {
  /// The compact JSON that the participant's row holds of the last readings and of the baseline.
  /// Throws `MalformedJSON` when the row holds something this program never wrote.
  public init(compact text: String) throws {
    self.init(json: try JSON.parse(Array(text.utf8)))
  }

  init(json: JSON) {
    func int(_ name: String) -> Int? { json[name]?.int.map(Int.init) }
    self.init(
      respirationRate: int("respirationRate"), oxygenSaturation: int("oxygenSaturation"),
      oxygenScale: int("oxygenScale").flatMap(OxygenScale.init(rawValue:)),
      supplementalOxygen: json["supplementalOxygen"]?.bool, systolic: int("systolic"), diastolic: int("diastolic"),
      pulse: int("pulse"), consciousness: json["consciousness"]?.string.flatMap(Consciousness.init(rawValue:)),
      temperature: int("temperature"), glucose: int("glucose"))
  }

  /// The same as `json` written canonically: made for every check.
  var canonical: [UInt8] {
    var writer = CanonicalObject(capacity: 192)
    writer.member("consciousness", consciousness?.rawValue)
    writer.member("diastolic", diastolic.map(Int64.init))
    writer.member("glucose", glucose.map(Int64.init))
    writer.member("oxygenSaturation", oxygenSaturation.map(Int64.init))
    writer.member("oxygenScale", oxygenScale.map { Int64($0.rawValue) })
    writer.member("pulse", pulse.map(Int64.init))
    writer.member("respirationRate", respirationRate.map(Int64.init))
    writer.member("supplementalOxygen", supplementalOxygen)
    writer.member("systolic", systolic.map(Int64.init))
    writer.member("temperature", temperature.map(Int64.init))
    return writer.finish()
  }

  /// Stored units; members sorted, so that the canonical writer has nothing to sort.
  var json: JSON {
    .object([
      "consciousness": consciousness.map { .string($0.rawValue) }, "diastolic": .optional(diastolic),
      "glucose": .optional(glucose), "oxygenSaturation": .optional(oxygenSaturation),
      "oxygenScale": oxygenScale.map { .int(Int64($0.rawValue)) }, "pulse": .optional(pulse),
      "respirationRate": .optional(respirationRate), "supplementalOxygen": supplementalOxygen.map(JSON.bool),
      "systolic": .optional(systolic), "temperature": .optional(temperature),
    ])
  }
}

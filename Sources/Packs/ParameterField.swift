internal import Sanatorium

/// One parameter of a regulation's sheet: its name in a pack, whether it is set, and how it is carried over. Packs that
/// stand on several others are put together by it, and what a pack changes is told by it.
struct ParameterField: Sendable {
  let key: String
  let isSet: @Sendable (RegulationParameters) -> Bool
  let isSame: @Sendable (RegulationParameters, RegulationParameters) -> Bool
  let copy: @Sendable (RegulationParameters, inout RegulationParameters) -> Void

  /// A parameter that is nil while nobody sets it.
  private init<Value: Equatable & Sendable>(_ key: String, _ path: any WritableKeyPath<RegulationParameters, Value?> & Sendable) {
    self.key = key
    isSet = { $0[keyPath: path] != nil }
    isSame = { $0[keyPath: path] == $1[keyPath: path] }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
  }

  /// A parameter that has a value of its own while nobody sets it.
  private init<Value: Equatable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<RegulationParameters, Value> & Sendable, unset: Value
  ) {
    self.key = key
    isSet = { $0[keyPath: path] != unset }
    isSame = { $0[keyPath: path] == $1[keyPath: path] }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
  }

  /// A parameter that only means something while another is set.
  private init<Value: Equatable & Sendable>(
    _ key: String, _ path: any WritableKeyPath<RegulationParameters, Value> & Sendable,
    while isSet: @escaping @Sendable (RegulationParameters) -> Bool
  ) {
    self.key = key
    self.isSet = isSet
    isSame = { $0[keyPath: path] == $1[keyPath: path] }
    copy = { $1[keyPath: path] = $0[keyPath: path] }
  }

  /// Every parameter, in the order of the sheet.
  static let all: [ParameterField] = [
    ParameterField("max_days", \.maxDays), ParameterField("usual_days", \.usualDays),
    ParameterField("batch_cap", \.batchCap), ParameterField("age_cap", \.ageCap),
    ParameterField("age_cap_inclusive", \.ageCapInclusive, while: { $0.ageCap != nil }),
    ParameterField("self_care", \.selfCare),
    ParameterField("outdoor", \.outdoor, unset: false), ParameterField("exclusions", \.exclusions, unset: []),
    ParameterField("ratio", \.ratio), ParameterField("medical_escorts", \.medicalEscorts),
    ParameterField("insurance", \.insurance, unset: []),
    ParameterField("insurance_cover", \.insuranceCover, unset: .whenRecorded),
    ParameterField("consents_dated", \.consentsDated, unset: false), ParameterField("cycle_years", \.cycleYears),
    ParameterField("cycle_years_limit", \.cycleYearsLimit), ParameterField("venue_area", \.venueArea),
    ParameterField("checkup_months", \.checkupMonths), ParameterField("grounds", \.grounds, unset: []),
    ParameterField("indicators", \.indicators, unset: []), ParameterField("activities", \.activities, unset: []),
    ParameterField("participant_agreement_signer", \.participantAgreementSigner),
    ParameterField("host_agreement_signer", \.hostAgreementSigner),
  ]
}

/// A parameter sheet with the regulation that set each of its parameters last.
struct OwnedParameters {
  var sheet = RegulationParameters()
  /// By the parameter's name in a pack.
  var owners: [String: String] = [:]

  /// Takes over what another sheet sets. The names of the parameters that both set, and differently.
  mutating func merge(_ other: OwnedParameters) -> [String] {
    var quarrels: [String] = []
    for field in ParameterField.all where field.isSet(other.sheet) {
      if !field.isSet(sheet) {
        field.copy(other.sheet, &sheet)
        owners[field.key] = other.owners[field.key]
      } else if !field.isSame(sheet, other.sheet) {
        quarrels.append(field.key)
      }
    }
    return quarrels
  }
}

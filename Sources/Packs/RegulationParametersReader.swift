internal import Sanatorium

/// Reads a parameter sheet over that of the base: what is given replaces, what is absent stays.
struct RegulationParametersReader {
  let fields: PackFields
  let base: RegulationParameters
  /// The fields whose value differs from one that the base has set.
  private(set) var changed: [String] = []

  init(fields: PackFields, base: RegulationParameters) {
    self.fields = fields
    self.base = base
  }

  mutating func read() -> RegulationParameters {
    var sheet = base
    take("max_days", &sheet.maxDays, fields.optionalInteger("max_days", in: 1...60))
    take("usual_days", &sheet.usualDays, fields.optionalInteger("usual_days", in: 1...60))
    take("batch_cap", &sheet.batchCap, fields.optionalInteger("batch_cap", in: 1...1000))
    take("age_cap", &sheet.ageCap, fields.optionalInteger("age_cap", in: 40...120))
    if let inclusive = fields.optionalFlag("age_cap_inclusive") {
      if base.ageCap != nil, inclusive != base.ageCapInclusive { changed.append("age_cap_inclusive") }
      sheet.ageCapInclusive = inclusive
    }
    take("self_care", &sheet.selfCare, fields.optionalChoice("self_care", SelfCare.self))
    take("outdoor", &sheet.outdoor, false, fields.optionalFlag("outdoor"))
    take("exclusions", &sheet.exclusions, [], list("exclusions", Exclusion.self))
    take("ratio", &sheet.ratio, ratio())
    take("medical_escorts", &sheet.medicalEscorts, fields.optionalInteger("medical_escorts", in: 1...50))
    take("insurance", &sheet.insurance, [], list("insurance", InsuranceKind.self))
    take(
      "insurance_cover", &sheet.insuranceCover, .whenRecorded,
      fields.optionalChoice("insurance_cover", InsuranceCover.self))
    take("consents_dated", &sheet.consentsDated, false, fields.optionalFlag("consents_dated"))
    take("cycle_years", &sheet.cycleYears, fields.optionalInteger("cycle_years", in: 1...20))
    take("cycle_years_limit", &sheet.cycleYearsLimit, fields.optionalInteger("cycle_years_limit", in: 1...20))
    take("venue_area", &sheet.venueArea, venueArea())
    take("checkup_months", &sheet.checkupMonths, fields.optionalInteger("checkup_months", in: 1...60))
    take("grounds", &sheet.grounds, [], grounds())
    take("indicators", &sheet.indicators, [], list("indicators", Indicator.self))
    take("activities", &sheet.activities, [], list("activities", ActivityKind.self))
    take("participant_agreement_signer", &sheet.participantAgreementSigner, signer("participant_agreement_signer"))
    take("host_agreement_signer", &sheet.hostAgreementSigner, signer("host_agreement_signer"))
    compare(sheet)
    return sheet
  }

  /// Figures that contradict each other.
  private func compare(_ sheet: RegulationParameters) {
    if let usual = sheet.usualDays, let most = sheet.maxDays, usual > most {
      fields.fault(
        "usual_days", Text("一般天数 \(usual) 不能超过最长天数 \(most)", "the usual \(usual) days exceed the longest, \(most)"))
    }
    if let years = sheet.cycleYears, let limit = sheet.cycleYearsLimit, years > limit {
      fields.fault(
        "cycle_years",
        Text(
          "周期 \(years) 年超过上限 \(limit) 年",
          "a cycle of \(years) years exceeds the limit, \(limit)"))
    }
  }

  private mutating func take<Value: Equatable>(_ key: String, _ target: inout Value?, _ given: Value?) {
    guard let given else { return }
    if let old = target, old != given { changed.append(key) }
    target = given
  }

  private mutating func take<Value: Equatable>(
    _ key: String, _ target: inout Value, _ unset: Value, _ given: Value?
  ) {
    guard let given else { return }
    if target != unset, target != given { changed.append(key) }
    target = given
  }

  private func list<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ key: String, _: Choice.Type
  ) -> [Choice]? where Choice.RawValue == String {
    guard fields.has(key) else { return nil }
    let choices = fields.choices(key, Choice.self)
    if Set(choices).count < choices.count { fields.fault(key, Text("同一项写了两次", "the same item twice")) }
    return choices
  }

  private func grounds() -> [String]? {
    guard fields.has("grounds") else { return nil }
    let known = FactCatalogue.groundOptions.map(\.code)
    let codes = fields.strings("grounds")
    for code in codes where !known.contains(code) {
      fields.fault(
        "grounds",
        Text(
          "没有“\(code)”；可填 \(known.joined(separator: ", "))",
          "no ground “\(code)”; known: \(known.joined(separator: ", "))"))
    }
    return codes
  }

  private func ratio() -> RatioLimit? {
    guard let fields = fields.optionalFields("ratio") else { return nil }
    let most = fields.integer("participants_per_escort", in: 1...100)
    let least = fields.optionalInteger("participants_per_escort_at_least", in: 1...100)
    if let least, least > most {
      fields.fault(
        "participants_per_escort_at_least", Text("\(least) 不能大于 \(most)", "\(least) must not exceed \(most)"))
    }
    return RatioLimit(
      participantsPerEscort: most, participantsPerEscortAtLeast: least,
      medical: fields.choice("medical", RatioLimit.MedicalCount.self, or: .counted))
  }

  private func venueArea() -> VenueArea? {
    guard let fields = fields.optionalFields("venue_area") else { return nil }
    let code = fields.string("code")
    let known = FactCatalogue[.venueArea]?[.value]?.options ?? []
    if !code.isEmpty, !known.contains(where: { $0.code == code }) {
      fields.fault("code", Text("“\(code)”不是省份代码前两位", "“\(code)” is no province code"))
    }
    return VenueArea(code: code, name: Text(fields.string("zh"), fields.string("en")))
  }

  private func signer(_ key: String) -> Text? { fields.optionalText(key) }
}

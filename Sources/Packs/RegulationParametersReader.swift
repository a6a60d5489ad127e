internal import Sanatorium

/// Reads a parameter sheet over that of the base: what is given replaces, what is absent stays.
struct RegulationParametersReader {
  let fields: PackFields
  let base: RegulationParameters

  init(fields: PackFields, base: RegulationParameters) {
    self.fields = fields
    self.base = base
  }

  func read() -> RegulationParameters {
    var sheet = base
    take(&sheet.maxDays, fields.optionalInteger("max_days", in: 1...60))
    take(&sheet.usualDays, fields.optionalInteger("usual_days", in: 1...60))
    take(&sheet.batchCap, fields.optionalInteger("batch_cap", in: 1...1000))
    take(&sheet.ageCap, fields.optionalInteger("age_cap", in: 40...120))
    replace(&sheet.ageCapInclusive, fields.optionalFlag("age_cap_inclusive"))
    take(&sheet.selfCare, fields.optionalChoice("self_care", SelfCare.self))
    replace(&sheet.outdoor, fields.optionalFlag("outdoor"))
    replace(&sheet.exclusions, list("exclusions", Exclusion.self))
    take(&sheet.ratio, ratio())
    take(&sheet.medicalEscorts, fields.optionalInteger("medical_escorts", in: 1...50))
    replace(&sheet.insurance, list("insurance", InsuranceKind.self))
    replace(&sheet.insuranceCover, fields.optionalChoice("insurance_cover", InsuranceCover.self))
    replace(&sheet.consentsDated, fields.optionalFlag("consents_dated"))
    take(&sheet.cycleYears, fields.optionalInteger("cycle_years", in: 1...20))
    take(&sheet.cycleYearsLimit, fields.optionalInteger("cycle_years_limit", in: 1...20))
    take(&sheet.venueArea, venueArea())
    take(&sheet.checkupMonths, fields.optionalInteger("checkup_months", in: 1...60))
    replace(&sheet.grounds, grounds())
    replace(&sheet.indicators, list("indicators", Indicator.self))
    replace(&sheet.activities, list("activities", ActivityKind.self))
    take(&sheet.participantAgreementSigner, signer("participant_agreement_signer"))
    take(&sheet.hostAgreementSigner, signer("host_agreement_signer"))
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

  private func take<Value>(_ target: inout Value?, _ given: Value?) {
    if let given { target = given }
  }

  private func replace<Value>(_ target: inout Value, _ given: Value?) {
    if let given { target = given }
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
    let items = fields.items("grounds")
    for (code, line) in items where !known.contains(code) {
      fields.fault(
        "grounds", line: line,
        Text(
          "没有“\(code)”；可填 \(known.joined(separator: ", "))",
          "no ground “\(code)”; known: \(known.joined(separator: ", "))"))
    }
    return items.map(\.text)
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

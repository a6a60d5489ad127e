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
    for field in ParameterField.all { field.read(fields, &sheet) }
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
}

internal import Sanatorium

/// Reads rules and their checks.
struct RuleReader {
  let regulation: String
  let parameters: RegulationParameters
  /// The parameters that this pack names; one of them that could not be read has a fault already.
  let given: Set<String>

  func rule(_ fields: PackFields) -> Rule {
    let checks = fields.requiredList("checks").map { check($0) }
    return Rule(
      id: fields.string("id"), regulation: regulation, article: fields.string("article"),
      quote: fields.string("quote"), title: fields.text("title"), report: fields.optionalText("report"), checks: checks)
  }

  func check(_ fields: PackFields) -> RuleCheck {
    let kind = fields.choice("kind", CheckKind.self, or: .activities)
    let gates = list("gates", Gate.self, fields)
    let force = fields.choice("force", Force.self, or: .informational)
    let by = list("by", Responsible.self, fields)
    let check = RuleCheck(kind, at: gates, force: force, by: by, demands: demands(kind, fields))
    if let parameter = RuleReader.missingParameter(kind, parameters), !given.contains(parameter) {
      fields.fault(
        "kind",
        Text(
          "“\(kind.rawValue)”要用参数 \(parameter)，parameters 里没有写",
          "“\(kind.rawValue)” needs the parameter \(parameter), which is not set"))
    }
    return check
  }

  func list<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Choice.Type, _ fields: PackFields
  ) -> [Choice] where Choice.RawValue == String {
    let choices = fields.choices(key, type)
    if fields.strings(key).isEmpty { fields.fault(key, Text("至少要有一项", "needs at least one item")) }
    return choices
  }

  private func demands(_ kind: CheckKind, _ fields: PackFields) -> [FactDemand] {
    guard kind == .facts else { return [] }
    let keys = fields.items("facts")
    if keys.isEmpty { fields.fault("facts", Text("要写明查哪些事项", "name the facts that are asked")) }
    let values = fields.has("values") ? fields.strings("values") : nil
    let given = fields.choices("parts", FactPart.self)
    var scopes: Set<FactDefinition.Scope> = []
    let demands = keys.compactMap { key, line -> FactDemand? in
      guard let definition = FactCatalogue[FactKey(key)] else {
        fields.fault("facts", line: line, Text("没有“\(key)”这个事项", "there is no fact “\(key)”"))
        return nil
      }
      scopes.insert(definition.scope)
      var parts = given.isEmpty ? definition.parts.filter(\.isRequired).map(\.part) : given
      if values != nil, !parts.contains(.value) { parts.insert(.value, at: 0) }
      if parts.isEmpty { parts = [.value] }
      refuseUnknown(parts, values ?? [], definition, fields)
      return FactDemand(definition.key, parts: parts, values: values)
    }
    if scopes.count > 1 {
      fields.fault(
        "facts", Text("不能把批次的事项和个人的事项写在一起，请分成两条 checks", "facts of the batch and of a person need two checks"))
    }
    return demands
  }

  private func refuseUnknown(
    _ parts: [FactPart], _ values: [String], _ definition: FactDefinition, _ fields: PackFields
  ) {
    for part in parts where definition[part] == nil {
      fields.fault(
        "parts", Text("“\(definition.key)”不记 \(part.rawValue)", "“\(definition.key)” takes no \(part.rawValue)"))
    }
    let options = definition[.value]?.options.map(\.code) ?? []
    for value in values where !options.isEmpty && !options.contains(value) {
      let known = options.joined(separator: ", ")
      fields.fault(
        "values",
        Text("“\(definition.key)”没有“\(value)”；可填 \(known)", "“\(definition.key)” has no “\(value)”; known: \(known)"))
    }
  }

  /// The parameter without which a check of that kind could never say anything.
  static func missingParameter(_ kind: CheckKind, _ parameters: RegulationParameters) -> String? {
    switch kind {
    case .selfCare: parameters.selfCare == nil && !parameters.outdoor ? "self_care" : nil
    case .exclusions: parameters.exclusions.isEmpty ? "exclusions" : nil
    case .insurance: parameters.insurance.isEmpty ? "insurance" : nil
    case .ageCap: parameters.ageCap == nil ? "age_cap" : nil
    case .maxDays: parameters.maxDays == nil ? "max_days" : nil
    case .usualDays: parameters.usualDays == nil ? "usual_days" : nil
    case .batchCap: parameters.batchCap == nil ? "batch_cap" : nil
    case .checkup: parameters.checkupMonths == nil ? "checkup_months" : nil
    case .venueArea: parameters.venueArea == nil ? "venue_area" : nil
    case .ratioFloor: parameters.ratio == nil ? "ratio" : nil
    case .ratioCeiling:
      parameters.ratio?.participantsPerEscortAtLeast == nil ? "ratio.participants_per_escort_at_least" : nil
    case .medicalEscorts: parameters.medicalEscorts == nil ? "medical_escorts" : nil
    case .indicators: parameters.indicators.isEmpty ? "indicators" : nil
    case .facts, .qualifyingGround, .consents, .statedSize, .cycle, .medicalLicences, .activities, .validity, .issued:
      nil
    }
  }
}

internal import Sanatorium

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

extension ParameterField {
  /// What a pack's sheet sets otherwise than the sheets it stands on, by the clauses that allow it.
  func changes(
    to sheet: RegulationParameters, from bases: [OwnedParameters], by permissions: [String: RuleChange]
  ) -> [PackChange] {
    guard let new = write(sheet).map({ Text(verbatim: $0) }) else { return [] }
    let setters = bases.filter { isSet($0.sheet) }
    guard !setters.isEmpty else {
      guard !isSame(sheet, RegulationParameters()) else { return [] }
      return [PackChange(subject: key, part: nil, base: nil, old: nil, new: new, permission: nil)]
    }
    var told: Set<String> = []
    return setters.filter { !isSame($0.sheet, sheet) }.compactMap { base in
      guard let owner = base.owners[key], told.insert(owner).inserted else { return nil }
      return PackChange(
        subject: key, part: nil, base: owner, old: write(base.sheet).map { Text(verbatim: $0) }, new: new,
        permission: permissions[owner])
    }
  }
}

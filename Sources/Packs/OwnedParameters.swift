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

internal import Evidence
internal import Sanatorium

extension Readings {
  /// The wire's schema, made from the same bounds as the check.
  static let schema: Schema = {
    var members: [JSON.Member] = []
    for reading in Reading.allCases { members.append(JSON.Member(reading.rawValue, reading.schema.json)) }
    return Schema(
      .object([
        "type": "object", "properties": .object(members), "additionalProperties": .bool(false),
      ]))
  }()
}

extension Reading {
  fileprivate var schema: Schema {
    switch self {
    case .oxygenScale: return Schema(.object(["type": "integer", "enum": .array([1, 2])]))
    case .supplementalOxygen: return .boolean
    case .consciousness: return .code(["A", "C", "V", "P", "U"])
    default:
      guard let range = bounds else { return .integer }
      guard isInTenths else { return .integer(range) }
      return Schema(
        .object([
          "type": "number", "minimum": .decimal(Int64(range.lowerBound), scale: 1),
          "maximum": .decimal(Int64(range.upperBound), scale: 1), "multipleOf": .decimal(1, scale: 1),
        ]))
    }
  }
}

extension JSONFields {
  /// The readings object: each value within its bounds, types as the schema says, unknown members refused. Anything may
  /// be absent.
  mutating func readings(_ name: String) -> Readings {
    var readings = Readings()
    guard let value = value(name) else { return readings }
    guard case .object(let members) = value else {
      refuse(name, "not-an-object", Text("这里要一个对象。", "An object is needed here."))
      return readings
    }
    let prefix = path(name) + "."
    for member in members {
      guard let reading = Reading(named: member.name) else {
        refuse(
          "\(name).\(member.name)", "unknown-field",
          Text("没有叫“\(member.name)”的栏目。", "There is no field called “\(member.name)”."))
        continue
      }
      if let fault = readings.take(reading, member.value, prefix: prefix) { add([fault]) }
    }
    return readings
  }

  /// A list of symptom codes. "No symptoms" beside another one contradicts itself.
  mutating func symptoms(_ name: String) -> Symptoms {
    var symptoms = Symptoms()
    for element in list(name) {
      guard let symptom = element.string.flatMap(Symptom.init(rawValue:)) else {
        let given = element.string ?? "?"
        refuse(name, "unknown-code", Text("不认识的症状“\(given)”。", "Unknown symptom “\(given)”."))
        continue
      }
      symptoms.insert(symptom)
    }
    if symptoms.contains(.none), symptoms.all.count > 1 {
      refuse(name, "contradiction", Text("选了“没有症状”，就不能再选别的。", "“No symptoms” can't stand beside others."))
    }
    return symptoms
  }
}

extension Readings {
  /// Takes one value by its JSON type; a number in quotation marks is no number on the wire.
  fileprivate mutating func take(_ reading: Reading, _ value: JSON, prefix: String) -> Fault? {
    switch (reading, value) {
    case (_, .null): return nil
    case (.supplementalOxygen, .bool(let flag)):
      supplementalOxygen = flag
      return nil
    case (.supplementalOxygen, _):
      return Fault(prefix + reading.rawValue, "not-a-boolean", Text("这里要 true 或 false。", "true or false is needed here."))
    case (.consciousness, .string(let text)): return set(reading, to: text, prefix: prefix)
    case (.consciousness, _):
      return Fault(
        prefix + reading.rawValue, "unknown-value",
        Text("意识请选 A、C、V、P、U 中的一项。", "Consciousness is one of A, C, V, P and U."))
    case (_, .int(let whole)): return set(reading, to: whole, decimals: 0, prefix: prefix)
    case (_, .decimal(let digits, let scale)): return set(reading, to: digits, decimals: scale, prefix: prefix)
    default: return Fault(prefix + reading.rawValue, "not-a-number", Text("这里要数字。", "A number is needed here."))
    }
  }
}

internal import Sanatorium

/// Conditions as health and plan packs write them, one per mapping: `{reading: glucose, below: 2.8}`,
/// `{symptoms: [chest-pain]}`, `{consciousness: [P, U]}`, `{red-flag: true}`, `{scale: 2}`, `{fallen: oxygenSaturation,
/// by: 5}`, `{risen: pulse, by: 30}`, `{news2: 7}`, `{single-three: true}`.
enum HealthConditionFile {
  static func list(_ key: String, in fields: PackFields) -> [HealthCondition] {
    fields.list(key).compactMap(condition)
  }

  private static func condition(_ fields: PackFields) -> HealthCondition? {
    if fields.has("reading") { return measured(fields) }
    if fields.has("symptoms") {
      let symptoms = fields.choices("symptoms", Symptom.self)
      return .symptom(anyOf: Symptoms(symptoms))
    }
    if fields.has("consciousness") {
      return .consciousness(anyOf: ConsciousnessLevels(fields.choices("consciousness", Consciousness.self)))
    }
    if fields.has("red-flag") { return mustBeTrue("red-flag", fields, .redFlag) }
    if fields.has("single-three") { return mustBeTrue("single-three", fields, .singleThree) }
    if fields.has("scale") {
      return .scale(OxygenScale(rawValue: fields.integer("scale", in: 1...2)) ?? .scale1)
    }
    if fields.has("news2") { return .news2(atLeast: fields.integer("news2", in: 1...20)) }
    for (key, isFall) in [("fallen", true), ("risen", false)] where fields.has(key) {
      let reading = fields.choice(key, Reading.self, or: .pulse)
      guard let by = amount("by", of: reading, fields) else { return nil }
      return isFall ? .fallen(reading: reading, by: by) : .risen(reading: reading, by: by)
    }
    fields.fault(
      fields.keys.first ?? "",
      Text(
        "条件要写 reading、symptoms、consciousness、red-flag、scale、fallen、risen、news2 或 single-three",
        "a condition needs reading, symptoms, consciousness, red-flag, scale, fallen, risen, news2 or single-three"))
    return nil
  }

  private static func measured(_ fields: PackFields) -> HealthCondition? {
    let reading = fields.choice("reading", Reading.self, or: .pulse)
    let given = Comparison.allCases.filter { fields.has($0.rawValue) }
    guard given.count == 1, let comparison = given.first else {
      for comparison in given { _ = fields.optionalString(comparison.rawValue) }
      fields.fault(
        "reading",
        Text("要写 below、at-most、at-least、above 中的一个", "needs exactly one of below, at-most, at-least and above"))
      return nil
    }
    guard let limit = amount(comparison.rawValue, of: reading, fields) else { return nil }
    if let bounds = reading.bounds, !bounds.contains(limit) {
      let (low, high) = (reading.written(bounds.lowerBound), reading.written(bounds.upperBound))
      fields.fault(
        comparison.rawValue,
        Text("\(reading.label.chinese)只有 \(low) 到 \(high)", "\(reading.rawValue) goes from \(low) to \(high)"))
    }
    return .measured(reading: reading, is: comparison, limit: limit)
  }

  private static func amount(_ key: String, of reading: Reading, _ fields: PackFields) -> Int? {
    let text = fields.string(key)
    if reading.bounds == nil {
      fields.fault(key, Text("\(reading.rawValue) 不是测出来的数", "\(reading.rawValue) is not a measured number"))
      return nil
    }
    guard let value = reading.stored(text) else {
      fields.fault(
        key,
        Text(
          "“\(text)”应是\(reading.isInTenths ? "一位小数" : "整数")",
          "“\(text)” must be a \(reading.isInTenths ? "number with one decimal" : "whole number")"))
      return nil
    }
    return value
  }

  private static func mustBeTrue(_ key: String, _ fields: PackFields, _ condition: HealthCondition) -> HealthCondition {
    if !fields.flag(key) { fields.fault(key, Text("只能写 true", "can only be true")) }
    return condition
  }
}

/// A pack's `sources` table: short keys and the full reference that a finding shows.
struct PackSources {
  private let references: [String: String]

  init(_ top: PackFields) {
    var references: [String: String] = [:]
    if let fields = top.fields("sources") {
      for key in fields.keys { references[key] = fields.string(key) }
    }
    self.references = references
  }

  /// All references, by key.
  var all: [String] { references.sorted { $0.key < $1.key }.map(\.value) }

  /// The reference of a rule's `source` key.
  func source(_ fields: PackFields) -> String {
    let keys = fields.strings("source")
    if keys.isEmpty {
      fields.fault("source", Text("必须写明出处", "the source must be given"))
    }
    return keys.map { key in
      if let reference = references[key] { return reference }
      fields.fault("source", Text("sources 里没有“\(key)”", "“\(key)” is not in sources"))
      return key
    }.joined(separator: "; ")
  }
}

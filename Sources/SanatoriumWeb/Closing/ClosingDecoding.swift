internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension SatisfactionCounts {
  static let schema = Schema.object(
    [
      "distributed": .integer(0...10_000), "returned": .integer(0...10_000), "valid": .integer(0...10_000),
      "grades": .list(.integer(0...10_000)),
    ], required: ["distributed", "returned", "valid", "grades"])
}

extension RecordedIndicator {
  static let schema = Schema.object(
    ["score": .integer(0...1_000), "of": .integer(1...1_000), "basis": .text(500)], required: ["score"])
}

/// As the API sends them, nested.
extension JSONFields {
  mutating func satisfaction(required: Bool = false) -> SatisfactionCounts? {
    nested("satisfaction", required) { inner in
      let distributed = inner.int("distributed", 0...10_000)
      let returned = inner.int("returned", 0...10_000)
      let valid = inner.int("valid", 0...10_000)
      let list = inner.value("grades")?.array
      let grades = (list ?? []).compactMap { $0.int.flatMap { Int(exactly: $0) } }
      if list == nil || grades.count != list?.count {
        inner.refuse("grades", "not-numbers", Text("要五个整数。", "Five whole numbers are needed."))
      }
      return SatisfactionCounts(
        distributed: distributed ?? 0, returned: returned ?? 0, valid: valid ?? 0, grades: grades)
    }
  }

  mutating func soundness(required: Bool = false) -> RecordedIndicator? {
    nested("soundness", required) { inner in
      RecordedIndicator(
        score: inner.int("score", 0...1_000) ?? 0, whole: inner.int("of", 1...1_000, required: false) ?? 100,
        basis: inner.text("basis", required: false, limit: 500) ?? "")
    }
  }

  mutating func explanations() -> [ID: String] {
    var explanations: [ID: String] = [:]
    guard let value = value("explanations") else { return explanations }
    for member in value.members ?? [] {
      guard let id = ID(member.name), let text = member.value.string else {
        refuse("explanations.\(member.name)", "not-text", Text("要写成 UUID 和文字。", "A UUID and a text are needed."))
        continue
      }
      explanations[id] = text
    }
    if value.members == nil {
      refuse("explanations", "not-an-object", Text("这里要一个对象。", "An object is needed here."))
    }
    return explanations
  }

  private mutating func nested<Value>(
    _ name: String, _ required: Bool, _ read: (inout JSONFields) -> Value
  ) -> Value? {
    guard let value = value(name) else {
      if required { refuse(name, "missing", Text("这一项要填。", "This is required.")) }
      return nil
    }
    do {
      var inner = try JSONFields(value, prefix: path(name))
      let result = read(&inner)
      try inner.finish()
      return result
    } catch Refusal.invalid(let faults) {
      add(faults)
    } catch {
      refuse(name, "unreadable", Text("读不懂。", "This can't be read."))
    }
    return nil
  }
}

/// As the form sends them, flat.
extension JSONFields {
  /// Nil when nothing was typed: the counts may have been recorded before.
  mutating func typedSatisfaction() -> SatisfactionCounts? {
    let names = ["distributed", "returned", "valid"] + (1...5).map { "grades.\($0)" }
    let typed = names.map { value("satisfaction.\($0)")?.string ?? "" }
    guard typed.contains(where: { !trim($0).isEmpty }) else { return nil }
    let numbers = names.map { int("satisfaction.\($0)", 0...10_000) ?? 0 }
    return SatisfactionCounts(
      distributed: numbers[0], returned: numbers[1], valid: numbers[2], grades: Array(numbers[3...]))
  }

  mutating func typedSoundness() -> RecordedIndicator? {
    let score = int("soundness.score", 0...1_000, required: false)
    let whole = int("soundness.of", 1...1_000, required: false) ?? 100
    let basis = text("soundness.basis", required: false, limit: 500) ?? ""
    return score.map { RecordedIndicator(score: $0, whole: whole, basis: basis) }
  }

  mutating func typedExplanations(_ known: [ID]) -> [ID: String] {
    var explanations: [ID: String] = [:]
    for id in known {
      explanations[id] = text("explanations.\(id)", required: false, limit: 1_000, lines: true)
    }
    return explanations
  }
}

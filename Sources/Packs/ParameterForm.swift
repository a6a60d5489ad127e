internal import Sanatorium

/// How the values of a parameter are written: read from a pack, written as a pack would, and described.
struct ParameterForm<Value: Equatable & Sendable>: Sendable {
  /// `1 到 60 的整数（天）`
  let name: Text
  /// What can be written, where it is chosen from a list.
  var options: [ParameterField.Option] = []
  /// The fields within, where the value has some.
  var parts: [ParameterField.Part] = []
  /// A value that is right.
  let example: String
  /// Nil when absent or wrong (and then reported).
  let read: @Sendable (PackFields, String) -> Value?
  let write: @Sendable (Value) -> String
}

/// A whole number between two others, and what it counts. Readers of values within a mapping use it as well.
struct WholeNumber: Sendable {
  let range: ClosedRange<Int>
  let unit: Text

  var name: Text {
    let (low, high) = (range.lowerBound, range.upperBound)
    return Text("\(low) 到 \(high) 的整数（\(unit.chinese)）", "whole number from \(low) to \(high) (\(unit.english))")
  }

  static let days = Text("天", "days")
  static let people = Text("人", "people")
  static let years = Text("年", "years")
  static let age = Text("周岁", "completed years")
  static let months = Text("个月", "months")
}

extension ParameterForm where Value == Int {
  static func whole(_ range: ClosedRange<Int>, _ unit: Text, example: Int) -> ParameterForm {
    ParameterForm(name: WholeNumber(range: range, unit: unit).name, example: "\(example)") { fields, key in
      fields.optionalInteger(key, in: range)
    } write: {
      "\($0)"
    }
  }
}

extension ParameterForm where Value == Bool {
  static let flag = ParameterForm(name: Text("true（是）或 false（否）", "true or false"), example: "true") { fields, key in
    fields.optionalFlag(key)
  } write: {
    "\($0)"
  }
}

extension ParameterForm where Value: RawRepresentable<String> & CaseIterable {
  /// One of an enumeration's codes.
  static func one(_ name: @escaping @Sendable (Value) -> Text) -> ParameterForm {
    let options = Value.allCases.map { ParameterField.Option(code: $0.rawValue, name: name($0)) }
    return ParameterForm(
      name: Text("其中一项", "one of"), options: options, example: options.first?.code ?? ""
    ) { fields, key in
      fields.optionalChoice(key, Value.self)
    } write: {
      $0.rawValue
    }
  }
}

extension ParameterForm {
  private static var listName: Text { Text("列表，写在方括号里，一项或几项", "a list in brackets, one or several of") }

  /// Several of an enumeration's codes, none of them twice.
  static func several<Choice>(_ name: @escaping @Sendable (Choice) -> Text) -> ParameterForm
  where Value == [Choice], Choice: RawRepresentable<String> & CaseIterable & Hashable & Sendable {
    let options = Choice.allCases.map { ParameterField.Option(code: $0.rawValue, name: name($0)) }
    return ParameterForm(
      name: listName, options: options, example: "[\(options.first?.code ?? "")]"
    ) { fields, key in
      guard fields.has(key) else { return nil }
      let choices = fields.choices(key, Choice.self)
      if Set(choices).count < choices.count { fields.fault(key, Text("同一项写了两次", "the same item twice")) }
      return choices
    } write: {
      "[\($0.map(\.rawValue).joined(separator: ", "))]"
    }
  }

  /// Several codes of the catalogue of grounds.
  static func grounds() -> ParameterForm where Value == [String] {
    let options = FactCatalogue.groundOptions.map { ParameterField.Option(code: $0.code, name: $0.label) }
    return ParameterForm(
      name: listName, options: options, example: "[\(options.first?.code ?? "")]"
    ) { fields, key in
      guard fields.has(key) else { return nil }
      let known = options.map(\.code)
      let items = fields.items(key)
      for (code, line) in items where !known.contains(code) {
        fields.fault(
          key, line: line,
          Text(
            "没有“\(code)”；可填 \(known.joined(separator: ", "))",
            "no ground “\(code)”; known: \(known.joined(separator: ", "))"))
      }
      return items.map(\.text)
    } write: {
      "[\($0.joined(separator: ", "))]"
    }
  }
}

extension ParameterForm where Value == Text {
  static let text = ParameterForm(
    name: Text("两种语言的文字", "text in both languages"), parts: ParameterField.Part.languages,
    example: "{zh: 所在军休机构, en: Service institution}"
  ) { fields, key in
    fields.optionalText(key)
  } write: {
    Yaml.text($0)
  }
}

extension ParameterForm where Value == VenueArea {
  static let area: ParameterForm = {
    let options = (FactCatalogue[.venueArea]?[.value]?.options ?? []).map {
      ParameterField.Option(code: $0.code, name: $0.label)
    }
    let example = "{code: \"15\", zh: 内蒙古自治区, en: Inner Mongolia}"
    let code = ParameterField.Part(
      key: "code", form: Text("其中一项，写在引号里", "one of, in quotes"),
      meaning: Text("省份代码前两位", "first two digits of the province's code"), options: options)
    return ParameterForm(
      name: Text("一个省份", "one province"), parts: [code] + ParameterField.Part.languages, example: example
    ) { fields, key in
      guard let fields = fields.optionalFields(key, like: example) else { return nil }
      let code = fields.string("code")
      if !code.isEmpty, !options.contains(where: { $0.code == code }) {
        fields.fault("code", Text("“\(code)”不是省份代码前两位", "“\(code)” is no province code"))
      }
      return VenueArea(code: code, name: Text(fields.string("zh"), fields.string("en")))
    } write: {
      "{code: \"\($0.code)\", zh: \(Yaml.scalar($0.name.chinese)), en: \(Yaml.scalar($0.name.english))}"
    }
  }()
}

extension ParameterForm where Value == RatioLimit {
  static let ratio: ParameterForm = {
    let people = WholeNumber(range: 1...100, unit: WholeNumber.people)
    let example = "{participants_per_escort: 10, medical: counted}"
    let parts = [
      ParameterField.Part(
        key: "participants_per_escort", form: people.name,
        meaning: Text("一名服务保障人员最多对应几名军休干部", "at most so many participants for one escort")),
      ParameterField.Part(
        key: "participants_per_escort_at_least", form: people.name,
        meaning: Text("最少对应几名；可以不写，不写就不限", "and at least so many; may be left out, then there is no such limit")),
      ParameterField.Part(
        key: "medical", form: Text("其中一项", "one of"),
        meaning: Text("随行医护算不算在内", "whether medical escorts count"),
        options: RatioLimit.MedicalCount.allCases.map { ParameterField.Option(code: $0.rawValue, name: $0.name) }),
    ]
    return ParameterForm(
      name: Text("下面几项写在花括号里", "these fields in braces"), parts: parts, example: example
    ) { fields, key in
      guard let fields = fields.optionalFields(key, like: example) else { return nil }
      let most = fields.integer("participants_per_escort", in: people.range)
      let least = fields.optionalInteger("participants_per_escort_at_least", in: people.range)
      if let least, least > most {
        fields.fault(
          "participants_per_escort_at_least", Text("\(least) 不能大于 \(most)", "\(least) must not exceed \(most)"))
      }
      return RatioLimit(
        participantsPerEscort: most, participantsPerEscortAtLeast: least,
        medical: fields.choice("medical", RatioLimit.MedicalCount.self, or: .counted))
    } write: { ratio in
      let least = ratio.participantsPerEscortAtLeast.map { ", participants_per_escort_at_least: \($0)" } ?? ""
      return "{participants_per_escort: \(ratio.participantsPerEscort)\(least), medical: \(ratio.medical.rawValue)}"
    }
  }()
}

extension RatioLimit.MedicalCount {
  fileprivate var name: Text {
    switch self {
    case .counted: Text("算在内", "they count")
    case .excluded: Text("不算", "they don't")
    case .countedWithWarning: Text("算在内，全靠他们才够时提醒", "they count, with a remark when it holds only by them")
    }
  }
}

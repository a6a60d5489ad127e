/// What one fact is and how it is recorded; a page and an API are made from it.
public struct FactDefinition: Hashable, Sendable {
  public enum Scope: String, Sendable, CaseIterable, Codable { case batch, participant }

  /// One part that the fact takes.
  public struct Part: Hashable, Sendable {
    public let part: FactPart
    public let label: Text
    /// Without it the fact can't be recorded.
    public let isRequired: Bool
    /// The values that may be given; empty when the text is free.
    public let options: [Option]
    /// The usual header of a list's column that feeds it; nil when lists have none.
    public let column: String?
    /// A whole number in this range; nil when it is text.
    public let range: ClosedRange<Int>?

    init(
      _ part: FactPart, _ label: Text, required: Bool = true, options: [Option] = [], column: String? = nil,
      range: ClosedRange<Int>? = nil
    ) {
      self.part = part
      self.label = label
      isRequired = required
      self.options = options
      self.column = column
      self.range = range
    }
  }

  /// A value with its words.
  public struct Option: Hashable, Sendable {
    public let code: String
    public let label: Text

    init(_ code: String, _ chinese: String, _ english: String) {
      self.code = code
      label = Text(chinese, english)
    }
  }

  public let key: FactKey
  public let scope: Scope
  public let label: Text
  public let parts: [Part]
  /// Who may record it.
  public let roles: [Role]
  /// The gate that asks for it first.
  public let gate: Gate
  /// A fact about someone's health: only those may read it who may read health data.
  public let isHealth: Bool
  /// Several codes may be given, separated by commas.
  public let takesSeveral: Bool

  init(
    _ key: FactKey, _ scope: Scope, _ gate: Gate, _ chinese: String, _ english: String, by roles: [Role],
    health: Bool = false, several: Bool = false, _ parts: [Part]
  ) {
    self.key = key
    self.scope = scope
    self.gate = gate
    label = Text(chinese, english)
    self.roles = roles
    isHealth = health
    takesSeveral = several
    self.parts = parts
  }

  /// That there is none is an answer: of a paper or an appointment, which has several parts. A number that every batch has,
  /// or a choice that names its own negative, is looked up instead.
  public var mayBeMissing: Bool { parts.count > 1 && (self[.number] != nil || self[.value]?.options.isEmpty ?? true) }

  public subscript(part: FactPart) -> Part? { parts.first { $0.part == part } }

  /// The label of a part's value, or the value itself where it is free text.
  public func label(of value: String, part: FactPart = .value) -> Text {
    if part == .value, value == RecordedFact.confirmedMissing.value { return Text("没有", "none") }
    // Which grounds there are is the regulation's; their names are the same for all.
    let options = key == .qualifyingGround && part == .value ? FactCatalogue.groundOptions : self[part]?.options ?? []
    return options.first { $0.code == value }?.label ?? Text(verbatim: value)
  }

  /// Everything that is wrong with a fact as it would be recorded; fields are the parts' names. That there is none
  /// (`RecordedFact.confirmedMissing`) can be recorded of every fact, by itself or with who says so.
  public func faults(in fact: RecordedFact) -> [Fault] {
    if fact.isConfirmedMissing, fact.number == nil, fact.date == nil, fact.until == nil { return [] }
    var faults: [Fault] = []
    for part in FactPart.allCases {
      let given = fact[part]
      guard let definition = self[part] else {
        if given != nil {
          faults.append(
            Fault(
              part.rawValue, "unknown-part",
              Text(
                "“\(label.chinese)”不记这一项。",
                "“\(label.english)” takes no \(part.rawValue).")))
        }
        continue
      }
      guard let given else {
        if definition.isRequired {
          faults.append(
            Fault(
              part.rawValue, "required",
              Text(
                "请填“\(definition.label.chinese)”。",
                "Give the \(definition.label.english).")))
        }
        continue
      }
      faults += definition.faults(in: given, several: takesSeveral)
    }
    if faults.isEmpty, fact.given.isEmpty {
      faults.append(Fault("", "required", Text("请至少填一项。", "Give at least one part.")))
    }
    if let first = fact.date, let last = fact.until, last < first {
      faults.append(
        Fault(
          "until", "before-start",
          Text(
            "截止日期 \(last) 早于开始日期 \(first)。",
            "The last day \(last) is before the first, \(first).")))
    }
    return faults
  }
}

extension FactDefinition.Part {
  fileprivate func faults(in given: String, several: Bool) -> [Fault] {
    guard given.count <= 500 else {
      return [Fault(part.rawValue, "too-long", Text("最多 500 个字。", "At most 500 characters."))]
    }
    if given.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) {
      return [Fault(part.rawValue, "control-character", Text("含有不能显示的字符。", "It holds characters that can't be shown."))]
    }
    if let range {
      guard let number = Int(given), range.contains(number) else {
        return [
          Fault(
            part.rawValue, "out-of-range",
            Text(
              "“\(given)”不行，可填 \(range.lowerBound) 到 \(range.upperBound) 的整数。",
              "“\(given)” must be a whole number from \(range.lowerBound) to \(range.upperBound)."))
        ]
      }
    }
    guard !options.isEmpty else { return [] }
    let codes = several ? given.split(separator: ",").map(String.init) : [given]
    return codes.filter { code in !options.contains { $0.code == code } }.map { code in
      Fault(
        part.rawValue, "unknown-option",
        Text(
          "没有“\(code)”，可选：\(options.map { "\($0.label.chinese)（\($0.code)）" }.joined(separator: "、"))。",
          "No option “\(code)”; known: \(options.map(\.code).joined(separator: ", "))."))
    }
  }
}

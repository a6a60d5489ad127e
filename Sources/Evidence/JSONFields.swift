public import Sanatorium

/// Reads the members of one JSON object (or the fields of a form), collecting every fault instead of stopping at the
/// first. `finish()` must be called last: it refuses unknown members and throws what was collected.
public struct JSONFields {
  private let members: [JSON.Member]
  private let prefix: String
  /// The fields of a form, where everything is text; on the wire a number in quotation marks is no number.
  public let isForm: Bool
  /// Which members were asked for, by their places.
  private var used: [Bool]
  public private(set) var faults: [Fault] = []

  /// Throws `Refusal.invalid` when the value is no object.
  public init(_ value: JSON, prefix: String = "", isForm: Bool = false) throws {
    guard case .object(let members) = value else {
      throw Refusal.invalid(prefix, "not-an-object", Text("这里要一个对象。", "An object is needed here."))
    }
    self.members = members
    self.prefix = prefix
    self.isForm = isForm
    used = [Bool](repeating: false, count: members.count)
  }

  public func path(_ name: String) -> String { prefix.isEmpty ? name : "\(prefix).\(name)" }

  /// Records a fault of the caller's own.
  public mutating func refuse(_ name: String, _ code: String, _ message: Text) {
    faults.append(Fault(path(name), code, message))
  }

  public mutating func add(_ more: [Fault]) { faults.append(contentsOf: more) }

  /// The raw member; `null` and an absent member are both nil.
  public mutating func value(_ name: String) -> JSON? {
    for index in members.indices where members[index].name == name {
      used[index] = true
      if case .null = members[index].value { return nil }
      return members[index].value
    }
    return nil
  }

  private mutating func missing<T>(_ name: String, _ required: Bool, as: T.Type) -> T? {
    if required { refuse(name, "missing", Text("这一项要填。", "This is required.")) }
    return nil
  }

  /// Text of at most `limit` characters without control characters (line breaks only when `lines`); trimmed; an empty
  /// text counts as absent.
  public mutating func text(
    _ name: String, required: Bool = true, limit: Int = 200, lines: Bool = false
  ) -> String? {
    guard let value = value(name) else { return missing(name, required, as: String.self) }
    guard case .string(let text) = value else {
      refuse(name, "not-text", Text("这里要文字。", "Text is needed here."))
      return nil
    }
    let trimmed = trim(text)
    guard !trimmed.isEmpty else { return missing(name, required, as: String.self) }
    guard trimmed.count <= limit else {
      refuse(name, "too-long", Text("最多 \(limit) 个字，现在 \(trimmed.count) 个。", "At most \(limit) characters, there are \(trimmed.count)."))
      return nil
    }
    for scalar in trimmed.unicodeScalars where scalar.value < 32 || scalar.value == 127 {
      if lines, scalar == "\n" || scalar == "\r" || scalar == "\t" { continue }
      refuse(name, "control-character", Text("有看不见的控制字符。", "There is a control character."))
      return nil
    }
    return trimmed
  }

  /// A whole number; of a form, text of digits.
  public mutating func int(_ name: String, _ range: ClosedRange<Int>, required: Bool = true) -> Int? {
    guard let value = value(name) else { return missing(name, required, as: Int.self) }
    var number: Int?
    switch value {
    case .int(let whole): number = Int(whole)
    case .string(let text) where isForm:
      let trimmed = trim(text)
      if trimmed.isEmpty { return missing(name, required, as: Int.self) }
      number = Int(trimmed)
    default: break
    }
    guard let number else {
      refuse(name, "not-a-number", Text("这里要整数。", "A whole number is needed here."))
      return nil
    }
    guard range.contains(number) else {
      refuse(
        name, "out-of-range",
        Text(
          "可填 \(range.lowerBound) 到 \(range.upperBound)，填的是 \(number)。",
          "\(range.lowerBound) to \(range.upperBound) is allowed, \(number) was given."))
      return nil
    }
    return number
  }

  public mutating func bool(_ name: String, required: Bool = true) -> Bool? {
    guard let value = value(name) else { return missing(name, required, as: Bool.self) }
    switch value {
    case .bool(let flag): return flag
    case .string("true") where isForm, .string("yes") where isForm, .string("on") where isForm, .string("1") where isForm:
      return true
    case .string("false") where isForm, .string("no") where isForm, .string("0") where isForm: return false
    case .string("") where isForm: return missing(name, required, as: Bool.self)
    default:
      refuse(name, "not-a-boolean", Text("这里要 true 或 false。", "true or false is needed here."))
      return nil
    }
  }

  /// The elements of a list; a form sends one chosen value alone, and no value where none is.
  public mutating func list(_ name: String) -> [JSON] {
    switch value(name) {
    case nil: return []
    case .array(let elements): return elements
    case .string(let one) where isForm: return one.isEmpty ? [] : [.string(one)]
    default:
      refuse(name, "not-a-list", Text("这里要一个列表。", "A list is needed here."))
      return []
    }
  }

  public mutating func id(_ name: String, required: Bool = true) -> ID? {
    guard let value = value(name) else { return missing(name, required, as: ID.self) }
    if case .string(let text) = value {
      if text.isEmpty { return missing(name, required, as: ID.self) }
      if let id = ID(text) { return id }
    }
    refuse(name, "not-a-uuid", Text("这里要 UUID。", "A UUID is needed here."))
    return nil
  }

  /// `2026-06-08`.
  public mutating func day(_ name: String, required: Bool = true) -> Day? {
    guard let text = text(name, required: required, limit: 10) else { return nil }
    guard let day = Day(text) else {
      refuse(
        name, "no-such-day",
        Text("没有“\(text)”这一天，要写成 2026-06-08。", "There is no day “\(text)”; write it as 2026-06-08."))
      return nil
    }
    return day
  }

  /// Milliseconds since 1970.
  public mutating func instant(_ name: String, required: Bool = true) -> Instant? {
    int(name, 0...9_999_999_999_999, required: required).map { Instant(milliseconds: Int64($0)) }
  }

  /// One of an enum's codes.
  public mutating func code<T: RawRepresentable & CaseIterable>(
    _ name: String, _ type: T.Type, required: Bool = true
  ) -> T? where T.RawValue == String {
    guard let text = text(name, required: required, limit: 80) else { return nil }
    guard let value = T(rawValue: text) else {
      let all = T.allCases.map(\.rawValue).joined(separator: ", ")
      refuse(name, "unknown-code", Text("“\(text)”不在可选的里面：\(all)。", "“\(text)” is none of: \(all)."))
      return nil
    }
    return value
  }

  /// Refuses members nobody asked for, then throws every fault at once.
  public mutating func finish(allowing extra: Set<String> = []) throws {
    for (index, member) in members.enumerated() where !used[index] && !extra.contains(member.name) {
      refuse(member.name, "unknown-field", Text("没有叫“\(member.name)”的栏目。", "There is no field called “\(member.name)”."))
    }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
  }
}

/// Without the white space at both ends, the ideographic space included.
public func trim(_ text: String) -> String {
  // Most texts have none, and ASCII tells without looking into the tables of Unicode.
  if let first = text.utf8.first, let last = text.utf8.last, (33...126).contains(first), (33...126).contains(last) {
    return text
  }
  let scalars = text.unicodeScalars
  guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
    let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
  else { return "" }
  return String(scalars[start...end])
}

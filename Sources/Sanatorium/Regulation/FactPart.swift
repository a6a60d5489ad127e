/// The parts of a recorded fact.
public enum FactPart: String, Sendable, CaseIterable, Codable {
  case value, number, date, until, person, paper
}

/// One part of one fact: what one column of a list fills.
public struct FactColumn: Hashable, Sendable, Codable {
  public let key: FactKey
  public let part: FactPart

  public init(_ key: FactKey, _ part: FactPart = .value) {
    self.key = key
    self.part = part
  }
}

extension RecordedFact {
  /// The part as text, dates as `2026-06-08`; nil when it was not given or holds only spaces.
  public subscript(part: FactPart) -> String? {
    switch part {
    case .value: RecordedFact.filled(value)
    case .number: RecordedFact.filled(number)
    case .date: date?.description
    case .until: until?.description
    case .person: RecordedFact.filled(person)
    case .paper: RecordedFact.filled(paper)
    }
  }

  /// Whether the part was given.
  func has(_ part: FactPart) -> Bool {
    switch part {
    case .value: RecordedFact.filled(value) != nil
    case .number: RecordedFact.filled(number) != nil
    case .date: date != nil
    case .until: until != nil
    case .person: RecordedFact.filled(person) != nil
    case .paper: RecordedFact.filled(paper) != nil
    }
  }

  private static func filled(_ text: String?) -> String? {
    guard let text, let first = text.utf8.first else { return nil }
    // Rules ask this thousands of times: a text that begins with a letter or a digit is not blank.
    if first > 0x20, first < 0x7F { return text }
    return text.allSatisfy(\.isWhitespace) ? nil : text
  }

  /// Somebody looked and there is none (没有), which is another thing than nobody having recorded it: rules then fail.
  public static let confirmedMissing = RecordedFact(value: "missing")

  public var isConfirmedMissing: Bool { value == RecordedFact.confirmedMissing.value }

  /// The parts that were given, in their order.
  public var given: [FactPart] { FactPart.allCases.filter { has($0) } }
}

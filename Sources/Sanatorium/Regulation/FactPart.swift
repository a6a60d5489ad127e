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
    let text: String? =
      switch part {
      case .value: value
      case .number: number
      case .date: date?.description
      case .until: until?.description
      case .person: person
      case .paper: paper
      }
    guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
    return text
  }

  /// Somebody looked and there is none (没有), which is another thing than nobody having recorded it: rules then fail.
  public static let confirmedMissing = RecordedFact(value: "missing")

  public var isConfirmedMissing: Bool { value == RecordedFact.confirmedMissing.value }

  /// The parts that were given, in their order.
  public var given: [FactPart] { FactPart.allCases.filter { self[$0] != nil } }
}

/// The name of a recorded fact that rules ask for: `consent.family`, `agreement.host`. One name serves pack files, the
/// fact table, the roster's columns and the URL.
public struct FactKey: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init(_ name: String) { rawValue = name }
  public var description: String { rawValue }

  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// One fact as it was recorded: what was seen on which paper. Parts that were not given are nil; a fact that nobody
/// recorded is absent from `Facts`, and rules then answer `unknown`.
public struct RecordedFact: Hashable, Sendable, Codable {
  /// A code (`yes`, `no`, `full`, `negative`) or free text, by the fact's definition.
  public var value: String?
  /// A document's, policy's or licence's number.
  public var number: String?
  /// The day it was signed, issued or examined; the first day of a cover.
  public var date: Day?
  /// The last day it is valid or covers.
  public var until: Day?
  /// Who signed, approved or answers for it.
  public var person: String?
  /// Where the paper is kept.
  public var paper: String?

  public init(
    value: String? = nil, number: String? = nil, date: Day? = nil, until: Day? = nil, person: String? = nil,
    paper: String? = nil
  ) {
    self.value = value
    self.number = number
    self.date = date
    self.until = until
    self.person = person
    self.paper = paper
  }
}

/// The facts known of one batch or one participant.
public struct Facts: Hashable, Sendable {
  public var recorded: [FactKey: RecordedFact]

  public init(_ recorded: [FactKey: RecordedFact] = [:]) { self.recorded = recorded }

  public subscript(_ key: FactKey) -> RecordedFact? {
    get { recorded[key] }
    set { recorded[key] = newValue }
  }
}

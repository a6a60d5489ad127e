/// A regulation as a batch runs under it: frozen as JSON into the batch when it opens, so that a later edition of the
/// pack changes nothing that has begun.
public struct Regulation: Hashable, Sendable, Codable {
  /// `wh-2023`
  public let id: String
  /// The edition of the pack, rising with each change of it.
  public let edition: Int
  public let title: Text
  public let issuer: Text
  /// 发文字号; nil for a draft.
  public let documentNumber: String?
  public let status: RegulationStatus
  /// 印发日期; nil where the pack does not tell it.
  public let issued: Day?
  public let validity: Validity
  /// The clause by which lower levels may refine it; nil when it has none, and then none may.
  public let allows: RefiningClause?
  /// The regulations beneath it, nearest first.
  public let bases: [String]
  public let parameters: RegulationParameters
  /// Own rules first, then those of its bases.
  public let rules: [Rule]

  public init(
    id: String, edition: Int, title: Text, issuer: Text, documentNumber: String?, status: RegulationStatus,
    issued: Day? = nil, validity: Validity, allows: RefiningClause? = nil, bases: [String],
    parameters: RegulationParameters, rules: [Rule]
  ) {
    self.id = id
    self.edition = edition
    self.title = title
    self.issuer = issuer
    self.documentNumber = documentNumber
    self.status = status
    self.issued = issued
    self.validity = validity
    self.allows = allows
    self.bases = bases
    self.parameters = parameters
    self.rules = rules
  }

  /// The rule of an id, nil when the regulation has none.
  public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }
}

public enum RegulationStatus: String, Sendable, CaseIterable, Codable {
  case inForce = "in_force"
  /// 试行
  case trial
  /// Not issued: a batch opens only after the issued number and date are recorded.
  case draft

  public var name: Text {
    switch self {
    case .inForce: Text("现行", "in force")
    case .trial: Text("试行", "on trial")
    case .draft: Text("征求意见稿", "draft")
    }
  }
}

/// The clause of a regulation by which lower levels may refine it (内蒙古 第十四条, 济宁 第十八条).
public struct RefiningClause: Hashable, Sendable, Codable {
  public let article: String
  public let quote: String

  public init(article: String, quote: String) {
    self.article = article
    self.quote = quote
  }
}

/// The days on which a batch may start under a regulation; nil is open.
public struct Validity: Hashable, Sendable, Codable {
  public let from: Day?
  public let until: Day?

  public init(from: Day? = nil, until: Day? = nil) {
    self.from = from
    self.until = until
  }
}

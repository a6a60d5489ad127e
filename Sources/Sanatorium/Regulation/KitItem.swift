/// 急救药品和常用药品: one line of the checklist.
public struct KitItem: Hashable, Sendable, Codable {
  public enum Category: String, Sendable, Codable, CaseIterable {
    case emergency, common

    public var name: Text {
      switch self {
      case .emergency: Text("急救", "Emergency")
      case .common: Text("常用", "Common")
      }
    }
  }

  public var category: Category
  public var name: String
  /// 规格
  public var specification: String
  /// 单位: 盒, 支
  public var unit: String
  /// 应备
  public var needed: Int
  /// 实有
  public var present: Int
  /// Where it is kept.
  public var place: String
  /// The last day on which it may be used; nil when it has none.
  public var expires: Day?
  /// Who looks after it.
  public var keeper: String

  public init(
    category: Category, name: String, specification: String = "", unit: String, needed: Int, present: Int,
    place: String = "", expires: Day? = nil, keeper: String = ""
  ) {
    self.category = category
    self.name = name
    self.specification = specification
    self.unit = unit
    self.needed = needed
    self.present = present
    self.place = place
    self.expires = expires
    self.keeper = keeper
  }

  /// How many have to be added; 0 when there are enough.
  public var missing: Int { max(0, needed - present) }

  /// Whether it may not be used any more on a day.
  public func isExpired(on day: Day) -> Bool { expires.map { $0 < day } ?? false }

  /// Whether it will do until a day: enough of it, and none past its day before.
  public func suffices(until day: Day) -> Bool { missing == 0 && !isExpired(on: day) }
}

/// What changes the number of a kit's item.
public enum KitChange: String, Sendable, Codable, CaseIterable {
  case used, restocked, discarded

  public var name: Text {
    switch self {
    case .used: Text("用掉", "Used")
    case .restocked: Text("补充", "Restocked")
    case .discarded: Text("报废", "Discarded")
    }
  }

  /// Whether the number grows by it.
  public var adds: Bool { self == .restocked }
}

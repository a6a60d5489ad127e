/// The six faces of a NEWS2 total (RCP 2017): what the number calls for, not what the person has.
public enum ScoreBand: Sendable, Hashable, CaseIterable {
  /// 0 常规
  case routine
  /// 1 to 4 低
  case low
  /// One parameter alone has 3 points 低中
  case lowMedium
  /// 5 to 6 中
  case medium
  /// 7 and more 高
  case high
  /// A parameter is missing: no total 未测
  case incomplete

  var name: StaticString {
    switch self {
    case .routine: "n0"
    case .low: "n1"
    case .lowMedium: "n2"
    case .medium: "n3"
    case .high: "n4"
    case .incomplete: "none"
    }
  }

  /// The band's word.
  public func word(english: Bool) -> StaticString {
    switch self {
    case .routine: english ? "none" : "常规"
    case .low: english ? "low" : "低"
    case .lowMedium: english ? "low-med" : "低中"
    case .medium: english ? "medium" : "中"
    case .high: english ? "high" : "高"
    case .incomplete: english ? "no score" : "未测"
    }
  }
}

/// A NEWS2 total with its band.
public struct Score: Sendable, Hashable {
  /// The total; nothing where a parameter is missing.
  public let total: Int?
  public let band: ScoreBand

  /// The incomplete score.
  public static let incomplete = Score(total: nil, band: .incomplete)

  /// - Parameters:
  ///   - total: nil for an incomplete score, whatever the band says.
  public init(total: Int?, band: ScoreBand) {
    self.total = total
    self.band = total == nil ? .incomplete : band
  }
}

extension HTML {
  /// A NEWS2 tile; `large` on a person's page, `bare` without the visible word in slim rows. `previous` when the score
  /// is that of an earlier check, which a screen reader says.
  public func score(_ score: Score, large: Bool = false, bare: Bool = false, previous: Bool = false, id: String? = nil) {
    raw("<span class=\"n ")
    raw(score.band.name)
    if large { raw(" big") }
    if let id {
      raw("\" id=\"")
      text(id)
    }
    raw("\"><span class=\"vh\">")
    if previous { raw(word("上次 ", "Last ")) }
    raw("NEWS2 </span>")
    if let total = score.total { int(total) } else { raw("–") }
    raw(bare ? "<span class=\"vh\"> " : "<small>")
    raw(score.band.word(english: english))
    raw(bare ? "</span></span>" : "</small></span>")
  }

  /// The points of one parameter, 0 to 3; nil where it was not measured and has none.
  public func points(_ points: Int?, id: String? = nil) {
    raw("<span class=\"p ")
    switch points {
    case 1: raw("p1")
    case 2: raw("p2")
    case 3: raw("p3")
    case nil: raw("none")
    default: raw("p0")
    }
    if let id {
      raw("\" id=\"")
      text(id)
    }
    raw("\"><span class=\"vh\">")
    raw(points == nil ? word("没有得分", "No points ") : word("得分 ", "Points "))
    raw("</span>")
    if let points { int(points) } else { raw("–") }
    raw("</span>")
  }
}

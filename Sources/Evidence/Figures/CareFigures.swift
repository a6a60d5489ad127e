extension CompletionFigures {
  /// 走访慰问, and what became of the medicine kit.
  public struct Care: Codable, Hashable, Sendable {
    /// Visits that came to be owed (内蒙古 第八条, 威海 第十条), those made among them.
    public var homeVisitsOwed = 0
    public var homeVisitsMade = 0
    /// How often something of the kit was used, restocked, discarded (内蒙古 第九条).
    public var kitUsed = 0
    public var kitRestocked = 0
    public var kitDiscarded = 0
    /// How often somebody went through the kit and signed.
    public var kitSigned = 0
    /// Items that were short or past their day at the last change.
    public var kitShort = 0
  }
}

/// Counts home visits and the kit; nil while neither has an entry.
struct CareFold {
  private(set) var figures: CompletionFigures.Care?

  mutating func take(_ record: EvidenceRecord) throws {
    var care = figures ?? CompletionFigures.Care()
    switch record.kind {
    case .homeVisitOwed: care.homeVisitsOwed += 1
    case .homeVisitLapsed: care.homeVisitsOwed -= 1
    case .homeVisitMade: care.homeVisitsMade += 1
    case .kitItemKept, .kitItemRemoved, .kitMoved, .kitSigned:
      care.kitShort = try record.count("short")
      switch try record.text("what") {
      case "used": care.kitUsed += 1
      case "restocked": care.kitRestocked += 1
      case "discarded": care.kitDiscarded += 1
      case "signed": care.kitSigned += 1
      default: break
      }
    default: return
    }
    figures = care
  }
}

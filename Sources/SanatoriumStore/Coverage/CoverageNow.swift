public import Sanatorium

/// The coverage of a batch at this moment: all who are in the house's care, the house, and each outing.
public struct CoverageNow: Sendable, Hashable {
  /// Present and on outings together; those in hospital or on leave don't count.
  public let whole: Coverage
  /// In the house alone. Equal to `whole` while nobody is on an outing.
  public let house: Coverage
  public let outings: [(outing: Outing, coverage: Coverage)]

  public var holds: Bool { whole.holds && house.holds && outings.allSatisfy(\.coverage.holds) }

  public static func == (left: CoverageNow, right: CoverageNow) -> Bool {
    left.whole == right.whole && left.house == right.house && left.outings.map(\.outing) == right.outings.map(\.outing)
      && left.outings.map(\.coverage) == right.outings.map(\.coverage)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(whole)
    hasher.combine(house)
  }
}

/// Who is where, counted for the ratio.
struct CoverageCounts {
  var house = CoverageCount()
  var outings: [Int64: CoverageCount] = [:]

  var whole: CoverageCount { outings.values.reduce(house, +) }
}

private enum CoverageSQL {
  static let participants = SQL(
    """
    SELECT outing, count(*) FROM participant WHERE batch = ? AND place IN ('present', 'outing') GROUP BY outing
    """)
  static let escorts = SQL(
    """
    SELECT outing, sum(kind = 'general'), sum(kind = 'medical') FROM escort
    WHERE batch = ? AND side = 'sent' AND place IN ('present', 'outing') GROUP BY outing
    """)
}

extension Connection {
  func coverageCounts(batch: Int64) throws -> CoverageCounts {
    var counts = CoverageCounts()
    func add(_ outing: Int64?, _ count: CoverageCount) {
      if let outing {
        counts.outings[outing, default: CoverageCount()] = counts.outings[outing, default: CoverageCount()] + count
      } else {
        counts.house = counts.house + count
      }
    }
    for (outing, count) in try all(CoverageSQL.participants, batch, read: { ($0.optionalInt64(0), $0.int(1)) }) {
      add(outing, CoverageCount(participants: count))
    }
    for (outing, general, medical) in try all(
      CoverageSQL.escorts, batch, read: { ($0.optionalInt64(0), $0.int(1), $0.int(2)) })
    {
      add(outing, CoverageCount(general: general, medical: medical))
    }
    return counts
  }

  func coverageNow(batch: Int64, under regulation: Regulation) throws -> CoverageNow {
    let counts = try coverageCounts(batch: batch)
    return CoverageNow(
      whole: regulation.coverage(of: counts.whole, isWhole: true),
      house: regulation.coverage(of: counts.house, isWhole: false),
      outings: try outingsAway(batch: batch).map { outing in
        (outing, regulation.coverage(of: counts.outings[outing.key] ?? CoverageCount(), isWhole: false))
      })
  }
}

extension Reader {
  /// Against the regulation frozen into the batch; nil before it is opened.
  public func coverageNow(of batch: Batch) throws -> CoverageNow? {
    guard let packs = try packs(of: batch) else { return nil }
    return try tables.coverageNow(batch: batch.key, under: packs.regulation)
  }
}

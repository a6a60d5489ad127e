public import Evidence
internal import Foundation
internal import GRDB
public import Sanatorium

/// 考评: one host's batches of a year, added up from the latest revisions. Shares stay pairs of counts, so that a small
/// batch does not weigh like a large one.
public struct Evaluation: Sendable, Hashable {
  public let facility: ID
  public let facilityName: String
  public var batches = 0
  public var planned = 0
  public var arrived = 0
  public var completed = 0
  public var leftEarly = 0
  public var transferred = 0
  /// 任务完成率
  public var completion = Ratio(0, of: 0)
  /// 已查 ÷ 应查
  public var rounds = Ratio(0, of: 0)
  public var missed = 0
  public var incidents = 0
  /// 满意率
  public var satisfied = Ratio(0, of: 0)
  /// 回收率
  public var responses = Ratio(0, of: 0)
  /// 平均分, sum of points over valid forms.
  public var mean = Ratio(0, of: 0)
  public var nonconformities = 0
  /// Departures from soft rules.
  public var departures = 0
  /// Days from a batch's last day to its first report, the longest.
  public var slowestReport = 0
  /// Batches that needed more than one revision.
  public var revised = 0

  mutating func add(_ stored: StoredReport, firstReceived: Instant) {
    let figures = stored.report.figures
    batches += 1
    planned += figures.people.planned
    arrived += figures.people.arrived
    completed += figures.people.completed
    leftEarly += figures.people.leftEarly
    transferred += figures.people.transferred
    completion += figures.indicators.completion
    rounds += Ratio(figures.rounds.total.done, of: figures.rounds.total.due)
    missed += figures.rounds.total.missed
    incidents += figures.incidents.total
    if let satisfaction = figures.indicators.satisfaction {
      satisfied += satisfaction.satisfied
      responses += satisfaction.responseRate
      mean += satisfaction.mean
    }
    nonconformities += figures.compliance.nonconformities.values.reduce(0) { $0 + $1.opened }
    departures += figures.compliance.departures.values.reduce(0, +)
    let received = stored.report.batch.time.day(of: firstReceived)
    slowestReport = max(slowestReport, received - stored.report.batch.lastDay)
    if stored.report.revision > 1 { revised += 1 }
  }
}

extension Ratio {
  static func += (left: inout Ratio, right: Ratio) {
    left.part += right.part
    left.whole += right.whole
  }
}

extension OrganizerStore {
  /// One line for each host with a batch that began in the year, by name.
  public func evaluations(year: Int) throws -> [Evaluation] {
    guard let first = Day(year: year, month: 1, day: 1), let last = Day(year: year, month: 12, day: 31) else {
      throw Refusal.invalid("year", "out-of-range", Text("没有这一年。", "There is no such year."))
    }
    let rows = try batches(from: first, to: last)
    var result: [ID: Evaluation] = [:]
    for (stored, firstReceived) in rows {
      result[stored.facility, default: Evaluation(facility: stored.facility, facilityName: stored.facilityName)]
        .add(stored, firstReceived: firstReceived)
    }
    return result.values.sorted { ($0.facilityName, $0.facility) < ($1.facilityName, $1.facility) }
  }

  /// The latest revision of every batch that began within the days, the earliest batch first.
  public func batches(from first: Day, to last: Day) throws -> [(report: StoredReport, firstReceived: Instant)] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT r.id, r.digest, r.facility, f.name AS facility_name, r.report, r.received_at, r.channel,
            r.first_sequence, r.last_sequence, r.entries, r.figures, r.is_latest, r.receipt,
            (SELECT min(e.received_at) FROM report e WHERE e.facility = r.facility AND e.batch = r.batch) AS first_received
          FROM report r JOIN facility f ON f.id = r.facility
          WHERE r.is_latest = 1 AND r.first_day BETWEEN ? AND ? ORDER BY r.first_day, f.name
          """, arguments: [first.number, last.number]
      ).map { (try StoredReport($0), $0.instant("first_received")) }
    }
  }
}

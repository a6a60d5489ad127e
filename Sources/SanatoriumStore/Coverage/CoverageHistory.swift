public import Sanatorium

/// The coverage of a batch over a time: every moment, place and breach, under the regulation frozen into it.
public struct CoverageHistory: Sendable, Hashable {
  public let timeline: CoverageTimeline
  /// Those that stand in the timeline, by their ids.
  public let outings: [ID: Outing]
  public let ratioRule: Rule?
  public let medicalRule: Rule?
}

extension Reader {
  /// Who was where with how many, from one moment to another; nil before the batch is opened.
  ///
  /// Read from the movements as they were told, those told late at the time they were told for. Who was found to have
  /// stayed in the house after all was never on the outing; who had not come back when the outing had is counted with the
  /// batch and at no place.
  public func coverage(of batch: Batch, from: Instant, until: Instant) throws -> CoverageHistory? {
    guard let regulation = try packs(of: batch)?.regulation else { return nil }
    let stays = try tables.all(WhereaboutsTable.counted, batch.key, from, until, read: CoverageStay.read).flatMap { $0 }
    let timeline = CoverageTimeline(stays, from: from, until: until, under: regulation)
    let asked = regulation.coverage(of: CoverageCount(participants: 1), isWhole: true)
    let named = Dictionary(uniqueKeysWithValues: try outings(of: batch).map { ($0.id, $0) })
    return CoverageHistory(
      timeline: timeline, outings: named.filter { timeline.pieces[.outing($0.key)] != nil }, ratioRule: asked.ratioRule,
      medicalRule: asked.medicalRule)
  }
}

extension CoverageStay {
  /// One row, in two parts where an outing came back before the person did.
  fileprivate static func read(_ row: Row) throws -> [CoverageStay] {
    let role: Role = row.text(0) == "participant" ? .participant : try row.code(4, as: EscortKind.self) == .medical ? .medical : .general
    let (since, until) = (row.instant(2), row.optionalInstant(3))
    func stay(_ place: CoverageStay.Place, _ from: Instant, _ until: Instant?) -> CoverageStay {
      CoverageStay(person: row.int64(1), role: role, place: place, from: from, until: until)
    }
    guard let outing = row.optionalID(5), row.optionalText(7) != OutingMemberState.behind.rawValue else {
      return [stay(.house, since, until)]
    }
    guard let returned = row.optionalInstant(6), until.map({ $0 > returned }) ?? true else {
      return [stay(.outing(outing), since, until)]
    }
    return [stay(.outing(outing), since, returned), stay(.missing, max(since, returned), until)]
  }
}

internal import Sanatorium

/// Counts escorts and, day by day, participants and escorts on site, by their movements: as the tables hold them, and so
/// the same as `CoverageTimeline` finds for the whole batch.
struct StaffFold {
  private var escorts: [ID: EvidenceRecord] = [:]
  private var ways: [ID: ToldWay<Bool>] = [:]

  mutating func take(_ record: EvidenceRecord) throws {
    switch record.kind {
    case .escortAdded:
      escorts[record.subject] = record
      ways[record.subject, default: ToldWay()].add(record, true)
    case .escortChanged: if record.open["kind"] != nil { escorts[record.subject] = record }
    case .escortMoved:
      // An outing is the batch's own place. What was recorded before the place was told tells of no movement.
      guard let place = record.open["place"]?.string else { return }
      ways[record.subject, default: ToldWay()].add(record, place == "present")
    default: break
    }
  }

  private func isSent(_ escort: ID) -> Bool { escorts[escort]?.open["side"]?.string == "sent" }
  private func isMedical(_ escort: ID) -> Bool { escorts[escort]?.open["kind"]?.string == "medical" }

  func figures(_ participants: ParticipantFold, time: LocalTime, until end: Instant) -> CompletionFigures.Staffing {
    var result = CompletionFigures.Staffing()
    for (id, record) in escorts {
      let kind = record.open["kind"]?.string ?? "unknown"
      if isSent(id) {
        result.sent.count(kind)
        if isMedical(id), record.open["licensed"]?.bool == true { result.licensed += 1 }
      } else {
        result.host.count(kind)
      }
    }
    result.days = days(changes(participants), time, until: end)
    result.worstDayWithoutMedical = worst(result.days, \.worstWithoutMedical, \.general)
    result.worstDayWithMedical = worst(result.days, \.worstWithMedical, \.escorts)
    return result
  }

  /// The earliest of the days with the most participants for each escort; nobody on site is the worst of all.
  private func worst(
    _ days: [String: CompletionFigures.StaffDay], _ moment: (CompletionFigures.StaffDay) -> CompletionFigures.StaffMoment?,
    _ staff: (CompletionFigures.StaffMoment) -> Int
  ) -> String? {
    var worst: (day: String, moment: CompletionFigures.StaffMoment)?
    for (day, value) in days.sorted(by: { $0.key < $1.key }) {
      guard let here = moment(value) else { continue }
      if let worst, !here.isThinner(than: worst.moment, staff) { continue }
      worst = (day, here)
    }
    return worst?.day
  }

  /// Who came to be counted, or was no longer.
  private enum Change {
    case participants(Int)
    case escort(ID, isHere: Bool)
  }

  private func changes(_ participants: ParticipantFold) -> [(at: Instant, change: Change)] {
    var changes: [(at: Instant, change: Change)] = []
    for course in participants.courses.values {
      var present = false
      for move in course.moves where (move.place == .present) != present {
        present.toggle()
        changes.append((move.at, .participants(present ? 1 : -1)))
      }
    }
    for (id, way) in ways where isSent(id) {
      for step in way.steps { changes.append((step.at, .escort(id, isHere: step.place))) }
    }
    changes.sort { $0.at < $1.at }
    return changes
  }

  /// Each day on which a participant was present, with what happened in the same moment taken together.
  private func days(
    _ changes: [(at: Instant, change: Change)], _ time: LocalTime, until end: Instant
  ) -> [String: CompletionFigures.StaffDay] {
    guard let first = changes.first?.at, let last = changes.last?.at else { return [:] }
    let final = time.day(of: max(end, last))
    var result: [String: CompletionFigures.StaffDay] = [:]
    var (present, onSite, next) = (0, Set<ID>(), 0)
    var day = time.day(of: first)
    // A batch lasts days; a damaged time must not make this run for centuries.
    while day <= final, result.count < 400 {
      var (tally, everybody) = (CompletionFigures.StaffDay(), Set<ID>())
      var moment = time.instant(day, minute: 0)
      let midnight = time.instant(day + 1, minute: 0)
      while moment < midnight {
        while next < changes.count, changes[next].at <= moment {
          switch changes[next].change {
          case .participants(let by): present += by
          case .escort(let id, let isHere): if isHere { onSite.insert(id) } else { onSite.remove(id) }
          }
          next += 1
        }
        everybody.formUnion(onSite)
        let medical = onSite.count { isMedical($0) }
        tally.note(.init(participants: present, general: onSite.count - medical, medical: medical))
        moment = next < changes.count ? changes[next].at : midnight
      }
      tally.medical = everybody.count { isMedical($0) }
      tally.general = everybody.count - tally.medical
      if tally.participants > 0 { result[day.description] = tally }
      if present == 0 {
        guard next < changes.count else { break }
        day = time.day(of: changes[next].at)
      } else {
        day = day + 1
      }
    }
    return result
  }
}

extension CompletionFigures.StaffMoment {
  fileprivate var escorts: Int { general + medical }

  fileprivate func isThinner(than other: Self, _ staff: (Self) -> Int) -> Bool {
    CoverageCount.isThinner((participants, staff(self)), than: (other.participants, staff(other)))
  }
}

extension CompletionFigures.StaffDay {
  fileprivate mutating func note(_ here: CompletionFigures.StaffMoment) {
    guard here.participants > 0 else { return }
    participants = max(participants, here.participants)
    if worstWithoutMedical.map({ here.isThinner(than: $0, \.general) }) ?? true { worstWithoutMedical = here }
    if worstWithMedical.map({ here.isThinner(than: $0, \.escorts) }) ?? true { worstWithMedical = here }
  }
}

/// The places of somebody as they were told. Whoever tells a movement late can't put it behind the one told before it: it
/// then counts from that one's moment, as in the tables.
struct ToldWay<Place> {
  private var told: [(sequence: Int64, at: Instant, place: Place)] = []

  mutating func add(_ record: EvidenceRecord, _ place: Place) { told.append((record.header.sequence, record.at, place)) }

  var steps: [(at: Instant, place: Place)] {
    var last: Instant?
    return told.sorted { $0.sequence < $1.sequence }.map { step in
      let at = last.map { max($0, step.at) } ?? step.at
      last = at
      return (at, step.place)
    }
  }
}

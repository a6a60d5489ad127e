internal import Sanatorium

/// Counts escorts and, day by day, participants and escorts on site.
struct StaffFold {
  private var escorts: [ID: EvidenceRecord] = [:]
  private var shifts: [ID: Open.Shift] = [:]

  mutating func take(_ record: EvidenceRecord) throws {
    switch record.kind {
    case .escortAdded: escorts[record.subject] = record
    case .escortChanged: if record.open["kind"] != nil { escorts[record.subject] = record }
    case .shiftPlanned: shifts[record.subject] = try record.payload(Open.Shift.self)
    case .shiftRemoved: shifts[record.subject] = nil
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
    for (day, present) in presence(participants, time: time, until: end) {
      var onSite: Set<ID> = []
      for shift in shifts.values where isSent(shift.escort) && shift.from < shift.until {
        let last = Instant(milliseconds: shift.until.milliseconds - 1)
        if time.day(of: shift.from) <= day, day <= time.day(of: last) { onSite.insert(shift.escort) }
      }
      let medical = onSite.count { isMedical($0) }
      result.days[day.description] = .init(participants: present, general: onSite.count - medical, medical: medical)
    }
    result.worstDayWithoutMedical = worst(result.days) { $0.general }
    result.worstDayWithMedical = worst(result.days) { $0.general + $0.medical }
    return result
  }

  /// Compares participants for each escort by multiplication; nobody on site is the worst of all.
  private func worst(
    _ days: [String: CompletionFigures.StaffDay], _ staff: (CompletionFigures.StaffDay) -> Int
  ) -> String? {
    var worst: (day: String, value: CompletionFigures.StaffDay)?
    for (day, value) in days.sorted(by: { $0.key < $1.key }) where value.participants > 0 {
      guard let current = worst else {
        worst = (day, value)
        continue
      }
      let left = value.participants * staff(current.value)
      let right = current.value.participants * staff(value)
      let bothNone = staff(value) == 0 && staff(current.value) == 0
      if left > right || (bothNone && value.participants > current.value.participants) { worst = (day, value) }
    }
    return worst?.day
  }

  /// The most present at one time, for each day from the first arrival to the end; days with nobody are left out.
  private func presence(_ participants: ParticipantFold, time: LocalTime, until end: Instant) -> [(Day, Int)] {
    var changes: [(at: Instant, by: Int)] = []
    for course in participants.courses.values {
      var present = false
      for move in course.moves where (move.place == .present) != present {
        present.toggle()
        changes.append((move.at, present ? 1 : -1))
      }
    }
    // Who comes is counted before who goes in the same millisecond: the larger number is the one to staff for.
    changes.sort { ($0.at, -$0.by) < ($1.at, -$1.by) }
    guard let start = changes.first?.at else { return [] }
    let final = max(time.day(of: end), changes.last.map { time.day(of: $0.at) } ?? time.day(of: end))
    var result: [(Day, Int)] = []
    var next = 0
    var now = 0
    var day = time.day(of: start)
    // A batch lasts days; a damaged time must not make this run for centuries.
    while day <= final, result.count < 400 {
      var most = now
      while next < changes.count, time.day(of: changes[next].at) == day {
        now += changes[next].by
        most = max(most, now)
        next += 1
      }
      if most > 0 { result.append((day, most)) }
      if now == 0, next < changes.count { day = time.day(of: changes[next].at) } else { day = day + 1 }
      if now == 0, next == changes.count { break }
    }
    return result
  }
}

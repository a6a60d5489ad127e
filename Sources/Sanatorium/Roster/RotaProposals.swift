extension Rota {
  /// Somebody who can repair a problem: free then, rested before and after, and of the kind that it takes. Who does the
  /// same duty on other days comes first, then who serves least.
  func proposal(for problem: RotaProblem, _ time: LocalTime) -> ID? {
    let span = Rota.longest
    // Of a long gap the first shift is proposed.
    let end = min(problem.until, problem.from + span)
    switch problem.kind {
    case .noLead:
      let leads = Set(times.filter { $0.duty == .dutyLead }.map(\.person))
      return free(problem.from, end, prefers: { leads.contains($0.id) }) { leads.contains($0.id) || !$0.isSent && !$0.isMedical }
    case .noMedical:
      let day = time.day(of: Instant(milliseconds: end.milliseconds - 1))
      return free(problem.from, end) { $0.isLicensed(on: day) }
    case .outingShort:
      return free(problem.from, problem.until, rests: false) { $0.isSent && !$0.isMedical }
    case .licenceExpires, .unreachable: return nil
    default:
      guard let shift = times.first(where: { $0.shift == problem.shift }), let own = people.first(where: { $0.id == problem.person })
      else { return nil }
      let day = time.day(of: Instant(milliseconds: shift.until.milliseconds - 1))
      let same = Set(times.filter { $0.duty == shift.duty }.map(\.person))
      let isCare = own.isMedical || problem.kind == .notMedical
      return free(shift.from, shift.until, prefers: { same.contains($0.id) }) { person in
        guard person.id != own.id else { return false }
        return isCare ? person.isLicensed(on: day) : same.contains(person.id) || person.isSent == own.isSent && !person.isMedical
      }
    }
  }

  /// Whoever is free for a time.
  ///
  /// - Parameter rests: whether the rest before and after counts.
  public func free(
    _ from: Instant, _ until: Instant, rests: Bool = true, prefers: (RotaPerson) -> Bool = { _ in false },
    where admits: (RotaPerson) -> Bool
  ) -> ID? {
    let rest = rests ? Rota.shortestRest : Span.seconds(0)
    let candidates = people.filter { person in
      admits(person) && !person.hasLeft
        && !times.contains { $0.person == person.id && $0.from < until + rest && $0.until > from - rest }
        && !outings.contains { $0.people.contains(person.id) && $0.from < until && $0.until > from }
    }
    func load(_ person: RotaPerson) -> Int64 {
      times.reduce(0) { $0 + ($1.person == person.id ? $1.length.milliseconds : 0) }
    }
    return candidates.min { left, right in
      (prefers(left) ? 0 : 1, load(left)) < (prefers(right) ? 0 : 1, load(right))
    }?.id
  }
}

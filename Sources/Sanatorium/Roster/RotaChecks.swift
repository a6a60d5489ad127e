extension Rota {
  /// The longest that one person serves without a break, and the shortest rest between two services.
  public static let longest = Span.hours(12)
  public static let shortestRest = Span.hours(11)
  /// A pause of at most so long is none.
  static let pause = Span.minutes(30)

  /// Everything that is still ahead or going on, in the order of its beginning, the gravest first at the same time; each
  /// with somebody who is free then.
  public func problems(at now: Instant, _ time: LocalTime) -> [RotaProblem] {
    var found: [RotaProblem] = []
    for person in people { found += problems(of: person, time) }
    found += gaps(.noLead, served: times.filter { $0.duty == .dutyLead }, time)
    let medical = Set(people.filter(\.isMedical).map(\.id))
    found += gaps(.noMedical, served: times.filter { medical.contains($0.person) && $0.duty.isMedicalCare }, time)
    found += outings.compactMap { outing in outing.shortage.map { problem(of: outing, $0, time) } }
    // Who can't be reached is told of once, at the next service: an account mends all of them.
    var unreachable: Set<ID> = []
    return found.filter { $0.until > now }
      .sorted { ($0.from, $1.weight, $0.kind.rawValue) < ($1.from, $0.weight, $1.kind.rawValue) }
      .filter { problem in problem.kind != .unreachable || problem.person.map { unreachable.insert($0).inserted } ?? true }
      .map { problem in
        var problem = problem
        problem.proposal = proposal(for: problem, time)
        return problem
      }
  }

  /// What a changed rota has that this one hasn't.
  public func caused(by changed: Rota, at now: Instant, _ time: LocalTime) -> [RotaProblem] {
    let before = problems(at: now, time)
    return changed.problems(at: now, time).filter { after in !before.contains { $0.covers(after) } }
  }

  private func problems(of person: RotaPerson, _ time: LocalTime) -> [RotaProblem] {
    let own = times.filter { $0.person == person.id }.sorted { ($0.from, $0.until) < ($1.from, $1.until) }
    guard let first = own.first else { return [] }
    var found: [RotaProblem] = []
    func moment(_ instant: Instant) -> Text { time.moment(instant) }
    for (index, one) in own.enumerated() {
      let (start, end) = (moment(one.from), moment(one.until))
      for other in own[(index + 1)...] where other.from < one.until {
        found.append(
          RotaProblem(
            .twoShifts, other.from, min(one.until, other.until), person: person.id, shift: other.shift,
            Text(
              "\(person.name) \(moment(other.from).chinese) 同时排了两班。",
              "\(person.name) has two shifts at \(moment(other.from).english).")))
      }
      for outing in outings where !one.duty.goesAlong && outing.people.contains(person.id) && outing.from < one.until && outing.until > one.from {
        found.append(
          RotaProblem(
            .onOuting, max(one.from, outing.from), min(one.until, outing.until), person: person.id, shift: one.shift,
            outing: outing.id,
            Text(
              "\(person.name) \(moment(outing.from).chinese) 带队去“\(outing.destination)”，同时排了“\(one.duty.name.chinese)”。",
              "\(person.name) is at “\(outing.destination)” from \(moment(outing.from).english) and has “\(one.duty.name.english)” as well.")))
      }
      if person.hasLeft {
        found.append(
          RotaProblem(
            .hasLeft, one.from, one.until, person: person.id, shift: one.shift,
            Text("\(person.name)已经离开，\(start.chinese) 还排着班。", "\(person.name) has left and still has a shift from \(start.english) to \(end.english).")))
      }
    }
    found += leading(person, own, time)
    found += fatigue(of: person, own, first, time)
    if person.isMedical { found += licence(of: person, own, time) }
    return found
  }

  /// Who leads the medical escorts is one, and who is called can be reached.
  private func leading(_ person: RotaPerson, _ own: [RotaTime], _ time: LocalTime) -> [RotaProblem] {
    func problems(_ kind: RotaProblem.Kind, _ duties: [Duty], _ words: (RotaTime, Text) -> Text) -> [RotaProblem] {
      own.filter { duties.contains($0.duty) }.map { one in
        RotaProblem(kind, one.from, one.until, person: person.id, shift: one.shift, words(one, time.moment(one.from)))
      }
    }
    var found: [RotaProblem] = []
    if !person.isMedical {
      found += problems(.notMedical, [.medicalLead]) { one, from in
        Text(
          "\(person.name)不是医护人员，\(from.chinese) 排了“\(one.duty.name.chinese)”。",
          "\(person.name) is no medical escort and is planned as “\(one.duty.name.english)” at \(from.english).")
      }
    }
    if !person.hasAccount {
      found += problems(.unreachable, [.dutyLead, .medicalLead]) { one, from in
        Text(
          "\(person.name)没有连账号，\(from.chinese) 当“\(one.duty.name.chinese)”时警报到不了手机。",
          "\(person.name) has no account: as “\(one.duty.name.english)” at \(from.english) alerts don't reach them.")
      }
    }
    return found
  }

  /// Services that follow each other count as one; a rest that is too short stands with the service after it.
  private func fatigue(of person: RotaPerson, _ own: [RotaTime], _ first: RotaTime, _ time: LocalTime) -> [RotaProblem] {
    var found: [RotaProblem] = []
    var (start, end, last) = (first.from, first.until, first)
    func close() {
      guard end - start > Rota.longest else { return }
      let hours = (end - start).minutes / 60
      found.append(
        RotaProblem(
          .long, start, end, person: person.id, shift: last.shift,
          Text(
            "\(person.name) 从 \(time.moment(start).chinese) 起连上 \(hours) 小时，超过 12 小时。",
            "\(person.name) serves \(hours) hours without a break from \(time.moment(start).english), more than 12.")))
    }
    for next in own.dropFirst() {
      if next.from - end <= Rota.pause {
        if next.until > end { (end, last) = (next.until, next) }
        continue
      }
      close()
      if next.from - end < Rota.shortestRest {
        let rest = (next.from - end).minutes
        let hours = rest % 60 == 0 ? "\(rest / 60)" : "\(rest / 60).\(rest % 60 * 10 / 60)"
        found.append(
          RotaProblem(
            .shortRest, next.from, next.until, person: person.id, shift: next.shift,
            Text(
              "\(person.name) \(time.moment(end).chinese) 下班，\(time.moment(next.from).chinese) 又上班，只歇 \(hours) 小时。",
              "\(person.name) ends at \(time.moment(end).english) and begins at \(time.moment(next.from).english): \(hours) hours of rest.")))
      }
      (start, end, last) = (next.from, next.until, next)
    }
    close()
    return found
  }

  private func licence(of person: RotaPerson, _ own: [RotaTime], _ time: LocalTime) -> [RotaProblem] {
    let last = own.map(\.until).max() ?? until
    if person.licence == nil, let first = own.first {
      return [
        RotaProblem(
          .unlicensed, first.from, last, person: person.id, shift: first.shift,
          Text("\(person.name)排了班，没有记执业证。", "\(person.name) has shifts and no licence is recorded."))
      ]
    }
    guard let end = person.licenceUntil else { return [] }
    if let late = own.first(where: { time.day(of: Instant(milliseconds: $0.until.milliseconds - 1)) > end }) {
      return [
        RotaProblem(
          .licenceExpired, late.from, last, person: person.id, shift: late.shift,
          Text(
            "\(person.name)的执业证 \(end) 到期，\(time.moment(late.from).chinese) 还排着班。",
            "\(person.name)'s licence ends on \(end), with a shift at \(time.moment(late.from).english)."))
      ]
    }
    guard end < lastDay else { return [] }
    return [
      RotaProblem(
        .licenceExpires, time.instant(end, minute: 0), time.instant(lastDay, minute: 0), person: person.id,
        Text("\(person.name)的执业证 \(end) 到期，这一批到 \(lastDay)。", "\(person.name)'s licence ends on \(end); the batch stays until \(lastDay)."))
    ]
  }

  /// Where nobody serves between the batch's coming and its going.
  private func gaps(_ kind: RotaProblem.Kind, served: [RotaTime], _ time: LocalTime) -> [RotaProblem] {
    var found: [RotaProblem] = []
    var covered = from
    func add(_ start: Instant, _ end: Instant) {
      guard start < end else { return }
      let (first, last) = (time.moment(start), time.moment(end))
      let message =
        kind == .noLead
        ? Text(
          "\(first.chinese) 到 \(last.chinese) 没有值班负责人，警报没人接。",
          "No duty lead from \(first.english) to \(last.english): alerts have nobody to answer.")
        : Text(
          "\(first.chinese) 到 \(last.chinese) 没有随行医护值班。", "No medical escort on duty from \(first.english) to \(last.english).")
      found.append(RotaProblem(kind, start, end, message))
    }
    for one in served.sorted(by: { $0.from < $1.from }) {
      add(covered, min(one.from, until))
      covered = max(covered, one.until)
    }
    add(covered, until)
    return found
  }

  private func problem(of outing: RotaOuting, _ short: RotaShortage, _ time: LocalTime) -> RotaProblem {
    RotaProblem(
      .outingShort, outing.from, outing.until, outing: outing.id, clause: (short.clause, short.quote),
      short.isHouse
        ? Text(
          "去“\(outing.destination)”的时候，留在院里的 \(short.participants) 人要 \(short.needed) 名随队人员，只有 \(short.escorts) 名。",
          "In the house while “\(outing.destination)” is away: people \(short.participants), escorts needed \(short.needed), there \(short.escorts).")
        : Text(
          "去“\(outing.destination)”的 \(short.participants) 人要 \(short.needed) 名随队人员，排了 \(short.escorts) 名。",
          "“\(outing.destination)”: people \(short.participants), escorts needed \(short.needed), planned \(short.escorts)."))
  }
}

extension Duty {
  /// Looks after people and goes where they go: on an outing it is still done.
  var goesAlong: Bool { self == .escort || self == .organizerLead }
  /// What a medical escort does on it is care, on duty or on call.
  var isMedicalCare: Bool { self == .escort || self == .medicalLead }
}

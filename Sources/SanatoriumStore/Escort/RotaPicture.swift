public import Sanatorium

extension Connection {
  /// The rota of a batch as the rules look at it; outings without what the regulation asks of them.
  func rota(of batch: Batch, time: LocalTime) throws -> Rota {
    let escorts = try escorts(of: batch.key)
    let ids = Dictionary(uniqueKeysWithValues: escorts.map { ($0.key, $0.id) })
    let shifts = try all(EscortTable.shiftsOf, batch.key, read: Shift.init)
    let outings = try all(OutingTable.ofBatch, batch.key, read: Outing.init).filter { $0.state == .planned || $0.state == .away }
    let going = outings.isEmpty ? [:] : Dictionary(grouping: try openMembers(batch: batch.key).filter(\.isEscort), by: \.outing)
    return Rota(
      people: escorts.map(RotaPerson.init), times: shifts.filter(\.isServed).map(RotaTime.init),
      outings: outings.map { outing in
        RotaOuting(
          id: outing.id, destination: outing.destination, from: outing.leavesAt, until: outing.returnsAt,
          people: Set((going[outing.key] ?? []).compactMap { ids[$0.person] }))
      }, firstDay: batch.firstDay, lastDay: batch.lastDay, time: time)
  }
}

extension Reader {
  /// The rota of a batch with the ratios of the outings that lie ahead as they are forecast; what is over asks nothing.
  public func rota(of batch: Batch, at now: Instant) throws -> Rota {
    var rota = try tables.rota(of: batch, time: time)
    guard rota.outings.contains(where: { $0.until > now }) else { return rota }
    let forecasts = Dictionary(try forecasts(of: batch, at: now, from: now).map { ($0.outing.id, $0.forecast) }) { first, _ in first }
    for index in rota.outings.indices {
      guard let forecast = forecasts[rota.outings[index].id] else { continue }
      rota.outings[index].shortage =
        RotaShortage(forecast.outing, isHouse: false) ?? RotaShortage(forecast.house, isHouse: true)
    }
    return rota
  }
}

extension RotaPerson {
  init(_ escort: Escort) {
    self.init(
      id: escort.id, name: escort.name, isMedical: escort.kind == .medical, licence: escort.licence,
      licenceUntil: escort.licenceUntil, isSent: escort.side == .sent, hasLeft: escort.place == .left, hasAccount: escort.account != nil)
  }
}

extension RotaTime {
  init(_ shift: Shift) {
    self.init(shift: shift.id, person: shift.escort, duty: shift.duty, from: shift.startsAt, until: shift.until)
  }

  init(_ draft: ShiftDraft) {
    self.init(shift: .random(), person: draft.escort, duty: draft.duty, from: draft.startsAt, until: draft.endsAt)
  }
}

extension RotaShortage {
  /// Nil where the escorts suffice.
  fileprivate init?(_ coverage: Coverage, isHouse: Bool) {
    guard coverage.isShort, let verdict = coverage.verdict else { return nil }
    self.init(
      participants: verdict.participants, escorts: verdict.staff, needed: verdict.fewest, isHouse: isHouse,
      clause: coverage.ratioRule.map { "\($0.id)·\($0.article)" } ?? "", quote: coverage.ratioRule?.quote ?? "")
  }
}

public import Sanatorium

/// What a planned outing will have with it and leave behind, as far as the plans tell.
public struct OutingForecast: Sendable, Hashable {
  /// Whether the outing or the house will have too few escorts.
  public var isShort: Bool { outing.isShort || house.isShort }

  /// At its worst between leaving and coming back.
  public let outing: Coverage
  /// Those left in the house, at their worst.
  public let house: Coverage
  /// Since when the house has those figures: later than the leaving where another outing takes more of them away.
  public let houseAt: Instant
  /// From when on it was looked at: the planned time, or now where that has passed.
  public let leavesAt: Instant
  /// Participants who have yet to arrive and are counted as if they were there.
  public let awaited: Int
  /// Counted as back, as was agreed: from leave or from another outing.
  public let backByThen: Int
  /// In hospital or on leave beyond the leaving, and so not counted.
  public let absent: Int
  /// On its list, but not back from elsewhere when it leaves, and so not counted with it.
  public let late: Int
  /// Other outings that are away at some time of this one.
  public let others: [Outing]
}

extension Reader {
  /// Nil before the batch is opened and for an outing that isn't planned. Nobody's departure is foreseen, and whoever
  /// is expected is taken to have come.
  public func forecast(of outing: Outing, at now: Instant) throws -> OutingForecast? {
    guard outing.state == .planned else { return nil }
    return try prospects(of: try batch(of: outing), at: now)?.forecast(of: outing)
  }

  /// Every planned outing's, by the time they leave; none before the batch is opened. What is known of the batch is read
  /// once for all of them.
  ///
  /// - Parameter start: those that are back before it are left out.
  public func forecasts(
    of batch: Batch, at now: Instant, from start: Instant = Instant(milliseconds: 0)
  ) throws -> [(outing: Outing, forecast: OutingForecast)] {
    guard let prospects = try prospects(of: batch, at: now) else { return [] }
    return prospects.outings.filter { $0.state == .planned && $0.returnsAt > start }.map { ($0, prospects.forecast(of: $0)) }
  }

  private func prospects(of batch: Batch, at now: Instant) throws -> Prospects? {
    let outings = try outings(of: batch).filter { $0.state == .planned || $0.state == .away }
    guard outings.contains(where: { $0.state == .planned }), let regulation = try packs(of: batch)?.regulation else { return nil }
    let returns = Dictionary(outings.map { ($0.key, $0.returnsAt) }) { first, _ in first }
    return Prospects(
      now: now, regulation: regulation, outings: outings,
      members: Dictionary(grouping: try tables.openMembers(batch: batch.key).filter { $0.state == .planned }, by: \.outing),
      people: try tables.all(ForecastSQL.people, batch.key) { row in
        .init(key: row.int64(0), place: try row.code(1), admission: try row.code(2), expectedBack: row.optionalInstant(3))
      },
      escorts: try escorts(of: batch).filter { $0.side == .sent }.map { escort in
        // Whoever is away with an outing that is over was not counted back yet.
        (escort, try escort.outing.map { try returns[$0] ?? tables.outing(key: $0).returnsAt })
      })
  }
}

private enum ForecastSQL {
  static let people = SQL("SELECT id, place, admission, expected_back FROM participant WHERE batch = ? ORDER BY number")
}

/// What all forecasts of a batch begin with.
private struct Prospects {
  struct Person {
    let key: Int64
    let place: Place
    let admission: Admission
    let expectedBack: Instant?
  }

  let now: Instant
  let regulation: Regulation
  /// Those that are planned or away.
  let outings: [Outing]
  let members: [Int64: [OpenMember]]
  let people: [Person]
  let escorts: [(escort: Escort, backAt: Instant?)]

  func forecast(of outing: Outing) -> OutingForecast {
    let leaves = max(outing.leavesAt, now)
    let returns = max(outing.returnsAt, leaves + .minutes(1))
    var prospect = Prospect(outing: outing, leaves: leaves, returns: returns, now: now)
    for other in outings where other.leavesAt < returns && other.returnsAt > leaves {
      if other.id != outing.id { prospect.others.append(other) }
      guard other.state == .planned else { continue }
      for member in members[other.key] ?? [] {
        prospect.plans[.init(isEscort: member.isEscort, key: member.person), default: []].append(other)
      }
    }
    for person in people { prospect.add(person) }
    for (escort, backAt) in escorts { prospect.add(escort, backAt: backAt) }
    return prospect.forecast(under: regulation)
  }
}

/// Where everybody is expected to be while an outing is away.
private struct Prospect {
  struct Person: Hashable {
    let isEscort: Bool
    let key: Int64
  }

  let outing: Outing
  let leaves: Instant
  let returns: Instant
  let now: Instant
  var others: [Outing] = []
  /// The planned outings on whose list somebody is, by the time they leave.
  var plans: [Person: [Outing]] = [:]
  private var stays: [CoverageStay] = []
  private var awaited = 0
  private var backByThen = 0
  private var absent = 0
  private var late = 0

  init(outing: Outing, leaves: Instant, returns: Instant, now: Instant) {
    self.outing = outing
    self.leaves = leaves
    self.returns = returns
    self.now = now
  }

  mutating func add(_ person: Prospects.Person) {
    let here: Instant
    switch (person.place, person.admission) {
    case (.departed, _), (.notArrived, .refused), (.notArrived, .withdrawn), (.notArrived, .noShow): return
    case (.hospital, _):
      absent += 1
      return
    case (.present, _): here = now
    case (.notArrived, _):
      awaited += 1
      here = now
    case (.leave, _), (.outing, _):
      here = max(now, person.expectedBack ?? now)
      if here <= leaves {
        backByThen += 1
      } else if person.place == .leave {
        absent += 1
      }
    }
    stay(Person(isEscort: false, key: person.key), .participant, from: here)
  }

  mutating func add(_ escort: Escort, backAt: Instant?) {
    let here: Instant
    switch escort.place {
    case .hospital, .left: return
    case .present: here = now
    case .outing: here = max(now, backAt ?? now)
    }
    stay(Person(isEscort: true, key: escort.key), escort.kind == .medical ? .medical : .general, from: here)
  }

  /// In the house but for the planned outings; who is not there when one leaves stays behind, as at the leaving itself.
  private mutating func stay(_ person: Person, _ role: CoverageStay.Role, from here: Instant) {
    var since = here
    func part(_ place: CoverageStay.Place, _ from: Instant, _ until: Instant) -> CoverageStay {
      CoverageStay(person: person.key, role: role, place: place, from: from, until: until)
    }
    for plan in plans[person] ?? [] {
      let leaving = max(plan.leavesAt, now)
      guard since <= leaving else {
        if plan.id == outing.id, role == .participant { late += 1 }
        continue
      }
      stays.append(part(.house, since, leaving))
      let back = plan.id == outing.id ? returns : plan.returnsAt
      stays.append(part(.outing(plan.id), leaving, back))
      since = max(back, leaving)
    }
    stays.append(part(.house, since, returns))
  }

  func forecast(under regulation: Regulation) -> OutingForecast {
    let timeline = CoverageTimeline(stays, from: leaves, until: returns, under: regulation)
    func worst(_ place: CoveragePlace) -> CoveragePiece? {
      (timeline.pieces[place] ?? []).reduce(nil) { worst, piece in
        guard let worst, !piece.isThinner(than: worst) else { return piece }
        return worst
      }
    }
    // Without anybody who goes, the house is the whole.
    let away = worst(.outing(outing.id))
    let house = away == nil ? worst(.whole) : worst(.house)
    return OutingForecast(
      outing: regulation.coverage(of: away?.count ?? CoverageCount(), isWhole: false),
      house: regulation.coverage(of: house?.count ?? CoverageCount(), isWhole: false), houseAt: house?.from ?? leaves,
      leavesAt: leaves, awaited: awaited, backByThen: backByThen, absent: absent, late: late, others: others)
  }
}

/// Who was with how many, at every moment and place, and where a regulation did not hold.
///
/// Made from stays by one sweep over their beginnings and ends. Movements of the same moment count as one: nobody is
/// missing between leaving the house and being on the outing.
public struct CoverageTimeline: Hashable, Sendable {
  public let from: Instant
  public let until: Instant
  /// The places at which somebody was: the whole batch first, then the house, then outings as they left.
  public let places: [CoveragePlace]
  /// In their order; a time in which nobody is at the place, or in which the house is the whole, is in none.
  public let pieces: [CoveragePlace: [CoveragePiece]]
  /// By their beginnings, those of the whole batch first.
  public let breaches: [CoverageBreach]

  /// - Parameters:
  ///   - from: the first moment looked at.
  ///   - until: the moment after the last; a stay that lasts is taken to last until then.
  public init(_ stays: [CoverageStay], from: Instant, until: Instant, under regulation: Regulation) {
    var sweep = CoverageSweep(regulation)
    sweep.run(stays, from: from, until: until)
    self.from = from
    self.until = until
    let (found, order) = (sweep.pieces, sweep.order)
    places = order
    pieces = found
    let asked = regulation.coverage(of: CoverageCount(participants: 1), isWhole: true)
    breaches = order.enumerated().flatMap { index, place in
      let here = found[place] ?? []
      return
        (CoverageTimeline.breaches(.ratio, asked.ratioRule, place, here, until)
        + CoverageTimeline.breaches(.medical, asked.medicalRule, place, here, until)).map { (index, $0) }
    }.sorted { ($0.1.from, $0.0) < ($1.1.from, $1.0) }.map(\.1)
  }

  /// Every day on which a participant was in care.
  public func days(_ time: LocalTime) -> [CoverageDay] {
    var days: [Day: [(place: CoveragePlace, moment: CoveragePiece)]] = [:]
    for place in places {
      var worst: [Day: CoveragePiece] = [:]
      for piece in pieces[place] ?? [] where piece.count.participants > 0 {
        for part in piece.byDay(time) {
          if let known = worst[part.day], !part.piece.isThinner(than: known) { continue }
          worst[part.day] = part.piece
        }
      }
      for (day, piece) in worst { days[day, default: []].append((place, piece)) }
    }
    return days.sorted { $0.key < $1.key }.map { CoverageDay(day: $0.key, worst: $0.value) }
  }

  /// What lies in a part of the time, cut at its ends.
  public func pieces(at place: CoveragePlace, from: Instant, until: Instant) -> [CoveragePiece] {
    (pieces[place] ?? []).compactMap { piece in
      guard piece.from < until, piece.until > from else { return nil }
      var part = piece
      part.from = max(piece.from, from)
      part.until = min(piece.until, until)
      return part
    }
  }

  private static func breaches(
    _ kind: CoverageBreach.Kind, _ rule: Rule?, _ place: CoveragePlace, _ pieces: [CoveragePiece], _ end: Instant
  ) -> [CoverageBreach] {
    guard let rule else { return [] }
    var breaches: [CoverageBreach] = []
    var standing: (from: Instant, until: Instant, worst: CoveragePiece)?
    func finish() {
      guard let done = standing else { return }
      breaches.append(
        CoverageBreach(
          place: place, kind: kind, rule: rule, from: done.from, until: done.until == end ? nil : done.until,
          worst: done.worst))
      standing = nil
    }
    for piece in pieces {
      guard kind == .ratio ? piece.isShort : piece.lacksMedical else { continue }
      if let known = standing, known.until == piece.from {
        standing?.until = piece.until
        let isWorse = kind == .ratio ? piece.isThinner(than: known.worst) : piece.count.medical < known.worst.count.medical
        if isWorse { standing?.worst = piece }
      } else {
        finish()
        standing = (piece.from, piece.until, piece)
      }
    }
    finish()
    return breaches
  }
}

extension CoveragePiece {
  /// The piece cut at midnights.
  fileprivate func byDay(_ time: LocalTime) -> [(day: Day, piece: CoveragePiece)] {
    let last = Instant(milliseconds: until.milliseconds - 1)
    return (time.day(of: from).number...time.day(of: last).number).map { number in
      let day = Day(number: number)
      var part = self
      part.from = max(from, time.instant(day, minute: 0))
      part.until = min(until, time.instant(day + 1, minute: 0))
      return (day, part)
    }
  }
}

/// The state of the sweep: who is where between two moments.
private struct CoverageSweep {
  private struct Person: Hashable {
    let isParticipant: Bool
    let key: Int64
  }
  private struct Presence: Hashable {
    let person: Person
    let place: Int
  }

  private let limit: RatioLimit?
  private let medical: Int?
  /// 0 the whole, 1 the house, then outings in the order of their first stays.
  private(set) var order: [CoveragePlace] = [.whole, .house]
  private var numbers: [ID: Int] = [:]
  private var counts = [CoverageCount(), CoverageCount()]
  private var open: [(from: Instant, count: CoverageCount)?] = [nil, nil]
  /// How many stays a person has at a place now: more than one still count once.
  private var presences: [Presence: Int] = [:]
  /// People on outings; while there are some, the house is a place of its own.
  private var away = 0
  private var done: [[CoveragePiece]] = [[], []]

  init(_ regulation: Regulation) {
    limit = regulation.parameters.ratio
    let asked = regulation.coverage(of: CoverageCount(participants: 1), isWhole: true)
    medical = asked.medicalRule == nil ? nil : asked.medicalNeeded
  }

  var pieces: [CoveragePlace: [CoveragePiece]] {
    Dictionary(uniqueKeysWithValues: zip(order, done).filter { !$0.1.isEmpty })
  }

  mutating func run(_ stays: [CoverageStay], from: Instant, until: Instant) {
    var changes: [(at: Instant, begins: Bool, stay: Int)] = []
    changes.reserveCapacity(stays.count * 2)
    for (index, stay) in stays.enumerated() {
      let (begin, end) = (max(stay.from, from), min(stay.until ?? until, until))
      guard begin < end else { continue }
      changes.append((begin, true, index))
      changes.append((end, false, index))
    }
    changes.sort { ($0.at, $0.stay) < ($1.at, $1.stay) }
    var next = 0
    while next < changes.count {
      let now = changes[next].at
      var touched: Set<Int> = [0, 1]
      while next < changes.count, changes[next].at == now {
        apply(stays[changes[next].stay], changes[next].begins, &touched)
        next += 1
      }
      for place in touched { settle(place, at: now) }
    }
    order = zip(order, done).filter { !$0.1.isEmpty }.map(\.0)
    done.removeAll(where: \.isEmpty)
  }

  private mutating func apply(_ stay: CoverageStay, _ begins: Bool, _ touched: inout Set<Int>) {
    let person = Person(isParticipant: stay.role == .participant, key: stay.person)
    count(person, stay.role, at: 0, begins)
    switch stay.place {
    case .house: count(person, stay.role, at: 1, begins)
    case .outing(let id):
      let place = number(id)
      touched.insert(place)
      if count(person, stay.role, at: place, begins) { away += begins ? 1 : -1 }
    case .missing: break
    }
  }

  private mutating func number(_ outing: ID) -> Int {
    if let known = numbers[outing] { return known }
    let number = order.count
    numbers[outing] = number
    order.append(.outing(outing))
    counts.append(CoverageCount())
    open.append(nil)
    done.append([])
    return number
  }

  /// Whether the person came to the place or left it, having no other stay there.
  @discardableResult
  private mutating func count(_ person: Person, _ role: CoverageStay.Role, at place: Int, _ begins: Bool) -> Bool {
    let presence = Presence(person: person, place: place)
    let stays = presences[presence, default: 0] + (begins ? 1 : -1)
    presences[presence] = stays == 0 ? nil : stays
    guard stays == (begins ? 1 : 0) else { return false }
    let by = begins ? 1 : -1
    switch role {
    case .participant: counts[place].participants += by
    case .general: counts[place].general += by
    case .medical: counts[place].medical += by
    }
    return true
  }

  /// Ends a place's piece and begins another where its figures have changed.
  private mutating func settle(_ place: Int, at now: Instant) {
    let isPlace = place != 1 || away > 0
    let current = isPlace && counts[place] != CoverageCount() ? counts[place] : nil
    guard current != open[place]?.count else { return }
    if let ended = open[place] { done[place].append(piece(ended.count, place, ended.from, now)) }
    open[place] = current.map { (now, $0) }
  }

  private func piece(_ count: CoverageCount, _ place: Int, _ from: Instant, _ until: Instant) -> CoveragePiece {
    let somebody = count.participants > 0
    return CoveragePiece(
      from: from, until: until, count: count,
      verdict: somebody
        ? limit?.verdict(participants: count.participants, general: count.general, medical: count.medical) : nil,
      medicalNeeded: place == 0 && somebody ? medical : nil)
  }
}

/// One part of somebody's way: at one place from one moment to another, while they count.
///
/// Those in hospital, on leave, departed, not yet arrived or of the host count nowhere (readings Q5, Q6): they have no
/// stay. Who is held counts.
public struct CoverageStay: Hashable, Sendable {
  public enum Role: Hashable, Sendable { case participant, general, medical }

  public enum Place: Hashable, Sendable {
    case house
    case outing(ID)
    /// Away still after the outing has come back: counted with the whole batch, and no ratio is asked there.
    case missing
  }

  /// Known among the participants or among the escorts by it.
  public let person: Int64
  /// The same in all stays of a person.
  public let role: Role
  public let place: Place
  public let from: Instant
  /// Nil while it lasts. Not later than `from`: a stay without length, which counts at no moment.
  public let until: Instant?

  public init(person: Int64, role: Role, place: Place, from: Instant, until: Instant?) {
    self.person = person
    self.role = role
    self.place = place
    self.from = from
    self.until = until
  }
}

/// A place at which a ratio is asked.
public enum CoveragePlace: Hashable, Sendable {
  /// All who are in the house's care.
  case whole
  /// Those left in the house while others are on an outing; otherwise the house is the whole.
  case house
  case outing(ID)
}

/// A length of time in which the same number is at a place, and what the regulation says to it.
public struct CoveragePiece: Hashable, Sendable {
  public var from: Instant
  /// Later than `from`.
  public var until: Instant
  public let count: CoverageCount
  /// Nil when the regulation sets no ratio or no participant is there.
  public let verdict: RatioLimit.Verdict?
  /// Least number of medical escorts; nil when no rule asks for some every day at this place.
  public let medicalNeeded: Int?

  /// Those who count; all escorts when the regulation sets no ratio.
  public var staff: Int { verdict?.staff ?? count.general + count.medical }
  public var isShort: Bool { verdict?.position == .below }
  public var lacksMedical: Bool { medicalNeeded.map { count.medical < $0 } ?? false }
  public var holds: Bool { !isShort && !lacksMedical }

  /// More participants for each escort who counts. Every ratio orders two moments like this: one is short exactly when
  /// it has more participants for each escort than the ratio allows.
  public func isThinner(than other: CoveragePiece) -> Bool {
    CoverageCount.isThinner((count.participants, staff), than: (other.count.participants, other.staff))
  }
}

extension CoverageCount {
  /// Whether so many participants with so many escorts are worse off than others; without any escort, the more the worse.
  public static func isThinner(
    _ left: (participants: Int, staff: Int), than right: (participants: Int, staff: Int)
  ) -> Bool {
    if left.staff == 0 && right.staff == 0 { return left.participants > right.participants }
    return left.participants * right.staff > right.participants * left.staff
  }
}

/// A time in which a rule did not hold at a place.
public struct CoverageBreach: Hashable, Sendable {
  public enum Kind: Hashable, Sendable { case ratio, medical }

  public let place: CoveragePlace
  public let kind: Kind
  /// The rule that asks for it every day; a figure that no such rule asks for is not broken.
  public let rule: Rule
  public let from: Instant
  /// Nil when it stands at the end of the time looked at.
  public let until: Instant?
  /// When it was worst, and the figures then.
  public let worst: CoveragePiece

  /// Whether any of it lies in a time.
  public func overlaps(_ from: Instant, _ until: Instant) -> Bool {
    self.from < until && (self.until.map { $0 > from } ?? true)
  }
}

/// One day: the worst moment at each place, with the day's part of the time in which its figures stood.
public struct CoverageDay: Hashable, Sendable {
  public let day: Day
  /// The whole batch first, then the house, then outings as they left.
  public let worst: [(place: CoveragePlace, moment: CoveragePiece)]

  /// Nil when nobody was in care.
  public var whole: CoveragePiece? { worst.first { $0.place == .whole }?.moment }
  public var holds: Bool { worst.allSatisfy(\.moment.holds) }

  public static func == (left: CoverageDay, right: CoverageDay) -> Bool {
    left.day == right.day && left.worst.elementsEqual(right.worst, by: ==)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(day)
    hasher.combine(worst.map(\.moment))
  }
}
